// What bundle, hide and pin must have, alone and against a catalogue.

#include <cstdint>
#include <optional>
#include <string>

#include "absl/container/flat_hash_map.h"
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

// A and B cost USD 10.00 and USD 20.00, J costs JPY 500, F is known but has no price.
CatalogueFacts SmallCatalogue() {
  const auto price_of = [](absl::string_view id) -> std::optional<Money> {
    if (id == "A") return Money{1000, *CurrencyCode::Parse("USD")};
    if (id == "B") return Money{2000, *CurrencyCode::Parse("USD")};
    if (id == "J") return Money{500, *CurrencyCode::Parse("JPY")};
    if (id == "X") return Money{500, CurrencyCode()};
    return std::nullopt;
  };
  return {[](absl::string_view id) { return id.size() == 1; }, price_of};
}

Money Dollars(std::int64_t cents) { return {cents, *CurrencyCode::Parse("USD")}; }

TEST(Bundle, OfTwoVariantsOfOneProductIsNeverOffered) {
  CatalogueFacts facts = SmallCatalogue();
  facts.root_of = [](absl::string_view id) { return std::string(id == "B" ? "A" : id); };
  EXPECT_THAT(
      DiagnosticsOf(RuleOf("bundle: {products: [A, F, B]}"), &facts),
      ElementsAre("r.yaml:2:37: rules[0].bundle.products[2]: warning: \"B\" is a variant of the same product as "
                  "\"A\": a set with both is never offered"));
  EXPECT_THAT(DiagnosticsOf(RuleOf("bundle: {products: [A, F]}"), &facts), IsEmpty());
}

TEST(Bundle, LinesThatCannotBeSoldAreWarnedOf) {
  CatalogueFacts facts = SmallCatalogue();
  facts.why_not_sold = [](absl::string_view id) { return std::string(id == "B" ? "is out of stock" : ""); };
  EXPECT_THAT(
      DiagnosticsOf(RuleOf("bundle: {products: [A, B]}"), &facts),
      ElementsAre("r.yaml:2:34: rules[0].bundle.products[1]: warning: product \"B\" is out of stock: the set is "
                  "not offered while that is so"));
}

TEST(Bundle, BelowCostIsWarnedOfWhereNoMarginIsKept) {
  CatalogueFacts facts = SmallCatalogue();
  facts.cost_of = [](absl::string_view) { return Dollars(1400); };
  EXPECT_THAT(
      DiagnosticsOf(RuleOf("bundle: {products: [A, B], price: 27.99 USD}"), &facts),
      ElementsAre("r.yaml:2:45: rules[0].bundle.price: warning: the set costs USD 27.99, less than its products "
                  "cost the shop, USD 28.00: with least_margin: 0% it is not sold below cost"));
  EXPECT_THAT(DiagnosticsOf(RuleOf("bundle: {products: [A, B], percent: 7%}"), &facts),
              ElementsAre(HasSubstr("bundle.percent: warning: the set costs USD 27.90, less")));
  for (const char* good : {"price: 28.00 USD", "percent: 6%", "price: 1.00 USD, least_margin: 0%", "text: a"}) {
    EXPECT_THAT(DiagnosticsOf(RuleOf(absl::StrCat("bundle: {products: [A, B], ", good, "}")), &facts), IsEmpty())
        << good;
  }
  EXPECT_THAT(DiagnosticsOf(RuleOf("bundle: {products: [A, F], percent: 50%}"), &facts), IsEmpty()) << "F has no price";
}

TEST(Bundle, HasTwoToFourProducts) {
  for (const char* good : {"A, B", "A, B, C", "A, B, C, D"}) {
    EXPECT_THAT(DiagnosticsOf(RuleOf(absl::StrCat("bundle: {products: [", good, "]}"))), IsEmpty());
  }
  EXPECT_THAT(DiagnosticsOf(RuleOf("bundle: {products: [A]}")),
              ElementsAre("r.yaml:2:30: rules[0].bundle.products: want 2 to 4 products, got 1"));
  EXPECT_THAT(DiagnosticsOf(RuleOf("bundle: {products: [A, B, C, D, E]}")),
              ElementsAre("r.yaml:2:30: rules[0].bundle.products: want 2 to 4 products, got 5"));
  EXPECT_THAT(
      DiagnosticsOf(RuleOf("bundle: {text: a}")),
      ElementsAre("r.yaml:2:19: rules[0].bundle: has no products: want 2 to 4 product ids, or any_of: groups of them"));
}

