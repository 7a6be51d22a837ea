#include "ladder/internal/class_order.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "absl/strings/string_view.h"

namespace awase::ladder_internal {
namespace {

using Source = ClassOrder::Source;

struct Scale {
  Source source;
  std::vector<absl::string_view> steps;
};

// All together: {"l", "m"} is on two of them.
const std::vector<Scale>& Scales() {
  static const auto& scales = *new std::vector<Scale>{
      {Source::kQualityScale, {"l", "m", "h"}},
      {Source::kQualityScale, {"low", "medium", "high"}},
      {Source::kQualityScale, {"low", "mid", "high"}},
      {Source::kQualityScale, {"entry", "mid", "high"}},
      {Source::kQualityScale, {"good", "better", "best"}},
      {Source::kQualityScale, {"bronze", "silver", "gold", "platinum", "diamond"}},
      {Source::kQualityScale, {"economy", "premium economy", "business", "first"}},
      {Source::kQualityScale, {"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"}},
      {Source::kSize, {"xxs", "xs", "s", "m", "l", "xl", "xxl", "xxxl"}},
      {Source::kSize, {"small", "medium", "large", "extra large"}},
      {Source::kSize, {"mini", "small", "medium", "large", "jumbo"}},
      {Source::kYesNo, {"no", "yes"}},
      {Source::kYesNo, {"false", "true"}},
      {Source::kYesNo, {"without", "with"}},
  };
  return scales;
}

using Ranks = std::map<std::string, std::uint32_t>;

// Ranks of the names on the scale, from 0 without gaps; nothing when one is not on it.
std::optional<Ranks> RanksOn(const Scale& scale, const std::set<std::string>& names) {
  Ranks ranks;
  for (const absl::string_view step : scale.steps) {
    const auto found = names.find(std::string(step));
    if (found != names.end()) ranks.emplace(*found, static_cast<std::uint32_t>(ranks.size()));
  }
  if (ranks.size() != names.size()) return std::nullopt;
  return ranks;
}

}  // namespace

double ShareAbove(const std::vector<double>& lower, const std::vector<double>& higher) {
  double wins = 0;
  for (const double price : higher) {
    const auto range = std::equal_range(lower.begin(), lower.end(), price);
    wins += static_cast<double>(range.first - lower.begin()) + 0.5 * static_cast<double>(range.second - range.first);
  }
  return wins / (static_cast<double>(lower.size()) * static_cast<double>(higher.size()));
}

std::optional<ClassOrder> RecogniseClasses(absl::Span<const ClassMember> members) {
  std::set<std::string> names;
  for (const ClassMember& member : members) names.insert(member.name);
  if (names.size() < 2) return std::nullopt;
  std::optional<ClassOrder> only;
  for (const Scale& scale : Scales()) {
    std::optional<Ranks> ranks = RanksOn(scale, names);
    if (!ranks.has_value()) continue;
    if (only.has_value() && only->ranks != *ranks) return std::nullopt;
    if (!only.has_value()) only = ClassOrder{scale.source, *std::move(ranks)};
  }
  return only;
}

std::optional<ClassOrder> LearnClasses(absl::Span<const ClassMember> members, std::size_t min_members,
                                       double min_share) {
  std::map<std::string, std::vector<double>> prices;
  for (const ClassMember& member : members) prices[member.name].push_back(member.log_price);
  if (prices.size() < 2) return std::nullopt;
  std::vector<std::pair<double, const std::string*>> by_median;
  for (auto& [name, of_class] : prices) {
    if (of_class.size() < min_members) return std::nullopt;
    std::sort(of_class.begin(), of_class.end());
    by_median.emplace_back(of_class[of_class.size() / 2], &name);
  }
  std::sort(by_median.begin(), by_median.end(),
            [](const auto& a, const auto& b) { return std::tie(a.first, *a.second) < std::tie(b.first, *b.second); });
  ClassOrder order{ClassOrder::Source::kPrice, {}};
  for (std::size_t c = 0; c < by_median.size(); ++c) {
    if (c > 0 && ShareAbove(prices[*by_median[c - 1].second], prices[*by_median[c].second]) < min_share) {
      return std::nullopt;
    }
    order.ranks.emplace(*by_median[c].second, static_cast<std::uint32_t>(c));
  }
  return order;
}

}  // namespace awase::ladder_internal
