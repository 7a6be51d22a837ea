#ifndef AWASE_RELATIONS_INTERNAL_CLAIM_TEST_H_
#define AWASE_RELATIONS_INTERNAL_CLAIM_TEST_H_

// The statistics behind a claim: is a pair bought together more often than baskets of these sizes bring by chance?

#include <array>
#include <cstddef>
#include <cstdint>

namespace awase::relations_internal {

// Signed root of the likelihood ratio of a Poisson count: sign(O − E) · √(2 (O ln(O/E) − (O − E))), about standard
// normal when the pair is independent (Dunning 1993 applied to a Poisson mean). REQUIRES: expected > 0.
double SignedRootLikelihoodRatio(double observed, double expected);

// Both ends of the exact 95 % interval of a Poisson mean, given the count (Garwood 1936). low is 0 for count 0.
struct Interval {
  double low;
  double high;
};
Interval PoissonInterval(std::uint32_t count);
double PoissonLow(std::uint32_t count);  // the lower end alone

// The Benjamini–Hochberg bound on the false-discovery rate without keeping all p-values: pairs are counted in bins of
// z. A pair that can never be a claim is simply not added; it still counts as tested. single-thread; merge with
// Merge(other).
class DiscoveryBound {
 public:
  void AddPair(double z) { ++bins_[BinOf(z)]; }
  void Merge(const DiscoveryBound& other);

  // The smallest bin edge z* at which tested · P(Z ≥ z*) ≤ rate · #(z ≥ z*): every pair with z ≥ z* is a discovery. An
  // edge is at or below each z of its bin, so the bound errs on the strict side. Infinity when no edge does.
  double Threshold(std::uint64_t tested, double rate) const;

 private:
  static constexpr std::size_t kBinsPerUnit = 32;
  static constexpr std::size_t kBins = 38 * kBinsPerUnit;  // P(Z ≥ 38) is the smallest double
  static std::size_t BinOf(double z);
  std::array<std::uint64_t, kBins> bins_{};
};

}  // namespace awase::relations_internal

#endif  // AWASE_RELATIONS_INTERNAL_CLAIM_TEST_H_
