#ifndef AWASE_ENGINE_SLOT_DRAFT_H_
#define AWASE_ENGINE_SLOT_DRAFT_H_

// What the stages hand to each other: candidates, and a slot while it is being filled. Plain data, single-thread.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "awase/base/product_index.h"
#include "awase/engine/answer.h"
#include "awase/engine/placements.h"
#include "awase/ladder/rung.h"
#include "awase/relations/relation.h"
#include "bound_rules.h"
#include "context.h"
#include "eligibility.h"

namespace awase::engine {

// Something that may be offered in a row (also_bought, lower, higher).
struct Candidate {
  // What the source names: a root when any_variant, else exactly this product. Stage 4 puts the variant to sell here.
  ProductIndex product = kNoProduct;
  ProductIndex root = kNoProduct;
  ProductIndex seed = kNoProduct;  // the product whose list or ladder it is from
  Source source = Source::kAlsoBought;
  relations::RelationKind relation = relations::RelationKind::kBoughtTogether;  // of `entry`
  bool any_variant = false;
  bool is_substitute = false;   // of one of the seeds, by its list
  bool is_last = false;         // a rule puts it behind all others
  bool is_below_floor = false;  // its relevance, whatever rules make of it, is less than what the placement shows
  std::uint8_t rung = 0;
  bool is_weak_step = false;                   // a rung that nothing but its price speaks for, and nobody vouches for
  const ladder::RungEvidence* step = nullptr;  // what speaks for a rung, if the model says
  double score = 0;
  const relations::RelationEntry* entry = nullptr;  // the evidence, if any
  const BoundPin* pin = nullptr;
  const BoundQuota* quota = nullptr;         // the rule that gave it its seat
  const BoundLadder* asserted_by = nullptr;  // the rule that vouches for the rung
  const plans::Move* move = nullptr;         // the change of plan that it stands for
};

// Whether the candidate is named for the seed's kind, author, series or brand, and not by who bought the two.
inline bool IsBackedOff(const Candidate& candidate) {
  return candidate.entry != nullptr && candidate.entry->source != relations::EntrySource::kCounted;
}

// The rule that wants the candidate here: that of its pin, or one that vouches for the rung. Null for most.
const rules::Rule* WantingRule(const Candidate& candidate);

// 64 is the trainer's default list length: one list needs no memory from the heap.
using Candidates = absl::InlinedVector<Candidate, 64>;

// A set of products to be sold together.
struct BundleDraft {
  absl::InlinedVector<ProductIndex, 4> products;  // the anchor first
  const BoundBundle* curated = nullptr;           // null for a set made from claims
  double score = 0;
  const relations::RelationEntry* entry = nullptr;  // of the first companion; null for a curated set
};

struct SlotDraft {
  SlotDraft(const SlotSpec& slot_spec, const Request& request, std::vector<TraceEntry>* trace_or_null);

  const SlotSpec& spec;
  std::uint32_t wanted;                         // offers, at least 1
  absl::InlinedVector<Candidate, 8> chosen;     // rows
  absl::InlinedVector<BundleDraft, 1> bundles;  // the bundle slot
  RemovalCounts removed{};
  std::uint32_t below_floor = 0;   // of those without evidence: below the placement's least_score
  std::string empty_reason;        // set by a stage that knows better than the counts why nothing is left
  std::vector<TraceEntry>* trace;  // null unless asked for

  bool full() const { return chosen.size() >= wanted; }
  // The chosen candidate of this root, or null.
  Candidate* FindChosen(ProductIndex root);
};

// Names a removal in the trace. REQUIRES: there is one.
void TraceRemoval(const Context& context, SlotDraft& draft, ProductIndex product, RemovalCause cause,
                  const rules::Rule* rule);

// Counts a removal and, with a trace, names it. `rule` may be null.
inline void Remove(const Context& context, SlotDraft& draft, ProductIndex product, RemovalCause cause,
                   const rules::Rule* rule = nullptr) {
  ++draft.removed[static_cast<std::size_t>(cause)];
  if (draft.trace != nullptr) TraceRemoval(context, draft, product, cause, rule);
}

// The same of a set that is not offered, once, as its product `why.product`; a trace names all its products. Where
// `why.rule` is null, the set's own rule is named. REQUIRES: why.cause.
void RemoveSet(const Context& context, SlotDraft& draft, const BundleDraft& set, const Verdict& why);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_SLOT_DRAFT_H_
