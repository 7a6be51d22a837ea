#include "subject_index.h"

namespace awase::engine {

bool SubjectIndex::Add(const artefact::Model& model, std::uint32_t place, const BoundSet& set) {
  if (set.set().in.products.empty()) return false;
  for (const ProductIndex product : set.products()) listed_.Add(model.root(product), place);
  return true;
}

}  // namespace awase::engine
