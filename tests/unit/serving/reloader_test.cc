#include "awase/serving/reloader.h"

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "awase/artefact/writer.h"
#include "awase/base/files.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/camera_shop.h"
#include "tests/testing/no_threads.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase::serving {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::IsOk;
using ::testing::Not;
using testing::PinRule;
using testing::SetRule;
using ::testing::SizeIs;
using testing::StatusIs;

constexpr char kBroken[] = "rules:\n  - id: x\n    bundel: {}\n";

class ReloaderTest : public ::testing::Test {
 protected:
  void SetUp() override {
    AWASE_ASSERT_OK_AND_ASSIGN(first_version_, testing::WriteCameraShop(Models()));
    AWASE_ASSERT_OK(MakeDirectories(Rules()));
  }

  std::string Models() const { return dir_.Join("models"); }
  std::string Rules() const { return dir_.Join("rules"); }
  void WriteRules(const std::string& name, const std::string& yaml) { dir_.Write("rules/" + name, yaml); }

  Reloader::Options OptionsWithRules() {
    Reloader::Options options;
    options.model_path = Models();
    options.rule_folder = Rules();
    options.log = [this](LogLevel level, const std::string& sentence) {
      if (level == LogLevel::kError) errors_.push_back(sentence);
    };
    return options;
  }

  std::unique_ptr<Reloader> CreateReloader() {
    absl::StatusOr<std::unique_ptr<Reloader>> reloader = Reloader::Create(OptionsWithRules());
    EXPECT_THAT(reloader, IsOk());
    return reloader.ok() ? *std::move(reloader) : nullptr;
  }

  // Enough looks for any change to serve.
  static void Settle(Reloader& reloader) {
    for (int look = 0; look < 3; ++look) reloader.CheckNow();
  }

  testing::TempDir dir_;
  std::string first_version_;
  std::vector<std::string> errors_;
};

TEST_F(ReloaderTest, StartsWithTheActiveVersionAndTheFolder) {
  WriteRules("a.yaml", PinRule("pin", "case"));
  const std::unique_ptr<Reloader> reloader = CreateReloader();
  ASSERT_NE(reloader, nullptr);
  const ReloadStatus status = reloader->status();
  EXPECT_EQ(status.model_version, first_version_);
  EXPECT_EQ(status.rule_revision, reloader->snapshot()->rules().revision);
  EXPECT_THAT(reloader->snapshot()->rules().rules, SizeIs(1));
  EXPECT_EQ(status.reloads, 0u);
  EXPECT_EQ(status.failures, 0u);
}

TEST_F(ReloaderTest, SaysThatThereIsNoRuleFileInTheFolder) {
  Reloader::Options options = OptionsWithRules();
  std::vector<std::string> sentences;
  options.log = [&sentences](LogLevel, const std::string& sentence) { sentences.push_back(sentence); };
  AWASE_ASSERT_OK(Reloader::Create(options).status());
  EXPECT_THAT(sentences, ElementsAre(AllOf(HasSubstr("no rules serve: "), HasSubstr("no *.yaml or *.yml in it"))));
  WriteRules("none.yaml", "rules: []\n");
  sentences.clear();
  AWASE_ASSERT_OK(Reloader::Create(options).status());
  EXPECT_THAT(sentences, IsEmpty()) << "that is meant";
}

TEST_F(ReloaderTest, WithoutARuleFolderTheSetIsEmpty) {
  Reloader::Options options = OptionsWithRules();
  options.rule_folder.clear();
  AWASE_ASSERT_OK_AND_ASSIGN(const std::unique_ptr<Reloader> reloader, Reloader::Create(options));
  EXPECT_THAT(reloader->snapshot()->rules().rules, IsEmpty());
  reloader->CheckNow();
  EXPECT_THAT(reloader->Publish({}, {}), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("rule folder")));
}

