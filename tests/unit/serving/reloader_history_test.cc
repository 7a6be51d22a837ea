// What has served, and what serves after a restart.

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "awase/base/files.h"
#include "awase/serving/reloader.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/camera_shop.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase::serving {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::PinRule;
using testing::SetRule;
using ::testing::SizeIs;
using testing::StatusIs;

constexpr char kBroken[] = "rules:\n  - id: x\n    bundel: {}\n";

class ReloaderHistoryTest : public ::testing::Test {
 protected:
  void SetUp() override {
    AWASE_ASSERT_OK(testing::WriteCameraShop(dir_.Join("models")).status());
    AWASE_ASSERT_OK(MakeDirectories(dir_.Join("rules")));
    options_.model_path = dir_.Join("models");
    options_.rule_folder = dir_.Join("rules");
    options_.rule_store = dir_.Join("store");
    options_.log = [this](LogLevel level, const std::string& sentence) {
      if (level == LogLevel::kError) errors_.push_back(sentence);
    };
    Restart();
  }

  // A store is one process's: the old reloader goes first.
  void Restart() {
    reloader_.reset();
    absl::StatusOr<std::unique_ptr<Reloader>> reloader = Reloader::Create(options_);
    AWASE_ASSERT_OK(reloader.status());
    reloader_ = *std::move(reloader);
  }

  void Settle() {
    for (int look = 0; look < 3; ++look) reloader_->CheckNow();
  }

  Reloader::Published Publish(const std::string& id, const Reloader::Change& change = {}) {
    const auto published = reloader_->Publish({{"sent.yaml", PinRule(id, "case")}}, change);
    AWASE_EXPECT_OK(published.status());
    return published.ok() ? *published : Reloader::Published{};
  }

  std::string ServingRule() const {
    const auto& rules = reloader_->snapshot()->rules().rules;
    return rules.empty() ? "" : rules[0].id;
  }

  // "2 rolled back to 1 by Sato: why", …
  std::vector<std::string> History() const {
    std::vector<std::string> lines;
    std::vector<RevisionInfo> revisions = reloader_->History(UINT64_MAX, 1000).revisions;
    std::reverse(revisions.begin(), revisions.end());
    for (const RevisionInfo& info : revisions) {
      std::string line = std::to_string(info.number) + " " + std::string(SourceName(info.source));
      if (info.restored != 0) line += " to " + std::to_string(info.restored);
      if (!info.author.empty()) line += " by " + info.author + ": " + info.comment;
      lines.push_back(line);
    }
    return lines;
  }

  testing::TempDir dir_;
  Reloader::Options options_;
  std::vector<std::string> errors_;
  std::unique_ptr<Reloader> reloader_;
};

TEST_F(ReloaderHistoryTest, SaysWhoPublishedWhatAndWhy) {
  Publish("one", {.author = "Tanaka", .comment = "summer"});
  dir_.Write("rules/a.yaml", PinRule("two", "case"));
  Settle();
  AWASE_ASSERT_OK(reloader_->RollBack("#2", {.author = "Sato", .comment = "too early"}).status());
  EXPECT_EQ(ServingRule(), "one");
  EXPECT_THAT(History(), ElementsAre("1 folder", "2 published by Tanaka: summer", "3 folder",
                                     "4 rolled back to 2 by Sato: too early"));
}

TEST_F(ReloaderHistoryTest, TheNewestServesWhenItIsThere) {
  std::string newest;
  std::string serving;
  options_.log = [&](LogLevel level, const std::string&) {
    if (level != LogLevel::kWarning) return;
    newest = reloader_->History(UINT64_MAX, 1).revisions.front().revision;
    serving = reloader_->snapshot()->rules().revision;
  };
  Restart();
  std::string heard;
  const auto listening =
      reloader_->ListenForProblems([&](const ReloadStatus& status) { heard = status.rule_revision; });
  const auto published = reloader_->Publish({{"sent.yaml", PinRule("one", "gone")}}, {});
  AWASE_ASSERT_OK(published.status());
  EXPECT_EQ(newest, published->revision) << "of a product that there is not, with a warning";
  EXPECT_EQ(serving, newest);
  EXPECT_EQ(heard, newest) << "what was wrong with the rules before goes with them";
}

