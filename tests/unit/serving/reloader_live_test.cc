#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "awase/artefact/writer.h"
#include "awase/base/files.h"
#include "awase/serving/reloader.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/camera_shop.h"
#include "tests/testing/file_size_limit.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase::serving {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::PinRule;
using testing::SetRule;
using ::testing::SizeIs;
using testing::StatusIs;

live::ProductUpdate Stock(const std::string& product_id, std::int64_t pieces) {
  return {.product_id = product_id, .set = {.stock = pieces}};
}
live::ProductUpdate Price(const std::string& product_id, std::int64_t minor_units) {
  return {.product_id = product_id, .set = {.price = Money{minor_units, *CurrencyCode::Parse("USD")}}};
}

class ReloaderLiveTest : public ::testing::Test {
 protected:
  void SetUp() override {
    AWASE_ASSERT_OK_AND_ASSIGN(first_version_, testing::WriteCameraShop(options_.model_path));
    AWASE_ASSERT_OK(MakeDirectories(options_.rule_folder));
    Restart();
  }

  void Restart() {
    reloader_ = nullptr;
    AWASE_ASSERT_OK_AND_ASSIGN(reloader_, Reloader::Create(options_));
  }
  void Update(std::vector<live::ProductUpdate> updates) {
    AWASE_ASSERT_OK(reloader_->live()->Update(std::move(updates)).status());
  }
  // Enough looks for any change of files to serve.
  void Settle() {
    for (int look = 0; look < 3; ++look) reloader_->CheckNow();
  }
  // Film at another price, which makes it another version.
  void ActivateNextModel() {
    AWASE_ASSERT_OK(testing::WriteCameraShop(options_.model_path, 1100));
    Settle();
    ASSERT_NE(reloader_->status().model_version, first_version_);
  }

  artefact::ProductView Product(const engine::Snapshot& snapshot, absl::string_view id) {
    return snapshot.model().product(*snapshot.model().Find(id));
  }
  std::optional<std::int64_t> StockOf(absl::string_view id) { return Product(*reloader_->snapshot(), id).stock(); }
  std::optional<std::int64_t> PriceOf(absl::string_view id) {
    const std::optional<Money> price = Product(*reloader_->snapshot(), id).price();
    return price.has_value() ? std::optional(price->minor_units) : std::nullopt;
  }

  testing::TempDir dir_;
  std::vector<std::string> errors_;
  Reloader::Options options_ = {.model_path = dir_.Join("models"),
                                .rule_folder = dir_.Join("rules"),
                                .live_folder = dir_.Join("live"),
                                .log = [this](LogLevel level, const std::string& sentence) {
                                  if (level == LogLevel::kError) errors_.push_back(sentence);
                                }};
  std::string first_version_;
  std::unique_ptr<Reloader> reloader_;
};

TEST_F(ReloaderLiveTest, WithoutAFolderThereAreNoLiveValues) {
  options_.live_folder.clear();
  Restart();
  EXPECT_EQ(reloader_->live(), nullptr);
}

TEST_F(ReloaderLiveTest, WhatIsAcknowledgedIsInTheNextSnapshot) {
  const std::shared_ptr<const engine::Snapshot> before = reloader_->snapshot();
  Update({Stock("film", 0), Price("camera", 45000)});
  EXPECT_EQ(StockOf("film"), 0);
  EXPECT_EQ(PriceOf("camera"), 45000);
  EXPECT_EQ(Product(*before, "film").stock(), std::nullopt) << "who has one keeps it";
  EXPECT_EQ(reloader_->status().reloads, 0U);
}

TEST_F(ReloaderLiveTest, RulesThatComeKeepIt) {
  Update({Stock("film", 0)});
  dir_.Write("rules/a.yaml", PinRule("pin", "case"));
  Settle();
  EXPECT_THAT(reloader_->snapshot()->rules().rules, SizeIs(1));
  EXPECT_EQ(StockOf("film"), 0);
  AWASE_ASSERT_OK(reloader_->Publish({{"b.yaml", PinRule("pin", "tripod")}}, {}).status());
  EXPECT_EQ(StockOf("film"), 0);
  EXPECT_EQ(reloader_->status().reloads, 2U);
}

TEST_F(ReloaderLiveTest, AModelThatComesHasItByProductId) {
  Update({Stock("film", 0), Stock("strap", 7)});
  EXPECT_EQ(reloader_->live()->stats().unknown_products, 1U);
  ActivateNextModel();
  EXPECT_EQ(StockOf("film"), 0);
  EXPECT_EQ(PriceOf("film"), 1100) << "what is not live is as the new model says";
  Update({Stock("film", 3)});
  EXPECT_EQ(StockOf("film"), 3);
  EXPECT_EQ(reloader_->status().model_version, reloader_->snapshot()->model().version());
  EXPECT_EQ(reloader_->status().reloads, 1U);
}