TEST_F(ReloaderTest, CreateSaysWhatIsMissingOrBroken) {
  Reloader::Options options = OptionsWithRules();
  options.model_path = dir_.Join("nowhere");
  EXPECT_THAT(Reloader::Create(options), StatusIs(absl::StatusCode::kNotFound, HasSubstr("nowhere")));
  options = OptionsWithRules();
  options.rule_folder = dir_.Join("no-rules");
  EXPECT_THAT(Reloader::Create(options), StatusIs(absl::StatusCode::kNotFound, HasSubstr("no-rules")));
  WriteRules("a.yaml", kBroken);
  EXPECT_THAT(Reloader::Create(OptionsWithRules()),
              StatusIs(absl::StatusCode::kInvalidArgument, AllOf(HasSubstr("a.yaml:3"), HasSubstr("bundel"))));
}

TEST_F(ReloaderTest, AChangedFolderServesAfterTwoLooks) {
  const std::unique_ptr<Reloader> reloader = CreateReloader();
  const std::string before = reloader->status().rule_revision;
  WriteRules("a.yaml", PinRule("pin", "case"));
  reloader->CheckNow();
  EXPECT_EQ(reloader->status().rule_revision, before);
  reloader->CheckNow();
  EXPECT_NE(reloader->status().rule_revision, before);
  EXPECT_EQ(reloader->status().reloads, 1u);
}

TEST_F(ReloaderTest, ABrokenFileChangesNothingAndIsReportedOnce) {
  WriteRules("a.yaml", PinRule("pin", "case"));
  const std::unique_ptr<Reloader> reloader = CreateReloader();
  const std::shared_ptr<const engine::Snapshot> before = reloader->snapshot();
  WriteRules("b.yaml", kBroken);
  Settle(*reloader);
  Settle(*reloader);
  EXPECT_EQ(reloader->snapshot(), before);
  EXPECT_FALSE(reloader->degraded());
  EXPECT_EQ(reloader->status().failures, 1u);
  EXPECT_THAT(reloader->status().folder_problem, HasSubstr("b.yaml:3"));
  ASSERT_THAT(errors_, SizeIs(1));
  EXPECT_THAT(errors_[0], AllOf(HasSubstr(before->rules().revision), HasSubstr("b.yaml:3")));

  WriteRules("b.yaml", SetRule("set", "USD 505.00", "Together"));
  Settle(*reloader);
  EXPECT_THAT(reloader->status().folder_problem, IsEmpty());
  EXPECT_THAT(reloader->snapshot()->rules().rules, SizeIs(2));
}

TEST_F(ReloaderTest, ListenersAreToldOfProblemsFromTheBeginningUntilTheyEnd) {
  const std::unique_ptr<Reloader> reloader = CreateReloader();
  std::vector<bool> told;
  Reloader::Listening listening =
      reloader->ListenForProblems([&told](const ReloadStatus& status) { told.push_back(status.has_rule_problem()); });
  EXPECT_THAT(told, ElementsAre(false));
  WriteRules("a.yaml", kBroken);
  Settle(*reloader);
  EXPECT_THAT(told, ElementsAre(false, true));
  std::vector<bool> told_later;
  const Reloader::Listening later = reloader->ListenForProblems(
      [&told_later](const ReloadStatus& status) { told_later.push_back(status.has_rule_problem()); });
  EXPECT_THAT(told_later, ElementsAre(true));
  listening.reset();
  WriteRules("a.yaml", PinRule("pin", "case"));
  Settle(*reloader);
  EXPECT_THAT(told, ElementsAre(false, true));
  EXPECT_EQ(told_later.back(), false);
}

TEST_F(ReloaderTest, AFolderThatGoesAwayChangesNothing) {
  WriteRules("a.yaml", PinRule("pin", "case"));
  const std::unique_ptr<Reloader> reloader = CreateReloader();
  AWASE_ASSERT_OK(RemoveTree(Rules()));
  Settle(*reloader);
  EXPECT_THAT(reloader->snapshot()->rules().rules, SizeIs(1));
  EXPECT_THAT(reloader->status().folder_problem, HasSubstr(Rules()));
}

