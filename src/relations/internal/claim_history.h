#ifndef AWASE_RELATIONS_INTERNAL_CLAIM_HISTORY_H_
#define AWASE_RELATIONS_INTERNAL_CLAIM_HISTORY_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "relations/internal/periods.h"
#include "relations/internal/poisson_intervals.h"

namespace awase::relations_internal {

// How a pair fared against chance in each period: what chance brings is told by the period's own frequencies, so that
// two products of one season do not seem to belong together because both were bought in it. Copyable; thread-safe.
class ClaimHistory {
 public:
  // Units with either product, and with both, by period.
  ClaimHistory(const Periods& periods, const PerPeriod<std::uint32_t>& units_a, const PerPeriod<std::uint32_t>& units_b,
               const PerPeriod<std::uint32_t>& together);

  // Units with both in the first `periods`.
  double together(std::size_t periods) const;
  // The lower 95 % bound of units together over expected ones, of the first `periods`. 0 where nothing is expected.
  double Margin(std::size_t periods, const PoissonIntervals& intervals) const;
  // Whether period `judge` says anything about what was there before: five units together are to be expected.
  bool CanBeTested(std::size_t judge) const;
  // Whether there were more units together than chance brings.
  bool Holds(std::size_t period) const { return together_[period] > expected_[period]; }
  // Of the first `periods`, each held against the others where those let expect ten units together: no more than one
  // in ten fails.
  bool HeldSoFar(std::size_t periods) const;

 private:
  double Expected(std::size_t periods) const;

  PerPeriod<double> together_{};
  PerPeriod<double> expected_{};  // of independent products, in baskets of these sizes
};

// Margins that a claim may be asked for. Where the first one is, and what it brought:
// docs/adr/0002-what-may-be-claimed.md.
// Above the last one hardly anything would be left to say.
inline constexpr std::array<double, 9> kMargins = {1.5, 1.75, 2, 2.5, 3, 4, 5, 6, 8};
inline constexpr std::size_t kJudges = 4;  // the last periods, each of which judges what those before it claim

// How many pairs claimed with which margin were tested by each judge, and held. single-thread; merge with Merge(other).
class MarginTrial {
 public:
  // `judge` below kJudges.
  void Add(std::size_t judge, double margin, bool held);
  void Merge(const MarginTrial& other);

  // Pairs above `margin`, which is one of kMargins, by all judges; one that two judges tested is two.
  std::uint64_t tested(double margin) const;
  std::uint64_t held(double margin) const;

  struct Choice {
    double margin;
    bool found;  // false: it is the largest of kMargins, though a judge is not content even there
  };
  // The smallest margin to which no judge objects: one season in which claims do not hold is enough to be wrong in. A
  // judge objects when so few held as would be unlikely (5 %) if `share` of them did, so that a few unlucky pairs of a
  // small shop cost it nothing.
  Choice Choose(double share) const;

 private:
  using Counts = std::array<std::uint64_t, kMargins.size()>;
  static std::uint64_t Above(double margin, const Counts& counts);

  std::array<Counts, kJudges> tested_{};  // by the largest of kMargins that was passed
  std::array<Counts, kJudges> held_{};
};

}  // namespace awase::relations_internal

#endif  // AWASE_RELATIONS_INTERNAL_CLAIM_HISTORY_H_
