#ifndef AWASE_RELATIONS_RELATION_H_
#define AWASE_RELATIONS_RELATION_H_

// A relation: for each product a ranked list of other products, with the raw counts behind each entry.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "awase/base/product_index.h"
#include "awase/orders/unfilled_vector.h"
#include "awase/relations/entry_class.h"

namespace awase::relations {

enum class RelationKind : std::uint8_t {
  kBoughtTogether = 0,  // unit of evidence: the order
  kAlsoBought = 1,      // unit of evidence: the customer, over their orders within a window of each other
  // Directed: the list of a product holds what was bought in later orders. Unit of evidence: the customer who ordered
  // again within the window.
  kBoughtAfter = 2,
  kViewedTogether = 3,  // unit of evidence: the session
  // Directed: the list of a product holds what its viewers bought. Unit of evidence: the session that was followed by
  // an order of its customer within the window.
  kViewedBought = 4,
};
inline constexpr RelationKind kAllRelationKinds[] = {RelationKind::kBoughtTogether, RelationKind::kAlsoBought,
                                                     RelationKind::kBoughtAfter, RelationKind::kViewedTogether,
                                                     RelationKind::kViewedBought};

// "bought_together", "also_bought": the name in flags, files and the proto.
absl::string_view RelationName(RelationKind kind);
// Nothing for a name that is none.
std::optional<RelationKind> ParseRelationName(absl::string_view name);

// What the relation counts, in the plural: "orders", "customers", "sessions".
absl::string_view RelationUnits(RelationKind kind);

// One entry of a product's list. Stored as such in the artefact (docs/model_format.md), so the layout is fixed.
// With O = units_together, n_i and n_j = the units with either product, N = all units:
//   lift = O · N / (n_i · n_j), and [lift_low, lift_high] its exact 95 % Poisson interval.
struct RelationEntry {
  ProductIndex other;
  float score;                    // ranking value; comparable within one list only
  std::uint32_t units_together;   // orders (or customers) with both products
  std::uint32_t buyers_together;  // distinct buyers among them
  float lift;
  float lift_low;
  float lift_high;
  std::uint8_t is_claim;   // 1 when the evidence is enough to say it to people, else 0
  EntryClass entry_class;  // what the other product is to this one
  EntrySource source;      // anything but kCounted is backed off: no claim, and no counts of its own
  std::uint8_t reserved;   // 0

  friend bool operator==(const RelationEntry&, const RelationEntry&) = default;
};
static_assert(sizeof(RelationEntry) == 32);

// What the claim test found, for the manifest and for reasons.
struct ClaimSummary {
  double basket_size_factor = 1;   // expected together = this · n_i · n_j / N under the null that knows basket sizes
  double z_threshold = 0;          // signed root of the likelihood ratio from which on a pair passes the FDR bound
  std::uint64_t pairs_tested = 0;  // unordered pairs whose products both reach min_units
  std::uint64_t claims = 0;        // list entries that are claims
  // What KeepLastingClaims found; zeros where it was not asked.
  double margin = 0;                  // units together over expected ones, its lower bound: a claim has more
  bool margin_found = false;          // false: of the claims above no margin did enough hold; it is the largest
  std::uint64_t not_lasting = 0;      // list entries that passed the test and are no claims all the same
  std::uint64_t replicated = 0;       // pairs that earlier periods claim above the margin, by each later one that tests
  std::uint64_t replicated_held = 0;  // … and that held there
};

struct Relation {
  RelationKind kind = RelationKind::kBoughtTogether;
  std::uint64_t unit_count = 0;                   // N
  std::vector<std::uint32_t> product_units;       // n_i, per product
  std::vector<std::uint32_t> other_units;         // n_j, per product, of a directed relation; else empty: as n_i
  std::vector<std::uint64_t> offsets;             // product i's list is entries[offsets[i] … offsets[i+1])
  orders::UnfilledVector<RelationEntry> entries;  // by score descending, ties by ProductIndex
  ClaimSummary claims;

  // n_j of a product in the list of another one.
  std::uint32_t units_as_other(ProductIndex product) const {
    return (other_units.empty() ? product_units : other_units)[Slot(product)];
  }
  absl::Span<const RelationEntry> list(ProductIndex product) const {
    return absl::MakeConstSpan(entries).subspan(offsets[Slot(product)],
                                                offsets[Slot(product) + 1] - offsets[Slot(product)]);
  }
};

// How much more often than n_i · n_j / N two products meet by chance: the factor that knows basket sizes, or 1 where
// that is below 1. As for claims.
double ChanceOf(const Relation& relation);

// How much more often than by `chance` the entry's products meet, as a logarithm (pointwise mutual information); 0
// where that is no more often.
double PositiveAssociation(const RelationEntry& entry, double chance);

}  // namespace awase::relations

#endif  // AWASE_RELATIONS_RELATION_H_
