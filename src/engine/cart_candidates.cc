#include "cart_candidates.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "awase/cart/cart_weights.h"
#include "score.h"

namespace awase::engine {
namespace {

using relations::RelationEntry;
using relations::RelationKind;

using Roots = absl::InlinedVector<ProductIndex, 8>;

// A product, what the seeds' weights come to, and who names it most strongly.
struct Asked {
  ProductIndex root;
  float weight;
  ProductIndex seed = kNoProduct;
  const RelationEntry* entry = nullptr;
  double relevance = 0;
  bool is_substitute = false;
};

// In order, so that the answer does not depend on that of the cart.
Roots DistinctRoots(const Context& context) {
  Roots roots;
  for (const ProductIndex seed : context.seeds) roots.push_back(context.model.root(seed));
  std::sort(roots.begin(), roots.end());
  roots.erase(std::unique(roots.begin(), roots.end()), roots.end());
  return roots;
}

// By root, each once.
std::vector<Asked> SumWeights(const artefact::Model& model, const Roots& seeds) {
  absl::InlinedVector<absl::Span<const cart::CartWeight>, 8> lists;
  for (const ProductIndex seed : seeds) lists.push_back(model.cart_weights(seed));
  const std::vector<cart::CartWeight> sums = cart::SumOfLists(lists);
  std::vector<Asked> asked;
  asked.reserve(sums.size());
  for (const cart::CartWeight& sum : sums) asked.push_back({sum.other, sum.weight});
  return asked;
}

void FindEvidence(const artefact::Model& model, ProductIndex seed, std::vector<Asked>& asked) {
  const absl::Span<const RelationEntry> list = model.related(RelationKind::kBoughtTogether, seed);
  for (const RelationEntry& entry : list) {
    if (entry.source != relations::EntrySource::kCounted) continue;  // the cart's weights know more than kinds do
    const auto found = std::lower_bound(asked.begin(), asked.end(), entry.other,
                                        [](const Asked& a, ProductIndex root) { return a.root < root; });
    if (found == asked.end() || found->root != entry.other) continue;
    found->is_substitute |= entry.entry_class == relations::EntryClass::kSubstitute;
    const double relevance = Relevance(entry, list.front());
    if (found->entry != nullptr && relevance <= found->relevance) continue;
    found->seed = seed;
    found->entry = &entry;
    found->relevance = relevance;
  }
}

}  // namespace

Candidates GatherCartCandidates(const Context& context) {
  const artefact::Model& model = context.model;
  Candidates candidates;
  if (!context.placement.is_open_cart || !model.has_cart_model()) return candidates;
  const Roots seeds = DistinctRoots(context);
  if (seeds.size() < 2) return candidates;
  std::vector<Asked> asked = SumWeights(model, seeds);
  for (const ProductIndex seed : seeds) FindEvidence(model, seed, asked);
  double best = 0;
  for (const Asked& product : asked) {
    // Whom the cart speaks against is not proposed for being popular.
    if (product.entry == nullptr || !(product.weight > 0)) continue;
    const double score = static_cast<double>(product.weight) + static_cast<double>(model.cart_baseline(product.root));
    if (!(score > 0)) continue;
    best = std::max(best, score);
    candidates.push_back({.product = product.root,
                          .root = product.root,
                          .seed = product.seed,
                          .source = Source::kBoughtTogether,
                          .relation = RelationKind::kBoughtTogether,
                          .any_variant = true,
                          .is_substitute = product.is_substitute,
                          .score = score,
                          .entry = product.entry});
  }
  for (Candidate& candidate : candidates) candidate.score /= best;
  return candidates;
}

}  // namespace awase::engine
