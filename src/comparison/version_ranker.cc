#include "comparison/internal/version_ranker.h"

#include <utility>

namespace awase::comparison_internal {

using relations::RelationEntry;
using relations::RelationKind;

VersionListRanker::VersionListRanker(std::shared_ptr<const artefact::Model> model, std::vector<ProductIndex> to_space,
                                     std::size_t space_size)
    : model_(std::move(model)), to_space_(std::move(to_space)), to_version_(space_size, kNoProduct) {
  for (std::size_t p = 0; p < to_space_.size(); ++p) to_version_[Slot(to_space_[p])] = model_->root(ProductAt(p));
}

absl::Span<const RelationEntry> VersionListRanker::list(ProductIndex product) const {
  const ProductIndex own = to_version_[Slot(product)];
  return own == kNoProduct ? absl::Span<const RelationEntry>() : model_->related(RelationKind::kBoughtTogether, own);
}

std::uint32_t VersionListRanker::units(ProductIndex product) const {
  const ProductIndex own = to_version_[Slot(product)];
  return own == kNoProduct ? 0 : model_->units(RelationKind::kBoughtTogether, own);
}

std::vector<ProductIndex> VersionListRanker::Top(ProductIndex anchor, std::size_t count) const {
  std::vector<ProductIndex> top;
  for (const RelationEntry& entry : list(anchor).first(std::min(count, list(anchor).size()))) {
    top.push_back(ToSpace(entry.other));
  }
  return top;
}

}  // namespace awase::comparison_internal
