#include "ladder/internal/step_judge.h"

#include "ladder/internal/dominance.h"
#include "ladder/internal/tiers.h"

namespace awase::ladder_internal {

using catalog::Product;

// A catalogue may hold one product several times, at the prices of several years. Where nothing but a title is known,
// two of one title may still be two models.
bool StepJudge::IsSameProduct(std::uint32_t a, std::uint32_t b) const {
  if (member(a).title_hash != member(b).title_hash) return false;
  const Product& one = catalog_.product(member(a).product);
  const Product& other = catalog_.product(member(b).product);
  return !one.title.empty() && one.title == other.title && one.brand == other.brand &&
         one.pack_quantity == other.pack_quantity && one.tier == other.tier &&
         one.subscription_interval == other.subscription_interval && !specs_.of(member(a).product).empty() &&
         !Compare(specs_.of(member(a).product), specs_.of(member(b).product)).differs;
}

bool StepJudge::IsSameSeries(std::uint32_t a, std::uint32_t b) const {
  const Product& one = catalog_.product(member(a).product);
  const Product& other = catalog_.product(member(b).product);
  return !one.series.empty() && one.series == other.series && one.brand == other.brand;
}

bool StepJudge::IsStepByPrice(std::uint32_t cheap, std::uint32_t dear) const {
  if (member(dear).price_minor <= member(cheap).price_minor) return false;
  const std::int32_t from = tiers_[cheap];
  const std::int32_t to = tiers_[dear];
  if (from != kNoTier && to != kNoTier && to < from) return false;
  return !IsSameProduct(cheap, dear);
}

bool StepJudge::SkipsTier(std::uint32_t cheap, std::uint32_t dear) const {
  return tiers_[cheap] != kNoTier && tiers_[dear] > tiers_[cheap] + 1;
}

bool StepJudge::IsStep(std::uint32_t cheap, std::uint32_t dear) const {
  return member(dear).value > member(cheap).value && IsStepByPrice(cheap, dear);
}

StepEdge StepJudge::Describe(std::uint32_t cheap, std::uint32_t dear) const {
  StepEdge edge;
  edge.cheap = cheap;
  edge.dear = dear;
  const Comparison comparison = Compare(specs_.of(member(cheap).product), specs_.of(member(dear).product));
  const std::int32_t from = tiers_[cheap];
  const std::int32_t to = tiers_[dear];
  edge.is_tier_up = from != kNoTier && to > from;
  // A higher tier is a better class, as any ordered spec.
  edge.dominates = comparison.Dominates() || (edge.is_tier_up && comparison.worse == 0);
  edge.is_dominated = comparison.IsDominated() && !edge.is_tier_up;
  const double value_ratio = member(dear).value / member(cheap).value;
  const double price_ratio =
      static_cast<double>(member(dear).price_minor) / static_cast<double>(member(cheap).price_minor);
  const double widest = widest_step(cheap);
  edge.is_beyond_band = value_ratio < options_.min_step || value_ratio > widest || price_ratio > widest;
  return edge;
}

}  // namespace awase::ladder_internal
