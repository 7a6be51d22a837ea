#include "engine/product_set_index.h"

#include <algorithm>
#include <deque>
#include <random>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "tests/unit/engine/shop.h"

namespace awase::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(ProductSetIndex, FindsASetByItsRarestWords) {
  Shop shop;
  shop.model().Add("a").brand = "X";
  shop.model().Add("b").brand = "X";
  const artefact::Model& model = shop.Snap()->model();
  rules::ProductSet brand;
  brand.in.brands = {"X"};
  rules::ProductSet narrow = brand;
  narrow.in.products = {"a"};
  ProductSetIndex index;
  EXPECT_TRUE(index.Add(0, BoundSet(model, brand)));
  EXPECT_TRUE(index.Add(1, BoundSet(model, narrow)));
  index.Seal();
  EXPECT_THAT(index.MayHave(model, *model.Find("a")), ::testing::UnorderedElementsAre(0, 1));
  EXPECT_THAT(index.MayHave(model, *model.Find("b")), ElementsAre(0));
}

TEST(ProductSetIndex, TakesNoSetWithoutWords) {
  Shop shop;
  shop.model().Add("a");
  const artefact::Model& model = shop.Snap()->model();
  rules::ProductSet cheap;
  cheap.in.price = rules::MoneyRange{Currency("USD"), {.high = 500}};
  ProductSetIndex index;
  EXPECT_FALSE(index.Add(0, BoundSet(model, cheap)));
  EXPECT_FALSE(index.Add(1, BoundSet(model, rules::ProductSet())));
  index.Seal();
  EXPECT_THAT(index.MayHave(model, *model.Find("a")), IsEmpty());
}

// Whatever sets and products: no set that has a product is missed.
TEST(ProductSetIndex, MissesNothing) {
  std::mt19937 random(11);
  const auto word = [&random](const char* of) { return of + std::to_string(random() % 4); };
  Shop shop;
  for (int i = 0; i < 60; ++i) {
    catalog::Product& product = shop.model().Add("p" + std::to_string(i));
    product.brand = word("brand");
    product.category = "All > " + word("shelf") + " > " + word("box");
    product.tags = {word("tag"), "tag9"};
    if (i > 40) product.parent_id = "p" + std::to_string(i - 40);
  }
  const artefact::Model& model = shop.Snap()->model();
  std::deque<rules::ProductSet> sets(200);
  ProductSetIndex index;
  std::vector<BoundSet> bound;
  for (rules::ProductSet& set : sets) {
    if (random() % 3 == 0) set.in.brands = {word("brand")};
    if (random() % 3 == 0) set.in.categories = {"All > " + word("shelf")};
    if (random() % 3 == 0) set.in.tags = {word("tag")};
    if (random() % 5 == 0) set.in.products = {"p" + std::to_string(random() % 60)};
    bound.emplace_back(model, set);
  }
  std::vector<bool> is_indexed;
  for (std::uint32_t i = 0; i < bound.size(); ++i) is_indexed.push_back(index.Add(i, bound[i]));
  index.Seal();
  for (std::size_t i = 0; i < model.product_count(); ++i) {
    const auto found = index.MayHave(model, ProductAt(i));
    for (std::uint32_t s = 0; s < bound.size(); ++s) {
      if (!is_indexed[s] || !bound[s].Has(model, ProductAt(i))) continue;
      EXPECT_NE(std::find(found.begin(), found.end(), s), found.end()) << "product " << i << ", set " << s;
    }
  }
}

}  // namespace
}  // namespace awase::engine