TEST(Bundle, ProductsAreDistinctAndNotEmpty) {
  EXPECT_THAT(DiagnosticsOf(RuleOf("bundle: {products: [A, B, A]}")),
              ElementsAre("r.yaml:2:37: rules[0].bundle.products[2]: product \"A\" is named twice"));
  EXPECT_THAT(DiagnosticsOf(RuleOf("bundle: {products: [A, '']}")),
              ElementsAre("r.yaml:2:34: rules[0].bundle.products[1]: is empty: want a product id"));
}

TEST(Bundle, AnchorIsOneOfTheProducts) {
  EXPECT_THAT(DiagnosticsOf(RuleOf("bundle: {products: [A, B], anchor: B}")), IsEmpty());
  EXPECT_THAT(DiagnosticsOf(RuleOf("bundle: {products: [A, B], anchor: C}")),
              ElementsAre("r.yaml:2:46: rules[0].bundle.anchor: \"C\" is not one of the products of the bundle"));
  EXPECT_THAT(DiagnosticsOf(RuleOf("bundle: {products: [A, B], anchor: ''}")),
              ElementsAre(HasSubstr("\"\" is not one of the products")));
}

TEST(Bundle, PriceIsAboveZero) {
  for (const char* bad : {"0 USD", "-0.01 USD"}) {
    EXPECT_THAT(DiagnosticsOf(RuleOf(absl::StrCat("bundle: {products: [A, B], price: ", bad, "}"))),
                ElementsAre(HasSubstr("r.yaml:2:45: rules[0].bundle.price: want a price above 0, got ")))
        << bad;
  }
  EXPECT_THAT(DiagnosticsOf(RuleOf("bundle: {products: [A, B], price: 0.01 USD}")), IsEmpty());
}

TEST(Bundle, PriceIsAtMostTheSumOfTheListPrices) {
  const CatalogueFacts facts = SmallCatalogue();
  EXPECT_THAT(DiagnosticsOf(RuleOf("bundle: {products: [A, B], price: 30.00 USD}"), &facts), IsEmpty());
  EXPECT_THAT(
      DiagnosticsOf(RuleOf("bundle: {products: [A, B], price: 30.01 USD}"), &facts),
      ElementsAre("r.yaml:2:45: rules[0].bundle.price: set price USD 30.01 is above the sum of the list prices, "
                  "USD 30.00"));
  // What F costs is not known, so nothing can be said.
  EXPECT_THAT(DiagnosticsOf(RuleOf("bundle: {products: [A, F], price: 30.01 USD}"), &facts), IsEmpty());
}

TEST(Bundle, PriceIsInTheCurrencyOfTheProducts) {
  const CatalogueFacts facts = SmallCatalogue();
  EXPECT_THAT(DiagnosticsOf(RuleOf("bundle: {products: [A, J], price: 3.00 USD}"), &facts),
              ElementsAre("r.yaml:2:45: rules[0].bundle.price: is in USD, but product \"J\" is priced in JPY"));
  EXPECT_THAT(DiagnosticsOf(RuleOf("bundle: {products: [X, F], price: 3.00 USD}"), &facts),
              ElementsAre(HasSubstr("is in USD, but product \"X\" is priced in XXX (no currency)")));
  EXPECT_THAT(DiagnosticsOf(RuleOf("bundle: {products: [X, F], price: 3.00 XXX}"), &facts), IsEmpty());
}

