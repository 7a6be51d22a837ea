#include "awase/trainer/settings.h"

#include <nlohmann/json.hpp>

#include "gmock/gmock.h"
#include "tests/testing/status_matchers.h"

namespace awase::trainer {
namespace {

using ::awase::testing::StatusIs;
using ::testing::HasSubstr;

TEST(Settings, ComeBackAsTheyWere) {
  TrainOptions options;
  options.top_k = 17;
  options.also_bought_window_days = 0;
  options.bought_after_window_days = 12.5;
  options.viewed_bought_window_days = 2;
  options.relations = {relations::RelationKind::kBoughtTogether};
  options.min_buyers = 3;
  options.lists = {{0.25, 90, 0.5}, 0.5, 3, 10, 20, 0.4, 0.05, 0.02, 700};
  options.tune = false;
  options.back_off = false;
  options.claims = {9, 4, 0.01, 1.5, 0.9};
  options.ladder.max_step = 2;
  options.ladder.rungs = 1;
  options.ladder.widest_step = 3;
  options.ladder.false_share = 0.01;
  options.ladder.own_brands = {"Hana"};
  TrainOptions read;
  read.threads = 3;
  AWASE_ASSERT_OK(SettingsFromJson(SettingsToJson(options), &read));
  EXPECT_EQ(SettingsToJson(read), SettingsToJson(options));
  EXPECT_EQ(read.threads, 3u);
}

TEST(Settings, OfBeforeThereWereSeasonsHaveNone) {
  TrainOptions options;
  options.lists.ranking.season_weight = 0.5;
  EXPECT_THAT(SettingsToJson(options), HasSubstr("\"season_weight\":0.5"));
  TrainOptions read;
  AWASE_ASSERT_OK(SettingsFromJson(SettingsToJson(options), &read));
  EXPECT_EQ(read.lists.ranking.season_weight, 0.5);
  auto before = nlohmann::json::parse(SettingsToJson(options));
  before["ranking"].erase("season_weight");
  AWASE_ASSERT_OK(SettingsFromJson(before.dump(), &read));
  EXPECT_EQ(read.lists.ranking.season_weight, 0);
}

TEST(Settings, OfCartsComeBackUnlessTheyWereSearchedFor) {
  TrainOptions options;
  options.cart = {.neighbours = 30, .lambda = 7, .centred = true, .list_length = 12};
  options.tune_cart = false;
  TrainOptions read;
  AWASE_ASSERT_OK(SettingsFromJson(SettingsToJson(options), &read));
  EXPECT_EQ(SettingsToJson(read), SettingsToJson(options));

  options.tune_cart = true;
  TrainOptions anew;
  AWASE_ASSERT_OK(SettingsFromJson(SettingsToJson(options), &anew));
  EXPECT_TRUE(anew.tune_cart);
  EXPECT_EQ(anew.cart.neighbours, TrainOptions().cart.neighbours) << "they are searched for on the orders at hand";
}

TEST(Settings, OfEarlierVersionsKnowNoLikeProfiles) {
  std::string earlier = SettingsToJson(TrainOptions());
  const std::string setting = "\"similar_orders\":0.0,";
  ASSERT_NE(earlier.find(setting), std::string::npos);
  earlier.erase(earlier.find(setting), setting.size());
  TrainOptions read;
  read.lists.similar_orders = 5;
  AWASE_ASSERT_OK(SettingsFromJson(earlier, &read));
  EXPECT_EQ(read.lists.similar_orders, 0);
}

TEST(Settings, AreNotGuessed) {
  TrainOptions read;
  for (const char* text : {"", "[]", "{}", R"({"top_k": "many"})"}) {
    EXPECT_THAT(SettingsFromJson(text, &read), StatusIs(absl::StatusCode::kInvalidArgument)) << text;
  }
  EXPECT_EQ(SettingsToJson(read), SettingsToJson(TrainOptions()));
}

}  // namespace
}  // namespace awase::trainer
