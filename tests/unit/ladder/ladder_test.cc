#include "awase/ladder/ladder.h"

#include <random>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace awase::ladder {
namespace {

using catalog::Attribute;
using catalog::Catalog;
using catalog::Product;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

Product Camera(std::string id, std::int64_t price_minor) {
  Product product;
  product.product_id = std::move(id);
  product.product_type = "Camera";
  product.price = Money{price_minor, *CurrencyCode::Parse("USD")};
  return product;
}

Product WithSpec(Product product, const std::string& name, double value) {
  product.attributes.push_back({name, std::to_string(value), value});
  return product;
}

struct Ladders {
  Catalog catalog;
  LadderSet set;
  LadderNotes notes;

  // "lower1 b", "higher1 d" … in stored order.
  std::vector<std::string> Of(const std::string& id) const {
    std::vector<std::string> steps;
    for (const Rung& rung : set.list(*catalog.Find(id))) {
      steps.push_back(std::string(DirectionName(rung.direction)) + std::to_string(rung.rung) + " " +
                      catalog.product(rung.other).product_id);
    }
    return steps;
  }
};

Ladders Build(std::vector<Product> products, std::vector<std::uint32_t> popularity = {}) {
  Ladders ladders{Catalog::Build(std::move(products)), {}, {}};
  popularity.resize(ladders.catalog.size(), 1);
  ladders.set = BuildLadders(ladders.catalog, {.popularity = popularity}, LadderOptions(), &ladders.notes);
  return ladders;
}

// Half of a real catalogue can cost 9.99 under one category: going through its equals for each of them would take
// minutes here.
TEST(BuildLadders, FindsTheNextRungPastAHundredThousandProductsOfOnePrice) {
  std::vector<Product> products = {Camera("cheap", 800), Camera("dear", 1'200)};
  for (int i = 0; i < 100'000; ++i) products.push_back(Camera("p" + std::to_string(i), 999));
  const Ladders ladders = Build(std::move(products));
  EXPECT_THAT(ladders.Of("p5"), ElementsAre("lower1 cheap", "higher1 dear"));
  EXPECT_THAT(ladders.Of("p99999"), ElementsAre("lower1 cheap", "higher1 dear"));
}

TEST(BuildLadders, OffersTheNextRungsNotTheTop) {
  const Ladders ladders =
      Build({Camera("a", 10'000), Camera("b", 14'000), Camera("c", 20'000), Camera("d", 30'000), Camera("e", 45'000)});
  EXPECT_THAT(ladders.Of("c"), ElementsAre("lower1 b", "lower2 a", "higher1 d", "higher2 e"));
  EXPECT_THAT(ladders.Of("a"), ElementsAre("higher1 b", "higher2 c"));
  EXPECT_EQ(ladders.notes.families, 1u);
  const Rung& higher = ladders.set.list(*ladders.catalog.Find("c"))[2];
  EXPECT_EQ(higher.price_delta_minor, 10'000);
  EXPECT_EQ(higher.grade, Grade::kAsserted);
}

TEST(BuildLadders, StaysInThePriceBand) {
  EXPECT_THAT(Build({Camera("a", 10'000), Camera("b", 10'400)}).Of("a"), IsEmpty()) << "4 % is no step";
  EXPECT_THAT(Build({Camera("a", 10'000), Camera("b", 16'001)}).Of("a"), IsEmpty()) << "60 % is too far";
}

TEST(BuildLadders, LetsTheBestSellerOfATierSpeak) {
  const Ladders ladders = Build({Camera("a", 10'000), Camera("b", 11'000), Camera("c", 12'000)}, {1, 1, 50});
  EXPECT_THAT(ladders.Of("a"), ElementsAre("higher1 c"));
}

TEST(BuildLadders, CollapsesVariants) {
  Product red = Camera("red", 12'000);
  Product blue = Camera("blue", 12'000);
  red.parent_id = blue.parent_id = "cam";
  const Ladders ladders = Build({Camera("a", 10'000), red, blue}, {1, 5, 0, 9});  // a, blue, cam, red
  EXPECT_THAT(ladders.Of("a"), ElementsAre("higher1 red"));
  EXPECT_THAT(ladders.Of("blue"), ElementsAre("lower1 a")) << "a variant is no step of another";
}

TEST(BuildLadders, ComparesWithinFamilyCurrencyAndPackUnitOnly) {
  Product film = Camera("film", 12'000);
  film.product_type = "Film";
  Product yen = Camera("yen", 12'000);
  yen.price->currency = *CurrencyCode::Parse("JPY");
  Product declared = Camera("declared", 12'000);
  declared.family = "pro";
  Product packed = Camera("packed", 12'000);
  packed.pack_quantity = 1;
  packed.pack_unit = "count";
  Product hidden = Camera("hidden", 12'000);
  hidden.visible = false;
  Product unpriced = Camera("unpriced", 0);
  unpriced.price.reset();
  EXPECT_THAT(Build({Camera("a", 10'000), film, yen, declared, packed, hidden, unpriced}).Of("a"), IsEmpty());
}

TEST(BuildLadders, OrdersByPricePerUnitWherePacksAreKnown) {
  const auto milk = [](std::string id, std::int64_t price, double ounces) {
    Product product = Camera(std::move(id), price);
    product.pack_quantity = ounces;
    product.pack_unit = "fl oz";
    return product;
  };
  // Per ounce: a 10, big 7.5, good 12.
  const Ladders ladders = Build({milk("a", 640, 64), milk("big", 960, 128), milk("good", 768, 64)});
  EXPECT_THAT(ladders.Of("a"), ElementsAre("higher1 good"))
      << "the big pack is cheaper per ounce and dearer in total: neither a step up nor a step down";
}

TEST(BuildLadders, RefusesAStepThatIsWorseOnEverySpec) {
  const std::string storage = "spec.storage_gb";
  const Ladders ladders =
      Build({WithSpec(Camera("a", 10'000), storage, 128), WithSpec(Camera("b", 12'000), storage, 64),
             WithSpec(Camera("c", 15'000), storage, 256), WithSpec(Camera("d", 30'000), storage, 512)});
  EXPECT_THAT(ladders.Of("a"), ElementsAre("higher1 c"));
}

TEST(BuildLadders, LearnsThatLessIsBetterFromTheFamily) {
  const std::string weight = "spec.weight_g";
  const Ladders ladders =
      Build({WithSpec(Camera("a", 10'000), weight, 900), WithSpec(Camera("b", 12'000), weight, 950),
             WithSpec(Camera("c", 15'000), weight, 700), WithSpec(Camera("d", 22'000), weight, 500)});
  EXPECT_THAT(ladders.Of("a"), ElementsAre("higher1 c", "higher2 d"));
}

TEST(BuildLadders, FallsBackToTheLeafOfTheCategory) {
  Product a = Camera("a", 10'000), b = Camera("b", 12'000);
  a.product_type = b.product_type = "";
  a.category = "X > Tripods";
  b.category = "Y > Tripods";
  const Ladders ladders = Build({a, b});
  EXPECT_THAT(ladders.Of("a"), ElementsAre("higher1 b"));
  EXPECT_EQ(ladders.set.list(*ladders.catalog.Find("a"))[0].family_source,
            static_cast<std::uint8_t>(FamilySource::kCategoryLeaf));
}

TEST(BuildLadders, OfNothingIsNothing) {
  const Ladders ladders = Build({});
  EXPECT_TRUE(ladders.set.rungs.empty());
  EXPECT_EQ(ladders.set.offsets.size(), 1u);
}

// Whatever the catalogue: prices fall along lower rungs and rise along higher ones, so no chain of steps can come back.
TEST(BuildLadders, OrdersPricesAlongEveryLadder) {
  for (unsigned seed = 1; seed <= 100; ++seed) {
    std::mt19937 random(seed);
    std::vector<Product> products;
    for (int i = 0; i < 40; ++i) {
      Product product = Camera("p" + std::to_string(i), 500 + static_cast<std::int64_t>(random() % 5000));
      if (random() % 3 == 0) product = WithSpec(product, "spec.x", double(random() % 10));
      if (random() % 4 == 0) {
        product.pack_quantity = static_cast<double>(1 + random() % 12);
        product.pack_unit = "count";
      }
      if (random() % 5 == 0) product.parent_id = "p" + std::to_string(random() % 10);
      products.push_back(product);
    }
    std::vector<std::uint32_t> popularity;
    for (int i = 0; i < 40; ++i) popularity.push_back(static_cast<std::uint32_t>(random() % 9));
    const Ladders ladders = Build(products, popularity);
    for (std::size_t i = 0; i < ladders.catalog.size(); ++i) {
      std::int64_t previous[2] = {0, 0};
      for (const Rung& rung : ladders.set.list(ProductAt(i))) {
        const bool higher = rung.direction == Direction::kHigher;
        EXPECT_GT(higher ? rung.price_delta_minor : -rung.price_delta_minor, previous[higher]) << "seed " << seed;
        previous[higher] = std::abs(rung.price_delta_minor);
        EXPECT_NE(ladders.catalog.root(rung.other), ladders.catalog.root(ProductAt(i))) << "seed " << seed;
      }
    }
  }
}

}  // namespace
}  // namespace awase::ladder
