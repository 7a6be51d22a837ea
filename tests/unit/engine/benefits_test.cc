#include "engine/benefits.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "tests/unit/engine/shop.h"

namespace awase::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

rules::Benefit Gives(std::variant<rules::FreeShipping, rules::Points, rules::Coupon, rules::Gift> what,
                     std::optional<Money> above = std::nullopt) {
  return {std::move(what), above, ""};
}

// A lamp for 42.40; bought with it cable 12.00, bulb 7.90, hook 4.50, felt 3.20, in falling order, and chain 7.60,
// which hardly anybody buys with it.
class Benefits : public ::testing::Test {
 protected:
  Benefits() {
    shop_.model().Add("lamp", 4240);
    const std::vector<std::pair<const char*, std::int64_t>> others = {
        {"cable", 1200}, {"bulb", 790}, {"hook", 450}, {"felt", 320}};
    std::uint32_t together = 60;
    for (const auto& [id, price] : others) {
      shop_.model().Add(id, price).title = id;
      shop_.model().Relate(kAlso, "lamp", id, {.together = together -= 10});
    }
    shop_.model().Add("chain", 760);
    shop_.model().Relate(kAlso, "lamp", "chain", {.together = 4});
    shop_.model().SetUnits(kAlso, "chain", 5);
  }

  std::vector<BenefitOffer> Ask(const Request& request) { return shop_.Ask(request).benefits; }
  static Request Cart(std::int64_t lamps = 1) {
    Request request = CartOf({"lamp"});
    request.cart[0].quantity = lamps;
    return request;
  }
  std::vector<std::string> Ids(const GapOffer& offer) {
    std::vector<std::string> ids;
    for (const ProductIndex product : offer.products) ids.push_back(shop_.IdOf(product));
    return ids;
  }

  Shop shop_;
};

TEST_F(Benefits, AClosedGateClosesGapOffersToo) {
  shop_.AddRule("gate", rules::Gate{{"cross_sell"}, false, ""});
  shop_.AddRule("ship", Gives(rules::FreeShipping(), Usd(5000)));
  const std::vector<BenefitOffer> benefits = Ask(Cart());
  ASSERT_EQ(benefits.size(), 1U);
  EXPECT_THAT(benefits[0].gap_offers, IsEmpty());
}

TEST_F(Benefits, TwoThatCloseAGapGoTogether) {
  rules::ProductSet hook;
  hook.in.products = {"hook"};
  rules::ProductSet felt;
  felt.in.products = {"felt"};
  shop_.AddRule("apart", rules::DoNotAssociate{hook, felt});
  shop_.AddRule("ship", Gives(rules::FreeShipping(), Usd(5000)));
  const std::vector<BenefitOffer> benefits = Ask(Cart());
  ASSERT_EQ(benefits.size(), 1U);
  ASSERT_FALSE(benefits[0].gap_offers.empty());
  EXPECT_THAT(Ids(benefits[0].gap_offers[0]), ElementsAre("bulb")) << "not the hook with the felt";
}

TEST_F(Benefits, SayWhatIsMissingAndWhatClosesTheGap) {
  shop_.AddRule("ship", Gives(rules::FreeShipping(), Usd(5000)));
  const std::vector<BenefitOffer> benefits = Ask(Cart());
  ASSERT_EQ(benefits.size(), 1U);
  const BenefitOffer& benefit = benefits[0];
  EXPECT_EQ(benefit.rule_id, "ship");
  EXPECT_EQ(benefit.kind, BenefitKind::kFreeShipping);
  EXPECT_FALSE(benefit.reached);
  EXPECT_EQ(benefit.gap_minor, 760);
  EXPECT_EQ(benefit.text, "USD 7.60 more for free shipping");
  ASSERT_EQ(benefit.gap_offers.size(), 3U);
  EXPECT_THAT(Ids(benefit.gap_offers[0]), ElementsAre("hook", "felt"));
  EXPECT_EQ(benefit.gap_offers[0].price_minor, 770);
  EXPECT_EQ(benefit.gap_offers[0].overshoot_minor, 10);
  EXPECT_THAT(Ids(benefit.gap_offers[1]), ElementsAre("bulb"));
  EXPECT_THAT(Ids(benefit.gap_offers[2]), ElementsAre("cable"));
}

TEST_F(Benefits, AreReachedFromTheAmountOn) {
  shop_.AddRule("ship", Gives(rules::FreeShipping(), Usd(8480)));
  shop_.AddRule("more", Gives(rules::Points{.points = 100}, Usd(8481)));
  const std::vector<BenefitOffer> benefits = Ask(Cart(2));
  ASSERT_EQ(benefits.size(), 2U);
  EXPECT_TRUE(benefits[0].reached);
  EXPECT_EQ(benefits[0].text, "free shipping");
  EXPECT_THAT(benefits[0].gap_offers, IsEmpty());
  EXPECT_FALSE(benefits[1].reached);
  EXPECT_EQ(benefits[1].gap_minor, 1);
  EXPECT_EQ(benefits[1].text, "USD 0.01 more for 100 points");
}

