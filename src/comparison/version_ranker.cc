#include "comparison/internal/version_ranker.h"

#include <utility>

namespace awase::comparison_internal {

using evaluation::ScoredProduct;
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

absl::Span<const cart::CartWeight> VersionListRanker::cart_weights(ProductIndex product) const {
  const ProductIndex own = to_version_[Slot(product)];
  return own == kNoProduct ? absl::Span<const cart::CartWeight>() : model_->cart_weights(own);
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

std::vector<ScoredProduct> VersionCartRanker::Score(absl::Span<const ProductIndex> cart) const {
  std::vector<ScoredProduct> scored = version_.model().has_cart_model() ? ScoreByModel(cart) : ScoreByLists(cart);
  for (ScoredProduct& s : scored) s.product = version_.ToSpace(s.product);
  return scored;
}

std::vector<ScoredProduct> VersionCartRanker::ScoreByModel(absl::Span<const ProductIndex> cart) const {
  std::vector<absl::Span<const cart::CartWeight>> lists;
  for (const ProductIndex product : cart) lists.push_back(version_.cart_weights(product));
  std::vector<ScoredProduct> scored;
  for (const auto& [product, weight] : cart::SumOfLists(lists)) {
    scored.push_back({product, weight + version_.model().cart_baseline(product)});
  }
  return scored;
}

std::vector<ScoredProduct> VersionCartRanker::ScoreByLists(absl::Span<const ProductIndex> cart) const {
  std::vector<ScoredProduct> parts;
  for (const ProductIndex product : cart) {
    const absl::Span<const RelationEntry> list = version_.list(product);
    for (const RelationEntry& entry : list) parts.push_back({entry.other, entry.score / list.front().score});
  }
  return evaluation::SumByProduct(std::move(parts));
}

}  // namespace awase::comparison_internal