TEST_F(ReloaderTest, ACommentDoesNotSwapTheSnapshot) {
  WriteRules("a.yaml", PinRule("pin", "case"));
  const std::unique_ptr<Reloader> reloader = CreateReloader();
  const std::shared_ptr<const engine::Snapshot> before = reloader->snapshot();
  WriteRules("a.yaml", "# for the summer\n" + PinRule("pin", "case"));
  Settle(*reloader);
  EXPECT_EQ(reloader->snapshot(), before);
}

TEST_F(ReloaderTest, AFolderThatIsEmptiedChangesNothing) {
  WriteRules("a.yaml", PinRule("pin", "case"));
  const std::unique_ptr<Reloader> reloader = CreateReloader();
  AWASE_ASSERT_OK(RemoveTree(JoinPath(Rules(), "a.yaml")));
  Settle(*reloader);
  EXPECT_THAT(reloader->snapshot()->rules().rules, SizeIs(1));
  EXPECT_THAT(reloader->status().folder_problem, HasSubstr("a file with rules: []"));
  EXPECT_THAT(errors_, SizeIs(1));
  EXPECT_THAT(reloader->Publish({}, {}), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("no *.yaml")));
  WriteRules("none.yaml", "rules: []\n");
  Settle(*reloader);
  EXPECT_THAT(reloader->snapshot()->rules().rules, IsEmpty());
  EXPECT_THAT(reloader->status().folder_problem, IsEmpty());
}

TEST_F(ReloaderTest, OtherWordsForTheSameRulesDoNotUndoAPublication) {
  WriteRules("a.yaml", PinRule("folder", "case"));
  const std::unique_ptr<Reloader> reloader = CreateReloader();
  AWASE_ASSERT_OK(reloader->Publish({{"sent.yaml", PinRule("sent", "case")}}, {}).status());
  WriteRules("a.yaml", "# for the summer\n" + PinRule("folder", "case"));
  Settle(*reloader);
  EXPECT_EQ(reloader->snapshot()->rules().rules[0].id, "sent");
  WriteRules("a.yaml", kBroken);
  Settle(*reloader);
  EXPECT_THAT(reloader->status().folder_problem, HasSubstr("a.yaml:3"));
  WriteRules("a.yaml", PinRule("folder", "case"));
  Settle(*reloader);
  EXPECT_EQ(reloader->snapshot()->rules().rules[0].id, "sent") << "mended to what it was";
  EXPECT_THAT(reloader->status().folder_problem, IsEmpty());
  WriteRules("a.yaml", PinRule("folder", "tripod"));
  Settle(*reloader);
  EXPECT_EQ(reloader->snapshot()->rules().rules[0].id, "folder");
}

TEST_F(ReloaderTest, AModelThatSuitsARefusedFolderDoesNotUndoALaterPublication) {
  const std::unique_ptr<Reloader> reloader = CreateReloader();
  WriteRules("a.yaml", SetRule("set", "USD 511.00", "Together"));
  Settle(*reloader);
  ASSERT_THAT(reloader->status().folder_problem, HasSubstr("a.yaml"));
  AWASE_ASSERT_OK(reloader->Publish({{"sent.yaml", PinRule("sent", "case")}}, {}).status());
  AWASE_ASSERT_OK(testing::WriteCameraShop(Models(), 1200).status());
  Settle(*reloader);
  EXPECT_EQ(reloader->snapshot()->rules().rules[0].id, "sent");
  EXPECT_THAT(reloader->status().folder_problem, IsEmpty());
}

TEST_F(ReloaderTest, WhatIsWrongWithPublishedRulesIsNotSaidOfTheFolder) {
  const std::unique_ptr<Reloader> reloader = CreateReloader();
  AWASE_ASSERT_OK(
      reloader->Publish({{"sent.yaml", SetRule("set", "USD 509.00", "Both")}}, {.author = "Tanaka"}).status());
  AWASE_ASSERT_OK(testing::WriteCameraShop(Models(), 800).status());
  reloader->CheckNow();
  EXPECT_THAT(reloader->status().rule_problem, HasSubstr("sent.yaml"));
  EXPECT_THAT(reloader->status().folder_problem, IsEmpty());
  ASSERT_THAT(errors_, SizeIs(1));
  EXPECT_THAT(errors_[0], AllOf(HasSubstr("(number 2, published by Tanaka at "), Not(HasSubstr("folder"))));
}

