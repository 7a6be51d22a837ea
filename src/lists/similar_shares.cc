#include "lists/internal/similar_shares.h"

#include <algorithm>

#include "absl/types/span.h"

namespace awase::lists_internal {
namespace {

using relations::RelationEntry;
using similarity::NearProduct;

constexpr std::size_t kEntriesOfEach = 64;

}  // namespace

std::vector<SimilarShare> SimilarShares::Of(ProductIndex i) const {
  std::vector<SimilarShare> parts;
  double orders = 0;
  for (const NearProduct& near : near_.Of(i)) {
    orders += static_cast<double>(near.cosine) * shares_.orders[Slot(near.product)];
    const absl::Span<const RelationEntry> list = counted_.list(near.product);
    for (const RelationEntry& entry : list.first(std::min(kEntriesOfEach, list.size()))) {
      if (entry.other != i) parts.push_back({entry.other, near.cosine * entry.score});
    }
  }
  if (!(orders > 0)) return {};
  // Those of one product stay in the order of its neighbours, so that sums are always the same.
  std::stable_sort(parts.begin(), parts.end(),
                   [](const SimilarShare& a, const SimilarShare& b) { return a.product < b.product; });
  std::vector<SimilarShare> shares;
  for (const SimilarShare& part : parts) {
    if (shares.empty() || shares.back().product != part.product) shares.push_back({part.product, 0});
    shares.back().share += part.share;
  }
  const auto scale = static_cast<float>(1 / (orders * shares_.mean_weight));
  for (SimilarShare& share : shares) share.share *= scale;
  return shares;
}

float ShareOf(const std::vector<SimilarShare>& shares, ProductIndex j) {
  const auto found =
      std::lower_bound(shares.begin(), shares.end(), j,
                       [](const SimilarShare& share, ProductIndex wanted) { return share.product < wanted; });
  return found != shares.end() && found->product == j ? found->share : 0;
}

}  // namespace awase::lists_internal
