#include "awase/promotion/comparison.h"

#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "awase/evaluation/measure.h"
#include "gmock/gmock.h"
#include "tests/testing/model_builder.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase::promotion {
namespace {

using ::awase::testing::ModelBuilder;
using ::awase::testing::TempDir;
using evaluation::JudgedCase;
using relations::RelationKind;
using Basis = QualityComparison::Basis;
using ModelPointer = std::shared_ptr<const artefact::Model>;

constexpr RelationKind kTogether = RelationKind::kBoughtTogether;

class Comparing : public ::testing::Test {
 protected:
  // A list in the order given, of entries that are claims or are not.
  static void List(ModelBuilder* builder, const std::string& product, const std::vector<std::string>& others,
                   bool claim = false) {
    double score = 100;
    for (const std::string& other : others) {
      builder->Relate(kTogether, product, other, {.together = 10, .score = score, .claim = claim});
      score -= 1;
    }
  }

  ModelPointer Build(const ModelBuilder& builder) {
    const absl::StatusOr<ModelPointer> model = builder.Build(dir_.Join(absl::StrCat("models", ++models_)));
    EXPECT_TRUE(model.ok()) << model.status();
    return model.value_or(nullptr);
  }

  TempDir dir_;
  int models_ = 0;
};

TEST_F(Comparing, CountsWhatListsCoverAndClaim) {
  ModelBuilder builder;
  for (const char* id : {"a", "b", "c", "d", "e"}) builder.Add(id);
  builder.SetUnits(kTogether, "a", 100);
  builder.SetUnits(kTogether, "b", 200);
  builder.SetUnits(kTogether, "c", 99);
  builder.SetUnits(kTogether, "d", 50);
  builder.SetUnits(kTogether, "e", 0);  // in no order: neither covered nor empty
  List(&builder, "a", {"b", "c"}, /*claim=*/true);
  List(&builder, "b", {"a"});
  List(&builder, "c", {"a"}, /*claim=*/true);
  const ListFigures figures = FiguresOf(*Build(builder));
  EXPECT_EQ(figures.products_with_orders, 4u);
  EXPECT_DOUBLE_EQ(figures.coverage_at_10, 0.75);
  EXPECT_DOUBLE_EQ(figures.empty_share, 0.25);
  EXPECT_EQ(figures.frequent_products, 2u);
  EXPECT_DOUBLE_EQ(figures.claim_share, 0.5);
}

TEST_F(Comparing, LooksAtTheFirstTenOfAListOnly) {
  ModelBuilder builder;
  std::vector<std::string> others;
  builder.Add("a");
  for (int i = 0; i < 12; ++i) builder.Add(others.emplace_back(absl::StrCat("p", 10 + i)));
  List(&builder, "a", others);
  EXPECT_DOUBLE_EQ(FiguresOf(*Build(builder)).coverage_at_10, 10.0 / 13);
}

TEST_F(Comparing, FindsNoChurnInAVersionAndItself) {
  ModelBuilder builder;
  for (const char* id : {"a", "b", "c"}) builder.Add(id);
  List(&builder, "a", {"b", "c"});
  const ModelPointer model = Build(builder);
  const Comparison comparison = CompareWithActive(*model, *model, {});
  EXPECT_EQ(comparison.churn, 0);
  EXPECT_EQ(comparison.quality.basis, Basis::kNone);
  EXPECT_EQ(comparison.active.products_with_orders, comparison.next.products_with_orders);
}

TEST_F(Comparing, WeighsChurnByTheOrdersOfThePage) {
  ModelBuilder active;
  for (const char* id : {"a", "b", "c", "x", "y", "z"}) active.Add(id);
  active.SetUnits(kTogether, "a", 300);
  active.SetUnits(kTogether, "b", 80);
  active.SetUnits(kTogether, "c", 20);
  List(&active, "a", {"x", "y"});
  List(&active, "b", {"x", "z"});
  List(&active, "c", {"x"});
  // Other numbers for the same ids; a keeps one of two, b both in another order and gains one, c is gone.
  ModelBuilder next;
  for (const char* id : {"A", "a", "b", "q", "x", "y", "z"}) next.Add(id);
  List(&next, "a", {"q", "y"});
  List(&next, "b", {"z", "q", "x"});
  const Comparison comparison = CompareWithActive(*Build(active), *Build(next), {});
  EXPECT_DOUBLE_EQ(comparison.churn, 1 - (300 * 0.5 + 80 * 1.0) / 400);
}

TEST_F(Comparing, SeesEverythingGoWhenIdsChange) {
  ModelBuilder active;
  ModelBuilder next;
  for (const char* id : {"a", "b"}) active.Add(id);
  for (const char* id : {"00a", "00b"}) next.Add(id);
  List(&active, "a", {"b"});
  List(&next, "00a", {"00b"});
  EXPECT_EQ(CompareWithActive(*Build(active), *Build(next), {}).churn, 1);
}

TEST_F(Comparing, FollowsProductsThatBecameVariants) {
  ModelBuilder active;
  for (const char* id : {"a", "red", "root"}) active.Add(id);
  List(&active, "a", {"red"});
  ModelBuilder next;
  for (const char* id : {"a", "red", "root"}) next.Add(id).parent_id = std::string(id) == "red" ? "root" : "";
  List(&next, "a", {"root"});
  EXPECT_EQ(CompareWithActive(*Build(active), *Build(next), {}).churn, 0);
}

// Of products "a", "b", "c" and "d"; the active list of a is b, d.
class ComparingQuality : public Comparing {
 protected:
  ModelPointer Active(absl::string_view report_json) {
    ModelBuilder builder;
    for (const char* id : {"0", "a", "b", "d"}) builder.Add(id);  // other numbers than in the new version
    List(&builder, "a", {"b", "d"});
    builder.SetReport(report_json);
    return Build(builder);
  }

