// Counting by product: for product i, walk the baskets that hold it and add each basket's other products to dense
// accumulators; then rank what was touched. Σ |b|² updates, 24 bytes per product and thread; the n × n matrix is never
// held. Everything that is summed is an integer (weights in fixed point), so the result does not depend on the order of
// baskets or on the number of threads. Tested by build_relation_test.cc against a ten-line reference.

#include "awase/relations/build_relation.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <memory>
#include <mutex>
#include <utility>

#include "absl/strings/str_cat.h"
#include "awase/base/parallel.h"
#include "awase/base/status_macros.h"
#include "relations/internal/claim_test.h"

namespace awase::relations {
namespace {

using orders::BasketSet;
using relations_internal::DiscoveryBound;

constexpr double kWeightOne = 4294967296.0;  // 2^32: a sum of 2^31 baskets still fits 64 bits
constexpr double kMicrosPerDay = 24.0 * 60 * 60 * 1e6;
constexpr std::uint32_t kCachedIntervals = 4096;  // an interval costs about 1 µs, and nearly all counts are small
constexpr std::size_t kGrain = 16;  // products handed to a thread at a time: popular ones cost far more than rare ones

// What counts as now: the time that one basket in a thousand is later than. The latest itself would let a single mistyped
// year make every other basket old. kNoTime when no basket has a time.
std::int64_t NewestTime(const BasketSet& baskets) {
  std::vector<std::int64_t> times;
  for (const std::int64_t time : baskets.time_micros) {
    if (time != orders::kNoTime) times.push_back(time);
  }
  if (times.empty()) return orders::kNoTime;
  const std::size_t position = times.size() - 1 - times.size() / 1000;
  std::nth_element(times.begin(), times.begin() + static_cast<std::ptrdiff_t>(position), times.end());
  return times[position];
}

// Per basket: |b|^−γ · 2^(−age / half-life) in units of 2^−32, at least 1 unit, so that no purchase vanishes. A basket
// without a time counts as old as the oldest.
std::vector<std::uint64_t> BasketWeights(const BasketSet& baskets, const RankingOptions& ranking) {
  const std::int64_t newest = NewestTime(baskets);
  std::int64_t oldest = newest;
  for (const std::int64_t time : baskets.time_micros) {
    if (time != orders::kNoTime) oldest = std::min(oldest, time);
  }
  std::vector<std::uint64_t> weights(baskets.size());
  for (std::size_t b = 0; b < baskets.size(); ++b) {
    const auto size = static_cast<double>(baskets.offsets[b + 1] - baskets.offsets[b]);
    double weight = std::pow(size, -ranking.basket_size_exponent);
    if (ranking.half_life_days > 0 && newest != orders::kNoTime) {
      const std::int64_t time = baskets.time_micros[b] == orders::kNoTime ? oldest : baskets.time_micros[b];
      const double age_micros = static_cast<double>(newest) - static_cast<double>(time);
      weight *= std::exp2(-std::max(age_micros, 0.0) / kMicrosPerDay / ranking.half_life_days);
    }
    weights[b] = std::max<std::uint64_t>(1, static_cast<std::uint64_t>(std::llround(weight * kWeightOne)));
  }
  return weights;
}

// The baskets of each product, in basket order (so buyers ascend).
struct ProductBaskets {
  std::vector<std::uint64_t> offsets;
  std::vector<std::uint32_t> baskets;
};

ProductBaskets Transpose(const BasketSet& baskets) {
  ProductBaskets result;
  result.offsets.assign(baskets.product_count + 1, 0);
  for (const ProductIndex product : baskets.products) ++result.offsets[Slot(product) + 1];
  for (std::size_t i = 1; i < result.offsets.size(); ++i) result.offsets[i] += result.offsets[i - 1];
  result.baskets.resize(baskets.products.size());
  std::vector<std::uint64_t> next(result.offsets.begin(), result.offsets.end() - 1);
  for (std::size_t b = 0; b < baskets.size(); ++b) {
    for (const ProductIndex product : baskets.basket(b)) {
      result.baskets[next[Slot(product)]++] = static_cast<std::uint32_t>(b);
    }
  }
  return result;
}

struct PairSum {
  std::uint64_t weight = 0;
  std::uint32_t units = 0;
  std::uint32_t buyers = 0;
  std::uint32_t last_buyer = std::numeric_limits<std::uint32_t>::max();
};

// One thread's dense accumulators. Only what was touched is visited and reset.
class Accumulator {
 public:
  explicit Accumulator(std::size_t products) : sums_(products) {}

