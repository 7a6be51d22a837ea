#ifndef AWASE_WHATIF_INTERNAL_ANSWER_CHANGE_H_
#define AWASE_WHATIF_INTERNAL_ANSWER_CHANGE_H_

// Two answers to the same request, held against each other. Pure functions.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "awase/base/product_index.h"
#include "awase/engine/answer.h"
#include "awase/whatif/compare.h"

namespace awase::whatif {

// How many offers of a slot differ, in which way; see SlotChange.
struct OfferCounts {
  std::uint32_t gained = 0;
  std::uint32_t lost = 0;
  std::uint32_t moved = 0;
  std::uint32_t repriced = 0;
  std::uint32_t reworded = 0;

  bool any() const { return (gained | lost | moved | repriced | reworded) != 0; }
};

// `with_text`: sentences were asked for. O(offers²), of which a slot has at most 50.
OfferCounts CompareSlots(const engine::Slot& before, const engine::Slot& after, bool with_text);

// Ascending, each once.
void SortRuleIds(std::vector<std::string>& ids);

// The products that the answer offers in whatever slot, without the page's product of sets; ascending, distinct.
std::vector<ProductIndex> OfferedProducts(const engine::Answer& answer);

// The rules that put, moved or priced an offer of the answer, took one away, decided about an intent, stopped another
// rule, and those that made the cart cheaper or gave it a benefit that it has reached; ascending, distinct. REQUIRES:
// the answer has a trace.
std::vector<std::string> FiredRules(const engine::Answer& answer);

// The rules that have a hand in what differs in the slot at `position`: those of the offers that differ, those that
// took such an offer away, and those that fired in one of the two slots only. Where there are none, the slot differs
// because another one of the page does, and it is the rules behind any of these, else all that fired. Ascending.
Change<std::vector<std::string>> RulesBehind(const engine::Answer& before, const engine::Answer& after,
                                             std::size_t position, const artefact::Model& model);

}  // namespace awase::whatif

#endif  // AWASE_WHATIF_INTERNAL_ANSWER_CHANGE_H_
