#include "awase/catalog/pack_unit.h"

#include <cstdint>
#include <optional>
#include <set>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace awase::catalog {
namespace {

constexpr auto kLast = static_cast<std::uint8_t>(PackUnit::kTube);

TEST(PackUnit, IsReadInTheFormsOfLabels) {
  EXPECT_EQ(ParsePackUnit("KG"), PackUnit::kKilogram);
  EXPECT_EQ(ParsePackUnit("Fl. Oz."), PackUnit::kFluidOunce);
  EXPECT_EQ(ParsePackUnit("oz wt"), PackUnit::kWeightOunce);
  EXPECT_EQ(ParsePackUnit("count"), PackUnit::kPiece);
  EXPECT_EQ(ParsePackUnit("本"), PackUnit::kPiece);
  EXPECT_EQ(ParsePackUnit("m²"), PackUnit::kSquareMetre);
  for (const char* text :
       {"", "shots", "z", "c", "kgkg", "500 g", "a very long text that is no unit of anything at all"}) {
    EXPECT_EQ(ParsePackUnit(text), std::nullopt) << text;
  }
}

TEST(PackUnit, ReadsItsOwnNames) {
  for (std::uint8_t i = 0; i <= kLast; ++i) {
    const auto unit = static_cast<PackUnit>(i);
    EXPECT_EQ(ParsePackUnit(UnitName(unit)), unit);
    ASSERT_TRUE(ParsePackUnit(BaseUnitName(unit)).has_value()) << BaseUnitName(unit);
    const PackUnit base = *ParsePackUnit(BaseUnitName(unit));
    EXPECT_EQ(DimensionOf(base), DimensionOf(unit));
    EXPECT_EQ(BaseUnitsIn(base), Ratio(1));
  }
}

// A box may hold a hundred pieces, and a bag of it ten.
TEST(PackUnit, ComparesEachContainerWithItselfAlone) {
  std::set<absl::string_view> bases = {"piece"};
  for (const char* word : {"pk", "bag", "bottle", "box", "can", "carton", "cup", "jar", "pouch", "tube"}) {
    const std::optional<PackUnit> unit = ParsePackUnit(word);
    ASSERT_TRUE(unit.has_value()) << word;
    EXPECT_EQ(DimensionOf(*unit), Dimension::kContainer) << word;
    EXPECT_TRUE(bases.insert(BaseUnitName(*unit)).second) << word;
  }
  EXPECT_EQ(ParsePackUnit("Boxes"), ParsePackUnit("箱"));
  EXPECT_EQ(ParsePackUnit("pack"), ParsePackUnit("パック"));
}

// By the definitions: a pound is 0.45359237 kg, an inch 25.4 mm, a gallon 231 cubic inches.
TEST(PackUnit, ConvertsExactly) {
  EXPECT_EQ(BaseUnitsIn(PackUnit::kPound), Ratio::ParseDecimal("453.59237"));
  EXPECT_EQ(Multiply(BaseUnitsIn(PackUnit::kWeightOunce), 16), BaseUnitsIn(PackUnit::kPound));
  EXPECT_EQ(BaseUnitsIn(PackUnit::kGallon), Multiply(*Ratio::ParseDecimal("16.387064"), 231));
  EXPECT_EQ(Multiply(BaseUnitsIn(PackUnit::kFluidOunce), 128), BaseUnitsIn(PackUnit::kGallon));
  EXPECT_EQ(Multiply(BaseUnitsIn(PackUnit::kPint), 2), BaseUnitsIn(PackUnit::kQuart));
  EXPECT_EQ(Multiply(BaseUnitsIn(PackUnit::kQuart), 4), BaseUnitsIn(PackUnit::kGallon));
  EXPECT_EQ(Multiply(BaseUnitsIn(PackUnit::kFoot), 3), BaseUnitsIn(PackUnit::kYard));
  EXPECT_EQ(Multiply(BaseUnitsIn(PackUnit::kFoot), BaseUnitsIn(PackUnit::kFoot)), BaseUnitsIn(PackUnit::kSquareFoot));
}

}  // namespace
}  // namespace awase::catalog
