#include "ladder/internal/pack_steps.h"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "ladder/internal/same_product.h"

namespace awase::ladder_internal {
namespace {

using catalog::Catalog;
using catalog::Product;
using ladder::Direction;
using ladder::StepKind;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::vector<std::string> kOwnBrands = {"Store Brand"};

Product Coffee(std::string id, std::uint32_t grams, std::int64_t price_minor) {
  Product product;
  product.product_id = std::move(id);
  product.title = absl::StrCat("House blend, ", grams, " g");
  product.product_type = "Coffee";
  product.brand = "Maker";
  product.price = Money{price_minor, *CurrencyCode::Parse("EUR")};
  product.pack_quantity = grams;
  product.pack_unit = "g";
  return product;
}

Product ByMonth(Product product) {
  product.product_id += "-monthly";
  product.subscription_interval = "month";
  return product;
}

Product OfBrand(Product product, const std::string& brand) {
  product.brand = brand;
  return product;
}

// "a higher pack 1 b", …
std::vector<std::string> StepsOf(std::vector<Product> products, std::vector<std::uint32_t> popularity = {}) {
  const Catalog catalog = Catalog::Build(std::move(products));
  popularity.resize(catalog.size(), 1);
  PackStepOptions options;
  options.own_brands = kOwnBrands;
  std::vector<std::string> steps;
  for (const PackStep& step : FindPackSteps(catalog, popularity, options)) {
    steps.push_back(absl::StrCat(catalog.product(step.from).product_id, " ", ladder::DirectionName(step.direction), " ",
                                 ladder::StepKindName(step.kind), " ", int{step.rung}, " ",
                                 catalog.product(step.to).product_id));
  }
  return steps;
}

TEST(PackSteps, GoToTheNextLargerPackThatCostsLessPerUnit) {
  EXPECT_THAT(StepsOf({Coffee("a", 250, 500), Coffee("b", 500, 900), Coffee("c", 1000, 1600)}),
              ElementsAre("a higher pack 1 b", "a higher pack 2 c", "b lower pack 1 a", "b higher pack 1 c",
                          "c lower pack 1 b", "c lower pack 2 a"));
}

TEST(PackSteps, PassOverPacksThatCostMorePerUnitOrLessInTotal) {
  EXPECT_THAT(StepsOf({Coffee("a", 250, 500), Coffee("b", 500, 1001), Coffee("c", 1000, 1900)}),
              ElementsAre("a higher pack 1 c", "b higher pack 1 c", "c lower pack 1 b"));
  EXPECT_THAT(StepsOf({Coffee("a", 250, 500), Coffee("b", 500, 500)}), IsEmpty());
}

// 3.33 for 100 g and 9.99 for 300 g are the same, which a division of doubles need not find.
TEST(PackSteps, CompareExactly) {
  EXPECT_THAT(StepsOf({Coffee("a", 100, 333), Coffee("b", 300, 999)}), IsEmpty());
  Product third = Coffee("a", 1, 100), thirds = Coffee("b", 1, 200);
  third.pack_quantity = Ratio::Of(45'359'237, 300'000);
  thirds.pack_quantity = Ratio::Of(45'359'237, 150'000);
  third.title = thirds.title = "";
  EXPECT_THAT(StepsOf({third, thirds}), IsEmpty());
  thirds.price->minor_units = 199;
  EXPECT_THAT(StepsOf({third, thirds}), ElementsAre("a higher pack 1 b", "b lower pack 1 a"));
}

TEST(PackSteps, StayWithinTheSameProduct) {
  const Product a = Coffee("a", 250, 500), b = Coffee("b", 500, 900);
  Product other = b;
  other.title = "Espresso, 500 g";
  EXPECT_THAT(StepsOf({a, other}), IsEmpty());
  EXPECT_THAT(StepsOf({a, OfBrand(b, "Other")}), IsEmpty());
  other = b;
  other.price->currency = *CurrencyCode::Parse("USD");
  EXPECT_THAT(StepsOf({a, other}), IsEmpty());
  other = b;
  other.pack_unit = "oz";
  EXPECT_THAT(StepsOf({a, other}), IsEmpty());
  other = b;
  other.attributes = {{"spec.roast", "dark", std::nullopt}};
  EXPECT_THAT(StepsOf({a, other}), IsEmpty());
  other.attributes = {{"spec.weight_g", "530", 530.0}};
  EXPECT_THAT(StepsOf({a, other}), ElementsAre("a higher pack 1 b", "b lower pack 1 a")) << "it goes with the pack";
  other = b;
  other.visible = false;
  EXPECT_THAT(StepsOf({a, other}), ElementsAre("b lower pack 1 a"));
}

TEST(PackSteps, AreNoStepsBetweenVariants) {
  Product a = Coffee("a", 250, 500), b = Coffee("b", 500, 900);
  a.parent_id = b.parent_id = "coffee";
  EXPECT_THAT(StepsOf({a, b}), IsEmpty());
}

TEST(PackSteps, LetTheBestSellerOfASizeSpeak) {
  EXPECT_THAT(StepsOf({Coffee("a", 250, 500), Coffee("b", 500, 900), Coffee("c", 500, 890)}, {1, 2, 9}),
              ElementsAre("a higher pack 1 c", "b lower pack 1 a", "c lower pack 1 a"));
}

TEST(PackSteps, GoFromSinglePurchasesToCheaperSubscriptions) {
  const Product single = Coffee("a", 250, 500);
  EXPECT_THAT(StepsOf({single, ByMonth(Coffee("a", 250, 450))}), ElementsAre("a higher subscription 1 a-monthly"));
  EXPECT_THAT(StepsOf({single, ByMonth(Coffee("a", 250, 500))}), IsEmpty()) << "nothing is saved";
  EXPECT_THAT(StepsOf({single, ByMonth(Coffee("a", 200, 300))}), IsEmpty()) << "less of it";
  EXPECT_THAT(StepsOf({single, ByMonth(Coffee("b", 500, 800)), ByMonth(Coffee("c", 1000, 1000))}),
              ElementsAre("a higher subscription 1 b-monthly", "b-monthly higher pack 1 c-monthly",
                          "c-monthly lower pack 1 b-monthly"));
}

TEST(PackSteps, TakeIntervalsForTheSameHoweverTheyAreWritten) {
  Product larger = ByMonth(Coffee("c", 1000, 1000));
  larger.subscription_interval = "Monthly";
  larger.title = "House blend, 1000 g";
  EXPECT_THAT(StepsOf({ByMonth(Coffee("b", 500, 800)), larger}),
              ElementsAre("b-monthly higher pack 1 c-monthly", "c-monthly lower pack 1 b-monthly"));
}

Product WithoutPack(Product product, absl::string_view title) {
  product.title = std::string(title);
  product.pack_quantity.reset();
  product.pack_unit = "";
  return product;
}

TEST(PackSteps, CompareSubscriptionsWithoutPacksByPrice) {
  EXPECT_THAT(StepsOf({WithoutPack(Coffee("a", 1, 500), "House blend"),
                       WithoutPack(ByMonth(Coffee("a", 1, 450)), "House blend (subscription, month)")}),
              ElementsAre("a higher subscription 1 a-monthly"));
}

// A program that is bought once and one that is paid for by the month are not the same product at two prices.
TEST(PackSteps, TakeNoPlanForTheSubscriptionToAProductWithoutContents) {
  const Product once = WithoutPack(Coffee("editor", 1, 2000), "Photo editor");
  const Product monthly = WithoutPack(ByMonth(Coffee("editor", 1, 1000)), "Photo editor (subscription)");
  ASSERT_THAT(StepsOf({once, monthly}), SizeIs(1));
  for (const char* column : {"fee", "fee_per_seat", "limit.seats", "overage.gb", "perk.support"}) {
    Product plan = monthly;
    plan.attributes = {{column, "1", 1.0}};
    EXPECT_THAT(StepsOf({once, plan}), IsEmpty()) << column;
  }
  Product cheap = monthly;
  cheap.price->minor_units = 499;
  EXPECT_THAT(StepsOf({once, cheap}), IsEmpty()) << "less than a fourth of the price";
}

// A sample is no small pack of the sack: 24 bottles to the case are the most.
TEST(PackSteps, HoldAtMostACaseOfThePackOnThePage) {
  EXPECT_THAT(StepsOf({Coffee("sample", 1, 100), Coffee("sack", 25'000, 25'000)}), IsEmpty());
  EXPECT_THAT(StepsOf({Coffee("a", 10, 100), Coffee("case", 240, 2000)}),
              ElementsAre("a higher pack 1 case", "case lower pack 1 a"));
  EXPECT_THAT(StepsOf({Coffee("a", 10, 100), Coffee("case", 241, 2000)}), IsEmpty());
  EXPECT_THAT(StepsOf({Coffee("a", 10, 100), Coffee("b", 100, 900), Coffee("c", 1000, 8000)}),
              ElementsAre("a higher pack 1 b", "b lower pack 1 a", "b higher pack 1 c", "c lower pack 1 b"))
      << "the second rung is one of the page, too";
  Product can = Coffee("a", 1, 50), cans = Coffee("b", 1, 900);
  can.pack_quantity = Ratio::Of(3'785'411'784 * 12, 128'000'000);
  cans.pack_quantity = Multiply(*can.pack_quantity, 24);
  can.title = cans.title = "";
  EXPECT_THAT(StepsOf({can, cans}), ElementsAre("a higher pack 1 b", "b lower pack 1 a")) << "24 times, exactly";
}

TEST(PackSteps, GoToSubscriptionsWithinReachOnly) {
  const Product single = Coffee("a", 250, 500);
  EXPECT_THAT(StepsOf({single, ByMonth(Coffee("a", 25'000, 2000))}), IsEmpty()) << "a hundred times as much";
  EXPECT_THAT(StepsOf({single, ByMonth(Coffee("a", 1500, 2000))}), ElementsAre("a higher subscription 1 a-monthly"));
  EXPECT_THAT(StepsOf({single, ByMonth(Coffee("a", 1500, 2001))}), IsEmpty()) << "more than four times the price";
  EXPECT_THAT(StepsOf({single, ByMonth(Coffee("a", 250, 124))}), IsEmpty()) << "less than a fourth of the price";
  EXPECT_THAT(StepsOf({single, ByMonth(Coffee("a", 1500, 2001)), ByMonth(Coffee("b", 1501, 1999))}),
              Contains("a higher subscription 1 b-monthly"))
      << "what is out of reach does not hide what is not";
}

TEST(PackSteps, GoDownToTheOwnBrandOfAComparableSizeAndBack) {
  const Product other = OfBrand(Coffee("a", 250, 500), "Maker");
  const auto own = [](std::string id, std::uint32_t grams, std::int64_t price) {
    return OfBrand(Coffee(std::move(id), grams, price), "store brand");
  };
  EXPECT_THAT(StepsOf({other, own("own", 240, 400)}), ElementsAre("a lower brand 1 own", "own higher brand 1 a"));
  EXPECT_THAT(StepsOf({other, own("own", 100, 100)}), IsEmpty()) << "another size";
  EXPECT_THAT(StepsOf({other, own("own", 200, 450)}), IsEmpty()) << "dearer per unit";
  EXPECT_THAT(StepsOf({other, own("own", 250, 100)}), IsEmpty()) << "a fifth of the price is no comparable product";
  EXPECT_THAT(StepsOf({other, own("near", 260, 410), own("far", 300, 400)}),
              ElementsAre("a lower brand 1 near", "far higher brand 1 a", "near higher brand 1 a"));
}

// What FindPackSteps says of the next larger pack, product by product and without fractions: a cheaper b per unit is
// price_a · content_b < price_b · content_a.
std::vector<std::string> ReferenceSteps(const Catalog& catalog, const std::vector<std::uint32_t>& popularity) {
  std::vector<std::string> steps;
  const auto content = [](const Product& product) { return product.pack_quantity->numerator(); };
  for (const Product& from : catalog.products()) {
    const Product* best = nullptr;
    for (const Product& to : catalog.products()) {
      if (to.brand != from.brand || content(to) <= content(from)) continue;
      const std::uint32_t sold = popularity[Slot(*catalog.Find(to.product_id))];
      const bool speaks = std::none_of(catalog.products().begin(), catalog.products().end(), [&](const Product& rival) {
        const std::uint32_t rivals = popularity[Slot(*catalog.Find(rival.product_id))];
        return rival.brand == to.brand && content(rival) == content(to) &&
               (rivals > sold || (rivals == sold && rival.product_id < to.product_id));
      });
      const bool is_cheaper = to.price->minor_units * content(from) < from.price->minor_units * content(to);
      if (!speaks || !is_cheaper || to.price->minor_units <= from.price->minor_units) continue;
      if (best == nullptr || content(to) < content(*best)) best = &to;
    }
    if (best != nullptr) steps.push_back(absl::StrCat(from.product_id, " higher pack 1 ", best->product_id));
  }
  return steps;
}

TEST(PackSteps, AreThoseOfTheReference) {
  for (unsigned seed = 1; seed <= 50; ++seed) {
    std::mt19937 random(seed);
    std::vector<Product> products;
    std::vector<std::uint32_t> popularity;
    for (int i = 0; i < 60; ++i) {
      Product product = Coffee(absl::StrCat("p", 100 + i), static_cast<std::uint32_t>(1 + random() % 12),
                               100 + static_cast<int>(random() % 900));
      products.push_back(OfBrand(product, absl::StrCat("maker ", random() % 3)));
      popularity.push_back(static_cast<std::uint32_t>(random() % 4));
    }
    std::vector<std::string> steps;
    for (const std::string& step : StepsOf(products, popularity)) {
      if (absl::StrContains(step, "higher pack 1")) steps.push_back(step);
    }
    EXPECT_EQ(steps, ReferenceSteps(Catalog::Build(products), popularity)) << "seed " << seed;
  }
}

TEST(SameProductKey, LeavesSizesAndSubscriptionsOutOfTitles) {
  Product product;
  product.title = "Oat Drink (6 x 1 L), 定期便";
  product.subscription_interval = "month";
  EXPECT_EQ(TitleStem(product), "oat drink");
  product = Product();
  product.title = "Milk, ONE BIG JUG, maker 69";
  product.pack_size = "one big jug";
  EXPECT_EQ(TitleStem(product), "milk maker 69");
  product.title = "Frame 8 IN, 1,5 kg";
  EXPECT_EQ(TitleStem(product), "frame 8 in") << "what measures the thing itself stays";
}

}  // namespace
}  // namespace awase::ladder_internal
