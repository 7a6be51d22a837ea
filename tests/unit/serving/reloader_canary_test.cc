#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "awase/artefact/canary.h"
#include "awase/artefact/writer.h"
#include "awase/base/files.h"
#include "awase/serving/check_start.h"
#include "awase/serving/reloader.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/camera_shop.h"
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

class ReloaderCanaryTest : public ::testing::Test {
 protected:
  void SetUp() override {
    AWASE_ASSERT_OK_AND_ASSIGN(first_, testing::WriteCameraShop(options_.model_path));
    AWASE_ASSERT_OK_AND_ASSIGN(second_, testing::WriteCameraShop(options_.model_path, 1100, /*activate=*/false));
    AWASE_ASSERT_OK_AND_ASSIGN(third_, testing::WriteCameraShop(options_.model_path, 1200, /*activate=*/false));
    Restart();
  }

  void Restart() {
    reloader_ = nullptr;
    AWASE_ASSERT_OK_AND_ASSIGN(reloader_, Reloader::Create(options_));
  }
  void Start(const std::string& version, std::uint32_t share = 500) {
    AWASE_ASSERT_OK(reloader_->StartCanary({version, share}, "").status());
  }
  void WriteActiveFile(const std::string& text) { AWASE_ASSERT_OK(ReplaceFile(dir_.Join("models/ACTIVE"), text)); }
  void WriteCanaryFile(const std::string& text) { AWASE_ASSERT_OK(ReplaceFile(dir_.Join("models/CANARY"), text)); }
  bool HasCanaryFile() const { return PathExists(dir_.Join("models/CANARY")); }
  std::string Serving() { return reloader_->served()->active->model().version(); }
  std::string Canary() {
    const std::shared_ptr<const Served> served = reloader_->served();
    const std::string version = served->canary == nullptr ? "" : served->canary->model().version();
    EXPECT_EQ(reloader_->status().canary_version, version);
    EXPECT_EQ(reloader_->status().canary_share_basis_points, served->canary_share_basis_points);
    return version;
  }
  static std::optional<std::int64_t> StockOf(const engine::Snapshot& snapshot, absl::string_view id) {
    return snapshot.model().product(*snapshot.model().Find(id)).stock();
  }

  testing::TempDir dir_;
  std::vector<std::string> errors_;
  Reloader::Options options_ = {.model_path = dir_.Join("models"),
                                .rule_store = dir_.Join("store"),
                                .log = [this](LogLevel level, const std::string& sentence) {
                                  if (level == LogLevel::kError) errors_.push_back(sentence);
                                }};
  std::string first_;
  std::string second_;
  std::string third_;
  std::unique_ptr<Reloader> reloader_;
};

