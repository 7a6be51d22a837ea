#ifndef AWASE_ENGINE_EXPLAIN_PRODUCT_H_
#define AWASE_ENGINE_EXPLAIN_PRODUCT_H_

// Why a page offers a product, or why it does not: the question that merchandisers ask most.

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
  std::vector<std::string> rule_ids;  // that put, moved or removed it
  std::string text;                   // one sentence, for the page's owner
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
// the lists. Errors as Recommend. Cost: one traced answer.
absl::StatusOr<ProductExplanation> ExplainProduct(const Snapshot& snapshot, Request request,
                                                  absl::string_view product_id, absl::Time now);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_EXPLAIN_PRODUCT_H_