  void AddBasket(absl::Span<const ProductIndex> basket, std::uint64_t weight, std::uint32_t buyer) {
    for (const ProductIndex product : basket) {
      PairSum& sum = sums_[Slot(product)];
      if (sum.units == 0) touched_.push_back(product);
      sum.weight += weight;
      ++sum.units;
      sum.buyers += sum.last_buyer != buyer ? 1 : 0;
      sum.last_buyer = buyer;
    }
  }

  absl::Span<const ProductIndex> touched() const { return touched_; }
  const PairSum& sum(ProductIndex product) const { return sums_[Slot(product)]; }

  void Reset() {
    for (const ProductIndex product : touched_) sums_[Slot(product)] = PairSum();
    touched_.clear();
  }

 private:
  std::vector<PairSum> sums_;
  std::vector<ProductIndex> touched_;
};

// Unordered pairs of products that both reach `min_units`: chosen by margins alone, which say nothing about the pair.
std::uint64_t CountTestedPairs(absl::Span<const std::uint32_t> units, std::uint32_t min_units) {
  const auto eligible = static_cast<std::uint64_t>(
      std::count_if(units.begin(), units.end(), [&](std::uint32_t n) { return n > 0 && n >= min_units; }));
  return eligible < 2 ? 0 : eligible * (eligible - 1) / 2;
}

class Builder {
 public:
  Builder(const BasketSet& baskets, const RelationOptions& options)
      : baskets_(baskets),
        options_(options),
        weights_(BasketWeights(baskets, options.ranking)),
        by_product_(Transpose(baskets)) {
    relation_.kind = options.kind;
    relation_.unit_count = baskets.size();
    relation_.product_units.resize(baskets.product_count);
    popularity_divisors_.resize(baskets.product_count);
    for (std::size_t i = 0; i < baskets.product_count; ++i) {
      const auto units = static_cast<std::uint32_t>(by_product_.offsets[i + 1] - by_product_.offsets[i]);
      relation_.product_units[i] = units;
      popularity_divisors_[i] = std::pow(std::max<double>(1, units), options.ranking.popularity_exponent);
    }
    relation_.claims.basket_size_factor = relations_internal::BasketSizeFactor(baskets);
    const auto most = std::max_element(relation_.product_units.begin(), relation_.product_units.end());
    const std::uint32_t most_units = most == relation_.product_units.end() ? 0 : *most;
    for (std::uint32_t count = 0; count <= std::min(most_units, kCachedIntervals); ++count) {
      intervals_.push_back(relations_internal::PoissonInterval(count));
    }
    relation_.claims.pairs_tested = CountTestedPairs(relation_.product_units, options.claims.min_units);
  }