TEST_F(ReloaderTest, PublishServesTheSetUntilTheFolderChanges) {
  const std::unique_ptr<Reloader> reloader = CreateReloader();
  AWASE_ASSERT_OK_AND_ASSIGN(const Reloader::Published published,
                             reloader->Publish({{"sent.yaml", PinRule("sent", "case")}}, {}));
  EXPECT_EQ(published.rule_count, 1u);
  EXPECT_EQ(reloader->status().rule_revision, published.revision);
  Settle(*reloader);
  EXPECT_EQ(reloader->status().rule_revision, published.revision);
  WriteRules("a.yaml", PinRule("folder", "case"));
  Settle(*reloader);
  EXPECT_EQ(reloader->snapshot()->rules().rules[0].id, "folder");
}

TEST_F(ReloaderTest, PublishWithoutFilesReadsTheFolderAtOnce) {
  const std::unique_ptr<Reloader> reloader = CreateReloader();
  WriteRules("a.yaml", PinRule("pin", "case"));
  AWASE_ASSERT_OK_AND_ASSIGN(const Reloader::Published published, reloader->Publish({}, {}));
  EXPECT_EQ(published.rule_count, 1u);
  EXPECT_EQ(reloader->status().rule_revision, published.revision);
}

TEST_F(ReloaderTest, PublishChecksTheEtag) {
  const std::unique_ptr<Reloader> reloader = CreateReloader();
  const std::string serving = reloader->status().rule_revision;
  const std::vector<rules::RuleFile> files = {{"sent.yaml", PinRule("sent", "case")}};
  EXPECT_THAT(reloader->Publish(files, {.etag = "other"}), StatusIs(absl::StatusCode::kAborted, HasSubstr(serving)));
  EXPECT_THAT(reloader->Publish(files, {.etag = serving.substr(0, 4)}),
              StatusIs(absl::StatusCode::kAborted, HasSubstr("only the beginning")));
  EXPECT_EQ(reloader->status().rule_revision, serving);
  EXPECT_THAT(reloader->Publish(files, {.etag = serving, .author = "Tanaka"}), IsOk());
  EXPECT_THAT(reloader->Publish(files, {.etag = serving}),
              StatusIs(absl::StatusCode::kAborted, AllOf(HasSubstr("published by Tanaka at 2"), HasSubstr(" UTC)"))))
      << "who it was, and when";
}

TEST_F(ReloaderTest, ValidateOnlyChangesNothing) {
  const std::unique_ptr<Reloader> reloader = CreateReloader();
  const std::string serving = reloader->status().rule_revision;
  AWASE_ASSERT_OK_AND_ASSIGN(const Reloader::Published published,
                             reloader->Publish({{"sent.yaml", PinRule("sent", "case")}}, {.validate_only = true}));
  EXPECT_NE(published.revision, serving);
  EXPECT_EQ(reloader->status().rule_revision, serving);
  EXPECT_THAT(reloader->Publish({{"sent.yaml", kBroken}}, {.validate_only = true}),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("sent.yaml:3")));
}

TEST_F(ReloaderTest, RulesAreCheckedAgainstTheModel) {
  const std::unique_ptr<Reloader> reloader = CreateReloader();
  EXPECT_THAT(reloader->Publish({{"sent.yaml", SetRule("set", "USD 511.00", "dear")}}, {}),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("price")));
  AWASE_ASSERT_OK_AND_ASSIGN(const Reloader::Published published,
                             reloader->Publish({{"sent.yaml", PinRule("pin", "unknown-id")}}, {}));
  EXPECT_THAT(published.warnings, SizeIs(1));
  EXPECT_EQ(reloader->Validate({{"v.yaml", kBroken}}).rules, nullptr);
}

TEST_F(ReloaderTest, AnActivatedVersionServesAtTheNextLook) {
  const std::unique_ptr<Reloader> reloader = CreateReloader();
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string second, testing::WriteCameraShop(Models(), 1100));
  ASSERT_NE(second, first_version_);
  reloader->CheckNow();
  EXPECT_EQ(reloader->status().model_version, second);
  EXPECT_FALSE(reloader->degraded());
}

