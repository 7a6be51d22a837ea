#include "engine/product_places.h"

#include <map>
#include <random>
#include <vector>

#include "gmock/gmock.h"

namespace awase::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::IsEmpty;

TEST(ProductPlaces, HasNothingWhereNothingWasAdded) { EXPECT_THAT(ProductPlaces().Of(ProductIndex{0}), IsEmpty()); }

TEST(ProductPlaces, KeepsThePlacesOfAProductInTheirOrderAndEachOnce) {
  ProductPlaces places;
  places.Add(ProductIndex{7}, 1);
  places.Add(ProductIndex{7}, 4);
  places.Add(ProductIndex{7}, 4);
  places.Add(ProductIndex{8}, 9);
  EXPECT_THAT(places.Of(ProductIndex{7}), ElementsAre(1, 4));
  EXPECT_THAT(places.Of(ProductIndex{8}), ElementsAre(9));
  EXPECT_THAT(places.Of(ProductIndex{6}), IsEmpty());
}

// Against a map, for every product around those that have places, while the marks grow.
TEST(ProductPlaces, FindsWhatAMapFinds) {
  std::mt19937 random(11);
  ProductPlaces places;
  std::map<ProductIndex, std::vector<std::uint32_t>> oracle;
  for (std::uint32_t place = 0; place < 3000; ++place) {
    const ProductIndex product = ProductAt(random() % 2000);
    places.Add(product, place);
    oracle[product].push_back(place);
    if (place % 500 != 0) continue;
    for (std::uint32_t number = 0; number < 4000; ++number) {
      ASSERT_THAT(places.Of(ProductIndex{number}), ElementsAreArray(oracle[ProductIndex{number}])) << number;
    }
  }
}

}  // namespace
}  // namespace awase::engine
