#include "serving/rollback_target.h"

#include <cstdint>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace awase::serving {
namespace {

// "a" publishes the rules a, "=2" brings number 2 back, and "back" does so with what is found.
std::uint64_t TargetAfter(const std::vector<std::string>& steps) {
  std::vector<RevisionInfo> history;
  for (const std::string& step : steps) {
    RevisionInfo info{.number = history.size() + 1, .revision = step};
    if (step == "back" || step.front() == '=') {
      info.source = RevisionInfo::Source::kRolledBack;
      info.restored = step == "back" ? FindRollbackTarget(history)->number : std::stoull(step.substr(1));
      info.revision = history[info.restored - 1].revision;
    }
    history.push_back(info);
  }
  const std::optional<RevisionInfo> target = FindRollbackTarget(history);
  return target.has_value() ? target->number : 0;
}

TEST(FindRollbackTarget, IsTheLastSetBeforeThatDiffers) {
  EXPECT_EQ(TargetAfter({}), 0U);
  EXPECT_EQ(TargetAfter({"a"}), 0U);
  EXPECT_EQ(TargetAfter({"a", "b"}), 1U);
  EXPECT_EQ(TargetAfter({"a", "b", "b", "b"}), 1U);
  EXPECT_EQ(TargetAfter({"a", "a"}), 0U);
}

TEST(FindRollbackTarget, GoesOneFurtherBackEachTimeAndNeverToWhatWasUndone) {
  EXPECT_EQ(TargetAfter({"a", "b", "bad", "back"}), 1U);
  EXPECT_EQ(TargetAfter({"a", "b", "c", "d", "back", "back"}), 1U);
  EXPECT_EQ(TargetAfter({"a", "b", "bad", "back", "back"}), 0U);
  EXPECT_EQ(TargetAfter({"a", "bad", "back"}), 0U);
}

TEST(FindRollbackTarget, PassesOverWhatWasUndoneAfterNewPublications) {
  EXPECT_EQ(TargetAfter({"a", "bad", "back", "c"}), 1U);
  EXPECT_EQ(TargetAfter({"a", "bad", "back", "c", "d", "back"}), 1U);
  EXPECT_EQ(TargetAfter({"a", "bad", "b", "bad", "back"}), 1U) << "by what it says, not by its number";
}

TEST(FindRollbackTarget, WhatIsBroughtBackOnPurposeCountsAgain) {
  EXPECT_EQ(TargetAfter({"a", "b", "back", "=2"}), 1U);
  EXPECT_EQ(TargetAfter({"a", "b", "back", "b"}), 1U);
  EXPECT_EQ(TargetAfter({"a", "b", "back", "b", "c"}), 4U);
  EXPECT_EQ(TargetAfter({"a", "b", "c", "=1"}), 0U);
  EXPECT_EQ(TargetAfter({"a", "b", "c", "=1", "d"}), 1U);
}

TEST(FindRollbackTarget, ARecordOfARollbackStandsForTheSetThatItBroughtBack) {
  EXPECT_EQ(TargetAfter({"a", "b", "c", "=2", "d", "=4"}), 1U);
}

// In memory the oldest records go.
TEST(FindRollbackTarget, TakesARecordWhoseSetIsNotKnownAsOneOfItsOwn) {
  std::vector<RevisionInfo> history = {
      {.number = 8, .revision = "a", .source = RevisionInfo::Source::kRolledBack, .restored = 2},
      {.number = 9, .revision = "b"}};
  EXPECT_EQ(FindRollbackTarget(history)->number, 8U);
}

}  // namespace
}  // namespace awase::serving
