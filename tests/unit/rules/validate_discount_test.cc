// What discount must have, alone, against a catalogue and beside other discounts.

#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "awase/base/money.h"
#include "awase/rules/load_rules.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/rules/rules_testing.h"

namespace awase::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// A costs USD 10.00, E EUR 10.00.
CatalogueFacts Prices() {
  CatalogueFacts facts;
  facts.knows_product = [](absl::string_view id) { return id.size() == 1; };
  facts.price_of = [](absl::string_view id) -> std::optional<Money> {
    if (id == "A") return Money{1000, *CurrencyCode::Parse("USD")};
    if (id == "E") return Money{1000, *CurrencyCode::Parse("EUR")};
    return std::nullopt;
  };
  return facts;
}

std::vector<std::string> Of(absl::string_view discount) {
  return DiagnosticsOf(RuleOf(absl::StrCat("discount: {", discount, "}")));
}

TEST(Discount, SoundOnesLoad) {
  for (const char* discount :
       {"quantity: {products: [A], tiers: [{from: 3, percent: 10%}, {from: 10, percent: 12.5%}], most: 20}",
        "quantity: {matching: {brands: [X]}, tiers: [{amount: 1.00 USD}]}, on_top: true, least_margin: 15%",
        "quantity: {products: [A], tiers: [{price: 0.00 USD}]}, below_cost: true",
        "set: {parts: [{products: [A]}, {matching: {brands: [X]}, count: 2, reduced: 1}], percent: 50%, most: 1}",
        "set: {parts: [{matching: {tags: [any3]}, count: 3}], price: 1000 JPY}",
        "basket: {tiers: [{from: 50.00 USD, amount: 5.00 USD}, {from: 100.00 USD, amount: 15.00 USD}]}",
        "basket: {matching: {brands: [X]}, tiers: [{percent: 5%}]}",
        "quantity: {products: [A], tiers: [{percent: 15%}]}, rounding: {step: 0.05 CHF, direction: nearest}"}) {
    EXPECT_THAT(Of(discount), IsEmpty()) << discount;
  }
}

TEST(Discount, SaysOneKindOfTerms) {
  EXPECT_THAT(Of("on_top: true"),
              ElementsAre("r.yaml:2:21: rules[0].discount: says nothing: want one of quantity, set, basket, "
                          "step_up"));
  EXPECT_THAT(Of("quantity: {products: [A], tiers: [{percent: 5%}]}, basket: {tiers: [{percent: 5%}]}"),
              ElementsAre(HasSubstr("rules[0].discount.basket")));
}

TEST(Discount, SaysWhatItTakes) {
  EXPECT_THAT(
      Of("quantity: {tiers: [{percent: 10%}]}"),
      ElementsAre("r.yaml:2:32: rules[0].discount.quantity: takes no products: want matching (a set of products) "
                  "or products (a list of ids)"));
  EXPECT_THAT(Of("quantity: {products: [A], matching: {brands: [X]}, tiers: [{percent: 10%}]}"),
              ElementsAre(HasSubstr("rules[0].discount.quantity.products: goes with matching only as "
                                    "matching.products: say one of the two")));
  EXPECT_THAT(Of("quantity: {products: [], tiers: [{percent: 10%}]}"), ElementsAre(HasSubstr("is empty")));
  EXPECT_THAT(Of("set: {parts: [{count: 2}], percent: 10%}"), ElementsAre(HasSubstr("parts[0]: takes no products")));
}

TEST(Discount, ReductionsAreThereAndInRange) {
  EXPECT_THAT(Of("quantity: {products: [A], tiers: [{from: 3}]}"),
              ElementsAre(HasSubstr("tiers[0]: has no reduction: want one of percent, amount, price")));
  EXPECT_THAT(Of("basket: {tiers: [{from: 3.00 USD}]}"),
              ElementsAre(HasSubstr("tiers[0]: has no reduction: want one of percent, amount")));
  EXPECT_THAT(Of("quantity: {products: [A]}"), ElementsAre(HasSubstr("has no tiers: want at least one")));
  EXPECT_THAT(Of("quantity: {products: [A], tiers: [{percent: 101%}]}"),
              ElementsAre("r.yaml:2:66: rules[0].discount.quantity.tiers[0].percent: want at most 100%, got \"101%\""));
  EXPECT_THAT(Of("quantity: {products: [A], tiers: [{percent: 0%}]}"),
              ElementsAre(HasSubstr("want more than 0%, got \"0%\"")));
  EXPECT_THAT(Of("quantity: {products: [A], tiers: [{percent: 3.333%}]}"),
              ElementsAre(HasSubstr("want a percentage with at most two decimals")));
  EXPECT_THAT(Of("quantity: {products: [A], tiers: [{percent: 0.1}]}"),
              ElementsAre(HasSubstr(
                  "want a percentage with at most two decimals such as 12.5%, got \"0.1\"; did you mean 10%?")));
  EXPECT_THAT(Of("quantity: {products: [A], tiers: [{percent: 12.34567%}]}"),
              ElementsAre(HasSubstr("want a percentage with at most two decimals")));
  EXPECT_THAT(Of("quantity: {products: [A], tiers: [{percent: 12.5000%}]}"), ::testing::IsEmpty());
  EXPECT_THAT(Of("quantity: {products: [A], tiers: [{price: -1.00 USD}]}"),
              ElementsAre("r.yaml:2:64: rules[0].discount.quantity.tiers[0].price: want 0 or more, got -USD 1.00"));
  EXPECT_THAT(Of("quantity: {products: [A], tiers: [{amount: 0.00 USD}]}"),
              ElementsAre(HasSubstr("tiers[0].amount: want more than 0, got USD 0.00")));
}

