#include <nlohmann/json.hpp>
#include <string>

#include "awase/trainer/train.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace awase::trainer {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TrainReport SampleReport() {
  TrainReport report;
  report.version = "0123456789abcdef";
  report.orders.files = {{"orders.csv", 120, "aa"}};
  report.orders.rows_read = 12;
  report.orders.rows_kept = 10;
  report.orders.dropped = {{"quantity is no number", 2, true, {"orders.csv: quantity \"\xFF\""}}};
  report.cleaning.orders_kept = 4;
  report.cleaning.lines_kept = 9;
  report.cleaning.lines_returned = 1;
  report.relations = {{.relation = "bought_together",
                       .unit_count = 4,
                       .entries = 6,
                       .products_with_list = 3,
                       .products_with_claim = 1,
                       .claims = {.claims = 2,
                                  .margin = 1.75,
                                  .margin_found = true,
                                  .not_lasting = 3,
                                  .replicated = 60,
                                  .replicated_held = 59}}};
  report.ladders.families = 2;
  report.ladders.products_with_rung = 5;
  report.ladders.products_with_served_rung = 3;
  report.ladders.rungs_by_grade = {4, 3, 0, 1};
  report.ladders.problems = {{ladder::LadderProblem::Kind::kNumberAndText, "spec.ram", 2, {"a", "b"}}};
  report.warnings = {"no ladders"};
  report.stages[0] = {1.5, 12};
  report.stages[5] = {0.5, 3};
  return report;
}

TEST(TrainReportToJson, HoldsTheCountsByName) {
  const auto json = nlohmann::json::parse(TrainReportToJson(SampleReport()));
  EXPECT_EQ(json["version"].get<std::string>(), "0123456789abcdef");
  EXPECT_EQ(json["orders"]["rows_read"].get<int>(), 12);
  EXPECT_EQ(json["orders"]["rows_dropped"][0]["rows"].get<int>(), 2);
  EXPECT_EQ(json["relations"]["bought_together"]["products_with_claim"].get<int>(), 1);
  EXPECT_EQ(json["relations"]["bought_together"]["claim_margin"].get<double>(), 1.75);
  EXPECT_TRUE(json["relations"]["bought_together"]["claim_margin_found"].get<bool>());
  EXPECT_EQ(json["relations"]["bought_together"]["claims_not_lasting"].get<int>(), 3);
  EXPECT_EQ(json["relations"]["bought_together"]["claims_replicated"].get<int>(), 60);
  EXPECT_EQ(json["relations"]["bought_together"]["claims_replicated_held"].get<int>(), 59);
  EXPECT_EQ(json["stages"]["read"]["seconds"].get<double>(), 1.5);
  EXPECT_EQ(json["ladders"]["rungs"]["CERTIFIED"].get<int>(), 1);
  EXPECT_EQ(json["ladders"]["products_with_served_rung"].get<int>(), 3);
  EXPECT_EQ(json["ladders"]["problems"][0]["column"].get<std::string>(), "spec.ram");
  EXPECT_EQ(json["ladders"]["problems"][0]["examples"][1].get<std::string>(), "b");
  EXPECT_EQ(json["warnings"][0].get<std::string>(), "no ladders");
}

TEST(TrainReportToJson, IsValidWhateverBytesADumpHeld) {
  const auto json = nlohmann::json::parse(TrainReportToJson(SampleReport()), nullptr, /*allow_exceptions=*/false);
  EXPECT_FALSE(json.is_discarded());
}

TEST(TrainReportToText, TellsWhatWasDroppedAndWhy) {
  const std::string text = TrainReportToText(SampleReport());
  EXPECT_THAT(text, HasSubstr("orders: 12 rows read from 1 file, 10 kept\n  dropped 2: quantity is no number\n"));
  EXPECT_THAT(text, HasSubstr("1 lines are returns"));
  EXPECT_THAT(text, HasSubstr("3 entries passed the test but did not hold throughout, or by less than 1.75 times "
                              "chance; of the claims of earlier periods 98.3 % held in later ones\n"));
  EXPECT_THAT(text, Not(HasSubstr("none was enough")));
  EXPECT_THAT(text, HasSubstr("ladders: 2 families, 5 products with a next cheaper or better one, 3 of them shown\n"
                              "  rungs: 1 CERTIFIED, 0 STATISTICAL, 3 ASSERTED, 4 WEAK;"));
  EXPECT_THAT(text, HasSubstr("spec.ram of 2 products (a, b): sometimes a number and sometimes text"));
  EXPECT_THAT(text, HasSubstr("warning: no ladders"));
  EXPECT_THAT(text, HasSubstr("all 2.00 s"));
  EXPECT_THAT(text, Not(HasSubstr("products: 0 rows"))) << "nothing is said of files that were not given";
}

TEST(TrainReportToText, SaysNothingOfEarlierAndLaterWhereNothingIs) {
  TrainReport report = SampleReport();
  report.relations[0].claims.replicated = report.relations[0].claims.replicated_held = 0;
  EXPECT_THAT(TrainReportToText(report), HasSubstr("by less than 1.75 times chance\n"));
}

TEST(TrainReportToText, SaysThatNoMarginWasEnough) {
  TrainReport report = SampleReport();
  report.relations[0].claims.margin = 8;
  report.relations[0].claims.margin_found = false;
  EXPECT_THAT(TrainReportToText(report), HasSubstr("by less than 8 times chance (the largest margin, since none was "
                                                   "enough); of the claims"));
}

TEST(TrainReportToText, SaysWhyNoSeasonWasLookedFor) {
  TrainReport report = SampleReport();
  report.tuning.tuned = true;
  EXPECT_THAT(TrainReportToText(report), HasSubstr("season weight 0, not searched for: the orders before those reach "
                                                   "back less than 395 days\n"));
  EXPECT_FALSE(nlohmann::json::parse(TrainReportToJson(report))["tuning"]["knows_season"].get<bool>());
  report.tuning.knows_season = true;
  report.tuning.settings.ranking.season_weight = 0.5;
  EXPECT_THAT(TrainReportToText(report), HasSubstr("season weight 0.5\n"));
}

}  // namespace
}  // namespace awase::trainer
