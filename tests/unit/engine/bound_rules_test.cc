#include "engine/bound_rules.h"

#include "tests/unit/engine/shop.h"

namespace awase::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(BoundRules, AreFoundByTheProductsTheyTouch) {
  Shop shop;
  for (const char* id : {"a", "b", "c"}) shop.model().Add(id);
  shop.AddRule("kit", rules::Bundle{{"a", "b"}, "", std::nullopt, ""});
  shop.AddRule("kit-of-a", rules::Bundle{{"a", "c"}, "a", std::nullopt, ""});
  shop.AddRule("no-c", rules::Hide{{"c", "gone"}, {"b", "a", "gone"}});
  shop.AddRule("pin-b", rules::Pin{"b", "also_bought", 2, {"a"}});
  shop.AddRule("pin-c", rules::Pin{"c", "lower", 1, {}});
  const auto snapshot = shop.Snap();
  const Snapshot::BoundRules& bound = snapshot->bound_rules();
  const ProductIndex a = *snapshot->model().Find("a");
  const ProductIndex b = *snapshot->model().Find("b");
  const ProductIndex c = *snapshot->model().Find("c");
  EXPECT_THAT(bound.bundles_by_page.Of(a), ElementsAre(0, 1));
  EXPECT_THAT(bound.bundles_by_page.Of(b), ElementsAre(0));
  EXPECT_THAT(bound.bundles_by_page.Of(c), IsEmpty());
  EXPECT_THAT(bound.hides_by_product.Of(c), ElementsAre(0));
  EXPECT_THAT(bound.hides[0].anchors.products, ElementsAre(a, b));
  EXPECT_THAT(bound.pins_by_page.Of(a), ElementsAre(0));
  EXPECT_THAT(bound.by_condition.always(RuleList::kPins), ElementsAre(1));
}

TEST(BoundRules, LaddersAreFoundByEachOfTheirProducts) {
  Shop shop;
  for (const char* id : {"a", "b", "c"}) shop.model().Add(id);
  shop.AddRule("line", rules::Rung{{"c", "gone", "a"}, "T", "", false});
  shop.AddRule("never", rules::Rung{{"a", "b"}, "T", "", true});
  shop.AddRule("alone", rules::Rung{{"a", "gone"}, "T", "", false});
  const auto snapshot = shop.Snap();
  const Snapshot::BoundRules& bound = snapshot->bound_rules();
  const ProductIndex a = *snapshot->model().Find("a");
  const ProductIndex c = *snapshot->model().Find("c");
  ASSERT_EQ(bound.ladders.size(), 2U);
  EXPECT_THAT(bound.ladders[0].products, ElementsAre(c, a));
  EXPECT_THAT(bound.ladders_by_product.Of(a), ElementsAre(0, 1));
  EXPECT_THAT(bound.ladders_by_product.Of(c), ElementsAre(0));
}

TEST(BoundRules, UnknownIdsMakeTheirPartWithoutEffect) {
  Shop shop;
  shop.model().Add("a");
  shop.AddRule("kit", rules::Bundle{{"a", "gone"}, "", std::nullopt, ""});
  shop.AddRule("pin", rules::Pin{"gone", "also_bought", 1, {}});
  shop.AddRule("sidebar", rules::Pin{"a", "sidebar", 1, {}});
  const auto snapshot = shop.Snap();
  const Snapshot::BoundRules& bound = snapshot->bound_rules();
  EXPECT_THAT(bound.bundles, IsEmpty());
  EXPECT_THAT(bound.pins, IsEmpty());
}

}  // namespace
}  // namespace awase::engine
