#include "whatif/internal/expected_value.h"

#include <vector>

#include "tests/unit/engine/shop.h"

namespace awase::whatif {
namespace {

// 100 orders with the camera: 30 of them with film (10.00, cost 4.00), 20 with the case (20.00, cost unknown).
class Value : public ::testing::Test {
 protected:
  Value() {
    shop_.model().Add("camera", 50'000).product_type = "camera";
    catalog::Product& film = shop_.model().Add("film", 1000);
    film.product_type = "film";
    film.cost = engine::Usd(400);
    shop_.model().Add("case", 2000).product_type = "case";
    shop_.model().Add("strap", 700).product_type = "strap";
    shop_.model().Add("reflex", 90'000).product_type = "camera";
    shop_.model().Relate(engine::kTogether, "camera", "film", {.together = 30, .claim = false});
    shop_.model().Relate(engine::kTogether, "camera", "case", {.together = 20, .claim = false});
    shop_.model().AddRung("camera", "reflex", engine::kUp);
  }

  ExpectedValue Of(const engine::Request& request) {
    const auto snapshot = shop_.Snap();
    const ValueByCurrency value =
        ValueOf(snapshot->model(), PageProducts(snapshot->model(), request), shop_.Ask(request));
    return value.empty() ? ExpectedValue() : value.at(engine::Currency("USD"));
  }

  engine::Shop shop_;
};

TEST_F(Value, IsTheShareOfOrdersTimesThePrice) {
  const ExpectedValue value = Of(engine::PageOf("camera"));
  EXPECT_DOUBLE_EQ(value.revenue_minor, 0.3 * 1000 + 0.2 * 2000);
  EXPECT_DOUBLE_EQ(value.margin_minor, 0.3 * 600) << "the cost of the case is not known";
  EXPECT_EQ(value.with_chance, 2u) << "nobody knows how many take the reflex instead";
  EXPECT_EQ(value.with_cost, 1u);
}

TEST_F(Value, OfAPinIsThatOfTheListThatNamesItElseUnknown) {
  shop_.AddRule("case-first", rules::Pin{"case", "also_bought", 1, {}});
  EXPECT_DOUBLE_EQ(Of(engine::PageOf("camera")).revenue_minor, 0.3 * 1000 + 0.2 * 2000);
  shop_.AddRule("strap-second", rules::Pin{"strap", "also_bought", 2, {}});
  EXPECT_EQ(Of(engine::PageOf("camera")).with_chance, 2u);
}

TEST_F(Value, OfASetIsItsPriceLessThePagesProductAsOftenAsItsRarestPart) {
  shop_.AddRule("set", rules::Bundle{{"camera", "film", "case"}, "", engine::Usd(52'000), ""});
  shop_.AddRule("no-film", rules::Hide{{"strap"}, {}});
  const ExpectedValue value = Of(engine::PageOf("camera"));
  EXPECT_DOUBLE_EQ(value.revenue_minor, 0.2 * 2000);
  EXPECT_EQ(value.with_chance, 1u);
  EXPECT_EQ(value.with_cost, 0u);
}

TEST_F(Value, OfASetIsWithoutWhatLiesInTheCart) {
  shop_.AddRule("set", rules::Bundle{{"camera", "film", "case"}, "", engine::Usd(52'000), ""});
  engine::Request request = engine::PageOf("camera");
  request.cart = {{"film", 1}};
  EXPECT_DOUBLE_EQ(Of(request).revenue_minor, 0.2 * 1000) << "a case, and 10.00 less for all";
}

TEST_F(Value, BackedOffEntriesHaveNoChance) {
  shop_.model().Relate(engine::kTogether, "camera", "strap",
                       {.together = 0, .score = 1, .claim = false, .source = relations::EntrySource::kBrand});
  EXPECT_EQ(Of(engine::PageOf("camera")).with_chance, 2u);
}

TEST_F(Value, OfSeveralProductsTheLargestShareSpeaks) {
  shop_.model().Add("lens", 9000).product_type = "lens";
  shop_.model().Relate(engine::kTogether, "lens", "film", {.together = 60, .claim = false});
  EXPECT_DOUBLE_EQ(Of(engine::CartOf({"camera", "lens"})).revenue_minor, 0.6 * 1000 + 0.2 * 2000);
}

}  // namespace
}  // namespace awase::whatif