TEST_F(ReloaderTest, ABrokenActiveVersionIsRefusedUntilAGoodOneIsNamed) {
  const std::unique_ptr<Reloader> reloader = CreateReloader();
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string second, testing::WriteCameraShop(Models(), 1100, /*activate=*/false));
  AWASE_ASSERT_OK(testing::BreakVersion(Models(), second));
  AWASE_ASSERT_OK(ReplaceFile(JoinPath(Models(), "ACTIVE"), second + "\n"));
  Settle(*reloader);
  EXPECT_EQ(reloader->status().model_version, first_version_);
  EXPECT_TRUE(reloader->degraded());
  EXPECT_EQ(reloader->status().failures, 1u);
  EXPECT_THAT(reloader->status().model_problem, HasSubstr(second));
  EXPECT_THAT(errors_, SizeIs(1));

  AWASE_ASSERT_OK(artefact::ActivateVersion(Models(), first_version_));
  reloader->CheckNow();
  EXPECT_FALSE(reloader->degraded());
  EXPECT_THAT(reloader->status().model_problem, IsEmpty());
}

TEST_F(ReloaderTest, AnActiveFileThatNamesNothingIsRefused) {
  const std::unique_ptr<Reloader> reloader = CreateReloader();
  AWASE_ASSERT_OK(ReplaceFile(JoinPath(Models(), "ACTIVE"), "0123456789abcdef\n"));
  reloader->CheckNow();
  EXPECT_TRUE(reloader->degraded());
  AWASE_ASSERT_OK(RemoveTree(JoinPath(Models(), "ACTIVE")));
  reloader->CheckNow();
  EXPECT_EQ(reloader->status().failures, 2u);
  EXPECT_EQ(reloader->status().model_version, first_version_);
}

TEST_F(ReloaderTest, AVersionDirectoryIsNotWatched) {
  Reloader::Options options = OptionsWithRules();
  options.model_path = JoinPath(Models(), first_version_);
  AWASE_ASSERT_OK_AND_ASSIGN(const std::unique_ptr<Reloader> reloader, Reloader::Create(options));
  AWASE_ASSERT_OK(testing::WriteCameraShop(Models(), 1100).status());
  reloader->CheckNow();
  EXPECT_EQ(reloader->status().model_version, first_version_);
}

TEST_F(ReloaderTest, ANewModelServesThoughTheRulesNoLongerValidateWithIt) {
  WriteRules("a.yaml", SetRule("set", "USD 509.00", "Together"));
  const std::unique_ptr<Reloader> reloader = CreateReloader();
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string second, testing::WriteCameraShop(Models(), 800));
  reloader->CheckNow();
  EXPECT_EQ(reloader->status().model_version, second);
  EXPECT_THAT(reloader->snapshot()->rules().rules, SizeIs(1));
  EXPECT_THAT(reloader->status().rule_problem, HasSubstr("a.yaml"));
  EXPECT_EQ(reloader->status().failures, 0u) << "no file is refused";
  AWASE_ASSERT_OK(artefact::ActivateVersion(Models(), first_version_));
  reloader->CheckNow();
  EXPECT_THAT(reloader->status().rule_problem, IsEmpty());
}

TEST_F(ReloaderTest, PublishedRulesSettleWhatANewModelFoundWrongWithTheOldOnes) {
  WriteRules("a.yaml", SetRule("set", "USD 509.00", "Together"));
  const std::unique_ptr<Reloader> reloader = CreateReloader();
  AWASE_ASSERT_OK(testing::WriteCameraShop(Models(), 800).status());
  reloader->CheckNow();
  ASSERT_THAT(reloader->status().rule_problem, HasSubstr("a.yaml"));
  EXPECT_THAT(reloader->Publish({{"sent.yaml", SetRule("set", "USD 505.00", "Together")}}, {.validate_only = true}),
              IsOk());
  EXPECT_THAT(reloader->status().rule_problem, HasSubstr("a.yaml"));
  EXPECT_THAT(reloader->Publish({{"sent.yaml", SetRule("set", "USD 505.00", "Together")}}, {}), IsOk());
  EXPECT_THAT(reloader->status().rule_problem, IsEmpty());
}

