#include "lists/internal/scored_lists.h"

#include <algorithm>

namespace awase::lists_internal {

using relations::RelationEntry;

namespace {

// μS of products that nobody can be near to would count for nothing and yet weigh.
lists::ListSettings WithoutSimilarUnless(bool has_near, lists::ListSettings settings) {
  if (!has_near) settings.similar_orders = 0;
  return settings;
}

}  // namespace

ScoredLists::ScoredLists(const relations::Relation& counted, std::size_t counted_length,
                         const orders::BasketSet& baskets, const lists::ProductTypes& types,
                         const std::optional<similarity::NearProducts>& near, const lists::ListSettings& settings)
    : counted_(counted),
      counted_length_(counted_length),
      index_(baskets),
      shares_(SharesOf(baskets, settings.ranking)),
      transitions_(baskets, types, shares_),
      back_off_(shares_, transitions_, settings),
      scorer_(shares_, LogTrends(baskets, settings.ranking), counted.product_units,
              WithoutSimilarUnless(near.has_value(), settings)),
      pages_(ExpectedPages(baskets, settings.expected_cases)) {
  if (near.has_value() && settings.similar_orders > 0) similar_.emplace(counted, shares_, *near);
}

void ScoredLists::Score(ProductIndex anchor, orders::RowCounter* counter, std::vector<Scored>* scored) const {
  scored->clear();
  const absl::Span<const RelationEntry> list = counted_.list(anchor);
  const std::vector<SimilarShare> similar = similar_.has_value() ? similar_->Of(anchor) : std::vector<SimilarShare>();
  const auto add = [&](ProductIndex product, double orders, std::uint32_t place) {
    const Candidate candidate{product, static_cast<float>(orders), transitions_(anchor, product),
                              transitions_.SameType(anchor, product), ShareOf(similar, product)};
    scored->push_back({product, scorer_(anchor, candidate), place});
  };
  for (std::uint32_t place = 0; place < list.size(); ++place) {
    add(list[place].other, list[place].score / shares_.mean_weight, place);
  }
  if (list.size() >= counted_length_) return;
  const std::vector<ProductIndex> backed_off = back_off_.CandidatesOf(anchor);
  if (backed_off.empty()) return;
  std::vector<ProductIndex> met;
  for (const orders::RowCounter::Pair& pair : counter->Count(anchor)) met.push_back(pair.other);
  std::sort(met.begin(), met.end());
  for (const ProductIndex product : backed_off) {
    if (product != anchor && !std::binary_search(met.begin(), met.end(), product)) add(product, 0, kNotCounted);
  }
}

relations::EntrySource ScoredLists::SourceOf(ProductIndex anchor, ProductIndex backed_off) const {
  return transitions_(anchor, backed_off) > shares_.shares[Slot(backed_off)] ? relations::EntrySource::kType
                                                                             : relations::EntrySource::kPopularity;
}

std::vector<ProductIndex> ScoredLists::ByPages() const {
  std::vector<ProductIndex> products;
  for (std::size_t p = 0; p < pages_.size(); ++p) products.push_back(ProductAt(p));
  std::stable_sort(products.begin(), products.end(),
                   [this](ProductIndex a, ProductIndex b) { return pages_[Slot(a)] > pages_[Slot(b)]; });
  return products;
}

}  // namespace awase::lists_internal