TEST(Hide, HasAtLeastOneProduct) {
  EXPECT_THAT(DiagnosticsOf(RuleOf("hide: {products: []}")),
              ElementsAre("r.yaml:2:28: rules[0].hide.products: is empty: want at least one product id"));
  EXPECT_THAT(DiagnosticsOf(RuleOf("hide: {anchors: [A]}")),
              ElementsAre("r.yaml:2:17: rules[0].hide: has neither products nor matching: name product ids, or say "
                          "what the products are like"));
  EXPECT_THAT(DiagnosticsOf(RuleOf("hide: {}")), ElementsAre(HasSubstr("has neither products nor matching")));
}

TEST(Hide, HasAListOrASetAndNotBoth) {
  EXPECT_THAT(DiagnosticsOf(RuleOf("hide: {matching: {brands: [X]}, anchors: [A]}")), IsEmpty());
  EXPECT_THAT(DiagnosticsOf(RuleOf("hide: {products: [A], matching: {brands: [X]}}")),
              ElementsAre("r.yaml:2:43: rules[0].hide.matching: beside products: take one of the two away; matching "
                          "has a key products as well"));
  EXPECT_THAT(DiagnosticsOf(RuleOf("hide: {matching: {}}")),
              ElementsAre(HasSubstr("rules[0].hide.matching: is empty: say something in it")));
  EXPECT_THAT(DiagnosticsOf(RuleOf("hide: {matching: {brand: [X]}}")),
              ElementsAre(HasSubstr("unknown key \"brand\"; did you mean \"brands\"?")));
  EXPECT_THAT(DiagnosticsOf(RuleOf("hide: {maching: {brands: [X]}}")),
              ElementsAre(HasSubstr("unknown key \"maching\"; did you mean \"matching\"?")));
}

TEST(Hide, AnEmptyListOfAnchorsIsNotEveryPage) {
  EXPECT_THAT(
      DiagnosticsOf(RuleOf("hide: {products: [A], anchors: []}")),
      ElementsAre("r.yaml:2:42: rules[0].hide.anchors: is empty: name at least one product, or take the key away "
                  "for every page"));
}

TEST(Hide, WarnsOfProductsNamedTwice) {
  EXPECT_THAT(DiagnosticsOf(RuleOf("hide: {products: [A, A], anchors: [B, C, B]}")),
              ElementsAre("r.yaml:2:32: rules[0].hide.products[1]: warning: product \"A\" is named twice",
                          "r.yaml:2:52: rules[0].hide.anchors[2]: warning: product \"B\" is named twice"));
}

TEST(Pin, HasProductAndSlot) {
  EXPECT_THAT(DiagnosticsOf(RuleOf("pin: {position: 1}")),
              ElementsAre("r.yaml:2:16: rules[0].pin: has no product: want the id of the product to show",
                          "r.yaml:2:16: rules[0].pin: has no slot: want one of bundle, also_bought, lower, higher"));
  EXPECT_THAT(DiagnosticsOf(RuleOf("pin: {product: '', slot: lower}")),
              ElementsAre("r.yaml:2:26: rules[0].pin.product: is empty: want a product id"));
}

TEST(Pin, SlotIsKnown) {
  for (const char* good : {"also_bought", "lower", "higher"}) {
    EXPECT_THAT(DiagnosticsOf(RuleOf(absl::StrCat("pin: {product: A, slot: ", good, "}"))), IsEmpty()) << good;
  }
  EXPECT_THAT(DiagnosticsOf(RuleOf("pin: {product: A, slot: lowr}")),
              ElementsAre("r.yaml:2:35: rules[0].pin.slot: unknown slot \"lowr\"; did you mean \"lower\"?"));
  EXPECT_THAT(DiagnosticsOf(RuleOf("pin: {product: A, slot: sidebar}")),
              ElementsAre("r.yaml:2:35: rules[0].pin.slot: unknown slot \"sidebar\"; want one of bundle, also_bought, "
                          "lower, higher"));
}