TEST_F(ReloaderCanaryTest, AVersionIsTriedOutBesideTheActiveOneUntilItIsStopped) {
  EXPECT_EQ(Canary(), "");
  AWASE_ASSERT_OK_AND_ASSIGN(const Reloader::StartedCanary started, reloader_->StartCanary({second_, 500}, first_));
  EXPECT_EQ(started.active_version, first_);
  EXPECT_THAT(started.canary_rule_problem, IsEmpty());
  EXPECT_EQ(Serving(), first_);
  EXPECT_EQ(Canary(), second_);
  EXPECT_EQ(reloader_->status().reloads, 1u);
  EXPECT_EQ(reloader_->snapshot()->model().version(), first_);

  EXPECT_EQ(reloader_->StopCanary("").value_or("none"), second_);
  EXPECT_EQ(Canary(), "");
  EXPECT_FALSE(HasCanaryFile());
  EXPECT_THAT(reloader_->StopCanary(""), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(ReloaderCanaryTest, AnotherShareOpensNothingAnew) {
  Start(second_, 500);
  const std::shared_ptr<const engine::Snapshot> canary = reloader_->served()->canary;
  Start(second_, 2000);
  EXPECT_EQ(reloader_->served()->canary, canary);
  EXPECT_EQ(reloader_->status().canary_share_basis_points, 2000u);
}

TEST_F(ReloaderCanaryTest, ARestartGoesOnWithIt) {
  Start(second_, 700);
  Restart();
  EXPECT_EQ(Serving(), first_);
  EXPECT_EQ(Canary(), second_);
  EXPECT_EQ(reloader_->status().canary_share_basis_points, 700u);
  EXPECT_EQ(reloader_->status().reloads, 0u);
}

TEST_F(ReloaderCanaryTest, TheFileIsFollowedAsActiveIs) {
  WriteCanaryFile(second_ + " 5%\n");
  reloader_->CheckNow();
  EXPECT_EQ(Canary(), second_);
  WriteCanaryFile(third_ + " 12.5\n");
  reloader_->CheckNow();
  EXPECT_EQ(Canary(), third_);
  EXPECT_EQ(reloader_->status().canary_share_basis_points, 1250u);
  AWASE_ASSERT_OK(RemoveTree(dir_.Join("models/CANARY")));
  reloader_->CheckNow();
  EXPECT_EQ(Canary(), "");
  EXPECT_THAT(errors_, IsEmpty());
}

TEST_F(ReloaderCanaryTest, ActivatingItEndsIt) {
  Start(second_);
  AWASE_ASSERT_OK(reloader_->ActivateModel(second_, first_).status());
  EXPECT_EQ(Serving(), second_);
  EXPECT_EQ(Canary(), "");
  EXPECT_FALSE(HasCanaryFile());
  AWASE_ASSERT_OK(reloader_->RollBackModel("").status());
  EXPECT_EQ(Serving(), first_);
  EXPECT_EQ(Canary(), "") << "going back tries nothing out";
}

TEST_F(ReloaderCanaryTest, AnotherActiveVersionLeavesItAlone) {
  Start(second_);
  AWASE_ASSERT_OK(reloader_->ActivateModel(third_, "").status());
  EXPECT_EQ(Serving(), third_);
  EXPECT_EQ(Canary(), second_);
}

TEST_F(ReloaderCanaryTest, WhatServesFollowsFromTheTwoFilesAlone) {
  Start(second_);
  WriteActiveFile(second_ + "\n");  // by hand, so that CANARY stays
  reloader_->CheckNow();
  EXPECT_EQ(Serving(), second_);
  EXPECT_EQ(Canary(), "") << "the active version is nothing to try out";
  WriteActiveFile(third_ + "\n");
  reloader_->CheckNow();
  EXPECT_EQ(Serving(), third_);
  EXPECT_EQ(Canary(), second_);
  Restart();
  EXPECT_EQ(Canary(), second_);
}

TEST_F(ReloaderCanaryTest, ABrokenOneDisplacesNothingAndIsTold) {
  std::vector<bool> told;
  const Reloader::Listening listening = reloader_->ListenForProblems(
      [&told](const ReloadStatus& status) { told.push_back(status.has_canary_problem()); });
  AWASE_ASSERT_OK(testing::BreakVersion(options_.model_path, second_));
  EXPECT_THAT(reloader_->StartCanary({second_, 500}, ""), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_FALSE(HasCanaryFile());
  EXPECT_FALSE(reloader_->status().has_canary_problem()) << "who asked was told";

  WriteCanaryFile(second_ + " 5%\n");
  reloader_->CheckNow();
  EXPECT_EQ(Serving(), first_);
  EXPECT_EQ(Canary(), "");
  EXPECT_THAT(reloader_->status().canary_problem, HasSubstr(second_));
  EXPECT_EQ(reloader_->status().failures, 1u);
  EXPECT_THAT(errors_, ElementsAre(AllOf(HasSubstr("the canary is refused"), HasSubstr("all customers"))));
  EXPECT_TRUE(told.back());
  EXPECT_FALSE(reloader_->degraded());
  reloader_->CheckNow();
  EXPECT_THAT(errors_, SizeIs(1)) << "once";

  WriteCanaryFile(third_ + " 5%\n");
  reloader_->CheckNow();
  EXPECT_EQ(Canary(), third_);
  EXPECT_FALSE(told.back());
  WriteCanaryFile("nonsense");
  reloader_->CheckNow();
  EXPECT_EQ(Canary(), third_) << "what is tried out goes on";
  EXPECT_THAT(errors_.back(), AllOf(HasSubstr(third_), HasSubstr("goes on")));
  EXPECT_EQ(reloader_->StopCanary(third_).value_or("none"), third_);
  EXPECT_THAT(reloader_->status().canary_problem, IsEmpty());
}

TEST_F(ReloaderCanaryTest, ABrokenOneKeepsNoServerFromStarting) {
  AWASE_ASSERT_OK(testing::BreakVersion(options_.model_path, second_));
  WriteCanaryFile(second_ + " 5%\n");
  Restart();
  EXPECT_EQ(Serving(), first_);
  EXPECT_EQ(Canary(), "");
  EXPECT_THAT(reloader_->status().canary_problem, HasSubstr(second_));
  EXPECT_THAT(errors_, SizeIs(1));
  EXPECT_EQ(reloader_->StopCanary("").value_or("none"), "");
  EXPECT_FALSE(reloader_->status().has_canary_problem());
}

TEST_F(ReloaderCanaryTest, WhatCannotBeTriedOutIsRefused) {
  const auto start = [this](const std::string& version, std::uint32_t share, const std::string& etag) {
    return reloader_->StartCanary({version, share}, etag).status();
  };
  EXPECT_THAT(start(first_, 500, ""), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("serves")));
  EXPECT_THAT(start(second_, 0, ""), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("share")));
  EXPECT_THAT(start("0123456789abcdef", 500, ""), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(start(second_, 500, third_), StatusIs(absl::StatusCode::kAborted, HasSubstr("etag")));
  Start(second_);
  EXPECT_THAT(start(third_, 500, ""), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("stop it first")));
  EXPECT_THAT(reloader_->StopCanary(third_), StatusIs(absl::StatusCode::kAborted, HasSubstr(second_)));
  EXPECT_EQ(Canary(), second_);
}

TEST_F(ReloaderCanaryTest, AServerOfOneVersionTriesOutNone) {
  options_.model_path = JoinPath(options_.model_path, first_);
  Restart();
  EXPECT_THAT(reloader_->StartCanary({second_, 500}, ""), StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(reloader_->StopCanary(""), StatusIs(absl::StatusCode::kFailedPrecondition));
  reloader_->CheckNow();
}

TEST_F(ReloaderCanaryTest, BothHaveTheSameRulesAtAnyMoment) {
  Start(second_);
  AWASE_ASSERT_OK(reloader_->Publish({{"a.yaml", PinRule("pin", "case")}}, {}).status());
  const std::shared_ptr<const Served> served = reloader_->served();
  EXPECT_EQ(served->active->rules().revision, served->canary->rules().revision);
  EXPECT_THAT(served->canary->rules().rules, SizeIs(1));
  EXPECT_EQ(served->canary->model().version(), second_);
}

// 5.05 for camera and film is a saving where film costs 10.00, and none where it costs 1.00.
TEST_F(ReloaderCanaryTest, RulesThatValidateWithTheActiveVersionAloneServeAndAreTold) {
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string cheap,
                             testing::WriteCameraShop(options_.model_path, 100, /*activate=*/false));
  Start(cheap);
  AWASE_ASSERT_OK(reloader_->Publish({{"a.yaml", SetRule("set", "USD 505.00", "Both")}}, {}).status());
  EXPECT_THAT(reloader_->served()->canary->rules().rules, SizeIs(1));
  EXPECT_THAT(reloader_->status().canary_rule_problem, AllOf(HasSubstr(cheap), HasSubstr("a.yaml:")));
  EXPECT_THAT(reloader_->status().rule_problem, IsEmpty());
  EXPECT_TRUE(reloader_->status().has_canary_problem());
  EXPECT_THAT(errors_, ElementsAre(HasSubstr("a.yaml:")));
  Restart();
  EXPECT_THAT(reloader_->status().canary_rule_problem, HasSubstr("a.yaml:"));
  AWASE_ASSERT_OK(reloader_->StopCanary("").status());
  EXPECT_FALSE(reloader_->status().has_canary_problem());
  AWASE_ASSERT_OK_AND_ASSIGN(const Reloader::StartedCanary started, reloader_->StartCanary({cheap, 500}, ""));
  EXPECT_THAT(started.canary_rule_problem, HasSubstr("a.yaml:"));
}

TEST_F(ReloaderCanaryTest, RulesThatValidateWithTheCanaryAloneAreRefused) {
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string dear,
                             testing::WriteCameraShop(options_.model_path, 9000, /*activate=*/false));
  Start(dear);
  EXPECT_THAT(reloader_->Publish({{"a.yaml", SetRule("set", "USD 580.00", "Both")}}, {}),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(reloader_->served()->canary->rules().rules, IsEmpty());
}

TEST_F(ReloaderCanaryTest, TwoVersionsAreOpenedWithTheRulesOfNow) {
  EXPECT_THAT(reloader_->OpenVersions("", ""), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("canary")));
  AWASE_ASSERT_OK(reloader_->Publish({{"a.yaml", PinRule("pin", "case")}}, {}).status());
  AWASE_ASSERT_OK_AND_ASSIGN(Reloader::TwoVersions versions, reloader_->OpenVersions("", third_));
  EXPECT_EQ(versions.first->model().version(), first_);
  EXPECT_EQ(versions.second->model().version(), third_);
  EXPECT_THAT(versions.second->rules().rules, SizeIs(1));
  AWASE_ASSERT_OK(reloader_->Publish({{"b.yaml", PinRule("other", "case")}}, {}).status());
  AWASE_ASSERT_OK(RemoveTree(dir_.Join("models/" + third_)));
  AWASE_ASSERT_OK_AND_ASSIGN(versions, reloader_->OpenVersions(third_, first_));
  EXPECT_EQ(versions.first->rules().rules[0].id, "other") << "it was still open";
  Start(second_);
  AWASE_ASSERT_OK_AND_ASSIGN(versions, reloader_->OpenVersions("", ""));
  EXPECT_EQ(versions.second, reloader_->served()->canary);
  EXPECT_THAT(reloader_->OpenVersions("", "../etc"), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(reloader_->OpenVersions("0123456789abcdef", ""), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(ReloaderCanaryTest, ACheckOfTheStartLooksAtIt) {
  const auto finding = [this] {
    for (const StartFinding& found : CheckStart(options_, "")) {
      if (found.what == "canary " + options_.model_path) return found.state;
    }
    return absl::StatusOr<std::string>("none");
  };
  EXPECT_EQ(*finding(), "none");
  WriteCanaryFile(second_ + " 2.5%\n");
  EXPECT_THAT(*finding(), AllOf(HasSubstr(second_), HasSubstr("2.5% of the customers")));
  WriteCanaryFile(first_ + " 2.5%\n");
  EXPECT_THAT(*finding(), HasSubstr("active version"));
  WriteCanaryFile("0123456789abcdef 2.5%\n");
  EXPECT_THAT(finding(), StatusIs(absl::StatusCode::kNotFound));
  WriteCanaryFile("nonsense\n");
  EXPECT_THAT(finding(), StatusIs(absl::StatusCode::kDataLoss));
}

class LiveCanaryTest : public ReloaderCanaryTest {
 protected:
  void SetUp() override {
    options_.live_folder = dir_.Join("live");
    ReloaderCanaryTest::SetUp();
  }
  void Update(std::int64_t pieces) {
    AWASE_ASSERT_OK(reloader_->live()->Update({{.product_id = "film", .set = {.stock = pieces}}}).status());
  }
  void ExpectStock(std::int64_t pieces) {
    const std::shared_ptr<const Served> served = reloader_->served();
    EXPECT_EQ(StockOf(*served->active, "film"), pieces);
    EXPECT_EQ(StockOf(served->canary == nullptr ? *served->active : *served->canary, "film"), pieces);
  }
};

TEST_F(LiveCanaryTest, WhatIsAcknowledgedIsInBoth) {
  Update(7);
  Start(second_);
  ExpectStock(7);
  Update(0);
  ExpectStock(0);
  Start(second_, 2000);
  ExpectStock(0);
  AWASE_ASSERT_OK(reloader_->Publish({{"a.yaml", PinRule("pin", "case")}}, {}).status());
  ExpectStock(0);
  AWASE_ASSERT_OK(reloader_->ActivateModel(third_, "").status());
  EXPECT_EQ(Canary(), second_);
  ExpectStock(0);
  Restart();
  EXPECT_EQ(Canary(), second_);
  ExpectStock(0);
  AWASE_ASSERT_OK(reloader_->ActivateModel(second_, "").status());
  Update(3);
  ExpectStock(3);
}

TEST_F(LiveCanaryTest, VersionsThatDoNotServeHaveLiveValuesToo) {
  Update(7);
  AWASE_ASSERT_OK_AND_ASSIGN(Reloader::TwoVersions versions, reloader_->OpenVersions("", third_));
  EXPECT_EQ(StockOf(*versions.second, "film"), 7);
  Update(0);
  AWASE_ASSERT_OK_AND_ASSIGN(versions, reloader_->OpenVersions(third_, second_));
  EXPECT_EQ(StockOf(*versions.first, "film"), 0);
  EXPECT_EQ(StockOf(*versions.second, "film"), 0);
}

// What was acknowledged is never out of either version again, and both have the same rules, whatever comes.
TEST_F(LiveCanaryTest, ChangesAtTheSameTimeLoseNoValueAndMixNoRules) {
  std::atomic<bool> stop{false};
  std::atomic<std::int64_t> acknowledged{0};
  const auto look = [&] {
    const std::int64_t least = acknowledged;
    const std::shared_ptr<const Served> served = reloader_->served();
    EXPECT_GE(StockOf(*served->active, "film").value_or(0), least);
    if (served->canary == nullptr) return;
    EXPECT_GE(StockOf(*served->canary, "film").value_or(0), least);
    EXPECT_EQ(served->active->rules().revision, served->canary->rules().revision);
    EXPECT_NE(served->active->model().version(), served->canary->model().version());
  };
  std::thread changes([&] {
    for (int i = 0; i < 30; ++i) {
      EXPECT_TRUE(reloader_->StartCanary({second_, 500}, "").ok());
      look();
      EXPECT_TRUE(reloader_->Publish({{"a.yaml", PinRule(absl::StrCat("pin", i), "case")}}, {}).ok());
      look();
      EXPECT_TRUE(reloader_->StartCanary({second_, 1000}, "").ok());
      look();
      EXPECT_TRUE(i % 2 == 0 ? reloader_->StopCanary("").ok() : reloader_->ActivateModel(second_, "").ok());
      look();
      EXPECT_TRUE(reloader_->ActivateModel(first_, "").ok());
    }
    stop = true;
  });
  for (std::int64_t pieces = 1; !stop && !HasFailure(); ++pieces) {
    Update(pieces);
    acknowledged = pieces;
    look();
  }
  changes.join();
}

}  // namespace
}  // namespace awase::serving
