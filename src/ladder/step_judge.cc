#include "ladder/internal/step_judge.h"

#include <algorithm>
#include <cmath>

#include "awase/catalog/price_basis.h"
#include "ladder/internal/dominance.h"
#include "ladder/internal/tiers.h"

namespace awase::ladder_internal {

using catalog::Product;

// A catalogue may hold one product several times, at the prices of several years. Where nothing but a title is known,
// two of one title may still be two models.
bool StepJudge::IsSameProduct(ProductIndex a, ProductIndex b) const {
  const Product& one = catalog_.product(a);
  const Product& other = catalog_.product(b);
  return !one.title.empty() && one.title == other.title && one.brand == other.brand &&
         one.pack_quantity == other.pack_quantity && one.tier == other.tier &&
         catalog::IsSameInterval(one.subscription_interval, other.subscription_interval) && !specs_.of(a).empty() &&
         !Compare(specs_.of(a), specs_.of(b)).differs;
}

bool StepJudge::IsSameProduct(std::uint32_t a, std::uint32_t b) const {
  return member(a).title_hash == member(b).title_hash && IsSameProduct(member(a).product, member(b).product);
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
  const double price_ratio = member(cheap).is_free() ? value_ratio
                                                     : static_cast<double>(member(dear).price_minor) /
                                                           static_cast<double>(member(cheap).price_minor);
  const double widest = widest_step(cheap);
  edge.is_below_band = value_ratio < options_.min_step;
  edge.is_beyond_band = value_ratio > widest || price_ratio > widest;
  return edge;
}

bool StepJudge::IsOfKindOf(ProductIndex variant, std::uint32_t member) const {
  const Product& own = catalog_.product(variant);
  const Product& speaker = catalog_.product(this->member(member).product);
  if (!own.price.has_value() || own.price->currency != speaker.price->currency) return false;
  if (own.price->minor_units <= 0 && !catalog::IsFreePlan(own)) return false;
  if (catalog::PriceBasisOf(own) != catalog::PriceBasisOf(speaker)) return false;  // one variant may be a subscription
  return PackUnitOf(own) == PackUnitOf(speaker) && own.tier == speaker.tier;
}

std::optional<StepEdge> StepJudge::DescribeFor(ProductIndex variant, ladder::Direction direction, int steps,
                                               StepEdge edge) const {
  const bool up = direction == ladder::Direction::kHigher;
  const std::uint32_t own = up ? edge.cheap : edge.dear;
  const Member& other = member(up ? edge.dear : edge.cheap);
  if (member(own).product == variant) return edge;
  if (!IsOfKindOf(variant, own) || IsSameProduct(variant, other.product)) return std::nullopt;
  const StepSize size = SizeFor(variant, own, direction, other);
  // A pack of no sensible size has no ratio above zero that is finite.
  if (size.in_price <= 1 || !(size.in_value > 0 && std::isfinite(size.in_value))) return std::nullopt;
  if (size.in_value <= 1 && !edge.is_last_resort) return std::nullopt;
  const auto own_specs = specs_.of(variant);
  const auto other_specs = specs_.of(other.product);
  const Comparison comparison = up ? Compare(own_specs, other_specs) : Compare(other_specs, own_specs);
  edge.dominates = comparison.Dominates() || (edge.is_tier_up && comparison.worse == 0);
  edge.is_dominated = comparison.IsDominated() && !edge.is_tier_up;
  const double widest = std::pow(widest_step(own), steps);
  edge.is_below_band = size.in_value < options_.min_step;
  edge.is_beyond_band = size.in_value > widest || size.in_price > widest;
  return edge;
}

StepJudge::StepSize StepJudge::SizeFor(ProductIndex variant, std::uint32_t own, ladder::Direction direction,
                                       const Member& other) const {
  const bool up = direction == ladder::Direction::kHigher;
  const Product& product = catalog_.product(variant);
  const std::int64_t price = product.price->minor_units;
  const double value = price == 0 ? families_.families[member(own).family].free_value : ValueOf(product);
  const double value_step = up ? other.value / value : value / other.value;
  const std::int64_t cheap = up ? price : other.price_minor;
  const std::int64_t dear = up ? other.price_minor : price;
  if (cheap > 0) return {static_cast<double>(dear) / static_cast<double>(cheap), value_step};
  if (dear == 0) return {1, 1};
  // What is paid is a step from nothing, also where this variant costs less than what speaks for its root.
  const double from_nothing = std::max(value_step, options_.min_step);
  return {from_nothing, from_nothing};
}

}  // namespace awase::ladder_internal