TEST(Pin, WarnsThatItHasNoEffectInTheBundleSlot) {
  EXPECT_THAT(DiagnosticsOf(RuleOf("pin: {product: A, slot: bundle}")),
              ElementsAre("r.yaml:2:35: rules[0].pin.slot: warning: a pin has no effect in the bundle slot: write a "
                          "bundle rule to choose its set"));
}

TEST(Pin, PositionIsFrom1To50) {
  for (const char* good : {"1", "50"}) {
    EXPECT_THAT(DiagnosticsOf(RuleOf(absl::StrCat("pin: {product: A, slot: lower, position: ", good, "}"))), IsEmpty());
  }
  for (const char* bad : {"0", "51"}) {
    EXPECT_THAT(DiagnosticsOf(RuleOf(absl::StrCat("pin: {product: A, slot: lower, position: ", bad, "}"))),
                ElementsAre(absl::StrCat("r.yaml:2:52: rules[0].pin.position: want 1 to 50, got ", bad)));
  }
}

TEST(Pin, WarnsOfAPinOnTheProductsOwnPage) {
  EXPECT_THAT(
      DiagnosticsOf(RuleOf("pin: {product: A, slot: lower, anchors: [B, A]}")),
      ElementsAre("r.yaml:2:55: rules[0].pin.anchors[1]: warning: is the pinned product: it is never offered on its "
                  "own page"));
}

TEST(Pin, WarnsOfPagesOnWhichItIsNoStep) {
  CatalogueFacts facts;
  facts.knows_product = [](absl::string_view) { return true; };
  facts.price_of = [](absl::string_view id) -> std::optional<Money> {
    if (id == "EURO") return Money{100, *CurrencyCode::Parse("EUR")};
    return Money{static_cast<std::int64_t>(id.size()) * 100, *CurrencyCode::Parse("USD")};
  };
  const auto of = [&facts](absl::string_view pin) {
    return DiagnosticsOf(RuleOf(absl::StrCat("pin: {", pin, "}")), &facts);
  };
  EXPECT_THAT(of("product: PP, slot: lower, anchors: [PPP, EURO]"), IsEmpty());
  EXPECT_THAT(of("product: PP, slot: also_bought, anchors: [P]"), IsEmpty());
  EXPECT_THAT(
      of("product: PP, slot: lower, anchors: [PPP, P]"),
      ElementsAre(HasSubstr("rules[0].pin.anchors[1]: warning: costs USD 1.00, and the pinned product USD 2.00: in "
                            "lower of this page it is never shown; pin one that costs less, or write slot: "
                            "higher")));
  EXPECT_THAT(of("product: PP, slot: higher, anchors: [PPP]"), ElementsAre(HasSubstr("or write slot: lower")));
  EXPECT_THAT(of("product: PP, slot: higher, anchors: [QQ]"),
              ElementsAre(::testing::EndsWith("it is never shown; pin one that costs more")));
}

TEST(Products, ThatTheCatalogueDoesNotHaveAreWarnings) {
  const CatalogueFacts facts = SmallCatalogue();
  EXPECT_THAT(
      DiagnosticsOf(RuleOf("bundle: {products: [A, new]}"), &facts),
      ElementsAre("r.yaml:2:34: rules[0].bundle.products[1]: warning: unknown product \"new\": the catalogue in "
                  "use does not have it"));
  EXPECT_THAT(DiagnosticsOf(RuleOf("hide: {products: [xx], anchors: [yy]}"), &facts),
              ElementsAre(HasSubstr("unknown product \"xx\""), HasSubstr("unknown product \"yy\"")));
  EXPECT_THAT(DiagnosticsOf(RuleOf("pin: {product: xx, slot: lower, anchors: [yy]}"), &facts),
              ElementsAre(HasSubstr("unknown product \"xx\""), HasSubstr("unknown product \"yy\"")));
}

TEST(Products, AreTakenOnTrustWithoutFacts) {
  const CatalogueFacts nothing_known;
  EXPECT_THAT(DiagnosticsOf(RuleOf("bundle: {products: [any, thing], price: 5 USD}"), &nothing_known), IsEmpty());
}

}  // namespace
}  // namespace awase::rules
