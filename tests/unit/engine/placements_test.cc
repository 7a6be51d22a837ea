#include "awase/engine/placements.h"

#include "absl/strings/str_cat.h"
#include "awase/rules/load_rules.h"
#include "tests/unit/engine/shop.h"

namespace awase::engine {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> SlotNames(absl::string_view placement) {
  std::vector<std::string> names;
  for (const SlotSpec& slot : PlacementTable::BuiltIn()->Find(placement)->slots) names.emplace_back(slot.name);
  return names;
}

TEST(Placements, AreNineWithTheirSlotsInDisplayOrder) {
  EXPECT_EQ(PlacementTable::BuiltIn()->all().size(), 9U);
  EXPECT_THAT(SlotNames("product_page"), ElementsAre("bundle", "also_bought", "lower", "higher"));
  EXPECT_THAT(SlotNames("cart"), ElementsAre("bundle", "also_bought"));
  EXPECT_THAT(SlotNames("checkout"), ElementsAre("also_bought"));
  EXPECT_THAT(SlotNames("post_purchase"), ElementsAre("also_bought"));
  EXPECT_THAT(SlotNames("mail"), ElementsAre("bundle", "also_bought"));
  EXPECT_THAT(SlotNames("plan_page"), ElementsAre("lower", "higher", "also_bought"));
  EXPECT_THAT(SlotNames("renewal"), ElementsAre("lower", "higher", "also_bought"));
  EXPECT_THAT(SlotNames("trial_end"), ElementsAre("lower", "higher"));
  EXPECT_THAT(SlotNames("usage_alert"), ElementsAre("higher", "also_bought", "lower"));
}

TEST(Placements, EachHasItsOwnMaskBit) {
  PlacementMask all = 0;
  for (const Placement& placement : PlacementTable::BuiltIn()->all()) {
    EXPECT_EQ(all & placement.mask, 0U) << placement.name;
    EXPECT_EQ(PlacementTable::BuiltIn()->MaskOf(placement.name), placement.mask);
    all |= placement.mask;
  }
  EXPECT_EQ(all & kEveryPlacement, all);
}

TEST(Placements, UnknownNamesAreNothing) {
  EXPECT_EQ(PlacementTable::BuiltIn()->Find("landing_page"), nullptr);
  EXPECT_EQ(PlacementTable::BuiltIn()->MaskOf("landing_page"), 0U);
  EXPECT_EQ(FindStandardSlot("sidebar"), nullptr);
  EXPECT_EQ(FindStandardSlot("also_bought")->kind, SlotKind::kAlsoBought);
}

// The rules' own lists are a lower layer's: they cannot be read from this one's table.
TEST(Placements, AndSlotsAreThoseThatRulesAreCheckedAgainst) {
  for (const Placement& placement : PlacementTable::BuiltIn()->all()) {
    for (const SlotSpec& slot : placement.slots) {
      if (slot.kind == SlotKind::kBundle) continue;  // takes no pins
      const rules::RuleFile file{"r.yaml", absl::StrCat("rules:\n- {id: r, placements: [", placement.name,
                                                        "], pin: {product: p, slot: ", slot.name, "}}\n")};
      EXPECT_TRUE(rules::LoadRules({&file, 1}, nullptr).diagnostics.empty()) << file.content;
    }
  }
}

}  // namespace
}  // namespace awase::engine
