#include "engine/step_up.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "tests/unit/engine/shop.h"

namespace awase::engine {
namespace {

using ::testing::ElementsAre;

rules::Discount StepUp(pricing::Reduction reduction, std::vector<std::string> products) {
  rules::Discount discount;
  discount.is_step_up = true;
  discount.terms.terms = pricing::QuantityTerms{.tiers = {{1, reduction}}};
  discount.takes.emplace_back().in.products = std::move(products);
  return discount;
}

// base at 200.00, plus at 300.00, pro at 500.00, each the next of the other.
class StepUpDiscounts : public ::testing::Test {
 protected:
  StepUpDiscounts() {
    shop_.model().Add("base", 20000);
    plus_ = &shop_.model().Add("plus", 30000);
    shop_.model().Add("pro", 50000);
    shop_.model().AddRung("base", "plus", kUp, 1);
    shop_.model().AddRung("base", "pro", kUp, 2);
    shop_.model().AddRung("plus", "pro", kUp);
    shop_.model().AddRung("plus", "base", kDown);
    shop_.model().AddRung("pro", "plus", kDown);
  }
  Offer Higher(absl::string_view page, std::size_t place = 0) {
    return SlotOf(shop_.Ask(PageOf(page)), "higher").offers.at(place);
  }

  Shop shop_;
  catalog::Product* plus_;
};

TEST_F(StepUpDiscounts, TheBetterModelCostsLessForWhoComesFromALowerOne) {
  shop_.AddRule("upgrade", StepUp(pricing::AmountOff{5000}, {"plus"}));
  const Offer offer = Higher("base");
  EXPECT_EQ(shop_.IdOf(offer.product), "plus");
  EXPECT_EQ(offer.list_price, Usd(30000));
  EXPECT_EQ(offer.price, Usd(25000));
  EXPECT_EQ(offer.price_difference, Usd(5000));
  EXPECT_THAT(offer.reason.rule_ids, ElementsAre("upgrade"));
  EXPECT_EQ(offer.reason.text, "The next model up: USD 50.00 more.");
  EXPECT_EQ(Higher("base", 1).list_price, std::nullopt) << "pro is not named";
}

TEST_F(StepUpDiscounts, NeverTheCheaperModelNorTheCart) {
  shop_.AddRule("upgrade", StepUp(pricing::PercentOff{1000}, {"plus", "base", "pro"}));
  const Offer lower = SlotOf(shop_.Ask(PageOf("plus")), "lower").offers.at(0);
  EXPECT_EQ(lower.list_price, std::nullopt);
  EXPECT_EQ(lower.price, Usd(20000));
  EXPECT_FALSE(shop_.Ask(CartOf({"plus"})).cart_price.has_value());
}

TEST_F(StepUpDiscounts, AStepUpCostsMore) {
  shop_.AddRule("too-much", StepUp(pricing::PercentOff{5000}, {"plus"}));
  EXPECT_EQ(Higher("base").list_price, std::nullopt);
  shop_.AddRule("less", StepUp(pricing::PercentOff{1000}, {"plus"}));
  EXPECT_EQ(Higher("base").price, Usd(27000)) << "the next rule speaks";
}

TEST_F(StepUpDiscounts, KeepsTheLeastMargin) {
  plus_->cost = Usd(28000);
  rules::Discount discount = StepUp(pricing::AmountOff{5000}, {"plus"});
  discount.terms.floor = pricing::MarginFloor{0};
  shop_.AddRule("upgrade", discount);
  EXPECT_EQ(Higher("base").price, Usd(28000));
}

TEST_F(StepUpDiscounts, FollowsTheRulesConditions) {
  shop_.AddRule("app", StepUp(pricing::AmountOff{5000}, {"plus"})).when.emplace().channels = {"app"};
  EXPECT_EQ(Higher("base").list_price, std::nullopt);
  Request request = PageOf("base");
  request.channel = "app";
  EXPECT_EQ(SlotOf(shop_.Ask(request), "higher").offers.at(0).price, Usd(25000));
}

TEST_F(StepUpDiscounts, LargerPacksKeepTheirPrices) {
  shop_.model().Add("big", 60000);
  ladder::RungEvidence pack;
  pack.kind = ladder::StepKind::kPack;
  shop_.model().AddRung("pro", "big", kUp, 1, ladder::Grade::kAsserted, pack);
  shop_.AddRule("upgrade", StepUp(pricing::AmountOff{5000}, {"big"}));
  Request request = PageOf("pro");
  request.explanation = Explanation::kNone;
  EXPECT_EQ(SlotOf(shop_.Ask(request), "higher").offers.at(0).list_price, std::nullopt);
}

}  // namespace
}  // namespace awase::engine
