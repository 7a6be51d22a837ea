#include "engine/price_bands.h"

#include <limits>
#include <random>

#include "absl/numeric/int128.h"
#include "absl/strings/str_cat.h"
#include "tests/unit/engine/shop.h"

namespace awase::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::int64_t kPercent = rules::kWhole / 100;

// A camera of USD 100.00 with products of 4.99 to 200.00, one without a price and one in another currency.
class PriceBands : public ::testing::Test {
 protected:
  PriceBands() {
    shop_.model().Add("camera", 10'000);
    const std::pair<const char*, std::int64_t> products[] = {{"cheap", 499},   {"fifth", 2'000},   {"half", 5'000},
                                                             {"same", 10'000}, {"double", 20'000}, {"unknown", -1}};
    std::uint32_t together = 50;
    for (const auto& [id, price] : products) {
      shop_.model().Add(id, price);
      for (const relations::RelationKind kind : relations::kAllRelationKinds) {
        shop_.model().Relate(kind, "camera", id, {.together = together});
      }
      --together;
    }
  }

  // [low, high) in percent.
  static rules::Range Percent(std::int64_t low, std::int64_t high) { return {low * kPercent, high * kPercent - 1}; }
  static rules::PriceBand OfAnchor(rules::Range parts) {
    return {.parts_of_anchor = parts, .slots = {"also_bought", "bundle"}};
  }
  static rules::PriceBand OfCart(rules::Range parts) { return {.parts_of_cart = parts, .slots = {"also_bought"}}; }
  static rules::PriceBand Price(const char* currency, rules::Range minor_units) {
    return {.price = rules::MoneyRange{Currency(currency), minor_units}, .slots = {"also_bought"}};
  }

  std::vector<std::string> Row(Request request = PageOf("camera")) {
    if (request.placement == "product_page") request.placement = "post_purchase";
    return shop_.Ids(SlotOf(shop_.Ask(request), "also_bought"));
  }

  Shop shop_;
};

TEST_F(PriceBands, OfTheAnchorIncludeTheLowerEndAndNotTheUpperOne) {
  shop_.AddRule("band", OfAnchor(Percent(50, 200)));
  EXPECT_THAT(Row(), ElementsAre("half", "same"));
  shop_.rules().rules[0].action = OfAnchor(Percent(0, 50));
  EXPECT_THAT(Row(), ElementsAre("cheap", "fifth"));
}

TEST_F(PriceBands, WhatIsOutIsCountedUnderTheRule) {
  shop_.AddRule("band", OfAnchor(Percent(50, 200)));
  Request request = PageOf("camera");
  request.placement = "post_purchase";
  request.explanation = Explanation::kTrace;
  const Answer answer = shop_.Ask(request);
  EXPECT_EQ(Removed(SlotOf(answer, "also_bought"), RemovalCause::kPriceOutOfBounds), 4U);
  for (const TraceEntry& entry : answer.trace) EXPECT_EQ(entry.rule_id, "band") << entry.product_id;
}

TEST_F(PriceBands, OfTheCartAreOfItsTotal) {
  shop_.AddRule("band", OfCart(Percent(0, 20)));
  EXPECT_THAT(Row(), ElementsAre("cheap", "fifth", "half", "same", "double", "unknown")) << "there is no cart";
  Request request = PageOf("camera");
  request.cart = {{"camera", 2}};
  EXPECT_THAT(Row(request), ElementsAre("cheap", "fifth")) << "below USD 40.00";
  request.cart = {{"camera", 1}};
  EXPECT_THAT(Row(request), ElementsAre("cheap")) << "below USD 20.00";
}

TEST_F(PriceBands, OfMoneyAreOfTheirCurrency) {
  shop_.AddRule("band", Price("USD", {500, 4'999}));
  EXPECT_THAT(Row(), ElementsAre("fifth"));
  shop_.rules().rules[0].action = Price("EUR", {500, 4'999});
  EXPECT_THAT(Row(), ElementsAre("cheap", "fifth", "half", "same", "double", "unknown"));
}

TEST_F(PriceBands, AskNothingWithoutThePriceTheyAreAbout) {
  shop_.model().Add("gift", -1);
  shop_.model().Add("free", 0);
  for (const char* page : {"gift", "free"}) {
    shop_.model().Relate(kAlso, page, "half", {.together = 30});
    shop_.model().Relate(kAlso, page, "unknown", {.together = 20});
  }
  shop_.AddRule("band", OfAnchor(Percent(50, 200)));
  EXPECT_THAT(Row(PageOf("gift")), ElementsAre("half", "unknown"));
  EXPECT_THAT(Row(PageOf("free")), ElementsAre("half", "unknown"));
  Request cart;
  cart.cart = {{"camera", 1}};
  EXPECT_EQ(Row(cart).size(), 6U) << "no product is the page's";
}

TEST_F(PriceBands, AllRangesAndRulesMustFit) {
  rules::PriceBand band = OfAnchor(Percent(20, 200));
  band.price = rules::MoneyRange{Currency("USD"), {0, 5'000}};
  shop_.AddRule("band", band);
  EXPECT_THAT(Row(), ElementsAre("fifth", "half"));
  shop_.AddRule("second", OfAnchor(Percent(50, 200)));
  EXPECT_THAT(Row(), ElementsAre("half"));
}

TEST_F(PriceBands, BindSetsPinsAndBundlesOfRules) {
  shop_.AddRule("band", OfAnchor(Percent(50, 200)));
  shop_.AddRule("kit", rules::Bundle{{"camera", "cheap"}, "", std::nullopt, ""});
  shop_.AddRule("pin", rules::Pin{"double", "also_bought", 1, {}});
  const Answer answer = shop_.Ask(PageOf("camera"));
  EXPECT_THAT(shop_.Lines(SlotOf(answer, "bundle").offers[0]), ElementsAre("camera", "half", "same"));
  EXPECT_THAT(SlotOf(answer, "bundle").offers[0].reason.rule_ids, IsEmpty());
  EXPECT_THAT(shop_.Ids(SlotOf(answer, "also_bought")), IsEmpty());
}

TEST_F(PriceBands, HoldInTheSlotsNamed) {
  shop_.model().Add("better", 15'000);
  shop_.model().Add("best", 40'000);
  shop_.model().AddRung("camera", "better", kUp, 1);
  shop_.model().AddRung("camera", "best", kUp, 2);
  rules::PriceBand band = OfAnchor(Percent(0, 200));
  band.slots = {"higher"};
  shop_.AddRule("band", band);
  const Answer answer = shop_.Ask(PageOf("camera"));
  EXPECT_THAT(shop_.Ids(SlotOf(answer, "higher")), ElementsAre("better"));
  EXPECT_EQ(Removed(SlotOf(answer, "also_bought"), RemovalCause::kPriceOutOfBounds), 0U);
}

// Shares that no 64 bits hold, and fractions of a part, against numbers of 128 bits divided.
TEST(PriceBandsProperty, SharesAreExact) {
  std::mt19937_64 random(5);
  for (int i = 0; i < 60; ++i) {
    SCOPED_TRACE(i);
    const int shift = static_cast<int>(random() % 60);
    const auto anchor = static_cast<std::int64_t>((random() >> 2U >> shift) + 1);
    const auto offered = static_cast<std::int64_t>(random() >> 2U >> shift);
    const absl::int128 floor = absl::int128(offered) * rules::kWhole / anchor;
    const auto parts = static_cast<std::int64_t>(floor < 9'000'000 ? floor : 9'000'000);
    const std::int64_t low = std::max<std::int64_t>(0, parts + static_cast<std::int64_t>(random() % 3) - 1);
    const rules::Range range = {low, low + static_cast<std::int64_t>(random() % 2)};
    Shop shop;
    shop.model().Add("anchor", anchor);
    shop.model().Add("offered", offered);
    shop.model().Relate(kAlso, "anchor", "offered");
    shop.AddRule("band", rules::PriceBand{.parts_of_anchor = range, .slots = {"also_bought"}});
    const bool is_offered = !SlotOf(shop.Ask(PageOf("anchor")), "also_bought").offers.empty();
    EXPECT_EQ(is_offered, range.low <= floor && floor <= range.high) << offered << " of " << anchor;
  }
}

}  // namespace
}  // namespace awase::engine