TEST_F(Benefits, CountWhatTheCartCostsAfterDiscounts) {
  shop_.AddRule("ship", Gives(rules::FreeShipping(), Usd(8000)));
  rules::Discount tenth;
  tenth.terms.terms = pricing::QuantityTerms{.tiers = {{2, pricing::PercentOff{1000}}}};
  tenth.takes = {rules::ProductSet()};
  shop_.AddRule("tenth", tenth);
  const std::vector<BenefitOffer> benefits = Ask(Cart(2));
  EXPECT_EQ(benefits[0].gap_minor, 8000 - (8480 - 848));
  for (const GapOffer& offer : benefits[0].gap_offers) {
    EXPECT_EQ(8480 - 848 + offer.price_minor, 8000 + offer.overshoot_minor) << "with its own discount";
  }
}

TEST_F(Benefits, WithoutAnAmountAreGivenWhereTheRuleApplies) {
  rules::Rule& birthday = shop_.AddRule("birthday", Gives(rules::Points{.factor = 3}));
  birthday.when.emplace().customer.birthday_month = true;
  EXPECT_THAT(Ask(Cart()), IsEmpty());
  Request request = Cart();
  request.customer.birthday = MonthDay{7, 20};
  const std::vector<BenefitOffer> benefits = Ask(request);
  ASSERT_EQ(benefits.size(), 1U);
  EXPECT_TRUE(benefits[0].reached);
  EXPECT_EQ(benefits[0].points_factor, 3U);
  EXPECT_EQ(benefits[0].text, "3 times the points");
  request.language_code = "ja";
  EXPECT_EQ(Ask(request)[0].text, "ポイント3倍");
}

TEST_F(Benefits, GiveOnlyWhatIsThere) {
  shop_.model().Add("mug", 900).stock = 0;
  shop_.model().Add("pen", -1).title = "A pen";
  shop_.AddRule("mug", Gives(rules::Gift{"mug"}));
  shop_.AddRule("pen", Gives(rules::Gift{"pen"}));
  shop_.AddRule("gone", Gives(rules::Gift{"gone"}));
  Request request = Cart();
  request.explanation = Explanation::kTrace;
  const Answer answer = shop_.Ask(request);
  ASSERT_EQ(answer.benefits.size(), 1U);
  EXPECT_EQ(shop_.IdOf(answer.benefits[0].gift), "pen");
  EXPECT_EQ(answer.benefits[0].text, "a gift: A pen");
  const auto named = std::find_if(answer.trace.begin(), answer.trace.end(),
                                  [](const TraceEntry& entry) { return entry.slot == "benefits"; });
  ASSERT_NE(named, answer.trace.end());
  EXPECT_EQ(named->product_id, "mug");
  EXPECT_EQ(named->cause, RemovalCause::kOutOfStock);
  EXPECT_EQ(named->rule_id, "mug");
}

TEST_F(Benefits, AreOfTheAnswersCurrency) {
  shop_.AddRule("ship", Gives(rules::FreeShipping(), Money{5000, Currency("EUR")}));
  EXPECT_THAT(Ask(Cart()), IsEmpty());
}

TEST_F(Benefits, AfterThePurchaseOnlyThoseWithoutAnAmountAreGiven) {
  shop_.AddRule("ship", Gives(rules::FreeShipping(), Usd(100)));
  shop_.AddRule("next", Gives(rules::Coupon{"NEXT10"}));
  Request request = Cart();
  request.placement = "post_purchase";
  const std::vector<BenefitOffer> benefits = Ask(request);
  ASSERT_EQ(benefits.size(), 1U);
  EXPECT_EQ(benefits[0].coupon_code, "NEXT10");
  EXPECT_EQ(benefits[0].text, "a coupon");
}

TEST_F(Benefits, CloseTheGapWithNothingThatMayNotBeOffered) {
  shop_.AddRule("no-bulb", rules::Hide{{"bulb"}, {}});
  shop_.AddRule("ship", Gives(rules::FreeShipping(), Usd(5000)));
  Request request = Cart();
  request.customer.owned_product_ids = {"hook"};
  const std::vector<BenefitOffer> benefits = Ask(request);
  ASSERT_EQ(benefits[0].gap_offers.size(), 1U);
  EXPECT_THAT(Ids(benefits[0].gap_offers[0]), ElementsAre("cable"));
}

TEST_F(Benefits, TextOfTheRuleIsShown) {
  rules::Benefit benefit = Gives(rules::FreeShipping(), Usd(5000));
  benefit.text = "Versandkostenfrei ab 50";
  shop_.AddRule("ship", benefit);
  Request request = Cart();
  request.explanation = Explanation::kNone;
  EXPECT_EQ(Ask(request)[0].text, "Versandkostenfrei ab 50");
}

}  // namespace
}  // namespace awase::engine
