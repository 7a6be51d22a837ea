#ifndef AWASE_ENGINE_PLACEMENTS_H_
#define AWASE_ENGINE_PLACEMENTS_H_

// Placements and their slots: the nine that are built in, and the shop's own.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

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
  absl::string_view name;  // of one of StandardSlots()
  Intent intent;
  std::uint32_t count;  // offers unless the request says how many
  std::uint32_t most;   // … and no more than this whatever it says
  // Where slots compete for room in the answer, or one of lower and higher must yield: the larger one comes first.
  std::int32_t priority = 0;
  BundleSpec set = {};  // kBundle only
};

// The slots that a placement may have, each with its usual number of offers.
absl::Span<const SlotSpec> StandardSlots();

// Null for an unknown name.
const SlotSpec* FindStandardSlot(absl::string_view name);

// One bit per placement of a table.
using PlacementMask = std::uint64_t;
inline constexpr PlacementMask kEveryPlacement = ~PlacementMask{0};
inline constexpr std::size_t kMostPlacements = 64;

struct Placement {
  std::string name;
  bool needs_product = false;  // it is about one product: a request without product_ids is an error
  bool cart_speaks = false;    // the cart's products bring candidates too; elsewhere the cart only removes
  bool is_open_cart = false;   // what is in the cart may still grow: its products are asked about as a whole
  bool cart_is_paid = false;   // what it cost is settled: nothing of it is priced or reached any more
  // Who looks at the page's product and at what goes with it thinks of both: offers are priced beside it, as in a cart.
  bool prices_page_product = false;
  bool advises_plans = false;  // lower and higher say which plan fits, where usage or options are given
  bool ends_trial = false;     // of plans: a decision is due, so that no advice comes too early
  // lower and higher are there to be compared. Elsewhere the one that speaks first keeps the other one silent.
  bool side_by_side = false;
  std::optional<std::uint32_t> max_offers = std::nullopt;  // in the whole answer; a set is one
  double least_score = 0;       // of what is bought with a product; 0 = any. Rules and ladders are not scored
  std::vector<SlotSpec> slots;  // in display order
  PlacementMask mask = 0;       // its own bit; the table says which
};

// All placements that requests may name. Immutable; thread-safe.
class PlacementTable {
 public:
  static const std::shared_ptr<const PlacementTable>& BuiltIn();

  // The built-in ones, of which `configured` may replace some by name, and behind them the others.
  // REQUIRES: distinct names; kMostPlacements in all at most.
  static std::shared_ptr<const PlacementTable> With(std::vector<Placement> configured);

  // Null for an unknown name. O(placements).
  const Placement* Find(absl::string_view name) const;

  // 0 for an unknown name.
  PlacementMask MaskOf(absl::string_view name) const;

  absl::Span<const Placement> all() const { return placements_; }
  std::vector<std::string> names() const;

 private:
  explicit PlacementTable(std::vector<Placement> placements);

  std::vector<Placement> placements_;
};

}  // namespace awase::engine

#endif  // AWASE_ENGINE_PLACEMENTS_H_
