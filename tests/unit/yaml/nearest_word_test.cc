#include "awase/yaml/nearest_word.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace awase::yaml {
namespace {

TEST(EditDistance, CountsInsertionsDeletionsReplacementsAndSwaps) {
  EXPECT_EQ(EditDistance("", ""), 0U);
  EXPECT_EQ(EditDistance("", "abc"), 3U);
  EXPECT_EQ(EditDistance("abc", "abc"), 0U);
  EXPECT_EQ(EditDistance("kitten", "sitting"), 3U);
  EXPECT_EQ(EditDistance("form", "from"), 1U);
  EXPECT_EQ(EditDistance("bundel", "bundle"), 1U);
  EXPECT_EQ(EditDistance("ca", "abc"), 3U);
}

TEST(NearestWord, IsTheNearestWithinTheBound) {
  const std::vector<std::string> words = {"products", "product", "price"};
  EXPECT_EQ(NearestWord("produkt", words), "product");
  EXPECT_EQ(NearestWord("prize", words), "price");
  EXPECT_EQ(NearestWord("anchor", words), "");
  EXPECT_EQ(NearestWord("prxyz", words), "");
  EXPECT_EQ(NearestWord("prxyz", words, 3), "price");
}

TEST(NearestWord, TakesTheFirstOfEquals) { EXPECT_EQ(NearestWord("lowar", {"lower", "lowas"}), "lower"); }

TEST(NearestWord, ShortWordsMustBeVeryNear) {
  EXPECT_EQ(NearestWord("di", {"id"}), "id");
  EXPECT_EQ(NearestWord("ab", {"id"}), "");
}

}  // namespace
}  // namespace awase::yaml
