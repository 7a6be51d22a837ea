#include "awase/rules/nearest_product.h"

#include <cstddef>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/rules/rules_testing.h"

namespace awase::rules {
namespace {

using ::testing::ElementsAre;

std::string Nearest(absl::string_view id, const absl::flat_hash_set<std::string>& known) {
  return NearestProduct(id, [&known](absl::string_view product) { return known.contains(product); });
}

TEST(NearestProduct, IsOneSlipAway) {
  for (const char* slip : {"CAM-00", "CAM-1000", "CAM-10O", "CAM1-00", "cam-100", "AM-100", "CAM-100x"}) {
    EXPECT_EQ(Nearest(slip, {"CAM-100", "SD-64"}), "CAM-100") << slip;
  }
  for (const char* other : {"CAM-2", "", "SDCARD", "S64"}) EXPECT_EQ(Nearest(other, {"CAM-100", "SD-64"}), "") << other;
}

TEST(NearestProduct, IsNotGuessedAmongSeveral) {
  EXPECT_EQ(Nearest("1003", {"1001"}), "1001");
  EXPECT_EQ(Nearest("1003", {"1001", "1002"}), "");
}

TEST(NearestProduct, AsksForABoundedNumber) {
  std::size_t asked = 0;
  const auto count = [&asked](absl::string_view) { return ++asked == 0; };
  EXPECT_EQ(NearestProduct(std::string(64, 'x'), count), "");
  EXPECT_LE(asked, 132U * 65);
  asked = 0;
  EXPECT_EQ(NearestProduct(std::string(65, 'x'), count), "");
  EXPECT_EQ(asked, 0U);
}

TEST(NearestProduct, IsProposedWhereAModelIsGiven) {
  CatalogueFacts facts;
  facts.knows_product = [](absl::string_view id) { return id == "CAM-100"; };
  const std::string problem =
      "unknown product \"CAM-10\": the catalogue in use does not have it; did you mean \"CAM-100\"?";
  EXPECT_THAT(DiagnosticsOf(RuleOf("hide: {products: [CAM-10]}"), &facts),
              ElementsAre("r.yaml:2:29: rules[0].hide.products[0]: warning: " + problem));
  EXPECT_THAT(DiagnosticsOf(RuleOf("hide: {matching: {products: [CAM-10]}}"), &facts),
              ElementsAre("r.yaml:2:40: rules[0].hide.matching.products[0]: warning: " + problem));
}

TEST(NearestProduct, IsLookedForSoManyTimesAtMost) {
  std::size_t asked = 0;
  CatalogueFacts facts;
  facts.knows_product = [&asked](absl::string_view) { return ++asked == 0; };
  std::string products;
  for (std::size_t i = 0; i < 10 * kMostFindings; ++i) absl::StrAppend(&products, i == 0 ? "" : ", ", "x", i);
  DiagnosticsOf(RuleOf(absl::StrCat("hide: {products: [", products, "]}")), &facts);
  EXPECT_LT(asked, 10 * kMostFindings + kMostFindings * 132 * 6);
}

}  // namespace
}  // namespace awase::rules