TEST(Discount, TiersRiseAndAreOfOneKind) {
  EXPECT_THAT(Of("quantity: {products: [A], tiers: [{from: 5, percent: 10%}, {from: 3, percent: 20%}]}"),
              ElementsAre(HasSubstr("tiers[1].from: is 3, but must be above that of the tier before, 5")));
  EXPECT_THAT(Of("quantity: {products: [A], tiers: [{from: 3, percent: 20%}, {from: 5, percent: 10%}]}"),
              ElementsAre(HasSubstr("tiers[1]: is worse for the customer than that of the tier before")));
  EXPECT_THAT(Of("quantity: {products: [A], tiers: [{from: 3, percent: 20%}, {from: 5, amount: 1.00 USD}]}"),
              ElementsAre(HasSubstr("tiers[1]: is of another kind than that of the tier before")));
  EXPECT_THAT(Of("basket: {tiers: [{from: 50.00 USD, percent: 5%}, {from: 50.00 USD, percent: 10%}]}"),
              ElementsAre(HasSubstr("tiers[1].from: want more than the tier before begins with, got USD 50.00")));
}

TEST(Discount, SetsReduceSomething) {
  EXPECT_THAT(Of("set: {parts: [{products: [A], count: 2, reduced: 3}], percent: 10%}"),
              ElementsAre(HasSubstr("set.parts[0].reduced: is 3, but must be 0 to 2")));
  EXPECT_THAT(Of("set: {parts: [{products: [A], reduced: 0}], percent: 10%}"),
              ElementsAre(HasSubstr("set.parts: reduce no unit")));
  EXPECT_THAT(Of("set: {parts: [{products: [A]}, {products: [A, B]}], percent: 10%}"),
              ElementsAre(HasSubstr("parts[1].products[0]: product \"A\" is in a part before: it belongs to one")));
  EXPECT_THAT(Of("set: {percent: 10%}"), ElementsAre(HasSubstr("has no parts: say what a set is made of")));
  EXPECT_THAT(Of("set: {parts: [{products: [A]}], percent: 10%, most: 0}"),
              ElementsAre(HasSubstr("set.most: is 0, but must be 1 to 1000000")));
}

TEST(Discount, StepsUpAreOfSomeModels) {
  EXPECT_THAT(Of("step_up: {products: [A], amount: 50.00 USD}, least_margin: 10%"), IsEmpty());
  EXPECT_THAT(Of("step_up: {matching: {brands: [X]}, percent: 10%}, rounding: {step: 1.00 USD}"), IsEmpty());
  EXPECT_THAT(Of("step_up: {percent: 10%}"), ElementsAre(HasSubstr("step_up: takes no products")));
  EXPECT_THAT(Of("step_up: {products: [A]}"), ElementsAre(HasSubstr("step_up: has no reduction")));
  EXPECT_THAT(Of("step_up: {products: [A], amount: 0.00 USD}"),
              ElementsAre(HasSubstr("step_up.amount: want more than 0, got USD 0.00")));
  EXPECT_THAT(Of("step_up: {products: [A], percent: 10%}, on_top: true"),
              ElementsAre(HasSubstr("on_top: has no effect on a step up")));
}