  absl::StatusOr<Relation> Build() {
    std::vector<std::vector<RelationEntry>> lists(baskets_.product_count);
    AWASE_ASSIGN_OR_RETURN(const DiscoveryBound bound, CountAndRank(&lists));
    relation_.claims.z_threshold = bound.Threshold(relation_.claims.pairs_tested, options_.claims.false_discovery_rate);
    ParallelFor(options_.threads, lists.size(), 1024, [&](std::size_t first, std::size_t last, std::size_t) {
      for (std::size_t i = first; i < last; ++i) {
        for (RelationEntry& entry : lists[i]) AddEvidence(ProductAt(i), &entry);
      }
    });
    relation_.offsets.assign(1, 0);
    for (const std::vector<RelationEntry>& list : lists) {
      relation_.entries.insert(relation_.entries.end(), list.begin(), list.end());
      relation_.offsets.push_back(relation_.entries.size());
      for (const RelationEntry& entry : list) relation_.claims.claims += entry.is_claim;
    }
    // JSON and readers want finite numbers; no pair is as surprising as this.
    if (!std::isfinite(relation_.claims.z_threshold)) relation_.claims.z_threshold = std::numeric_limits<double>::max();
    return std::move(relation_);
  }

 private:
  struct Worker {
    explicit Worker(std::size_t products) : accumulator(products) {}
    Accumulator accumulator;
    DiscoveryBound bound;
  };

  absl::StatusOr<DiscoveryBound> CountAndRank(std::vector<std::vector<RelationEntry>>* lists) {
    std::vector<std::unique_ptr<Worker>> workers(std::max<std::size_t>(options_.threads, 1));
    std::atomic<std::size_t> done{0};
    std::atomic<bool> cancelled{false};
    std::mutex callback_mutex;  // guards the callbacks of options_
    ParallelFor(options_.threads, lists->size(), kGrain, [&](std::size_t first, std::size_t last, std::size_t w) {
      if (cancelled.load(std::memory_order_relaxed)) return;
      if (workers[w] == nullptr) workers[w] = std::make_unique<Worker>(baskets_.product_count);
      for (std::size_t i = first; i < last; ++i) (*lists)[i] = RankOne(ProductAt(i), workers[w].get());
      const std::size_t now = done.fetch_add(last - first) + last - first;
      const std::unique_lock<std::mutex> lock(callback_mutex, std::try_to_lock);
      if (!lock.owns_lock()) return;
      if (options_.progress) options_.progress(static_cast<double>(now) / static_cast<double>(lists->size()));
      if (options_.cancelled && options_.cancelled()) cancelled = true;
    });
    if (cancelled) return absl::CancelledError("counting was interrupted");
    DiscoveryBound bound;
    for (const auto& worker : workers) {
      if (worker != nullptr) bound.Merge(worker->bound);
    }
    return bound;
  }

  std::vector<RelationEntry> RankOne(ProductIndex product, Worker* worker) {
    Accumulator& sums = worker->accumulator;
    for (std::uint64_t p = by_product_.offsets[Slot(product)]; p < by_product_.offsets[Slot(product) + 1]; ++p) {
      const std::uint32_t b = by_product_.baskets[p];
      sums.AddBasket(baskets_.basket(b), weights_[b], baskets_.buyers[b]);
    }
    std::vector<RelationEntry> list;
    for (const ProductIndex other : sums.touched()) {
      if (other == product) continue;
      const PairSum& sum = sums.sum(other);
      if (other > product) TestPair(product, other, sum, &worker->bound);
      if (sum.buyers < options_.min_buyers) continue;
      RelationEntry entry{};
      entry.other = other;
      entry.score =
          static_cast<float>(static_cast<double>(sum.weight) / kWeightOne / popularity_divisors_[Slot(other)]);
      entry.units_together = sum.units;
      entry.buyers_together = sum.buyers;
      list.push_back(entry);
    }
    sums.Reset();
    const std::size_t kept = std::min(options_.top_k, list.size());
    std::partial_sort(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(kept), list.end(),
                      [](const RelationEntry& a, const RelationEntry& b) {
                        return a.score != b.score ? a.score > b.score : a.other < b.other;
                      });
    list.resize(kept);
    list.shrink_to_fit();
    return list;
  }

  // n_a · n_b / N: units together if the two had nothing to do with each other and all baskets were alike.
  double Independent(ProductIndex a, ProductIndex b) const {
    const double units_a = relation_.product_units[Slot(a)];
    const double units_b = relation_.product_units[Slot(b)];
    return units_a * units_b / static_cast<double>(relation_.unit_count);
  }

