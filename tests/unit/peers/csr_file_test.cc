#include "bench/peers/csr_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "awase/base/files.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase::peers {
namespace {

using ::awase::testing::IsOk;
using ::awase::testing::StatusIs;
using ::awase::testing::TempDir;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string WriteThreeBaskets(const TempDir& folder) {
  const std::string path = folder.path() + "/baskets.csr";
  absl::StatusOr<CsrWriter> writer = CsrWriter::Create(path, 10);
  EXPECT_THAT(writer, IsOk());
  writer->Add({1, 4, 9});
  writer->Add({});
  writer->Add({0, 1});
  EXPECT_THAT(writer->Finish(), IsOk());
  return path;
}

TEST(CsrFileTest, GivesBackWhatWasWritten) {
  const TempDir folder;
  const absl::StatusOr<Csr> csr = ReadCsr(WriteThreeBaskets(folder));
  ASSERT_THAT(csr, IsOk());
  EXPECT_EQ(csr->product_count, 10u);
  ASSERT_EQ(csr->size(), 3u);
  EXPECT_THAT(csr->basket(0), ElementsAre(1u, 4u, 9u));
  EXPECT_THAT(csr->basket(1), ElementsAre());
  EXPECT_THAT(csr->basket(2), ElementsAre(0u, 1u));
}

TEST(CsrFileTest, CountsUpdatesInBothDirections) {
  const TempDir folder;
  EXPECT_EQ(CountUpdates(*ReadCsr(WriteThreeBaskets(folder))), 3u * 2 + 2 * 1);
}

TEST(CsrFileTest, AFileThatIsNotThereIsNotFound) {
  EXPECT_THAT(ReadCsr("/nowhere/baskets.csr"), StatusIs(absl::StatusCode::kNotFound, HasSubstr("/nowhere")));
}

TEST(CsrFileTest, AFileThatCannotBeMadeIsUnavailable) {
  EXPECT_THAT(CsrWriter::Create("/nowhere/baskets.csr", 1),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr("/nowhere")));
}

TEST(CsrFileTest, AFullDiskIsReported) {
  absl::StatusOr<CsrWriter> writer = CsrWriter::Create("/dev/full", 1);
  ASSERT_THAT(writer, IsOk());
  writer->Add({0});
  EXPECT_THAT(writer->Finish(), StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("/dev/full")));
}

TEST(CsrFileTest, AFileThatIsCutShortIsRefused) {
  const TempDir folder;
  const std::string path = WriteThreeBaskets(folder);
  for (std::uintmax_t size = 0; size < std::filesystem::file_size(path); size += 7) {
    const std::string part = folder.path() + "/part.csr";
    std::filesystem::copy_file(path, part, std::filesystem::copy_options::overwrite_existing);
    std::filesystem::resize_file(part, size);
    EXPECT_THAT(ReadCsr(part), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("part.csr"))) << size << " bytes";
  }
}

TEST(CsrFileTest, AnotherFormatIsRefused) {
  const TempDir folder;
  const std::string path = folder.path() + "/orders.csv";
  ASSERT_THAT(WriteFile(path, std::string(200, 'x')), IsOk());
  EXPECT_THAT(ReadCsr(path), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("no basket file")));
}

TEST(CsrFileTest, OffsetsThatFallAreRefused) {
  const TempDir folder;
  const std::string path = WriteThreeBaskets(folder);
  std::string bytes = *ReadFile(path);
  bytes[bytes.size() - 3 * 8] = 7;  // the offset of the second basket, behind that of the third
  ASSERT_THAT(WriteFile(path, bytes), IsOk());
  EXPECT_THAT(ReadCsr(path), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("damaged")));
}

}  // namespace
}  // namespace awase::peers