TEST_F(ReloaderLiveTest, ARestartKeepsIt) {
  Update({Stock("film", 0), Price("camera", 45000)});
  Restart();
  EXPECT_EQ(StockOf("film"), 0);
  EXPECT_EQ(PriceOf("camera"), 45000);
}

// Whatever prices a feed has sent, the rules that are right stay right: a server must be able to start.
TEST_F(ReloaderLiveTest, RulesAreCheckedAgainstThePricesOfTheTraining) {
  Update({Price("film", 10)});
  dir_.Write("rules/a.yaml", SetRule("set", "USD 505.00", "Both"));  // dearer than both are now
  Settle();
  EXPECT_THAT(reloader_->status().folder_problem, IsEmpty());
  EXPECT_THAT(reloader_->Validate({{"a.yaml", SetRule("set", "USD 505.00", "Both")}}).diagnostics, IsEmpty());
  Restart();
  EXPECT_THAT(reloader_->snapshot()->rules().rules, SizeIs(1));
}

TEST_F(ReloaderLiveTest, AFolderIsOfOneServer) {
  EXPECT_THAT(Reloader::Create(options_), StatusIs(absl::StatusCode::kUnavailable, HasSubstr("another process")));
}

TEST_F(ReloaderLiveTest, ABrokenLogIsSaidAtTheStart) {
  Update({Stock("film", 0)});
  reloader_ = nullptr;
  dir_.Write("live/log", "broken");
  EXPECT_THAT(Reloader::Create(options_), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("live/log")));
}

TEST_F(ReloaderLiveTest, ListenersAreToldThatValuesCannotBeWritten) {
  std::vector<std::string> told;
  const Reloader::Listening listening =
      reloader_->ListenForProblems([&told](const ReloadStatus& status) { told.push_back(status.live_problem); });
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string log, ReadFile(dir_.Join("live/log")));
  {
    const testing::FileSizeLimit limit(log.size());
    EXPECT_THAT(reloader_->live()->Update({Stock("film", 0)}), StatusIs(absl::StatusCode::kResourceExhausted));
    EXPECT_THAT(reloader_->status().live_problem, HasSubstr("live/log"));
  }
  EXPECT_EQ(reloader_->status().failures, 0U);
  EXPECT_EQ(StockOf("film"), std::nullopt);
  EXPECT_THAT(errors_, ElementsAre(AllOf(HasSubstr("cannot be written"), HasSubstr("live/log"))));
  Update({Stock("film", 0)});
  EXPECT_THAT(told, ElementsAre("", HasSubstr("live/log"), ""));
  EXPECT_THAT(errors_, SizeIs(1));
}

// What was acknowledged is never out of a snapshot again, whatever comes at the same time.
TEST_F(ReloaderLiveTest, ChangesAtTheSameTimeLoseNoValue) {
  AWASE_ASSERT_OK(testing::WriteCameraShop(options_.model_path, 1100, /*activate=*/false));
  AWASE_ASSERT_OK_AND_ASSIGN(const std::vector<artefact::VersionInfo> versions,
                             artefact::ListVersions(options_.model_path));
  ASSERT_THAT(versions, SizeIs(2));
  std::atomic<bool> stop{false};
  std::atomic<std::int64_t> acknowledged{0};
  const auto expect_nothing_lost = [&] {
    const std::int64_t least = acknowledged;
    EXPECT_GE(StockOf("film").value_or(0), least);
  };
  std::thread changes([&] {
    for (int i = 0; i < 60; ++i) {
      EXPECT_TRUE(
          artefact::ActivateVersion(options_.model_path, versions[static_cast<std::size_t>(i % 2)].version).ok());
      reloader_->CheckNow();
      expect_nothing_lost();
      EXPECT_TRUE(reloader_->Publish({{"a.yaml", PinRule(absl::StrCat("pin", i), "case")}}, {}).ok());
      expect_nothing_lost();
    }
    stop = true;
  });
  for (std::int64_t pieces = 1; !stop && !HasFailure(); ++pieces) {
    Update({Stock("film", pieces), Stock("case", pieces)});
    const std::shared_ptr<const engine::Snapshot> snapshot = reloader_->snapshot();
    EXPECT_EQ(Product(*snapshot, "film").stock(), pieces);
    EXPECT_EQ(Product(*snapshot, "case").stock(), pieces);
    acknowledged = pieces;
  }
  changes.join();
}

}  // namespace
}  // namespace awase::serving
