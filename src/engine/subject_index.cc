#include "subject_index.h"

namespace awase::engine {

bool SubjectIndex::Add(const artefact::Model& model, std::uint32_t place, const BoundSet& set) {
  if (set.set().in.products.empty()) return false;
  for (const ProductIndex product : set.products()) {
    auto& places = listed_[model.root(product)];
    if (places.empty() || places.back() != place) places.push_back(place);  // variants have one root
  }
  return true;
}

absl::Span<const std::uint32_t> SubjectIndex::Listing(ProductIndex root) const {
  const auto found = listed_.find(root);
  if (found == listed_.end()) return {};
  return found->second;
}

}  // namespace awase::engine
