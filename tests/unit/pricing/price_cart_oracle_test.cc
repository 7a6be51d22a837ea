// One discount against a search through all ways to choose its units and to put them together as sets.

#include <algorithm>
#include <numeric>
#include <random>
#include <vector>

#include "awase/pricing/price_cart.h"
#include "gtest/gtest.h"

namespace awase::pricing {
namespace {

struct OracleUnit {
  std::size_t line = 0;
  std::int64_t price = 0;
};

std::vector<OracleUnit> UnitsOf(const std::vector<Line>& lines) {
  std::vector<OracleUnit> units;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    for (std::int64_t n = 0; n < lines[i].quantity; ++n) units.push_back({i, lines[i].unit_price_minor});
  }
  return units;
}

// Rounded down to whole minor units once.
std::int64_t PercentSaving(std::int64_t value, std::int64_t basis_points) {
  return value - value * (kBasisPoints - basis_points) / kBasisPoints;
}

// ---- Units by themselves.

std::int64_t SubsetSaving(const std::vector<OracleUnit>& units, unsigned subset, const Reduction& reduction) {
  std::int64_t value = 0;
  std::int64_t saving = 0;
  for (std::size_t i = 0; i < units.size(); ++i) {
    if ((subset >> i & 1U) == 0) continue;
    value += units[i].price;
    if (const auto* fixed = std::get_if<FixedPrice>(&reduction)) {
      saving += std::max<std::int64_t>(units[i].price - fixed->price_minor, 0);
    } else if (const auto* amount = std::get_if<AmountOff>(&reduction)) {
      saving += std::min(units[i].price, amount->amount_minor);
    }
  }
  const auto* percent = std::get_if<PercentOff>(&reduction);
  return percent != nullptr ? PercentSaving(value, percent->basis_points) : saving;
}

std::int64_t SlowQuantitySaving(const std::vector<Line>& lines, const QuantityTerms& terms) {
  std::vector<OracleUnit> units;
  for (const OracleUnit& unit : UnitsOf(lines)) {
    if (std::count(terms.lines.begin(), terms.lines.end(), unit.line) > 0) units.push_back(unit);
  }
  std::int64_t best = 0;
  for (const QuantityTerms::Tier& tier : terms.tiers) {
    if (static_cast<std::int64_t>(units.size()) < tier.from_quantity) break;
    best = 0;
    for (unsigned subset = 0; subset < 1U << units.size(); ++subset) {
      if (__builtin_popcount(subset) > terms.most_units.value_or(kMostUnits)) continue;
      best = std::max(best, SubsetSaving(units, subset, tier.reduction));
    }
  }
  return best;
}

// ---- Sets.

struct OracleSet {
  unsigned units = 0;
  std::int64_t reduced_value = 0;
};

class SetSearch {
 public:
  SetSearch(const std::vector<Line>& lines, const SetTerms& terms) : units_(UnitsOf(lines)), terms_(terms) {
    for (unsigned subset = 1; subset < 1U << units_.size(); ++subset) AddIfSet(subset);
  }

  std::int64_t BestSaving() {
    Search(0, 0, {});
    return best_;
  }

 private:
  void AddIfSet(unsigned subset) {
    OracleSet set{subset, 0};
    int left = __builtin_popcount(subset);
    for (const SetTerms::Part& part : terms_.parts) {
      std::vector<std::int64_t> prices;
      for (std::size_t i = 0; i < units_.size(); ++i) {
        const bool is_of_part = std::count(part.lines.begin(), part.lines.end(), units_[i].line) > 0;
        if ((subset >> i & 1U) != 0 && is_of_part) prices.push_back(units_[i].price);
      }
      if (static_cast<std::int64_t>(prices.size()) != part.count) return;
      left -= static_cast<int>(prices.size());
      std::sort(prices.begin(), prices.end());
      const std::int64_t reduced = part.reduced.value_or(part.count);
      set.reduced_value += std::accumulate(prices.begin(), prices.begin() + reduced, std::int64_t{0});
    }
    if (left == 0) sets_.push_back(set);
  }

