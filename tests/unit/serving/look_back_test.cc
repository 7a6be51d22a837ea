#include "awase/serving/look_back.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace awase::serving {
namespace {

using ::awase::engine::Exposure;
using ::awase::engine::ExposureEvent;
using ::awase::engine::Intent;
using ::testing::ElementsAre;

constexpr absl::Duration kDay = absl::Hours(24);
const absl::Time kNow = absl::FromUnixSeconds(1'780'000'000);

Exposure Shown(const std::string& product, absl::Duration ago, Intent intent = Intent::kCrossSell) {
  return {product, intent, ExposureEvent::kShown, kNow - ago};
}
Exposure Reaction(ExposureEvent event, const std::string& product, absl::Duration ago) {
  return {product, Intent::kCrossSell, event, kNow - ago};
}

rules::Cap CapOf(std::uint32_t at_most, absl::Duration within, rules::Words intents = {}) {
  rules::Cap cap;
  cap.at_most = at_most;
  cap.within = within;
  cap.intents = std::move(intents);
  return cap;
}

rules::Cap CoolDown(rules::Cap::After after, std::uint32_t at_most = 0) {
  rules::Cap cap = CapOf(at_most, 60 * kDay);
  cap.after = after;
  return cap;
}

LookBack LookBackOf(std::vector<rules::Cap> caps) {
  rules::RuleSet rules;
  for (rules::Cap& cap : caps) rules.rules.emplace_back().action = std::move(cap);
  return LookBack(rules);
}

std::vector<std::string> Kept(const LookBack& look_back, std::size_t most, std::vector<Exposure> exposures) {
  DropExcess(look_back, kNow, most, exposures);
  std::vector<std::string> products;
  for (const Exposure& exposure : exposures) products.push_back(exposure.product_id);
  return products;
}

TEST(LookBack, SeesWhatACapCounts) {
  const LookBack look_back = LookBackOf({CapOf(2, 7 * kDay, {"up_sell"}), CapOf(5, kDay)});
  EXPECT_TRUE(look_back.Sees(Shown("a", 7 * kDay - absl::Seconds(1), Intent::kUpSell), kNow));
  EXPECT_FALSE(look_back.Sees(Shown("a", 7 * kDay, Intent::kUpSell), kNow));
  EXPECT_FALSE(look_back.Sees(Shown("a", 2 * kDay), kNow));
  EXPECT_TRUE(look_back.Sees(Shown("a", absl::Hours(1)), kNow));
  EXPECT_FALSE(look_back.Sees(Reaction(ExposureEvent::kDismissed, "a", absl::Hours(1)), kNow));
  EXPECT_EQ(look_back.most_answers(), 5U);
  EXPECT_EQ(look_back.most_answers_of(Intent::kUpSell), 2U);
  EXPECT_EQ(look_back.most_answers_of(Intent::kCrossSell), 0U);
}

TEST(LookBack, SeesWhatBeginsACoolDown) {
  const LookBack look_back = LookBackOf({CoolDown(rules::Cap::After::kBought)});
  EXPECT_TRUE(look_back.Sees({"a", std::nullopt, ExposureEvent::kBought, kNow}, kNow));
  EXPECT_FALSE(look_back.Sees(Reaction(ExposureEvent::kDismissed, "a", absl::Hours(1)), kNow));
  EXPECT_FALSE(look_back.Sees(Shown("a", absl::Hours(1)), kNow)) << "a cool-down to nothing counts nothing";
}

TEST(LookBack, CapsOfRowsLookBackToNothing) {
  rules::Cap row;
  row.per = "brand";
  EXPECT_FALSE(LookBackOf({row}).Sees(Shown("a", absl::ZeroDuration()), kNow));
}

TEST(DropExcess, WithoutCapsTheOldestGo) {
  EXPECT_THAT(Kept(LookBack(), 2, {Shown("b", 2 * kDay), Shown("c", kDay), Shown("a", 3 * kDay)}),
              ElementsAre("b", "c"));
  EXPECT_THAT(Kept(LookBack(), 2, {Shown("b", kDay)}), ElementsAre("b"));
}

TEST(DropExcess, WhatNoCapSeesGoesBeforeWhatOneSees) {
  const LookBack look_back = LookBackOf({CapOf(2, 7 * kDay, {"up_sell"})});
  EXPECT_THAT(Kept(look_back, 1, {Shown("up", 6 * kDay, Intent::kUpSell), Shown("new", kDay)}), ElementsAre("up"));
}

TEST(DropExcess, TheNewestAnswersOfAProductStay) {
  const LookBack look_back = LookBackOf({CapOf(2, 30 * kDay)});
  const std::vector<Exposure> exposures = {Shown("a", 9 * kDay), Shown("often", 5 * kDay), Shown("often", 4 * kDay),
                                           Shown("often", 3 * kDay), Shown("b", 8 * kDay)};
  EXPECT_THAT(Kept(look_back, 4, exposures), ElementsAre("a", "often", "often", "b"));
  EXPECT_THAT(Kept(look_back, 2, exposures), ElementsAre("often", "often")) << "then the oldest";
}

TEST(DropExcess, OneAnswerCountsOnce) {
  const LookBack look_back = LookBackOf({CapOf(1, 30 * kDay)});
  EXPECT_THAT(Kept(look_back, 2, {Shown("other", 2 * kDay), Shown("a", kDay), Shown("a", kDay)}),
              ElementsAre("a", "a"));
}

TEST(DropExcess, CapsOnIntentsOutliveManyOtherOffers) {
  const LookBack look_back = LookBackOf({CapOf(2, 7 * kDay, {"up_sell"}), CapOf(5, 30 * kDay)});
  std::vector<Exposure> exposures = {Shown("up1", 6 * kDay, Intent::kUpSell), Shown("up2", 5 * kDay, Intent::kUpSell)};
  for (int i = 0; i < 100; ++i) exposures.push_back(Shown(absl::StrCat("cross", i), absl::Minutes(i)));
  const std::vector<std::string> kept = Kept(look_back, 50, exposures);
  EXPECT_EQ(kept[0], "up1");
  EXPECT_EQ(kept[1], "up2");
  EXPECT_EQ(kept.size(), 50U);
}

TEST(DropExcess, DismissalsAndPurchasesGoLast) {
  const LookBack look_back =
      LookBackOf({CapOf(5, 30 * kDay), CoolDown(rules::Cap::After::kDismissed), CoolDown(rules::Cap::After::kBought)});
  EXPECT_THAT(Kept(look_back, 2,
                   {Reaction(ExposureEvent::kDismissed, "no", 50 * kDay), Shown("a", kDay), Shown("b", kDay),
                    Reaction(ExposureEvent::kBought, "mine", 40 * kDay)}),
              ElementsAre("no", "mine"));
}

TEST(ServingLookBack, FollowsTheRulesThatServe) {
  std::shared_ptr<const rules::RuleSet> rules;
  ServingLookBack serving([&rules] { return rules; });
  EXPECT_FALSE(serving.Get()->Sees(Shown("a", kDay), kNow));
  rules::RuleSet next;
  next.rules.emplace_back().action = CapOf(2, 7 * kDay);
  rules = std::make_shared<const rules::RuleSet>(std::move(next));
  EXPECT_TRUE(serving.Get()->Sees(Shown("a", kDay), kNow));
  EXPECT_EQ(serving.Get(), serving.Get()) << "computed once";
  EXPECT_FALSE(ServingLookBack(nullptr).Get()->Sees(Shown("a", kDay), kNow));
}

TEST(ServingLookBack, KeepsNoRules) {
  auto rules = std::make_shared<const rules::RuleSet>();
  ServingLookBack serving([&rules] { return rules; });
  serving.Get();
  const std::weak_ptr<const rules::RuleSet> served = rules;
  rules = nullptr;
  EXPECT_TRUE(served.expired());
}

}  // namespace
}  // namespace awase::serving
