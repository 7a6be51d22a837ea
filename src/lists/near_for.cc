#include "lists/internal/near_for.h"

#include "awase/lists/rank_lists.h"

namespace awase::lists_internal {

std::optional<similarity::NearProducts> NearFor(const relations::Relation& counted, const lists::ListSettings& settings,
                                                std::size_t threads) {
  if (!(settings.similar_orders > 0) || !lists::CanRankBySimilar(counted.product_units.size())) return std::nullopt;
  similarity::NearOptions options;
  options.threads = threads;
  return similarity::NearProducts(counted, options);
}

}  // namespace awase::lists_internal