  ModelPointer Next() {
    ModelBuilder builder;
    for (const char* id : {"a", "b", "c", "d"}) builder.Add(id);
    List(&builder, "a", {"c"});
    return Build(builder);
  }

  // `seen` cases up to the moment 1000, `unseen` after it: a was bought with d, and the new lists hit with 0.5.
  static std::vector<JudgedCase> Cases(std::size_t seen, std::size_t unseen) {
    std::vector<JudgedCase> cases;
    for (std::size_t i = 0; i < seen + unseen; ++i) {
      cases.push_back({{ProductAt(0), {ProductAt(3)}}, i < seen ? 1000 : 1001, i < seen ? 0.0 : 0.5});
    }
    return cases;
  }
};

TEST_F(ComparingQuality, AsksBothAboutOrdersThatTheActiveOneHasNotSeen) {
  const std::vector<JudgedCase> cases = Cases(50, 200);
  const Comparison comparison =
      CompareWithActive(*Active(R"({"last_order_micros": 1000, "tuning": {"chosen": {"ndcg_at_10": 0.9}}})"), *Next(),
                        {.own_ndcg = 0.4, .judged_cases = cases});
  EXPECT_EQ(comparison.quality.basis, Basis::kSameOrders);
  EXPECT_EQ(comparison.quality.questions, 200u);
  const std::vector<ProductIndex> list = {ProductAt(1), ProductAt(3)};
  EXPECT_NEAR(comparison.quality.active, evaluation::NdcgAt10(list, {ProductAt(3)}), 1e-12);
  EXPECT_NEAR(comparison.quality.next, 0.5, 1e-12);
  // All questions are answered alike: no doubt is left.
  EXPECT_NEAR(comparison.quality.ratio_high, comparison.quality.next / comparison.quality.active, 1e-9);
}

TEST_F(ComparingQuality, LeavesDoubtWhereAnswersDiffer) {
  std::vector<JudgedCase> cases = Cases(0, 400);
  for (std::size_t i = 0; i < cases.size(); ++i) cases[i].ndcg_at_10 = i % 2 == 0 ? 1 : 0;
  const Comparison comparison =
      CompareWithActive(*Active(R"({"last_order_micros": 1000})"), *Next(), {.judged_cases = cases});
  const double a = comparison.quality.active;
  // The standard deviation of b − r a is 0.5, and there are 400 questions.
  EXPECT_NEAR(comparison.quality.ratio_high, 0.5 / a + 1.96 * 0.5 / (20 * a), 1e-9);
}

TEST_F(ComparingQuality, FallsBackToWhatEachTrainingFound) {
  const std::vector<JudgedCase> cases = Cases(300, 199);
  const Comparison comparison =
      CompareWithActive(*Active(R"({"last_order_micros": 1000, "tuning": {"chosen": {"ndcg_at_10": 0.5}}})"), *Next(),
                        {.own_ndcg = 0.4, .judged_cases = cases});
  EXPECT_EQ(comparison.quality.basis, Basis::kOwnOrders);
  EXPECT_EQ(comparison.quality.questions, 0u);
  EXPECT_EQ(comparison.quality.active, 0.5);
  EXPECT_EQ(comparison.quality.next, 0.4);
  EXPECT_DOUBLE_EQ(comparison.quality.ratio_high, 0.8);
}

TEST_F(ComparingQuality, SaysNothingWhereOneOfThemDoesNotSay) {
  const std::vector<JudgedCase> cases = Cases(0, 300);
  // Written before manifests said so; not what was expected there; no numbers.
  for (const char* report :
       {"{}", R"({"tuning": {"tuned": false}})",
        R"({"last_order_micros": "x", "tuning": {"chosen": {"ndcg_at_10": []}}})", R"({"tuning": [1]})"}) {
    const Comparison comparison = CompareWithActive(*Active(report), *Next(), {.own_ndcg = 0.4, .judged_cases = cases});
    EXPECT_EQ(comparison.quality.basis, Basis::kNone) << report;
  }
  const Comparison comparison =
      CompareWithActive(*Active(R"({"tuning": {"chosen": {"ndcg_at_10": 0.5}}})"), *Next(), {});
  EXPECT_EQ(comparison.quality.basis, Basis::kNone);
}

}  // namespace
}  // namespace awase::promotion
