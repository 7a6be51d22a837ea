#include "awase/promotion/decision.h"

#include <functional>
#include <limits>

#include "awase/base/files.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase::promotion {
namespace {

using ::awase::testing::StatusIs;
using ::awase::testing::TempDir;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Basis = QualityComparison::Basis;

// Two versions that are alike in everything.
Comparison Alike() {
  const ListFigures figures = {1000, 0.8, 0.01, 200, 0.6};
  return {figures, figures, 0, {Basis::kSameOrders, 1204, 0.1, 0.1, 1.02}};
}

struct Case {
  const char* what;
  std::function<void(Comparison*)> change;
  std::vector<std::string> words;  // of the one violation; empty = none
};

TEST(Violations, StateBothFiguresTheBoundAndTheFlag) {
  const std::vector<Case> cases = {
      {"nothing changes", [](Comparison*) {}, {}},
      {"quality at its bound", [](Comparison* c) { c->quality.next = 0.09, c->quality.ratio_high = 0.95; }, {}},
      {"quality beyond it",
       [](Comparison* c) { c->quality.next = 0.0895, c->quality.ratio_high = 0.95; },
       {"quality", "0.0895", "0.1000", "10.5 %", "1,204 orders that neither", "bound is 10 %", "--max-quality-loss"}},
      {"quality beyond it, but it may be chance",
       [](Comparison* c) { c->quality.next = 0.07, c->quality.ratio_high = 1; },
       {}},
      {"quality by the trainings' own orders",
       [](Comparison* c) { c->quality = {Basis::kOwnOrders, 0, 0.2, 0.1, 0.5}; },
       {"0.1000", "0.2000", "50 %", "own orders"}},
      {"quality that cannot be compared", [](Comparison* c) { c->quality = {Basis::kNone, 0, 0.2, 0.1, 0.5}; }, {}},
      {"an active version that hits nothing",
       [](Comparison* c) { c->quality = {Basis::kSameOrders, 300, 0, 0, 1}; },
       {}},
      {"coverage at its bound", [](Comparison* c) { c->next.coverage_at_10 = 0.64; }, {}},
      {"coverage beyond it",
       [](Comparison* c) { c->next.coverage_at_10 = 0.6; },
       {"coverage", "60 %", "80 %", "25 %", "bound is 20 %", "--max-coverage-loss"}},
      {"empty lists at their bound", [](Comparison* c) { c->next.empty_share = 0.06; }, {}},
      {"empty lists beyond it",
       [](Comparison* c) { c->next.empty_share = 0.07; },
       {"empty", "7 %", "1 %", "6 points", "bound is 5", "--max-empty-rise"}},
      {"claims at their bound", [](Comparison* c) { c->next.claim_share = 0.42; }, {}},
      {"claims beyond it",
       [](Comparison* c) { c->next.claim_share = 0.3; },
       {"claims", "30 %", "60 %", "50 %", "--max-claim-loss"}},
      {"an active version without claims", [](Comparison* c) { c->active.claim_share = c->next.claim_share = 0; }, {}},
      {"an active version without lists", [](Comparison* c) { c->active.coverage_at_10 = 0; }, {}},
      {"churn at its bound", [](Comparison* c) { c->churn = 0.5; }, {}},
      {"churn beyond it", [](Comparison* c) { c->churn = 0.625; }, {"churn", "62.5 %", "bound is 50 %", "--max-churn"}},
      {"all better",
       [](Comparison* c) {
         c->next = {2000, 1, 0, 400, 1};
         c->quality.next = 0.3;
       },
       {}},
  };
  for (const Case& test : cases) {
    Comparison comparison = Alike();
    test.change(&comparison);
    const std::vector<std::string> violations = Violations(comparison, Bounds());
    ASSERT_THAT(violations, SizeIs(test.words.empty() ? 0 : 1)) << test.what;
    for (const std::string& word : test.words) EXPECT_THAT(violations[0], HasSubstr(word)) << test.what;
  }
}

TEST(Violations, AreAllNamedAtOnce) {
  Comparison comparison = Alike();
  comparison.quality = {Basis::kSameOrders, 300, 0.2, 0.1, 0.6};
  comparison.next = {100, 0.1, 0.9, 0, 0};
  comparison.churn = 1;
  EXPECT_THAT(Violations(comparison, Bounds()),
              ElementsAre(HasSubstr("quality"), HasSubstr("coverage"), HasSubstr("empty"), HasSubstr("claims"),
                          HasSubstr("churn")));
}

TEST(Violations, FollowTheBoundsGiven) {
  Comparison comparison = Alike();
  comparison.quality = {Basis::kSameOrders, 300, 0.2, 0.1, 0.6};
  comparison.next = {100, 0.1, 0.9, 0, 0};
  comparison.churn = 1;
  EXPECT_THAT(Violations(comparison, Bounds{1, 1, 1, 1, 1}), IsEmpty());
  // The strictest bounds let a version pass that is alike in everything.
  EXPECT_THAT(Violations(Alike(), Bounds{0, 0, 0, 0, 0}), IsEmpty());
}

TEST(CheckBounds, WantsShares) {
  AWASE_EXPECT_OK(CheckBounds(Bounds()));
  AWASE_EXPECT_OK(CheckBounds(Bounds{0, 1, 0, 1, 0}));
  EXPECT_THAT(CheckBounds(Bounds{.max_churn = 1.5}),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("max_churn: 1.5")));
  EXPECT_THAT(CheckBounds(Bounds{.max_quality_loss = -0.1}),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("max_quality_loss")));
  EXPECT_THAT(CheckBounds(Bounds{.max_empty_rise = std::numeric_limits<double>::quiet_NaN()}),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("max_empty_rise")));
}

TEST(Decision, PassesWithoutReasonsOrByForce) {
  Decision decision;
  EXPECT_TRUE(decision.passes());
  decision.reasons = {"worse"};
  EXPECT_FALSE(decision.passes());
  decision.forced = "new catalogue";
  EXPECT_TRUE(decision.passes());
}

TEST(Decision, IsReadBackAsItWasKept) {
  const TempDir dir;
  Decision decision;
  decision.compared_with = "0123456789abcdef";
  decision.comparison = Alike();
  decision.comparison->churn = 0.625;
  decision.comparison->quality.basis = Basis::kOwnOrders;
  decision.bounds.max_churn = 0.25;
  decision.reasons = {"churn: \"quoted\" and ‑ more"};
  decision.forced = "Umstellung des Katalogs, Müller";
  AWASE_ASSERT_OK(KeepDecision(dir.path(), decision));
  AWASE_ASSERT_OK_AND_ASSIGN(const Decision read, ReadDecision(dir.path()));
  EXPECT_EQ(DecisionToJson(read), DecisionToJson(decision));
  EXPECT_EQ(read.forced, decision.forced);
  EXPECT_EQ(read.bounds, decision.bounds);
  EXPECT_EQ(read.comparison->quality.basis, Basis::kOwnOrders);
}

TEST(ReadDecision, TellsNothingThereFromWhatIsNoDecision) {
  const TempDir dir;
  EXPECT_THAT(ReadDecision(dir.path()), StatusIs(absl::StatusCode::kNotFound));
  for (const char* text : {"", "[]", "{}", "{\"compared_with\": 3}", "no json"}) {
    dir.Write("promotion.json", text);
    EXPECT_THAT(ReadDecision(dir.path()), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("promotion.json"))) << text;
  }
}

}  // namespace
}  // namespace awase::promotion
