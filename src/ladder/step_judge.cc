#include "ladder/internal/step_judge.h"

#include <cmath>

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
         one.subscription_interval == other.subscription_interval && !specs_.of(a).empty() &&
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
  const double price_ratio =
      static_cast<double>(member(dear).price_minor) / static_cast<double>(member(cheap).price_minor);
  const double widest = widest_step(cheap);
  edge.is_below_band = value_ratio < options_.min_step;
  edge.is_beyond_band = value_ratio > widest || price_ratio > widest;
  return edge;
}

bool StepJudge::IsOfKindOf(ProductIndex variant, std::uint32_t member) const {
  const Product& own = catalog_.product(variant);
  const Product& speaker = catalog_.product(this->member(member).product);
  if (!own.price.has_value() || own.price->minor_units <= 0 || own.price->currency != speaker.price->currency) {
    return false;
  }
  // One variant may be a subscription and another one not: see families.cc.
  if (own.subscription_interval.empty() != speaker.subscription_interval.empty()) return false;
  return PackUnitOf(own) == PackUnitOf(speaker) && own.tier == speaker.tier;
}

std::optional<StepEdge> StepJudge::DescribeFor(ProductIndex variant, ladder::Direction direction, int steps,
                                               StepEdge edge) const {
  const bool up = direction == ladder::Direction::kHigher;
  const std::uint32_t own = up ? edge.cheap : edge.dear;
  const Member& other = member(up ? edge.dear : edge.cheap);
  if (member(own).product == variant) return edge;
  if (!IsOfKindOf(variant, own) || IsSameProduct(variant, other.product)) return std::nullopt;
  const Product& product = catalog_.product(variant);
  const double price_ratio = static_cast<double>(other.price_minor) / static_cast<double>(product.price->minor_units);
  const double value_ratio = other.value / ValueOf(product);
  // A pack of no sensible size has no ratio above zero that is finite.
  const double price_step = up ? price_ratio : 1 / price_ratio;
  const double value_step = up ? value_ratio : 1 / value_ratio;
  if (price_step <= 1 || !(value_step > 0 && std::isfinite(value_step))) return std::nullopt;
  if (value_step <= 1 && !edge.is_last_resort) return std::nullopt;
  const auto own_specs = specs_.of(variant);
  const auto other_specs = specs_.of(other.product);
  const Comparison comparison = up ? Compare(own_specs, other_specs) : Compare(other_specs, own_specs);
  edge.dominates = comparison.Dominates() || (edge.is_tier_up && comparison.worse == 0);
  edge.is_dominated = comparison.IsDominated() && !edge.is_tier_up;
  const double widest = std::pow(widest_step(own), steps);
  edge.is_below_band = value_step < options_.min_step;
  edge.is_beyond_band = value_step > widest || price_step > widest;
  return edge;
}

}  // namespace awase::ladder_internal