TEST_F(ReloaderTest, PublishedRulesDoNotHideWhatIsWrongWithTheFolder) {
  const std::unique_ptr<Reloader> reloader = CreateReloader();
  WriteRules("a.yaml", kBroken);
  Settle(*reloader);
  EXPECT_THAT(reloader->Publish({{"sent.yaml", PinRule("sent", "case")}}, {}), IsOk());
  EXPECT_THAT(reloader->status().folder_problem, HasSubstr("a.yaml:3"));
}

TEST_F(ReloaderTest, ARefusedFolderIsTriedAgainWithTheNextModel) {
  const std::unique_ptr<Reloader> reloader = CreateReloader();
  WriteRules("a.yaml", SetRule("set", "USD 511.00", "Together"));
  Settle(*reloader);
  EXPECT_THAT(reloader->status().folder_problem, HasSubstr("a.yaml"));
  AWASE_ASSERT_OK(testing::WriteCameraShop(Models(), 1200).status());
  Settle(*reloader);
  EXPECT_THAT(reloader->status().folder_problem, IsEmpty());
  EXPECT_THAT(reloader->snapshot()->rules().rules, SizeIs(1));
}

TEST_F(ReloaderTest, SaysThatTheSystemGivesNoThread) {
  AWASE_ASSERT_OK_AND_ASSIGN(const std::unique_ptr<Reloader> reloader, Reloader::Create(OptionsWithRules()));
  const testing::NoThreads none;
  EXPECT_THAT(reloader->Start(), StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("reload thread")));
}

TEST_F(ReloaderTest, TheThreadTakesUpAChangeByItself) {
  Reloader::Options options = OptionsWithRules();
  options.poll_interval = absl::Milliseconds(1);
  AWASE_ASSERT_OK_AND_ASSIGN(const std::unique_ptr<Reloader> reloader, Reloader::Create(options));
  AWASE_ASSERT_OK(reloader->Start());
  WriteRules("a.yaml", PinRule("pin", "case"));
  while (reloader->status().reloads == 0) std::this_thread::yield();
  EXPECT_THAT(reloader->snapshot()->rules().rules, SizeIs(1));
}

TEST_F(ReloaderTest, ReadersSeeWholeSetsWhileTheFolderIsRewritten) {
  WriteRules("a.yaml", PinRule("k0-a", "case"));
  WriteRules("b.yaml", PinRule("k0-b", "tripod"));
  const std::unique_ptr<Reloader> reloader = CreateReloader();
  std::atomic<bool> stop{false};
  std::atomic<int> mixed{0};
  std::vector<std::thread> readers;
  for (int i = 0; i < 2; ++i) {
    readers.emplace_back([&] {
      while (!stop.load()) {
        const std::shared_ptr<const engine::Snapshot> snapshot = reloader->snapshot();
        const std::vector<rules::Rule>& rules = snapshot->rules().rules;
        if (rules.size() != 2 ||
            rules[0].id.substr(0, rules[0].id.find('-')) != rules[1].id.substr(0, rules[1].id.find('-'))) {
          mixed.fetch_add(1);
        }
      }
    });
  }
  for (int round = 1; round <= 50; ++round) {
    const std::string prefix = "k" + std::to_string(round);
    WriteRules("a.yaml", PinRule(prefix + "-a", "case"));
    reloader->CheckNow();  // in the middle of the copy
    WriteRules("b.yaml", PinRule(prefix + "-b", "tripod"));
    reloader->CheckNow();
    reloader->CheckNow();
    EXPECT_EQ(reloader->snapshot()->rules().rules[0].id, prefix + "-a");
  }
  stop.store(true);
  for (std::thread& reader : readers) reader.join();
  EXPECT_EQ(mixed.load(), 0);
}

}  // namespace
}  // namespace awase::serving
