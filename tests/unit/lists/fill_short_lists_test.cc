#include "awase/lists/fill_short_lists.h"

#include <random>
#include <set>

#include "awase/relations/build_relation.h"
#include "gtest/gtest.h"
#include "tests/testing/basket_builder.h"
#include "tests/testing/status_matchers.h"

namespace awase::lists {
namespace {

using catalog::Catalog;
using catalog::Product;
using relations::EntrySource;
using relations::Relation;
using relations::RelationEntry;

Product Make(const std::string& id, const std::string& type, const std::string& category = "") {
  Product product;
  product.product_id = id;
  product.product_type = type;
  product.category = category;
  return product;
}

ProductTypes TypesOf(const Catalog& catalog) {
  for (const Kind& kind : KindsOf(catalog)) {
    if (kind.source == EntrySource::kType) return kind.groups;
  }
  return {};
}

class FillShortListsTest : public ::testing::Test {
 protected:
  // Products are named in the order of their ids.
  void Stock(std::vector<Product> products) { catalog_ = Catalog::Build(std::move(products)); }
  void Buy(std::size_t times, const std::vector<std::string>& ids) {
    for (std::size_t i = 0; i < times; ++i) {
      std::vector<ProductIndex> basket;
      for (const std::string& id : ids) basket.push_back(*catalog_.Find(id));
      baskets_.push_back({static_cast<std::uint32_t>(baskets_.size()), basket});
    }
  }
  void Fill(FillOptions options = {}) {
    auto counted = relations::BuildRelation(testing::BasketSetOf(catalog_.size(), baskets_), {});
    ASSERT_TRUE(counted.ok());
    relation_ = *std::move(counted);
    FillShortLists(catalog_, KindsOf(catalog_), TypesOf(catalog_), options, &relation_);
  }
  // "film type, bag counted".
  std::string ListOf(const std::string& id) {
    std::string text;
    for (const RelationEntry& entry : relation_.list(*catalog_.Find(id))) {
      text += (text.empty() ? "" : ", ") + catalog_.product(entry.other).product_id + " " +
              std::string(relations::EntrySourceName(entry.source));
      if (entry.source != EntrySource::kCounted) {
        EXPECT_EQ(entry.units_together, 0u);
        EXPECT_EQ(entry.is_claim, 0);
      }
    }
    return text;
  }

