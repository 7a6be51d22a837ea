// From basket windows to ranked lists: the units are gone through once for what is known of them and of the products;
// then each product's pairs are counted by one thread, which chooses the product's list from them. Since the threshold
// of claims needs f, and f needs all pairs, those that may be claims are kept until then as two numbers each. Each
// product is one thread's alone and its units are added in their order, so the result does not depend on the number of
// threads. Tested against loops over all baskets, see tests/differential.

#include "awase/relations/build_window_relation.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <new>
#include <utility>
#include <vector>

#include "awase/base/parallel.h"
#include "awase/base/status_macros.h"
#include "awase/base/stopwatch.h"
#include "awase/orders/basket_index.h"
#include "awase/relations/age_weight.h"
#include "relations/internal/check_sizes.h"
#include "relations/internal/claim_test.h"
#include "relations/internal/counting_monitor.h"
#include "relations/internal/top_lists.h"
#include "relations/internal/window_counter.h"
#include "relations/internal/window_units.h"
#include "relations/internal/write_lists.h"

namespace awase::relations {
namespace {

using relations_internal::Candidate;
using relations_internal::CountingMonitor;
using relations_internal::DiscoveryBound;
using relations_internal::TopList;
using relations_internal::WindowCounter;
using relations_internal::WindowPair;
using relations_internal::WindowUnits;

constexpr std::size_t kGrain = 16;  // products handed to a thread at a time: what they cost differs a hundredfold

std::uint64_t CountReaching(absl::Span<const std::uint32_t> units, std::uint32_t least) {
  return static_cast<std::uint64_t>(
      std::count_if(units.begin(), units.end(), [least](std::uint32_t n) { return n > 0 && n >= least; }));
}

class WindowBuilder {
 public:
  WindowBuilder(const BasketWindows& windows, const RelationOptions& options)
      : windows_(windows), options_(options), lists_(windows.from->product_count) {}

  absl::StatusOr<Relation> Build(RelationTimings* timings) {
    const Stopwatch stopwatch;
    WindowUnits units = relations_internal::DescribeUnits(windows_, options_.ranking);
    relation_.kind = options_.kind;
    relation_.unit_count = units.count;
    relation_.product_units = std::move(units.from_units);
    relation_.other_units = std::move(units.to_units);
    MakeFactors();
    AWASE_RETURN_IF_ERROR(CountAll(units.weights));
    TestPairs();
    timings->count_seconds = stopwatch.Seconds();
    std::vector<absl::Span<const Candidate>> sorted(lists_.begin(), lists_.end());
    relations_internal::WriteLists(sorted, options_, &relation_,
                                   [this](std::size_t i) { std::vector<Candidate>().swap(lists_[i]); });
    if (!windows_.is_directed) relation_.other_units.clear();  // they are n_i
    timings->rank_seconds = stopwatch.Seconds() - timings->count_seconds;
    return std::move(relation_);
  }

 private:
  // A pair that reaches the floors of claims; the test needs f, which is known when all are counted.
  struct TestedPair {
    float independent;
    std::uint32_t units;
  };
  // What one thread has of its own.
  struct Worker {
    Worker(const BasketWindows& windows, const orders::BasketIndex& from, absl::Span<const float> weights)
        : counter(windows, from, weights) {}
    WindowCounter counter;
    TopList best;
    std::uint64_t pairs = 0;  // Σ n_ij
    std::vector<TestedPair> tested;
  };

  // 1 / n_j^β.
  void MakeFactors() {
    for (const std::uint32_t units : relation_.other_units) {
      factors_.push_back(std::pow(std::max<double>(1, units), -options_.ranking.popularity_exponent));
    }
  }

  absl::Status CountAll(absl::Span<const float> weights) {
    const std::size_t threads = std::max<std::size_t>(options_.threads, 1);
    const orders::BasketIndex from(*windows_.from);
    CountingMonitor monitor(options_, lists_.size());
    workers_.resize(threads);
    ParallelFor(threads, lists_.size(), kGrain, [&](std::size_t first, std::size_t last, std::size_t w) {
      if (monitor.cancelled()) return;
      if (workers_[w] == nullptr) workers_[w] = std::make_unique<Worker>(windows_, from, weights);
      for (std::size_t i = first; i < last; ++i) CountProduct(ProductAt(i), workers_[w].get());
      monitor.Add(last - first);
    });
    if (monitor.cancelled()) return absl::CancelledError("counting was interrupted");
    monitor.TellEnd();
    return absl::OkStatus();
  }

