#include "ladder/internal/pack_rungs.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace awase::ladder_internal {
namespace {

using catalog::Catalog;
using catalog::Product;
using ladder::Direction;
using ladder::Grade;
using ladder::LadderSet;
using ladder::Rung;
using ladder::RungEvidence;
using ladder::StepKind;
using ::testing::ElementsAre;

// Three products of one type: a, b and c.
Catalog ThreeProducts() {
  std::vector<Product> products;
  for (const char* id : {"a", "b", "c"}) {
    Product product;
    product.product_id = id;
    product.product_type = "Tea";
    product.brand = "Maker";
    products.push_back(product);
  }
  return Catalog::Build(std::move(products));
}

// The product a with these rungs to b, c, …
LadderSet ModelsOfA(const std::vector<std::pair<Grade, std::uint8_t>>& grades_and_flags) {
  LadderSet set;
  set.offsets = {0, grades_and_flags.size(), grades_and_flags.size(), grades_and_flags.size()};
  for (std::size_t i = 0; i < grades_and_flags.size(); ++i) {
    Rung rung{};
    rung.other = ProductAt(i + 1);
    rung.direction = Direction::kHigher;
    rung.rung = static_cast<std::uint8_t>(i + 1);
    rung.grade = grades_and_flags[i].first;
    RungEvidence evidence;
    evidence.flags = grades_and_flags[i].second;
    evidence.upgrades = 7;
    set.rungs.push_back(rung);
    set.evidence.push_back(evidence);
  }
  return set;
}

PackStep Step(ProductIndex to, StepKind kind) { return {ProductAt(0), to, Direction::kHigher, kind, 1, 2.0, 100}; }

// "1 model b WEAK", …
std::vector<std::string> RungsOfA(const LadderSet& set, const Catalog& catalog) {
  std::vector<std::string> texts;
  for (std::size_t r = 0; r < set.list(ProductAt(0)).size(); ++r) {
    const Rung& rung = set.list(ProductAt(0))[r];
    texts.push_back(absl::StrCat(int{rung.rung}, " ", ladder::StepKindName(set.evidence[r].kind), " ",
                                 catalog.product(rung.other).product_id, " ", ladder::GradeName(rung.grade)));
  }
  return texts;
}

TEST(WithPackSteps, PutsEachKindBesideTheModels) {
  const Catalog catalog = ThreeProducts();
  const std::vector<PackStep> steps = {Step(ProductAt(2), StepKind::kPack)};
  const LadderSet set = WithPackSteps(ModelsOfA({{Grade::kStatistical, ladder::kBehaviour}}), steps, catalog);
  EXPECT_THAT(RungsOfA(set, catalog), ElementsAre("1 model b STATISTICAL", "1 pack c ASSERTED"));
  EXPECT_THAT(set.offsets, ElementsAre(0, 2, 2, 2));
  EXPECT_EQ(set.evidence[1].content_ratio, 2);
  EXPECT_EQ(set.evidence[1].returned_cheap, -1) << "not known";
  EXPECT_EQ(set.evidence[1].flags, ladder::kSameBrand);
  EXPECT_EQ(set.rungs[1].family_source, static_cast<std::uint8_t>(ladder::FamilySource::kProductType));
}

TEST(WithPackSteps, TakesThePlaceAndTheCustomersOfAModelRungToTheSameProduct) {
  const Catalog catalog = ThreeProducts();
  const std::vector<PackStep> steps = {Step(ProductAt(1), StepKind::kBrand)};
  const LadderSet weak = WithPackSteps(ModelsOfA({{Grade::kWeak, 0}, {Grade::kWeak, 0}}), steps, catalog);
  EXPECT_THAT(RungsOfA(weak, catalog), ElementsAre("1 model c WEAK", "1 brand b ASSERTED"));
  const LadderSet backed = WithPackSteps(ModelsOfA({{Grade::kStatistical, ladder::kBehaviour}}), steps, catalog);
  EXPECT_THAT(RungsOfA(backed, catalog), ElementsAre("1 brand b CERTIFIED"));
  EXPECT_EQ(backed.evidence[0].upgrades, 7u);
  EXPECT_EQ(backed.evidence[0].flags, ladder::kBehaviour | ladder::kOwnToNational);
}

}  // namespace
}  // namespace awase::ladder_internal
