#include "engine/placements.h"

#include "absl/strings/str_cat.h"
#include "awase/rules/load_rules.h"
#include "tests/unit/engine/shop.h"

namespace awase::engine {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> SlotNames(absl::string_view placement) {
  std::vector<std::string> names;
  for (const SlotSpec& slot : FindPlacement(placement)->slots) names.emplace_back(slot.name);
  return names;
}

TEST(Placements, AreNineWithTheirSlotsInDisplayOrder) {
  EXPECT_EQ(AllPlacements().size(), 9U);
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
  for (const Placement& placement : AllPlacements()) {
    EXPECT_EQ(all & MaskOf(placement), 0) << placement.name;
    EXPECT_EQ(MaskOf(placement.name), MaskOf(placement));
    all = static_cast<PlacementMask>(all | MaskOf(placement));
  }
  EXPECT_EQ(all & kEveryPlacement, all);
}

TEST(Placements, UnknownNamesAreNothing) {
  EXPECT_EQ(FindPlacement("landing_page"), nullptr);
  EXPECT_EQ(MaskOf("landing_page"), 0);
  EXPECT_EQ(FindSlotKind("sidebar"), std::nullopt);
  EXPECT_EQ(FindSlotKind("also_bought"), SlotKind::kAlsoBought);
}

// The rules' own lists are a lower layer's: they cannot be read from this one's table.
TEST(Placements, AndSlotsAreThoseThatRulesAreCheckedAgainst) {
  for (const Placement& placement : AllPlacements()) {
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