  double SignedRoot(ProductIndex a, ProductIndex b, std::uint32_t units) const {
    return relations_internal::SignedRootLikelihoodRatio(units,
                                                         relation_.claims.basket_size_factor * Independent(a, b));
  }

  bool EnoughSupport(std::uint32_t units, std::uint32_t buyers) const {
    return units >= options_.claims.min_units && buyers >= options_.claims.min_buyers;
  }

  // A pair below the floors has p-value 1 by definition; see DiscoveryBound.
  void TestPair(ProductIndex a, ProductIndex b, const PairSum& sum, DiscoveryBound* bound) const {
    if (!EnoughSupport(sum.units, sum.buyers)) return;
    const double z = SignedRoot(a, b, sum.units);
    if (z > 0) bound->AddPair(z);
  }

  void AddEvidence(ProductIndex product, RelationEntry* entry) const {
    const double independent = Independent(product, entry->other);
    const relations_internal::Interval interval = entry->units_together < intervals_.size()
                                                      ? intervals_[entry->units_together]
                                                      : relations_internal::PoissonInterval(entry->units_together);
    entry->lift = static_cast<float>(entry->units_together / independent);
    entry->lift_low = static_cast<float>(interval.low / independent);
    entry->lift_high = static_cast<float>(interval.high / independent);
    const double z = SignedRoot(product, entry->other, entry->units_together);
    const double null_lift = std::max(1.0, relation_.claims.basket_size_factor);
    entry->is_claim = EnoughSupport(entry->units_together, entry->buyers_together) &&
                              z >= relation_.claims.z_threshold &&
                              interval.low / independent > options_.claims.min_lift_low * null_lift
                          ? 1
                          : 0;
  }

  const BasketSet& baskets_;
  const RelationOptions& options_;
  const std::vector<std::uint64_t> weights_;
  const ProductBaskets by_product_;
  std::vector<double> popularity_divisors_;              // n_j^β
  std::vector<relations_internal::Interval> intervals_;  // by count
  Relation relation_;
};

}  // namespace

absl::Status CheckRelationOptions(const RelationOptions& options) {
  const auto out_of_range = [](absl::string_view name, double value, absl::string_view range) {
    return absl::InvalidArgumentError(absl::StrCat(name, ": ", value, " is out of range, want ", range));
  };
  const RankingOptions& ranking = options.ranking;
  if (!(ranking.basket_size_exponent >= 0 && ranking.basket_size_exponent <= 4)) {
    return out_of_range("basket_size_exponent", ranking.basket_size_exponent, "0 to 4");
  }
  if (!(ranking.half_life_days >= 0 && std::isfinite(ranking.half_life_days))) {
    return out_of_range("half_life_days", ranking.half_life_days, "0 (off) or more days");
  }
  if (!(ranking.popularity_exponent >= 0 && ranking.popularity_exponent <= 1)) {
    return out_of_range("popularity_exponent", ranking.popularity_exponent, "0 to 1");
  }
  if (!(options.claims.false_discovery_rate > 0 && options.claims.false_discovery_rate < 1)) {
    return out_of_range("false_discovery_rate", options.claims.false_discovery_rate, "more than 0 and less than 1");
  }
  if (options.top_k < 1) return out_of_range("top_k", 0, "1 or more");
  return absl::OkStatus();
}

absl::StatusOr<Relation> BuildRelation(const BasketSet& baskets, const RelationOptions& options) {
  AWASE_RETURN_IF_ERROR(CheckRelationOptions(options));
  if (baskets.size() >= std::numeric_limits<std::uint32_t>::max()) {
    return absl::FailedPreconditionError(
        absl::StrCat(baskets.size(), " baskets are more than 2^32 − 1: train on fewer orders"));
  }
  return Builder(baskets, options).Build();
}

}  // namespace awase::relations
