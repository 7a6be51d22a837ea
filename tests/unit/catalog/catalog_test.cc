#include "awase/catalog/catalog.h"

#include <algorithm>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace awase::catalog {
namespace {

Product Make(std::string id, std::string parent = "", std::string title = "") {
  Product product;
  product.product_id = std::move(id);
  product.parent_id = std::move(parent);
  product.title = std::move(title);
  return product;
}

ProductIndex At(const Catalog& catalog, const char* id) { return catalog.Find(id).value(); }

TEST(Catalog, NumbersProductsInByteOrderOfTheirIds) {
  const Catalog catalog = Catalog::Build({Make("b"), Make("a"), Make("B"), Make("007"), Make("7")});
  ASSERT_EQ(catalog.size(), 5u);
  EXPECT_EQ(At(catalog, "007"), ProductAt(0));
  EXPECT_EQ(At(catalog, "7"), ProductAt(1));
  EXPECT_EQ(At(catalog, "B"), ProductAt(2));
  EXPECT_EQ(catalog.product(ProductAt(4)).product_id, "b");
  EXPECT_FALSE(catalog.Find("A").has_value());
  EXPECT_FALSE(catalog.Find("").has_value());
}

TEST(Catalog, KeepsTheSameOneOfDuplicateRowsWhateverTheirOrder) {
  std::vector<Product> rows = {Make("a", "", "x"), Make("a", "", "y"), Make("a", "p", "x")};
  std::sort(rows.begin(), rows.end(), [](const auto& x, const auto& y) { return x.title < y.title; });
  do {
    CatalogNotes notes;
    const Catalog catalog = Catalog::Build(rows, &notes);
    EXPECT_EQ(notes.duplicate_ids, 2u);
    EXPECT_EQ(catalog.product(At(catalog, "a")).title, "x");
    EXPECT_EQ(catalog.product(At(catalog, "a")).parent_id, "");
  } while (std::next_permutation(rows.begin(), rows.end(), [](const auto& x, const auto& y) {
    return std::tie(x.title, x.parent_id) < std::tie(y.title, y.parent_id);
  }));
}

TEST(Catalog, AddsAnInvisibleProductForAParentWithoutARow) {
  CatalogNotes notes;
  const Catalog catalog = Catalog::Build({Make("red", "shirt"), Make("blue", "shirt")}, &notes);
  EXPECT_EQ(notes.parents_added, 1u);
  EXPECT_FALSE(catalog.product(At(catalog, "shirt")).visible);
  EXPECT_EQ(catalog.root(At(catalog, "red")), At(catalog, "shirt"));
  EXPECT_EQ(catalog.root(At(catalog, "shirt")), At(catalog, "shirt"));
}

TEST(Catalog, FollowsChainsOfParentsToTheTop) {
  const Catalog catalog = Catalog::Build({Make("a", "b"), Make("b", "c"), Make("c")});
  EXPECT_EQ(catalog.root(At(catalog, "a")), At(catalog, "c"));
}

TEST(Catalog, BreaksCyclesOfParents) {
  CatalogNotes notes;
  const Catalog catalog =
      Catalog::Build({Make("a", "b"), Make("b", "a"), Make("self", "self"), Make("x", "a")}, &notes);
  EXPECT_GE(notes.parent_cycles, 2u);
  for (std::size_t i = 0; i < catalog.size(); ++i) {
    const ProductIndex root = catalog.root(ProductAt(i));
    EXPECT_EQ(catalog.root(root), root);
  }
}

TEST(CategoryLeaf, IsTheLastStepOfThePath) {
  EXPECT_EQ(CategoryLeaf("Electronics > Cameras > Compact "), "Compact");
  EXPECT_EQ(CategoryLeaf("Books"), "Books");
  EXPECT_EQ(CategoryLeaf(""), "");
}

}  // namespace
}  // namespace awase::catalog