TEST(Discount, RoundingAndMarginAreInRange) {
  EXPECT_THAT(Of("quantity: {products: [A], tiers: [{price: 1.00 USD}]}, rounding: {step: 0.05 USD}"),
              ElementsAre(HasSubstr("rounding: a price that is given is not rounded")));
  EXPECT_THAT(Of("quantity: {products: [A], tiers: [{percent: 5%}]}, rounding: {step: 0.05 USD, ending: 0.05 USD}"),
              ElementsAre(HasSubstr("rounding.ending: want 0 or more and less than the step, got USD 0.05")));
  EXPECT_THAT(Of("quantity: {products: [A], tiers: [{percent: 5%}]}, rounding: {step: 0.05 USD, direction: nearst}"),
              ElementsAre(HasSubstr("unknown direction \"nearst\"; did you mean \"nearest\"?")));
  EXPECT_THAT(Of("quantity: {products: [A], tiers: [{percent: 5%}]}, rounding: {direction: down}"),
              ElementsAre(HasSubstr("has no step")));
  EXPECT_THAT(Of("quantity: {products: [A], tiers: [{percent: 5%}]}, least_margin: 100%"),
              ElementsAre(HasSubstr("least_margin: want less than 100%")));
  EXPECT_THAT(Of("quantity: {products: [A], tiers: [{percent: 5%}]}, least_margin: 5%, below_cost: true"),
              ElementsAre(HasSubstr("has no effect with below_cost")));
}

TEST(Discount, HasOneCurrencyWhichIsTheProducts) {
  EXPECT_THAT(Of("basket: {tiers: [{from: 50.00 USD, amount: 5.00 EUR}]}"),
              ElementsAre(HasSubstr("tiers[0].amount: is in EUR, but the discount has USD 50.00 too: write a rule for "
                                    "each currency")));
  const CatalogueFacts facts = Prices();
  EXPECT_THAT(DiagnosticsOf(RuleOf("discount: {quantity: {products: [A, E], tiers: [{amount: 1.00 USD}]}}"), &facts),
              ElementsAre(HasSubstr("tiers[0].amount: is in USD, but product \"E\" is priced in EUR")));
  EXPECT_THAT(DiagnosticsOf(RuleOf("discount: {quantity: {products: [A, E], tiers: [{percent: 5%}]}}"), &facts),
              IsEmpty());
}

TEST(Discount, UnknownProductsAreAWarning) {
  const CatalogueFacts facts = Prices();
  EXPECT_THAT(DiagnosticsOf(RuleOf("discount: {set: {parts: [{products: [A, gone]}], percent: 5%}}"), &facts),
              ElementsAre(HasSubstr("parts[0].products[1]: warning: unknown product \"gone\"")));
}

std::vector<std::string> OfTwo(absl::string_view first, absl::string_view second) {
  return DiagnosticsOf(absl::StrCat("rules:\n- {id: a, ", first, "}\n- {id: b, ", second, "}\n"));
}

TEST(Discount, WarnsOfPricesThatAreNoReduction) {
  const CatalogueFacts facts = Prices();
  const auto of = [&facts](absl::string_view discount) {
    return DiagnosticsOf(RuleOf(absl::StrCat("discount: {", discount, "}")), &facts);
  };
  EXPECT_THAT(of("quantity: {products: [A], tiers: [{price: 9.99 USD}]}"), IsEmpty());
  EXPECT_THAT(
      of("quantity: {products: [A], tiers: [{from: 2, price: 10.00 USD}]}"),
      ElementsAre(HasSubstr("rules[0].discount.quantity.tiers[0].price: warning: takes nothing off \"A\", which "
                            "costs USD 10.00: want less, or leave it out")));
  EXPECT_THAT(of("step_up: {products: [B, A], price: 12.00 USD}"),
              ElementsAre(HasSubstr("rules[0].discount.step_up.price: warning: takes nothing off \"A\"")));
  EXPECT_THAT(of("set: {parts: [{products: [A], count: 3, reduced: 2}], price: 19.99 USD}"), IsEmpty());
  EXPECT_THAT(
      of("set: {parts: [{products: [A], count: 3, reduced: 2}], price: 20.00 USD}"),
      ElementsAre(HasSubstr("rules[0].discount.set.price: warning: takes nothing off: the reduced units of a set "
                            "cost USD 20.00 at most; want less")));
  EXPECT_THAT(of("set: {parts: [{products: [A]}, {matching: {brands: [X]}}], price: 99.00 USD}"), IsEmpty())
      << "nobody knows what the second part costs";
}

TEST(Discount, WarnsOfAmountsOffThatAreMoreThanTheWhole) {
  const CatalogueFacts facts = Prices();
  const auto of = [&facts](absl::string_view discount) {
    return DiagnosticsOf(RuleOf(absl::StrCat("discount: {", discount, "}")), &facts);
  };
  EXPECT_THAT(of("quantity: {products: [A], tiers: [{amount: 10.00 USD}]}"), IsEmpty()) << "free, as it says";
  EXPECT_THAT(of("quantity: {products: [A], tiers: [{amount: 10.01 USD}]}"),
              ElementsAre(HasSubstr("rules[0].discount.quantity.tiers[0].amount: warning: is more than all of \"A\", "
                                    "which costs USD 10.00: it would be free, but for its margin")));
  EXPECT_THAT(
      of("set: {parts: [{products: [A], count: 2}], amount: 20.01 USD}"),
      ElementsAre(HasSubstr("rules[0].discount.set.amount: warning: is more than all that the reduced units of a "
                            "set cost, USD 20.00 at most")));
  EXPECT_THAT(of("basket: {tiers: [{amount: 5.00 USD}]}"), IsEmpty());
  EXPECT_THAT(of("basket: {tiers: [{from: 5.00 USD, amount: 5.01 USD}]}"),
              ElementsAre(HasSubstr("rules[0].discount.basket.tiers[0].amount: warning: is more than a cart costs that "
                                    "reaches the tier, USD 5.00")));
}

