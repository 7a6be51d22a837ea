#include "relations/internal/claim_history.h"

#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <numeric>

#include "relations/internal/write_lists.h"

namespace awase::relations_internal {
namespace {

constexpr double kLeastJudged = 5;  // expected: fewer say nothing of whether the lift of all that is claimed holds
// Of a single pair it takes more to say something against it: one of lift 2 with five expected has no more than chance
// brings in every eighth period, with ten in every fifteenth.
constexpr double kLeastExpected = 10;
constexpr double kMostFailures = 0.1;  // chance alone lets a true claim fail now and then
constexpr double kObjects = 0.05;      // how unlikely so few that held must be for a judge to object

double SumOfFirst(const PerPeriod<double>& values, std::size_t periods) {
  return std::accumulate(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(periods), 0.0);
}

// P(X <= held) of a binomial X of `tested` draws that hold with probability `share`.
double ChanceOfSoFew(std::uint64_t held, std::uint64_t tested, double share) {
  if (held >= tested) return 1;
  return boost::math::ibeta(static_cast<double>(tested - held), static_cast<double>(held + 1), 1 - share);
}

}  // namespace

ClaimHistory::ClaimHistory(const Periods& periods, const PerPeriod<std::uint32_t>& units_a,
                           const PerPeriod<std::uint32_t>& units_b, const PerPeriod<std::uint32_t>& together) {
  for (std::size_t p = 0; p < kPeriods; ++p) {
    together_[p] = together[p];
    if (periods.units[p] == 0) continue;
    expected_[p] = std::max(1.0, periods.factors[p]) * IndependentUnits(units_a[p], units_b[p], periods.units[p]);
  }
}

double ClaimHistory::together(std::size_t periods) const { return SumOfFirst(together_, periods); }
double ClaimHistory::Expected(std::size_t periods) const { return SumOfFirst(expected_, periods); }

double ClaimHistory::Margin(std::size_t periods, const PoissonIntervals& intervals) const {
  const double expected = Expected(periods);
  return expected > 0 ? intervals.Low(static_cast<std::uint32_t>(together(periods))) / expected : 0;
}

bool ClaimHistory::CanBeTested(std::size_t judge) const {
  const double expected = Expected(judge);
  return expected > 0 && together(judge) / expected * expected_[judge] >= kLeastJudged;
}

bool ClaimHistory::HeldSoFar(std::size_t periods) const {
  const double all = together(periods);
  const double all_expected = Expected(periods);
  std::size_t tested = 0;
  std::size_t failed = 0;
  for (std::size_t p = 0; p < periods; ++p) {
    const double of_others = all_expected - expected_[p];
    if (!(of_others > 0) || (all - together_[p]) / of_others * expected_[p] < kLeastExpected) continue;
    ++tested;
    failed += Holds(p) ? 0 : 1;
  }
  return static_cast<double>(failed) <= kMostFailures * static_cast<double>(tested);
}

void MarginTrial::Add(std::size_t judge, double margin, bool held) {
  const auto passed = std::lower_bound(kMargins.begin(), kMargins.end(), margin);  // those below it
  if (passed == kMargins.begin()) return;
  const auto bin = static_cast<std::size_t>(passed - kMargins.begin()) - 1;
  ++tested_[judge][bin];
  held_[judge][bin] += held ? 1 : 0;
}

void MarginTrial::Merge(const MarginTrial& other) {
  for (std::size_t judge = 0; judge < kJudges; ++judge) {
    for (std::size_t i = 0; i < kMargins.size(); ++i) {
      tested_[judge][i] += other.tested_[judge][i];
      held_[judge][i] += other.held_[judge][i];
    }
  }
}

std::uint64_t MarginTrial::Above(double margin, const Counts& counts) {
  const auto first = std::lower_bound(kMargins.begin(), kMargins.end(), margin) - kMargins.begin();
  return std::accumulate(counts.begin() + first, counts.end(), std::uint64_t{0});
}

std::uint64_t MarginTrial::tested(double margin) const {
  std::uint64_t sum = 0;
  for (const Counts& counts : tested_) sum += Above(margin, counts);
  return sum;
}

std::uint64_t MarginTrial::held(double margin) const {
  std::uint64_t sum = 0;
  for (const Counts& counts : held_) sum += Above(margin, counts);
  return sum;
}

MarginTrial::Choice MarginTrial::Choose(double share) const {
  const auto objects = [&](double margin, std::size_t judge) {
    return ChanceOfSoFew(Above(margin, held_[judge]), Above(margin, tested_[judge]), share) < kObjects;
  };
  for (const double margin : kMargins) {
    bool any = false;
    for (std::size_t judge = 0; judge < kJudges; ++judge) any = any || objects(margin, judge);
    if (!any) return {margin, true};
  }
  return {kMargins.back(), false};
}

}  // namespace awase::relations_internal
