#include "bench/peers/order_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "awase/base/files.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase::peers {
namespace {

using ::awase::testing::IsOk;
using ::awase::testing::StatusIs;
using ::awase::testing::TempDir;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::SizeIs;

TEST(OrderFileTest, WritesOneLineForEachProductOfAnOrder) {
  const TempDir folder;
  const std::string path = folder.path() + "/orders.csv";
  absl::StatusOr<OrderFileWriter> writer = OrderFileWriter::Create(path, {.orders = 2});
  ASSERT_THAT(writer, IsOk());
  writer->Add({3, 41});
  writer->Add({3});
  ASSERT_THAT(writer->Finish(), IsOk());
  const std::string text = *ReadFile(path);
  const std::vector<std::string> lines = absl::StrSplit(text, '\n', absl::SkipEmpty());
  ASSERT_THAT(lines, SizeIs(4));
  EXPECT_EQ(lines[0], "order_id,customer_id,product_id,quantity,unit_price,ordered_at");
  EXPECT_THAT(lines[1], MatchesRegex("o0000000000,c00000000,p0000003,[123],[0-9]+\\.[0-9]9,2023-01-01 00:00:00"));
  EXPECT_THAT(lines[2], MatchesRegex("o0000000000,c00000000,p0000041,[123],[0-9]+\\.[0-9]9,2023-01-01 00:00:00"));
  EXPECT_THAT(lines[3], MatchesRegex("o0000000001,c00000000,p0000003,[123],[0-9]+\\.[0-9]9,2024-01-01 00:00:00"));
}

TEST(OrderFileTest, AFileThatCannotBeMadeIsUnavailable) {
  EXPECT_THAT(OrderFileWriter::Create("/nowhere/orders.csv", {}),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr("/nowhere")));
}

TEST(OrderFileTest, AFullDiskIsReported) {
  absl::StatusOr<OrderFileWriter> writer = OrderFileWriter::Create("/dev/full", {});
  ASSERT_THAT(writer, IsOk());
  EXPECT_THAT(writer->Finish(), StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("/dev/full")));
}

}  // namespace
}  // namespace awase::peers
