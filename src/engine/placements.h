#ifndef AWASE_ENGINE_PLACEMENTS_H_
#define AWASE_ENGINE_PLACEMENTS_H_

// The nine built-in placements and their slots: one table, constant data, thread-safe.

#include <cstddef>
#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "awase/engine/answer.h"

namespace awase::engine {

// What a slot shows, which also says where its candidates come from:
//   kBundle      curated bundles of the rules, else claims of bought_together
//   kAlsoBought  the relation also_bought, or bought_together where the model has no also_bought
//   kLower, kHigher  the page product's rungs
enum class SlotKind : std::uint8_t { kBundle, kAlsoBought, kLower, kHigher };

// What a set made of claims may be; see claims_set.h.
struct BundleSpec {
  std::uint32_t most_products = 4;  // the anchor among them; curated sets may have four as well
  // The third and the fourth product join when their gain is this share of the second one's score. A set of three is
  // sold where two of its pairs are claims and the third product sells well enough; people drop out when a set is long,
  // so that the fourth must be claimed with more than the anchor: by the anchor alone it reaches 2/3 at most.
  double least_gain_of_third = 0.3;
  double least_gain_of_fourth = 0.7;
  // The list price of the set over the anchor's, at most: what four products of its price cost. Nobody who looks at a
  // film buys the camera with it.
  double most_price_ratio = 4;
};

struct SlotSpec {
  SlotKind kind;
  absl::string_view name;
  Intent intent;
  std::uint32_t count;  // offers unless the request says how many
  std::uint32_t most;   // … and no more than this whatever it says
  BundleSpec set = {};  // kBundle only
};

struct Placement {
  absl::string_view name;
  bool needs_product;                // it is about one product: a request without product_ids is an error
  bool cart_speaks;                  // the cart's products bring candidates too; elsewhere the cart only removes
  bool is_open_cart;                 // what is in the cart may still grow: its products are asked about as a whole
  bool advises_plans;                // lower and higher say which plan fits, where usage or options are given
  absl::Span<const SlotSpec> slots;  // in display order
};

// Nothing for an unknown name.
const Placement* FindPlacement(absl::string_view name);
absl::Span<const Placement> AllPlacements();

// One bit per placement, by its place in AllPlacements(); 0 for an unknown name.
using PlacementMask = std::uint16_t;
inline constexpr PlacementMask kEveryPlacement = 0xFFFF;
PlacementMask MaskOf(absl::string_view name);
PlacementMask MaskOf(const Placement& placement);

// The kind of the slot that every placement calls by this name; nothing for an unknown one.
std::optional<SlotKind> FindSlotKind(absl::string_view slot_name);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_PLACEMENTS_H_
