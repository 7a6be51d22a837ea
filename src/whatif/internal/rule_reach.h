#ifndef AWASE_WHATIF_INTERNAL_RULE_REACH_H_
#define AWASE_WHATIF_INTERNAL_RULE_REACH_H_

// What can be said of a rule without knowing what its action does: which products it names, which pages it is about,
// and which requests it is there for.

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/time/time.h"
#include "awase/artefact/model.h"
#include "awase/base/product_index.h"
#include "awase/engine/request.h"
#include "awase/rules/rule_set.h"

namespace awase::whatif {

// All ids in the action, in its order; some may occur twice.
std::vector<std::string> NamedProducts(const rules::Rule& rule);

// How many pieces of one product a cart has where the rule has all that it asks of it: 1 for actions that ask nothing.
std::int64_t PiecesAsked(const rules::Rule& rule);

// Immutable; thread-safe to read. Borrows the rule set and the model.
class RuleReach {
 public:
  RuleReach(const artefact::Model& model, const rules::RuleSet& rules);

  // The places in the rule set of the rules that reach the request (RuleUse::reached); ascending. `page_products` are
  // those of the request. O(those products + rules without pages).
  std::vector<std::uint32_t> Reaching(const engine::Request& request, absl::Time time,
                                      const std::vector<ProductIndex>& page_products) const;

 private:
  const artefact::Model& model_;
  const rules::RuleSet& rules_;
  absl::flat_hash_map<ProductIndex, std::vector<std::uint32_t>> by_page_;
  std::vector<std::uint32_t> on_every_page_;
};

}  // namespace awase::whatif

#endif  // AWASE_WHATIF_INTERNAL_RULE_REACH_H_
