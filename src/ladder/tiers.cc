#include "ladder/internal/tiers.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/types/span.h"
#include "awase/base/parallel.h"
#include "awase/catalog/spec_value.h"
#include "ladder/internal/class_order.h"
#include "ladder/internal/rank_correlation.h"

namespace awase::ladder_internal {
namespace {

using ladder::LadderProblem;
using TierRanks = std::map<std::string, std::int32_t>;  // by the tier in lower case

constexpr double kShareOfLearnedTier = 0.75;

struct TierCell {
  std::uint32_t member;
  std::string name;
};

// All tiers are numbers of one unit, or none of them has one. Nothing when they are not.
std::optional<std::vector<double>> AsNumbers(const std::vector<TierCell>& cells, bool* have_unit) {
  std::vector<double> numbers;
  std::optional<catalog::SpecValue> first;
  for (const TierCell& cell : cells) {
    const catalog::SpecValue value = catalog::ParseSpecValue(cell.name);
    if (!first.has_value()) first = value;
    if (!value.IsComparableWith(*first)) return std::nullopt;
    numbers.push_back(value.number);
  }
  *have_unit = first->unit != 0;
  return numbers;
}

// Whether the products of neighbouring places are told apart by price as those of neighbouring words have to be.
// `observations` are parallel to `places`, which have no gaps.
bool GoWithPrice(const std::vector<std::int32_t>& places, const std::vector<Observation>& observations) {
  std::vector<std::vector<double>> prices;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const auto place = static_cast<std::size_t>(places[i]);
    if (place >= prices.size()) prices.resize(place + 1);
    prices[place].push_back(observations[i].y);
  }
  for (std::vector<double>& of_place : prices) std::sort(of_place.begin(), of_place.end());
  for (std::size_t p = 1; p < prices.size(); ++p) {
    if (ShareAbove(prices[p - 1], prices[p]) < kShareOfLearnedTier) return false;
  }
  return true;
}

// As AsNumbers found them; those without a unit upwards or downwards, as prices go. Nothing where they go neither way.
std::optional<TierRanks> RankNumbers(const std::vector<TierCell>& cells, const std::vector<double>& numbers,
                                     bool have_unit, absl::Span<const Member> members) {
  std::vector<double> distinct = numbers;
  std::sort(distinct.begin(), distinct.end());
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  std::vector<std::int32_t> places;
  std::vector<Observation> observations;
  for (std::size_t c = 0; c < cells.size(); ++c) {
    const auto at = std::lower_bound(distinct.begin(), distinct.end(), numbers[c]);
    places.push_back(static_cast<std::int32_t>(at - distinct.begin()));
    observations.push_back({numbers[c], members[cells[c].member].value});
  }
  const bool first_is_best = !have_unit && RankCorrelation(observations) < 0;
  if (first_is_best) {
    for (std::int32_t& place : places) place = static_cast<std::int32_t>(distinct.size()) - 1 - place;
  }
  if (!have_unit && !GoWithPrice(places, observations)) return std::nullopt;
  TierRanks ranks;
  for (std::size_t c = 0; c < cells.size(); ++c) ranks[cells[c].name] = places[c];
  return ranks;
}

std::optional<TierRanks> RankWords(const std::vector<TierCell>& cells, absl::Span<const Member> members) {
  std::vector<ClassMember> classes;
  for (const TierCell& cell : cells) classes.push_back({cell.name, std::log(members[cell.member].value)});
  std::optional<ClassOrder> order = RecogniseClasses(classes);
  if (!order.has_value()) order = LearnClasses(classes, /*min_members=*/1, kShareOfLearnedTier);
  if (!order.has_value()) return std::nullopt;
  TierRanks ranks;
  for (const auto& [name, rank] : order->ranks) ranks[name] = static_cast<std::int32_t>(rank);
  return ranks;
}

void OrderFamily(const catalog::Catalog& catalog, const Families& families, const Family& family,
                 std::vector<std::int32_t>* tiers, ProblemTally* problems) {
  std::vector<TierCell> cells;
  std::set<std::string> distinct;
  for (std::uint32_t m = family.first; m < family.last; ++m) {
    const std::string& tier = catalog.product(families.members[m].product).tier;
    std::string name = absl::AsciiStrToLower(absl::StripAsciiWhitespace(tier));
    if (name.empty()) continue;
    distinct.insert(name);
    cells.push_back({m, std::move(name)});
  }
  if (distinct.size() < 2) return;
  bool have_unit = false;
  const auto numbers = AsNumbers(cells, &have_unit);
  const std::optional<TierRanks> ranks = numbers.has_value() ? RankNumbers(cells, *numbers, have_unit, families.members)
                                                             : RankWords(cells, families.members);
  for (const TierCell& cell : cells) {
    if (ranks.has_value()) {
      (*tiers)[cell.member] = ranks->at(cell.name);
    } else {
      problems->Add(LadderProblem::Kind::kUnorderedTiers, "tier", families.members[cell.member].product);
    }
  }
}

// Members whose every product of the next tier costs no more.
void ReportInversions(const Families& families, const Family& family, const std::vector<std::int32_t>& tiers,
                      ProblemTally* problems) {
  std::map<std::int32_t, double> highest;  // value, by tier
  for (std::uint32_t m = family.first; m < family.last; ++m) {
    if (tiers[m] != kNoTier) highest[tiers[m]] = std::max(highest[tiers[m]], families.members[m].value);
  }
  for (std::uint32_t m = family.first; m < family.last; ++m) {
    if (tiers[m] == kNoTier) continue;
    const auto next = highest.upper_bound(tiers[m]);
    if (next == highest.end() || next->second > families.members[m].value) continue;
    problems->Add(LadderProblem::Kind::kTierAgainstPrice, "tier", families.members[m].product);
  }
}

}  // namespace

std::vector<std::int32_t> OrderTiers(const catalog::Catalog& catalog, const Families& families, std::size_t threads,
                                     ProblemTally* problems) {
  std::vector<std::int32_t> tiers(families.members.size(), kNoTier);
  std::vector<ProblemTally> tallies(std::max<std::size_t>(threads, 1));
  ParallelFor(threads, families.families.size(), 64, [&](std::size_t first, std::size_t last, std::size_t worker) {
    for (std::size_t f = first; f < last; ++f) {
      const Family& family = families.families[f];
      if (family.source != ladder::FamilySource::kDeclared) continue;
      OrderFamily(catalog, families, family, &tiers, &tallies[worker]);
      ReportInversions(families, family, tiers, &tallies[worker]);
    }
  });
  for (const ProblemTally& tally : tallies) problems->Merge(tally);
  return tiers;
}

}  // namespace awase::ladder_internal