TEST_F(ReloaderHistoryTest, PublishedRulesServeAfterARestart) {
  const Reloader::Published published = Publish("sent");
  Restart();
  EXPECT_EQ(ServingRule(), "sent");
  EXPECT_EQ(reloader_->status().rule_revision, published.revision);
  Settle();
  EXPECT_EQ(ServingRule(), "sent") << "the folder is as it was";
  EXPECT_THAT(History(), SizeIs(2)) << "a restart publishes nothing";
}

// To free many rules takes a while, which no request should wait for.
TEST_F(ReloaderHistoryTest, WhoHoldsReplacedRulesIsNotTheLastToDoSo) {
  std::shared_ptr<const rules::RuleSet> held = reloader_->rules();
  const std::weak_ptr<const rules::RuleSet> rules = reloader_->snapshot()->shared_rules();
  EXPECT_EQ(held.get(), rules.lock().get());
  Publish("one");
  EXPECT_NE(reloader_->rules(), held);
  Settle();
  held = nullptr;
  EXPECT_FALSE(rules.expired());
  Settle();
  EXPECT_TRUE(rules.expired());
}

TEST_F(ReloaderHistoryTest, AFolderThatWasChangedMeanwhileServesAfterARestart) {
  Publish("sent");
  reloader_.reset();
  dir_.Write("rules/a.yaml", PinRule("folder", "case"));
  Restart();
  EXPECT_EQ(ServingRule(), "folder");
  EXPECT_THAT(History(), ElementsAre("1 folder", "2 published", "3 folder"));
}

TEST_F(ReloaderHistoryTest, ABrokenFolderDoesNotKeepTheServerFromStarting) {
  Publish("sent");
  reloader_.reset();
  dir_.Write("rules/a.yaml", kBroken);
  Restart();
  EXPECT_EQ(ServingRule(), "sent");
  EXPECT_THAT(reloader_->status().folder_problem, HasSubstr("a.yaml:3"));
  EXPECT_THAT(errors_, ElementsAre(HasSubstr("a.yaml:3")));
}

TEST_F(ReloaderHistoryTest, RulesOfTheStoreServeThoughPricesHaveMovedUnderThem) {
  AWASE_ASSERT_OK(reloader_->Publish({{"sent.yaml", SetRule("set", "USD 509.00", "Both")}}, {}).status());
  reloader_.reset();
  AWASE_ASSERT_OK(testing::WriteCameraShop(dir_.Join("models"), 800).status());
  Restart();
  EXPECT_EQ(ServingRule(), "set");
  EXPECT_THAT(reloader_->status().rule_problem, HasSubstr("sent.yaml"));
}

TEST_F(ReloaderHistoryTest, TheNewestReadableRecordServes) {
  Publish("one");
  Publish("two");
  reloader_.reset();
  dir_.Write("store/000003.json", "{");
  Restart();
  EXPECT_EQ(ServingRule(), "one");
  EXPECT_THAT(errors_, ElementsAre(HasSubstr("000003.json")));
  EXPECT_EQ(Publish("three").number, 4U);
}

TEST_F(ReloaderHistoryTest, RollsBackToTheLastThatDiffersAndThenFurther) {
  Publish("one", {.author = "Tanaka", .comment = "summer"});
  Publish("two");
  Publish("two");
  AWASE_ASSERT_OK_AND_ASSIGN(const Reloader::Published tried, reloader_->RollBack("", {.validate_only = true}));
  ASSERT_TRUE(tried.restored.has_value());
  EXPECT_EQ(tried.restored->number, 2U);
  AWASE_ASSERT_OK_AND_ASSIGN(const Reloader::Published back, reloader_->RollBack("", {}));
  EXPECT_EQ(ServingRule(), "one");
  EXPECT_EQ(back.number, 5U);
  ASSERT_TRUE(back.restored.has_value());
  EXPECT_EQ(back.restored->number, 2U);
  EXPECT_EQ(back.restored->author, "Tanaka");
  EXPECT_EQ(back.restored->comment, "summer");
  AWASE_ASSERT_OK(reloader_->RollBack("", {}).status());
  EXPECT_EQ(ServingRule(), "") << "that of the folder, and not what was undone";
  EXPECT_THAT(reloader_->RollBack("", {}), StatusIs(absl::StatusCode::kNotFound, HasSubstr("name those")));
  AWASE_ASSERT_OK(reloader_->RollBack("#4", {}).status());
  EXPECT_EQ(ServingRule(), "two");
}

