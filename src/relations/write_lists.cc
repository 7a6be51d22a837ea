#include "relations/internal/write_lists.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>

#include "awase/base/parallel.h"
#include "relations/internal/claim_test.h"
#include "relations/internal/poisson_intervals.h"

namespace awase::relations_internal {
namespace {

using relations::Relation;
using relations::RelationEntry;
using relations::RelationOptions;

constexpr std::size_t kGrain = 256;

// Says what the counts of a pair are worth. Borrows all.
class EntryWriter {
 public:
  EntryWriter(const RelationOptions& options, const Relation& relation)
      : options_(options), relation_(relation), intervals_(MostUnits(relation), options.threads) {}

  RelationEntry EntryOf(ProductIndex product, const Candidate& candidate) const {
    RelationEntry entry{};
    entry.other = candidate.other();
    entry.score = candidate.score();
    entry.units_together = candidate.units;
    entry.buyers_together = candidate.buyers;
    const double independent = IndependentUnits(relation_.product_units[Slot(product)],
                                                relation_.units_as_other(entry.other), relation_.unit_count);
    const Interval interval = intervals_(candidate.units);
    entry.lift = static_cast<float>(candidate.units / independent);
    entry.lift_low = static_cast<float>(interval.low / independent);
    entry.lift_high = static_cast<float>(interval.high / independent);
    entry.is_claim = IsClaim(candidate, independent, interval) ? 1 : 0;
    return entry;
  }

 private:
  bool IsClaim(const Candidate& candidate, double independent, const Interval& interval) const {
    const relations::ClaimOptions& claims = options_.claims;
    const double factor = relation_.claims.basket_size_factor;
    return candidate.units >= claims.min_units && candidate.buyers >= claims.min_buyers &&
           interval.low / independent > claims.min_lift_low * std::max(1.0, factor) &&
           SignedRootLikelihoodRatio(candidate.units, factor * independent) >= relation_.claims.z_threshold;
  }

  const RelationOptions& options_;
  const Relation& relation_;
  PoissonIntervals intervals_;
};

}  // namespace

std::uint32_t MostUnits(const Relation& relation) {
  const auto most = std::max_element(relation.product_units.begin(), relation.product_units.end());
  return most == relation.product_units.end() ? 0 : *most;
}

void WriteLists(absl::Span<const absl::Span<const Candidate>> lists, const RelationOptions& options, Relation* relation,
                absl::FunctionRef<void(std::size_t)> written) {
  if (!std::isfinite(relation->claims.z_threshold)) relation->claims.z_threshold = std::numeric_limits<double>::max();
  relation->offsets.assign(1, 0);
  for (const auto& list : lists) relation->offsets.push_back(relation->offsets.back() + list.size());
  relation->entries.resize(relation->offsets.back());
  const EntryWriter writer(options, *relation);
  std::atomic<std::uint64_t> claims{0};
  ParallelFor(options.threads, lists.size(), kGrain, [&](std::size_t first, std::size_t last, std::size_t) {
    std::uint64_t claims_here = 0;
    for (std::size_t i = first; i < last; ++i) {
      RelationEntry* to = relation->entries.data() + relation->offsets[i];
      for (const Candidate& candidate : lists[i]) {
        *to = writer.EntryOf(ProductAt(i), candidate);
        claims_here += to++->is_claim;
      }
      written(i);
    }
    claims += claims_here;
  });
  relation->claims.claims = claims;
}

}  // namespace awase::relations_internal