  void CountProduct(ProductIndex product, Worker* worker) {
    if (relation_.product_units[Slot(product)] == 0) return;
    worker->counter.Count(product);
    worker->best.Clear();
    for (const std::uint32_t other : worker->counter.others()) {
      if (ProductAt(other) != product) TakePair(product, other, worker);
    }
    worker->best.Sort(options_.top_k);
    const absl::Span<const Candidate> best = worker->best.candidates();
    lists_[Slot(product)].assign(best.begin(), best.end());
  }

  void TakePair(ProductIndex product, std::uint32_t other, Worker* worker) const {
    const WindowPair& pair = worker->counter.pair(other);
    worker->pairs += pair.units;
    if (pair.units >= options_.claims.min_units && pair.buyers >= options_.claims.min_buyers &&
        pair.buyers >= options_.min_buyers && (windows_.is_directed || product < ProductAt(other))) {
      const double independent = relations_internal::IndependentUnits(
          relation_.product_units[Slot(product)], relation_.other_units[other], relation_.unit_count);
      worker->tested.push_back({static_cast<float>(independent), pair.units});
    }
    if (pair.buyers < options_.min_buyers) return;
    const auto score = static_cast<float>(pair.weight * factors_[other]);
    worker->best.Offer({relations_internal::MakeKey(score, ProductAt(other)), pair.units, pair.buyers}, options_.top_k);
  }

  // Finds f and the threshold of claims.
  void TestPairs() {
    std::uint64_t pairs = 0;
    for (const auto& worker : workers_) pairs += worker == nullptr ? 0 : worker->pairs;
    double from_sum = 0;
    double to_sum = 0;
    for (const std::uint32_t units : relation_.product_units) from_sum += units;
    for (const std::uint32_t units : relation_.other_units) to_sum += units;
    ClaimSummary& claims = relation_.claims;
    if (pairs > 0) {
      claims.basket_size_factor =
          static_cast<double>(relation_.unit_count) * static_cast<double>(pairs) / (from_sum * to_sum);
    }
    claims.pairs_tested = CountTested();
    DiscoveryBound bound;
    for (const auto& worker : workers_) {
      if (worker == nullptr) continue;
      for (const TestedPair& pair : worker->tested) {
        const double expected = claims.basket_size_factor * double{pair.independent};
        // One below the expectation is no discovery.
        if (pair.units > expected) {
          bound.AddPair(relations_internal::SignedRootLikelihoodRatio(pair.units, expected));
        }
      }
    }
    claims.z_threshold = bound.Threshold(claims.pairs_tested, options_.claims.false_discovery_rate);
    workers_.clear();
  }

  // Pairs of two products that both reach the floor: chosen by margins alone, which say nothing about the pair.
  std::uint64_t CountTested() const {
    const std::uint32_t least = options_.claims.min_units;
    const auto reaches = [least](std::uint32_t n) { return n > 0 && n >= least; };
    std::uint64_t both = 0;  // which would be pairs of a product with itself
    for (std::size_t i = 0; i < lists_.size(); ++i) {
      both += reaches(relation_.product_units[i]) && reaches(relation_.other_units[i]) ? 1 : 0;
    }
    const std::uint64_t ordered =
        CountReaching(relation_.product_units, least) * CountReaching(relation_.other_units, least) - both;
    return windows_.is_directed ? ordered : ordered / 2;
  }

  const BasketWindows& windows_;
  const RelationOptions& options_;
  std::vector<double> factors_;  // by product: score = weight · this
  std::vector<std::unique_ptr<Worker>> workers_;
  std::vector<std::vector<Candidate>> lists_;  // by product
  Relation relation_;
};

}  // namespace

absl::StatusOr<Relation> BuildWindowRelation(const BasketWindows& windows, const RelationOptions& options,
                                             RelationTimings* timings) {
  AWASE_RETURN_IF_ERROR(CheckRelationOptions(options));
  RelationTimings unused;
  try {
    AWASE_RETURN_IF_ERROR(relations_internal::CheckSizes(windows.to->products.size(), windows.to->size(), 1));
    AWASE_RETURN_IF_ERROR(relations_internal::CheckSizes(windows.from->products.size(), windows.from->size(), 1));
    return WindowBuilder(windows, options).Build(timings == nullptr ? &unused : timings);
  } catch (const std::bad_alloc&) {
    return absl::ResourceExhaustedError(
        "not enough memory for counting over windows: give fewer --threads, a shorter window or fewer orders");
  }
}

}  // namespace awase::relations
