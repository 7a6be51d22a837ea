#include "trainer/internal/judge_promotion.h"

#include <memory>
#include <string>

#include "awase/artefact/writer.h"
#include "awase/base/files.h"
#include "gmock/gmock.h"
#include "tests/testing/model_builder.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase::trainer_internal {
namespace {

using ::awase::testing::ModelBuilder;
using ::awase::testing::StatusIs;
using ::awase::testing::TempDir;
using promotion::Decision;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

class JudgePromotionTest : public ::testing::Test {
 protected:
  // A version in which `product` is shown with "film".
  std::shared_ptr<const artefact::Model> Write(const std::string& product) {
    ModelBuilder builder;
    builder.Add("film");
    builder.Add(product);
    builder.Relate(relations::RelationKind::kBoughtTogether, product, "film");
    const auto model = builder.Build(dir_.path());
    EXPECT_TRUE(model.ok()) << model.status();
    return *model;
  }

  void Activate(const artefact::Model& version) const {
    AWASE_ASSERT_OK(artefact::ActivateVersion(dir_.path(), version.version()));
  }

  trainer::TrainOptions Options(const std::string& force = "") const {
    trainer::TrainOptions options;
    options.model_dir = dir_.path();
    options.force = force;
    return options;
  }

  TempDir dir_;
};

TEST_F(JudgePromotionTest, LetsAFirstVersionPass) {
  const auto first = Write("cam");
  EXPECT_FALSE(HasActiveVersion(dir_.path()));
  AWASE_ASSERT_OK_AND_ASSIGN(const Decision decision, JudgePromotion(Options(), *first, {}));
  EXPECT_TRUE(decision.passes());
  EXPECT_EQ(decision.compared_with, "");
  EXPECT_FALSE(decision.comparison.has_value());
  AWASE_EXPECT_OK(promotion::ReadDecision(dir_.Join(first->version())));
}

TEST_F(JudgePromotionTest, HoldsAnotherVersionAgainstTheActiveOne) {
  const auto active = Write("cam");
  const auto next = Write("other");
  Activate(*active);
  EXPECT_TRUE(HasActiveVersion(dir_.path()));
  AWASE_ASSERT_OK_AND_ASSIGN(const Decision decision, JudgePromotion(Options(), *next, {}));
  EXPECT_EQ(decision.compared_with, active->version());
  ASSERT_TRUE(decision.comparison.has_value());
  EXPECT_EQ(decision.comparison->churn, 1);
  EXPECT_THAT(decision.reasons, ElementsAre(HasSubstr("churn")));
  EXPECT_FALSE(decision.passes());
  AWASE_ASSERT_OK_AND_ASSIGN(const Decision kept, promotion::ReadDecision(dir_.Join(next->version())));
  EXPECT_EQ(kept.reasons, decision.reasons);
}

TEST_F(JudgePromotionTest, KeepsWhatWasSaidOnlyWhereItWasNeeded) {
  const auto active = Write("cam");
  const auto next = Write("other");
  Activate(*active);
  AWASE_ASSERT_OK_AND_ASSIGN(const Decision forced, JudgePromotion(Options("new catalogue"), *next, {}));
  EXPECT_TRUE(forced.passes());
  EXPECT_EQ(forced.forced, "new catalogue");
  trainer::TrainOptions options = Options("new catalogue");
  options.bounds.max_churn = 1;
  AWASE_ASSERT_OK_AND_ASSIGN(const Decision passed, JudgePromotion(options, *next, {}));
  EXPECT_EQ(passed.forced, "");
}

TEST_F(JudgePromotionTest, LeavesTheDecisionThatMadeAVersionActive) {
  const auto active = Write("cam");
  const auto next = Write("other");
  Activate(*active);
  AWASE_ASSERT_OK(JudgePromotion(Options("new catalogue"), *next, {}).status());
  Activate(*next);
  AWASE_ASSERT_OK_AND_ASSIGN(const Decision again, JudgePromotion(Options(), *next, {}));
  EXPECT_TRUE(again.passes());
  EXPECT_THAT(again.reasons, IsEmpty());
  AWASE_ASSERT_OK_AND_ASSIGN(const Decision kept, promotion::ReadDecision(dir_.Join(next->version())));
  EXPECT_EQ(kept.forced, "new catalogue");
}

TEST_F(JudgePromotionTest, DoesNotReplaceWhatCannotBeRead) {
  const auto active = Write("cam");
  const auto next = Write("other");
  Activate(*active);
  dir_.Write("ACTIVE", "nothing of ours");
  AWASE_ASSERT_OK_AND_ASSIGN(const Decision garbled, JudgePromotion(Options(), *next, {}));
  EXPECT_THAT(garbled.reasons, ElementsAre(HasSubstr("cannot be read")));
  dir_.Write("ACTIVE", "0123456789abcdef");
  AWASE_ASSERT_OK_AND_ASSIGN(const Decision missing, JudgePromotion(Options(), *next, {}));
  EXPECT_THAT(missing.reasons, ElementsAre(HasSubstr("cannot be read")));
  dir_.Write("ACTIVE", active->version());
  AWASE_ASSERT_OK(RemoveTree(dir_.Join(active->version() + "/products.bin")));
  AWASE_ASSERT_OK_AND_ASSIGN(const Decision broken, JudgePromotion(Options("mended by training"), *next, {}));
  EXPECT_THAT(broken.reasons, ElementsAre(HasSubstr("cannot be read")));
  EXPECT_TRUE(broken.passes());
}

TEST_F(JudgePromotionTest, SaysWhenTheDecisionCannotBeKept) {
  const auto next = Write("cam");
  AWASE_ASSERT_OK(RemoveTree(dir_.Join(next->version())));  // mapped, so that it can still be judged
  EXPECT_THAT(JudgePromotion(Options(), *next, {}), StatusIs(absl::StatusCode::kNotFound));
}

TEST(TimesOf, LeavesBasketsWithoutATimeAside) {
  orders::BasketSet baskets;
  EXPECT_THAT(TimesOf(baskets), Pair(orders::kNoTime, orders::kNoTime));
  for (const std::int64_t time : {orders::kNoTime, std::int64_t{5}, std::int64_t{-7}, orders::kNoTime}) {
    baskets.time_micros.push_back(time);
  }
  EXPECT_THAT(TimesOf(baskets), Pair(-7, 5));
}

}  // namespace
}  // namespace awase::trainer_internal
