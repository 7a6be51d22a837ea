#ifndef AWASE_ENGINE_EXPLAIN_PRODUCT_H_
#define AWASE_ENGINE_EXPLAIN_PRODUCT_H_

// Why a page offers a product, or why it does not: the question that merchandisers ask most.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "awase/base/product_index.h"
#include "awase/engine/answer.h"
#include "awase/engine/recommend.h"
#include "awase/engine/request.h"
#include "awase/relations/relation.h"

namespace awase::engine {

// A rule that speaks for the product in a slot of this page, and does not apply to the request.
struct IdleRule {
  enum class Why : std::uint8_t {
    kPlacement,  // it is for other placements
    kTime,       // it is not in force yet, or not any more
    kCondition,  // what its `when` asks is not so
    kStopped,    // a stop rule keeps it from acting
  };
  std::string rule_id;
  Why why = Why::kPlacement;
  std::string stop_rule_id;  // of kStopped
  std::string text;          // why, in a few words: "its condition cart.lacks does not hold"

  friend bool operator==(const IdleRule&, const IdleRule&) = default;
};
inline constexpr std::size_t kMostIdleRules = 20;

// What became of the product in one slot.
struct SlotVerdict {
  enum class Outcome : std::uint8_t {
    kOffered,
    kRemoved,      // it was a candidate, and left
    kNoCandidate,  // nothing proposed it
  };
  std::string slot;
  Outcome outcome = Outcome::kNoCandidate;
  std::uint32_t position = 0;         // kOffered: its place in the slot, from 1
  std::optional<RemovalCause> cause;  // kRemoved
  std::string product_id;             // the variant that was offered or removed; of kNoCandidate the product asked for
  std::vector<std::string> rule_ids;  // that put, moved or removed it, its set or the whole slot
  std::string text;                   // one sentence, for the page's owner
  // Rules that would place it here (pin, bundle, rung), would open the closed slot (gate) and, where it is a candidate,
  // would move it or give it a seat (boost, quota), if they applied; by rank, the first kMostIdleRules.
  std::vector<IdleRule> idle_rules;
};

// What a list of the request's products says of the product.
struct ListMention {
  ProductIndex product = kNoProduct;  // whose list
  relations::RelationKind relation = relations::RelationKind::kBoughtTogether;
  std::uint32_t rank = 0;            // from 1
  std::optional<Evidence> evidence;  // nothing where the entry is backed off
  relations::EntrySource back_off = relations::EntrySource::kCounted;
};

struct ProductExplanation {
  bool is_known = false;              // to the model
  std::vector<SlotVerdict> slots;     // those of the answer, in display order; none for an unknown product
  std::vector<ListMention> mentions;  // by the products of the request in their order, then by relation
  Answer answer;                      // the one that is explained
};

// Answers the request, with a trace, and looks for the product in the answer. A product stands for its variants, as in
// the lists. In the answer, which offers what Recommend does, the product is judged to the end: where the last seat is
// taken before it, it is counted by what speaks against it, and as kLimit only where nothing else does. Errors as
// Recommend. Cost: one traced answer, and O(rules).
absl::StatusOr<ProductExplanation> ExplainProduct(const Snapshot& snapshot, Request request,
                                                  absl::string_view product_id, absl::Time now);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_EXPLAIN_PRODUCT_H_