TEST(Discount, WarnsOfOnesThatTakeTheSameUnits) {
  const std::string film = "discount: {quantity: {products: [A], tiers: [{percent: 5%}]}}";
  const std::string other = "discount: {quantity: {products: [B], tiers: [{percent: 5%}]}}";
  const std::string both = "discount: {set: {parts: [{products: [B]}, {products: [A]}], percent: 5%}}";
  const std::string brand = "discount: {quantity: {matching: {brands: [X]}, tiers: [{percent: 5%}]}}";
  const std::string basket = "discount: {basket: {tiers: [{percent: 5%}]}}";
  const std::string warning =
      "r.yaml:3:21: rules[1].discount: warning: takes only what rule \"a\" (r.yaml:2:3) leaves, at the same time and "
      "place: write on_top: true where both are to apply";
  EXPECT_THAT(OfTwo(film, other), IsEmpty());
  EXPECT_THAT(OfTwo(film, film), ElementsAre(warning));
  EXPECT_THAT(OfTwo(film, both), ElementsAre(warning));
  EXPECT_THAT(OfTwo(brand, brand), ElementsAre(warning));
  EXPECT_THAT(OfTwo(brand, film), IsEmpty()) << "whether A is of the brand the rules do not tell";
  EXPECT_THAT(OfTwo(film, basket), ElementsAre(warning));
  EXPECT_THAT(OfTwo(basket, film), ElementsAre(warning));
  EXPECT_THAT(OfTwo(film, "discount: {basket: {tiers: [{percent: 5%}]}, on_top: true}"), IsEmpty());
  EXPECT_THAT(OfTwo(absl::StrCat("placements: [mail], ", film), absl::StrCat("placements: [cart], ", film)), IsEmpty());
  EXPECT_THAT(OfTwo(absl::StrCat("when: {channels: [app]}, ", film), film), IsEmpty()) << "an exception";
}

TEST(Discount, RevisionIsThatOfWhatItSays) {
  const auto revision = [](absl::string_view discount) {
    return LoadClean({{"r.yaml", RuleOf(absl::StrCat("discount: {", discount, "}"))}})->revision;
  };
  const std::string plain = revision("quantity: {products: [A, B], tiers: [{percent: 10%}]}");
  for (const char* same : {"quantity: {products: [B, A], tiers: [{from: 1, percent: 10.00%}]}, on_top: false",
                           "quantity: {matching: {products: [A, B]}, tiers: [{percent: 10%}]}, least_margin: 0%"}) {
    EXPECT_EQ(revision(same), plain) << same;
  }
  for (const char* other :
       {"quantity: {products: [A, B], tiers: [{percent: 11%}]}", "quantity: {products: [A], tiers: [{percent: 10%}]}",
        "quantity: {products: [A, B], tiers: [{percent: 10%}]}, on_top: true",
        "quantity: {products: [A, B], tiers: [{percent: 10%}]}, below_cost: true",
        "basket: {products: [A, B], tiers: [{percent: 10%}]}"}) {
    EXPECT_NE(revision(other), plain) << other;
  }
}

TEST(Discount, BecomesWhatThePricesLibraryApplies) {
  const auto rules = LoadClean(
      {{"r.yaml",
        RuleOf("discount: {set: {parts: [{products: [B, A], count: 3, reduced: 1}], price: 10.00 USD, most: 2}, "
               "on_top: true, least_margin: 15%, text: Hi}")}});
  const auto& discount = std::get<Discount>(rules->rules.front().action);
  EXPECT_EQ(discount.terms,
            (pricing::Discount{.terms = pricing::SetTerms{{{.count = 3, .reduced = 1}}, pricing::FixedPrice{1000}, 2},
                               .stacking = pricing::Stacking::kOnTop,
                               .floor = pricing::MarginFloor{1500}}));
  EXPECT_THAT(discount.takes.front().in.products, ElementsAre("A", "B"));
  EXPECT_EQ(discount.currency, *CurrencyCode::Parse("USD"));
  EXPECT_EQ(discount.text, "Hi");
}

}  // namespace
}  // namespace awase::rules