  Catalog catalog_;
  std::vector<testing::ReferenceBasket> baskets_;
  Relation relation_;
};

TEST_F(FillShortListsTest, AColdProductIsGivenWhatItsTypeIsBoughtWith) {
  Stock({Make("camera1", "camera"), Make("camera2", "camera"), Make("camera3", "camera"), Make("film", "film"),
         Make("pen", "pen"), Make("pot", "pot")});
  Buy(20, {"camera1", "film"});
  Buy(20, {"camera2", "film"});
  Buy(5, {"camera1", "camera2"});
  Buy(50, {"pen", "pot"});
  Fill();
  EXPECT_EQ(ListOf("camera3"), "film type");
  EXPECT_EQ(ListOf("camera1"), "film counted, camera2 counted") << "what its own counts say is not said again";
}

TEST_F(FillShortListsTest, ATypeThatNobodyBoughtIsBackedOffToTheCategoryAroundIt) {
  Stock({Make("drone", "drone", "Photo > Air"), Make("camera", "camera", "Photo > Ground"), Make("film", "film"),
         Make("pen", "pen")});
  Buy(20, {"camera", "film"});
  Buy(90, {"pen"});
  Fill();
  EXPECT_EQ(ListOf("drone"), "film category");
}

TEST_F(FillShortListsTest, SeriesAndAuthorComeFirstAndMayBeOfTheType) {
  std::vector<Product> books;
  for (const char* id : {"1", "2", "3", "4", "5"}) books.push_back(Make(id, "novel"));
  for (Product& book : books) book.author = "Soseki";
  books[1].series = books[4].series = "Cat";
  books.push_back(Make("lamp", "lamp"));
  books.push_back(Make("pen", "pen"));
  Stock(books);
  for (const char* id : {"1", "2", "3", "4"}) Buy(10, {id, "lamp"});
  Buy(90, {"1"});
  Buy(300, {"pen"});
  Fill();
  EXPECT_EQ(ListOf("5"), "2 series, 1 author, 3 author, 4 author, lamp type") << "the bestseller first, then by id";
}

TEST_F(FillShortListsTest, ABrandOffersNoSecondProductOfTheType) {
  Stock({Make("phone1", "phone"), Make("phone2", "phone"), Make("case", "case"), Make("pen", "pen")});
  std::vector<Product> products(catalog_.products().begin(), catalog_.products().end());
  for (Product& product : products) product.brand = product.product_id == "pen" ? "" : "Hikari";
  Stock(products);
  for (const char* id : {"phone1", "case", "pen"}) Buy(9, {id});
  Fill();
  EXPECT_EQ(ListOf("phone2"), "case brand");
}

TEST_F(FillShortListsTest, WhatNoPageShowsIsNotNamed) {
  std::vector<Product> products = {Make("camera1", "camera"), Make("camera2", "camera"), Make("film", "film")};
  products[2].visible = false;
  Stock(products);
  Buy(20, {"camera1", "film"});
  Fill();
  EXPECT_EQ(ListOf("camera2"), "camera1 popularity") << "a list, though nothing for a page";
}

TEST_F(FillShortListsTest, WithoutAnyKindNothingIsInvented) {
  Stock({Make("a", ""), Make("b", ""), Make("c", "")});
  Buy(20, {"a", "b"});
  Fill();
  EXPECT_EQ(ListOf("c"), "");
}

TEST_F(FillShortListsTest, LongListsStayAsTheyAre) {
  Stock({Make("a", "x"), Make("b", "y"), Make("c", "x"), Make("d", "z"), Make("e", "w")});
  Buy(20, {"a", "b"});
  Buy(20, {"c", "d"});
  Buy(90, {"e"});
  Fill({.enough = 1});
  EXPECT_EQ(ListOf("a"), "b counted");
  Fill({.enough = 2});
  EXPECT_EQ(ListOf("a"), "b counted, d type");
}

TEST_F(FillShortListsTest, DropBackedOffUndoesIt) {
  Stock({Make("a", "x"), Make("b", "y"), Make("c", "x"), Make("d", "z")});
  Buy(20, {"a", "b"});
  Buy(20, {"c", "d"});
  Fill();
  Relation counted = *relations::BuildRelation(testing::BasketSetOf(catalog_.size(), baskets_), {});
  DropBackedOff(&relation_);
  EXPECT_EQ(relation_.offsets, counted.offsets);
  EXPECT_TRUE(
      std::equal(counted.entries.begin(), counted.entries.end(), relation_.entries.begin(), relation_.entries.end()));
}

// With types known no product is without a list; every list descends and names nobody twice, nor its own product; the
// result does not depend on threads.
TEST_F(FillShortListsTest, WithTypesKnownNoProductIsWithoutAList) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    std::mt19937_64 random(seed);
    const std::size_t count = 2 + random() % 60;
    std::vector<Product> products;
    for (std::size_t p = 0; p < count; ++p) {
      products.push_back(Make("p" + std::to_string(p), "type" + std::to_string(random() % 9),
                              random() % 2 == 0 ? "" : "A > " + std::to_string(random() % 3)));
      if (random() % 4 == 0) products.back().brand = "b";
      if (random() % 5 == 0) products.back().author = "w" + std::to_string(random() % 3);
      if (random() % 9 == 0 && p > 0) products.back().parent_id = products[p / 2].product_id;
    }
    Stock(products);
    baskets_.clear();
    for (int b = 0; b < 80; ++b) {
      std::set<ProductIndex> basket;
      for (std::uint64_t i = 0; i < 1 + random() % 4; ++i)
        basket.insert(catalog_.root(ProductAt(random() % count / 2)));
      baskets_.push_back({static_cast<std::uint32_t>(b), {basket.begin(), basket.end()}});
    }
    FillOptions options{.enough = 1 + random() % 12, .top_k = 12, .threads = 1};
    Fill(options);
    const Relation one = relation_;
    options.threads = 4;
    Fill(options);
    EXPECT_EQ(one.offsets, relation_.offsets);
    EXPECT_TRUE(std::equal(one.entries.begin(), one.entries.end(), relation_.entries.begin(), relation_.entries.end()));
    std::size_t sold = 0;
    for (const std::uint32_t units : relation_.product_units) sold += units > 0 ? 1 : 0;
    for (std::size_t p = 0; p < count; ++p) {
      const auto list = relation_.list(ProductAt(p));
      if (catalog_.root(ProductAt(p)) != ProductAt(p)) {
        EXPECT_TRUE(list.empty()) << "lists are of roots";
        continue;
      }
      EXPECT_TRUE(sold < 2 || !list.empty()) << seed << " " << catalog_.product(ProductAt(p)).product_id;
      std::set<ProductIndex> seen = {ProductAt(p)};
      for (std::size_t i = 0; i < list.size(); ++i) {
        EXPECT_TRUE(seen.insert(list[i].other).second);
        EXPECT_EQ(catalog_.root(list[i].other), list[i].other);
        EXPECT_TRUE(i == 0 || list[i - 1].score >= list[i].score);
      }
    }
  }
}

}  // namespace
}  // namespace awase::lists
