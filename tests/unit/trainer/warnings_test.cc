#include "trainer/internal/warnings.h"

#include "gmock/gmock.h"

namespace awase::trainer_internal {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(WarningsOf, SayWhenLikeProfilesHaveNoSay) {
  trainer::TrainReport report;
  trainer::TrainOptions options;
  options.lists.similar_orders = 10;
  report.product_count = 200'000;
  EXPECT_THAT(WarningsOf(report, options), Not(Contains(HasSubstr("--similar-orders"))));
  report.product_count = 200'001;
  EXPECT_THAT(WarningsOf(report, options), Contains(HasSubstr("--similar-orders")));
  options.lists.similar_orders = 0;
  EXPECT_THAT(WarningsOf(report, options), Not(Contains(HasSubstr("--similar-orders"))));
}

TEST(WarningsOf, SayWhenNoMarginMadeClaimsLast) {
  trainer::TrainReport report;
  report.relations = {{.relation = "bought_together", .claims = {.margin = 8, .margin_found = false}}};
  EXPECT_THAT(WarningsOf(report, {}), Contains(HasSubstr("--claim-share-held")));
  report.relations[0].claims.margin_found = true;
  EXPECT_THAT(WarningsOf(report, {}), Not(Contains(HasSubstr("--claim-share-held"))));
  report.relations[0].claims = {};  // not asked
  EXPECT_THAT(WarningsOf(report, {}), Not(Contains(HasSubstr("--claim-share-held"))));
}

TEST(WarningsOf, TellOfPlansThatCannotBeReadAndOfMetricsWithoutUse) {
  trainer::TrainReport report;
  EXPECT_THAT(WarningsOf(report, {}), Not(Contains(HasSubstr("plans"))));
  report.plans.faults = {{"small", "fee", "\"ten\" is no amount"}, {"large", "fee", "…"}};
  report.plans.unused_metrics = {"minutes", "texts"};
  report.plans.miscased_metrics = {{"GB", "gb"}};
  EXPECT_THAT(WarningsOf(report, {}), Contains(HasSubstr("2 columns of plans cannot be read, and their products are no "
                                                         "plans: small, fee: \"ten\" is no amount, …")));
  EXPECT_THAT(WarningsOf(report, {}), Contains(HasSubstr("names GB, which no plan knows: did you mean gb?")));
  EXPECT_THAT(WarningsOf(report, {}), Contains(HasSubstr("no usage names minutes, texts, for which plans")));
}

}  // namespace
}  // namespace awase::trainer_internal
