// A shop whose customers buy other things with swimwear in summer than in winter, from the orders on.

#include <chrono>
#include <random>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "awase/artefact/model.h"
#include "awase/trainer/train.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase::trainer {
namespace {

using ::awase::testing::TempDir;
using relations::RelationKind;
using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr sys_days kFirstDay{year(2022) / 1 / 1};

bool IsSummer(year_month_day date) { return date >= date.year() / 4 / 16 && date < date.year() / 10 / 16; }

// Some orders a day: what is bought with swimwear changes with the season, what else is bought does not.
std::string Orders(sys_days first_day, sys_days last_day, int per_day) {
  std::mt19937 random(17);
  std::string csv = "order_id,customer_id,product_id,ordered_at\n";
  int order = 0;
  for (sys_days day = first_day; day <= last_day; day += days(1)) {
    const year_month_day date(day);
    const std::string when = absl::StrFormat("%d-%02d-%02d", static_cast<int>(date.year()),
                                             static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    for (int i = 0; i < per_day; ++i, ++order) {
      const std::string with_swimwear = IsSummer(date) ? "sunscreen" : "towel";
      const auto thing = random() % 20;
      const std::string first = i < 2 ? "swimwear" : absl::StrCat("thing", thing);
      const std::string second = i < 2 && random() % 10 != 0 ? with_swimwear : absl::StrCat("thing", (thing + 1) % 20);
      for (const std::string& product : {first, second}) {
        absl::StrAppend(&csv, "o", order, ",c", random() % 500, ",", product, ",", when, "\n");
      }
    }
  }
  return csv;
}

class TrainSeason : public ::testing::Test {
 protected:
  TrainOptions Options(sys_days first_day, sys_days last_day, int per_day = 4) const {
    TrainOptions options;
    options.orders = {dir_.Write("orders.csv", Orders(first_day, last_day, per_day))};
    options.model_dir = dir_.Join("models");
    options.tune_cart = false;
    options.report = false;
    return options;
  }

  // With swimwear, by the version that is active.
  std::string FirstEntry() const {
    const auto model = artefact::Model::Open(dir_.Join("models"));
    EXPECT_TRUE(model.ok()) << model.status();
    const auto list = (*model)->related(RelationKind::kBoughtTogether, *(*model)->Find("swimwear"));
    EXPECT_FALSE(list.empty());
    return std::string((*model)->product(list[0].other).product_id());
  }

  TempDir dir_;
};

TEST_F(TrainSeason, NamesWhatGoesWithTheSeason) {
  for (const auto& [last_day, expected] :
       {std::pair(sys_days(year(2024) / 7 / 15), "sunscreen"), std::pair(sys_days(year(2025) / 1 / 31), "towel")}) {
    TrainOptions options = Options(kFirstDay, last_day);
    options.force = "another season";
    AWASE_ASSERT_OK_AND_ASSIGN(const TrainReport report, trainer::Train(options));
    EXPECT_TRUE(report.tuning.knows_season);
    EXPECT_GT(report.tuning.settings.ranking.season_weight, 0);
    EXPECT_EQ(FirstEntry(), expected);
  }
}

TEST_F(TrainSeason, KnowsASeasonBeforeItBegins) {
  TrainOptions options = Options(kFirstDay, year(2024) / 4 / 15);
  options.tune = false;
  options.force = "another season";
  options.lists.ranking.half_life_days = 60;
  AWASE_ASSERT_OK(trainer::Train(options).status());
  EXPECT_EQ(FirstEntry(), "towel") << "so it was yesterday";
  options.lists.ranking.season_weight = 2;
  AWASE_ASSERT_OK_AND_ASSIGN(const TrainReport report, trainer::Train(options));
  EXPECT_FALSE(report.season_is_off);
  EXPECT_EQ(FirstEntry(), "sunscreen") << "so it was a year ago";
}

TEST_F(TrainSeason, IsOffWhereTheOrdersAreOfLessThanAYear) {
  TrainOptions options = Options(year(2024) / 1 / 1, year(2024) / 7 / 15);
  AWASE_ASSERT_OK_AND_ASSIGN(const TrainReport without, trainer::Train(options));
  EXPECT_FALSE(without.tuning.knows_season);
  EXPECT_EQ(without.tuning.settings.ranking.season_weight, 0);
  EXPECT_THAT(without.warnings, Not(Contains(HasSubstr("--season-weight"))));
  options.lists.ranking.season_weight = 2;
  options.fixed.season_weight = true;
  AWASE_ASSERT_OK_AND_ASSIGN(const TrainReport given, trainer::Train(options));
  EXPECT_TRUE(given.season_is_off);
  EXPECT_THAT(given.warnings, Contains(HasSubstr("--season-weight is off")));
  EXPECT_EQ(given.version, without.version) << "the settings say that it is off";
}

TEST_F(TrainSeason, IsToBeGivenWhereOnlyAllOrdersTogetherKnowIt) {
  TrainOptions options = Options(year(2024) / 1 / 1, year(2025) / 3 / 5, 8);  // 430 days, of which the search sees 387
  AWASE_ASSERT_OK_AND_ASSIGN(const TrainReport searched, trainer::Train(options));
  EXPECT_TRUE(searched.season_is_unsearched);
  EXPECT_THAT(searched.warnings, Contains(HasSubstr("--season-weight gives it")));
  options.lists.ranking.season_weight = 2;
  options.fixed.season_weight = true;
  AWASE_ASSERT_OK_AND_ASSIGN(const TrainReport given, trainer::Train(options));
  EXPECT_THAT(given.warnings, Not(Contains(HasSubstr("season"))));
  options = Options(kFirstDay, year(2024) / 7 / 15);
  AWASE_ASSERT_OK_AND_ASSIGN(const TrainReport known, trainer::Train(options));
  EXPECT_THAT(known.warnings, Not(Contains(HasSubstr("season"))));
}

TEST_F(TrainSeason, GivesTheSameVersionOnAnyNumberOfThreads) {
  TrainOptions options = Options(kFirstDay, year(2024) / 7 / 15);
  std::string version;
  for (const std::size_t threads : {1, 2, 8}) {
    options.threads = threads;
    AWASE_ASSERT_OK_AND_ASSIGN(const TrainReport report, trainer::Train(options));
    if (version.empty()) version = report.version;
    EXPECT_EQ(report.version, version) << threads << " threads";
    EXPECT_GT(report.tuning.settings.ranking.season_weight, 0);
  }
}

}  // namespace
}  // namespace awase::trainer
