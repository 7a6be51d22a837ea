#include "engine/discount_gap.h"

#include <string>
#include <utility>
#include <vector>

#include "tests/unit/engine/shop.h"

namespace awase::engine {
namespace {

rules::ProductSet Of(std::vector<std::string> products) {
  rules::ProductSet set;
  set.in.products = std::move(products);
  return set;
}

// A film of 2.00 in the cart; a better one of 5.00; a bag.
class DiscountGapTest : public ::testing::Test {
 protected:
  DiscountGapTest() {
    shop_.model().Add("film", 200).brand = "Kumo";
    shop_.model().Add("pro-film", 500);
    shop_.model().Add("bag", 3000);
  }
  static rules::Discount SetAt(std::int64_t price_minor,
                               std::vector<std::pair<rules::ProductSet, std::int64_t>> parts) {
    rules::Discount discount;
    pricing::SetTerms terms;
    for (auto& [set, count] : parts) {
      terms.parts.push_back({.count = count});
      discount.takes.push_back(std::move(set));
    }
    terms.reduction = pricing::FixedPrice{price_minor};
    discount.terms.terms = std::move(terms);
    return discount;
  }
  static rules::Discount EachAt(std::int64_t price_minor, rules::ProductSet set) {
    rules::Discount discount;
    discount.terms.terms = pricing::QuantityTerms{.tiers = {{3, pricing::FixedPrice{price_minor}}}};
    discount.takes.push_back(std::move(set));
    return discount;
  }
  // Of a cart with one film under this rule alone.
  bool IsProposed(const rules::Discount& discount) {
    shop_.rules().rules.clear();
    shop_.AddRule("campaign", discount);
    const Answer answer = shop_.Ask(CartOf({"film"}));
    if (!answer.cart_price.has_value() || answer.cart_price->discounts.size() != 1) {
      ADD_FAILURE() << "no discount takes the cart";
      return false;
    }
    return answer.cart_price->discounts[0].gap.has_value();
  }

  Shop shop_;
};

TEST_F(DiscountGapTest, ASetPriceThatTheUnitsDoNotReachIsNotProposed) {
  EXPECT_TRUE(IsProposed(SetAt(599, {{Of({"film"}), 3}})));
  EXPECT_FALSE(IsProposed(SetAt(600, {{Of({"film"}), 3}}))) << "three films cost 6.00";
  EXPECT_TRUE(IsProposed(SetAt(600, {{Of({"film", "pro-film"}), 3}}))) << "others cost more";
}

TEST_F(DiscountGapTest, PartsAddUp) {
  EXPECT_TRUE(IsProposed(SetAt(3199, {{Of({"film"}), 1}, {Of({"bag"}), 1}})));
  EXPECT_FALSE(IsProposed(SetAt(3200, {{Of({"film"}), 1}, {Of({"bag"}), 1}})));
}

TEST_F(DiscountGapTest, APriceOfEachThatNoUnitIsAboveIsNotProposed) {
  EXPECT_TRUE(IsProposed(EachAt(199, Of({"film"}))));
  EXPECT_FALSE(IsProposed(EachAt(200, Of({"film"}))));
}

TEST_F(DiscountGapTest, VariantsCount) {
  shop_.model().Add("film-36", 400).parent_id = "film";
  EXPECT_TRUE(IsProposed(EachAt(200, Of({"film"}))));
}

TEST_F(DiscountGapTest, WhatNobodyKnowsMaySave) {
  rules::ProductSet brand;
  brand.in.brands = {"Kumo"};
  EXPECT_TRUE(IsProposed(EachAt(200, brand)));
}

}  // namespace
}  // namespace awase::engine