  void Search(std::size_t from, unsigned used, const std::vector<std::int64_t>& values) {
    best_ = std::max(best_, Saving(values));
    if (static_cast<std::int64_t>(values.size()) == terms_.most_sets.value_or(kMostUnits)) return;
    for (std::size_t i = from; i < sets_.size(); ++i) {
      if ((sets_[i].units & used) != 0) continue;
      std::vector<std::int64_t> more = values;
      more.push_back(sets_[i].reduced_value);
      Search(i + 1, used | sets_[i].units, more);
    }
  }

  std::int64_t Saving(const std::vector<std::int64_t>& values) const {
    const std::int64_t value = std::accumulate(values.begin(), values.end(), std::int64_t{0});
    if (const auto* percent = std::get_if<PercentOff>(&terms_.reduction)) {
      return PercentSaving(value, percent->basis_points);
    }
    const auto sets = static_cast<std::int64_t>(values.size());
    if (const auto* amount = std::get_if<AmountOff>(&terms_.reduction)) {
      return std::min(value, sets * amount->amount_minor);
    }
    std::int64_t saving = 0;
    const std::int64_t price = std::get<FixedPrice>(terms_.reduction).price_minor;
    for (const std::int64_t each : values) saving += std::max<std::int64_t>(each - price, 0);
    return saving;
  }

  std::vector<OracleUnit> units_;
  const SetTerms& terms_;
  std::vector<OracleSet> sets_;
  std::int64_t best_ = 0;
};

// ---- Carts.

std::int64_t FastSaving(const std::vector<Line>& lines, const Discount& discount) {
  const absl::StatusOr<CartPrice> cart = PriceCart(lines, {discount});
  EXPECT_TRUE(cart.ok()) << cart.status();
  return cart.ok() ? cart->discounts[0].saving_minor : -1;
}

std::string Describe(const std::vector<Line>& lines) {
  std::string text;
  for (const Line& line : lines)
    text += std::to_string(line.quantity) + " x " + std::to_string(line.unit_price_minor) + ", ";
  return text;
}

const Reduction kReductions[] = {FixedPrice{0},     FixedPrice{3}, FixedPrice{7}, PercentOff{1}, PercentOff{3333},
                                 PercentOff{10000}, AmountOff{1},  AmountOff{4},  AmountOff{30}};

void ExpectLargestSavings(const std::vector<Line>& lines) {
  for (const Reduction& reduction : kReductions) {
    for (const std::int64_t most : {1, 2, 100}) {
      const QuantityTerms units{{0, 1}, {{2, reduction}}, most};
      EXPECT_EQ(FastSaving(lines, {units}), SlowQuantitySaving(lines, units)) << Describe(lines) << reduction.index();
      const std::vector<SetTerms::Part> shapes[] = {
          {{.lines = {0, 1, 2}, .count = 2}},
          {{.lines = {0, 1, 2}, .count = 3, .reduced = 1}},
          {{.lines = {0, 1, 2}, .count = 3, .reduced = 2}},
          {{.lines = {0}}, {.lines = {2, 1}}},
          {{.lines = {0}, .count = 2, .reduced = 0}, {.lines = {1, 2}}},
          {{.lines = {0, 2}, .count = 2, .reduced = 1}, {.lines = {1}}},
      };
      for (const auto& parts : shapes) {
        const SetTerms sets{parts, reduction, most};
        EXPECT_EQ(FastSaving(lines, {sets}), SetSearch(lines, sets).BestSaving())
            << Describe(lines) << parts.size() << " parts, reduction " << reduction.index();
      }
    }
  }
}

TEST(PriceCartOracle, NoOtherChoiceSavesMoreInAnySmallCart) {
  for (int code = 0; code < 5 * 5 * 5; ++code) {
    const std::int64_t prices[] = {0, 1, 4, 5, 9};
    ExpectLargestSavings({{prices[code % 5], 2}, {prices[code / 5 % 5], 2}, {prices[code / 25], 2}});
  }
}

TEST(PriceCartOracle, NoOtherChoiceSavesMoreInRandomCarts) {
  std::mt19937 random(20260715);
  for (int round = 0; round < 60; ++round) {
    std::vector<Line> lines;
    for (const std::int64_t most_quantity : {2, 2, 3}) {
      const auto price = static_cast<std::int64_t>(random() % 12);
      lines.push_back({price, 1 + static_cast<std::int64_t>(random()) % most_quantity});
    }
    ExpectLargestSavings(lines);
  }
}

}  // namespace
}  // namespace awase::pricing
