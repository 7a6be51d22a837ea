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

struct SlotSpec {
  SlotKind kind;
  absl::string_view name;
  Intent intent;
  std::uint32_t count;  // offers unless the request says how many
  std::uint32_t most;   // … and no more than this whatever it says
};

struct Placement {
  absl::string_view name;
  bool needs_product;                // it is about one product: a request without product_ids is an error
  bool cart_speaks;                  // the cart's products bring candidates too; elsewhere the cart only removes
  bool is_open_cart;                 // what is in the cart may still grow: its products are asked about as a whole
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
