#include "awase/artefact/canary.h"

#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "awase/artefact/model.h"
#include "awase/artefact/writer.h"
#include "awase/base/files.h"
#include "tests/testing/model_builder.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase::artefact {
namespace {

using ::awase::testing::StatusIs;
using ::testing::HasSubstr;

class CanaryTest : public ::testing::Test {
 protected:
  void SetUp() override {
    active_ = WriteVersion("one");
    other_ = WriteVersion("two");
    AWASE_ASSERT_OK(ActivateVersion(dir_.path(), active_));
  }

  std::string WriteVersion(const std::string& product_id) {
    testing::ModelBuilder builder;
    builder.Add(product_id, 100);
    return (*builder.Build(dir_.path()))->version();
  }
  std::optional<Canary> Read() {
    const absl::StatusOr<std::optional<Canary>> canary = ReadCanary(dir_.path());
    AWASE_EXPECT_OK(canary.status());
    return canary.value_or(std::nullopt);
  }

  testing::TempDir dir_;
  std::string active_;
  std::string other_;
};

TEST(ShareText, IsReadBackForEveryShare) {
  EXPECT_EQ(ShareText(500), "5%");
  EXPECT_EQ(ShareText(1), "0.01%");
  EXPECT_EQ(ShareText(1250), "12.5%");
  EXPECT_EQ(ShareText(kWholeShare), "100%");
  for (std::uint32_t share = 1; share <= kWholeShare; ++share) ASSERT_EQ(ParseShare(ShareText(share)), share);
}

TEST(ParseShare, TakesPercentagesAndNothingElse) {
  EXPECT_EQ(ParseShare("5"), 500u);
  EXPECT_EQ(ParseShare("0.250%"), 25u);
  for (const char* text :
       {"", "%", "0", "0%", "0.001", "100.01%", "-5", "5 percent", "1e1", "five", "18446744073709551617"}) {
    EXPECT_EQ(ParseShare(text), std::nullopt) << text;
  }
}

TEST_F(CanaryTest, IsWrittenForPeopleAndReadBack) {
  EXPECT_EQ(Read(), std::nullopt);
  AWASE_ASSERT_OK(WriteCanary(dir_.path(), {other_, 250}));
  EXPECT_EQ(ReadFile(dir_.Join("CANARY")).value_or(""), absl::StrCat(other_, " 2.5%\n"));
  EXPECT_EQ(Read(), (Canary{other_, 250}));
  AWASE_ASSERT_OK(RemoveCanary(dir_.path()));
  EXPECT_EQ(Read(), std::nullopt);
  EXPECT_THAT(RemoveCanary(dir_.path()), StatusIs(absl::StatusCode::kNotFound, HasSubstr("canary")));
}

TEST_F(CanaryTest, IsReadAsPeopleWriteIt) {
  dir_.Write("CANARY", absl::StrCat("  ", other_, "\t 7 \r\n"));
  EXPECT_EQ(Read(), (Canary{other_, 700}));
  for (const std::string& text : {std::string(), other_, absl::StrCat(other_, " 0%"), absl::StrCat(other_, " 5% more"),
                                  std::string("../../etc/passwd 5%")}) {
    dir_.Write("CANARY", text);
    EXPECT_THAT(ReadCanary(dir_.path()), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("CANARY"))) << text;
  }
}

TEST_F(CanaryTest, IsAnotherVersionThanTheActiveOneAndVerifies) {
  const auto write = [this](const std::string& version, std::uint32_t share) {
    return WriteCanary(dir_.path(), {version, share});
  };
  EXPECT_THAT(write(active_, 500), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("active")));
  EXPECT_THAT(write(other_, 0), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("share")));
  EXPECT_THAT(write(other_, kWholeShare + 1), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("share")));
  EXPECT_THAT(write("../etc", 500), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("16 hex")));
  EXPECT_THAT(write("0123456789abcdef", 500), StatusIs(absl::StatusCode::kNotFound));
  dir_.Write(absl::StrCat(other_, "/manifest.json"), "{}");
  EXPECT_THAT(write(other_, 500), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_EQ(Read(), std::nullopt);
}

TEST_F(CanaryTest, EndsWhenItsVersionIsActivated) {
  AWASE_ASSERT_OK(WriteCanary(dir_.path(), {other_, 500}));
  AWASE_ASSERT_OK(ActivateVersion(dir_.path(), WriteVersion("three")));
  EXPECT_EQ(Read(), (Canary{other_, 500})) << "beside another one it goes on";
  AWASE_ASSERT_OK(ActivateVersion(dir_.path(), other_));
  EXPECT_EQ(Read(), std::nullopt);
}

TEST_F(CanaryTest, DoesNotBringBackTheVersionThatIsLeft) {
  dir_.Write("CANARY", absl::StrCat(active_, " 5%\n"));  // as a process leaves it that ends after it has written ACTIVE
  AWASE_ASSERT_OK(ActivateVersion(dir_.path(), other_));
  EXPECT_EQ(Read(), std::nullopt);
}

TEST_F(CanaryTest, AFileThatCannotBeReadKeepsNoVersionFromServing) {
  dir_.Write("CANARY", "nonsense");
  AWASE_EXPECT_OK(ActivateVersion(dir_.path(), other_));
  EXPECT_EQ(ReadFile(dir_.Join("CANARY")).value_or(""), "nonsense");
}

}  // namespace
}  // namespace awase::artefact