TEST_F(ReloaderHistoryTest, RollsBackOnlyToWhatHasServedAndIsRightNow) {
  EXPECT_THAT(reloader_->RollBack("", {}),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("before the rules that serve none")));
  EXPECT_THAT(reloader_->RollBack("#9", {}), StatusIs(absl::StatusCode::kNotFound));
  AWASE_ASSERT_OK(reloader_->Publish({{"sent.yaml", SetRule("set", "USD 509.00", "Both")}}, {}).status());
  Publish("pin");
  AWASE_ASSERT_OK(testing::WriteCameraShop(dir_.Join("models"), 800).status());
  Settle();
  EXPECT_THAT(reloader_->RollBack("", {}), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("sent.yaml")));
  EXPECT_EQ(ServingRule(), "pin");
  EXPECT_THAT(reloader_->RollBack("#1", {.etag = "other"}), StatusIs(absl::StatusCode::kAborted));
  AWASE_ASSERT_OK_AND_ASSIGN(const Reloader::Published tried, reloader_->RollBack("#1", {.validate_only = true}));
  EXPECT_EQ(tried.number, 0U);
  EXPECT_EQ(ServingRule(), "pin");
}

TEST_F(ReloaderHistoryTest, WhatCannotBeRecordedDoesNotServe) {
  Publish("one");
  AWASE_ASSERT_OK(RemoveTree(dir_.Join("store")));
  EXPECT_FALSE(reloader_->Publish({{"sent.yaml", PinRule("two", "case")}}, {}).ok());
  EXPECT_EQ(ServingRule(), "one");
  dir_.Write("rules/a.yaml", PinRule("folder", "case"));
  Settle();
  EXPECT_EQ(ServingRule(), "one");
  EXPECT_THAT(reloader_->status().folder_problem, HasSubstr("cannot be recorded"));
  AWASE_ASSERT_OK(MakeDirectories(dir_.Join("store")));
  AWASE_ASSERT_OK(reloader_->Publish({}, {}).status());
  EXPECT_EQ(ServingRule(), "folder");
  EXPECT_THAT(reloader_->status().folder_problem, IsEmpty());
}

TEST_F(ReloaderHistoryTest, AFolderThatCannotBeRecordedLeavesTheNewestServing) {
  Publish("one");
  reloader_.reset();
  dir_.Write("rules/a.yaml", PinRule("folder", "case"));
  dir_.Write("rules/b.yaml", "rules: []  # \xe4\n");
  const absl::StatusOr<std::unique_ptr<Reloader>> reloader = Reloader::Create(options_);
  AWASE_ASSERT_OK(reloader.status());
  EXPECT_EQ((*reloader)->snapshot()->rules().rules[0].id, "one");
  EXPECT_THAT((*reloader)->status().folder_problem, ::testing::Not(IsEmpty()));
}

TEST_F(ReloaderHistoryTest, AFolderThatIsPublishedAtOnceIsRecordedOnce) {
  dir_.Write("rules/a.yaml", PinRule("folder", "case"));
  AWASE_ASSERT_OK(reloader_->Publish({}, {.author = "Tanaka", .comment = "now"}).status());
  Settle();
  EXPECT_THAT(History(), ElementsAre("1 folder", "2 folder by Tanaka: now"));
}

TEST_F(ReloaderHistoryTest, AServerWithoutAFolderBeginsWithASetThatCanBeBroughtBack) {
  options_.rule_folder.clear();
  options_.rule_store = dir_.Join("store-of-its-own");
  Restart();
  Publish("sent");
  AWASE_ASSERT_OK(reloader_->RollBack("", {}).status());
  EXPECT_EQ(ServingRule(), "");
  Restart();
  EXPECT_EQ(ServingRule(), "");
  EXPECT_THAT(History(), ElementsAre("1 start", "2 published", "3 rolled back to 1"));
}

TEST_F(ReloaderHistoryTest, OtherWordsForTheSameRulesDoNotUndoAPublicationAtAStartEither) {
  dir_.Write("rules/a.yaml", PinRule("folder", "case"));
  Settle();
  Publish("sent");
  reloader_.reset();
  dir_.Write("rules/a.yaml", "# for the summer\n" + PinRule("folder", "case"));
  Restart();
  EXPECT_EQ(ServingRule(), "sent");
  Settle();
  EXPECT_EQ(ServingRule(), "sent");
}

TEST_F(ReloaderHistoryTest, AFolderThatWasEmptiedMeanwhileLeavesTheNewestServing) {
  dir_.Write("rules/a.yaml", PinRule("folder", "case"));
  Settle();
  reloader_.reset();
  AWASE_ASSERT_OK(RemoveTree(dir_.Join("rules/a.yaml")));
  Restart();
  EXPECT_EQ(ServingRule(), "folder");
  EXPECT_THAT(reloader_->status().folder_problem, HasSubstr("no *.yaml"));
}

TEST_F(ReloaderHistoryTest, IsReadInPages) {
  for (const char* id : {"one", "two", "three"}) Publish(id);
  const Reloader::HistoryPage first = reloader_->History(UINT64_MAX, 2);
  ASSERT_THAT(first.revisions, SizeIs(2));
  EXPECT_EQ(first.revisions[0].number, 4U);
  EXPECT_EQ(first.revisions[1].number, 3U);
  EXPECT_EQ(first.serving, 4U);
  EXPECT_TRUE(first.has_more);
  const Reloader::HistoryPage second = reloader_->History(3, 2);
  ASSERT_THAT(second.revisions, SizeIs(2));
  EXPECT_EQ(second.revisions[1].number, 1U);
  EXPECT_FALSE(second.has_more);
  EXPECT_THAT(reloader_->History(1, 2).revisions, IsEmpty());
}

TEST_F(ReloaderHistoryTest, FindsTheServingSetAndItsFiles) {
  const Reloader::Published published = Publish("sent");
  AWASE_ASSERT_OK_AND_ASSIGN(const Reloader::FoundRevision serving, reloader_->FindRevision(""));
  EXPECT_TRUE(serving.is_serving);
  EXPECT_EQ(serving.revision.info.revision, published.revision);
  ASSERT_THAT(serving.revision.files, SizeIs(1));
  EXPECT_EQ(serving.revision.files[0].content, PinRule("sent", "case"));
  AWASE_ASSERT_OK_AND_ASSIGN(const Reloader::FoundRevision first, reloader_->FindRevision("#1"));
  EXPECT_FALSE(first.is_serving);
  EXPECT_THAT(reloader_->FindRevision("none"), StatusIs(absl::StatusCode::kNotFound));
}

// A pipe in the place of the manifest: whoever opens the version waits until somebody writes.
TEST_F(ReloaderHistoryTest, CanBeReadWhileAModelIsOpened) {
  Publish("a");
  const std::string version = "0123456789abcdef";
  AWASE_ASSERT_OK(MakeDirectories(dir_.Join("models/" + version)));
  const std::string manifest = dir_.Join("models/" + version + "/manifest.json");
  ASSERT_EQ(mkfifo(manifest.c_str(), 0600), 0);
  dir_.Write("models/ACTIVE", version + "\n");
  std::thread looking([this] { reloader_->CheckNow(); });
  const int writer = open(manifest.c_str(), O_WRONLY);  // returns when the version is being opened
  ASSERT_GE(writer, 0);
  EXPECT_THAT(reloader_->History(UINT64_MAX, 1000).revisions, SizeIs(2));
  const auto found = reloader_->FindRevision("");
  close(writer);
  looking.join();
  AWASE_ASSERT_OK(found.status());
  EXPECT_TRUE(found->is_serving);
  EXPECT_TRUE(reloader_->degraded());
}

}  // namespace
}  // namespace awase::serving
