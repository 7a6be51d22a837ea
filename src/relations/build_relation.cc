// From baskets to ranked lists, in four steps: weigh the baskets; bring them into the shape of RankedBaskets; count
// each pair once (PairCounter) and offer it to the lists of both sides (TopLists); put the evidence to what is left.
// All that is summed is an integer and all that is chosen is chosen by a total order, so the result does not depend on
// the order of baskets or on the number of threads. Tested against a ten-line reference, see tests/differential.

#include "awase/relations/build_relation.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <memory>
#include <new>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "awase/base/parallel.h"
#include "awase/base/status_macros.h"
#include "awase/base/stopwatch.h"
#include "awase/orders/unfilled_vector.h"
#include "awase/relations/basket_size_factor.h"
#include "relations/internal/basket_weights.h"
#include "relations/internal/check_sizes.h"
#include "relations/internal/claim_test.h"
#include "relations/internal/counting_monitor.h"
#include "relations/internal/pair_counter.h"
#include "relations/internal/pair_row.h"
#include "relations/internal/ranked_baskets.h"
#include "relations/internal/top_lists.h"
#include "relations/internal/write_lists.h"

namespace awase::relations {
namespace {

using orders::BasketSet;
using relations_internal::BasketWeights;
using relations_internal::Candidate;
using relations_internal::CountingMonitor;
using relations_internal::DiscoveryBound;
using relations_internal::IndependentUnits;
using relations_internal::kMayBeClaim;
using relations_internal::kMayEnterOther;
using relations_internal::kMayEnterOwn;
using relations_internal::MakeKey;
using relations_internal::PairCounter;
using relations_internal::PairRow;
using relations_internal::PopularityRanks;
using relations_internal::RankedBaskets;
using relations_internal::ScoreOf;
using relations_internal::SiftRule;
using relations_internal::SumLayout;
using relations_internal::TopList;
using relations_internal::TopLists;
using relations_internal::UnitLayout;

constexpr std::size_t kMaxTopK = std::size_t{1} << 30;  // less: see TopLists
constexpr std::uint64_t kLinesPerPiece = 1 << 16;       // fewer are not worth the memory that a thread's piece takes
constexpr std::size_t kGrain = 16;  // ranks handed to a thread at a time: what they cost differs a hundredfold

// Unordered pairs of products that both reach `min_units`: chosen by margins alone, which say nothing about the pair.
std::uint64_t CountTestedPairs(absl::Span<const std::uint32_t> units, std::uint32_t min_units) {
  const auto eligible = static_cast<std::uint64_t>(
      std::count_if(units.begin(), units.end(), [&](std::uint32_t n) { return n > 0 && n >= min_units; }));
  return eligible < 2 ? 0 : eligible * (eligible - 1) / 2;
}

// In how many baskets a pair can be at most: in all that the less popular of the two most popular products has.
std::uint32_t MostUnitsTogether(const PopularityRanks& ranks) {
  return ranks.units.size() < 2 ? 1 : std::max<std::uint32_t>(1, ranks.units[1]);
}

// On how many threads baskets are brought into shape.
std::size_t PiecesOf(const BasketSet& baskets, std::size_t threads) {
  return std::clamp<std::size_t>(threads, 1, baskets.products.size() / kLinesPerPiece + 1);
}

class Builder {
 public:
  Builder(const BasketSet& baskets, const PopularityRanks& ranks, const RelationOptions& options)
      : options_(options),
        top_k_(std::min(options.top_k, std::max<std::size_t>(baskets.product_count, 1))),
        baskets_(baskets),
        ranks_(ranks),
        all_weigh_the_same_(relations_internal::AllWeighTheSame(options.ranking)),
        most_units_(MostUnitsTogether(ranks)) {
    relation_.kind = options.kind;
    relation_.unit_count = baskets.size();
    relation_.product_units.resize(baskets.product_count);
    score_factors_.resize(baskets.product_count);
    const double one = all_weigh_the_same_ ? 1 : SumLayout(most_units_).max_weight();
    for (std::uint32_t rank = 0; rank < score_factors_.size(); ++rank) {
      const std::uint32_t units = ranks.units[rank];
      relation_.product_units[Slot(ranks.product_of[rank])] = units;
      score_factors_[rank] =
          static_cast<float>(1 / (one * std::pow(std::max<double>(1, units), options.ranking.popularity_exponent)));
    }
    relation_.claims.basket_size_factor = BasketSizeFactor(baskets);
    relation_.claims.pairs_tested = CountTestedPairs(relation_.product_units, options.claims.min_units);
  }

  absl::StatusOr<Relation> Build(const Stopwatch& stopwatch, RelationTimings* timings) {
    TopLists lists(score_factors_.size(), top_k_, options_.threads > 1);
    AWASE_ASSIGN_OR_RETURN(const DiscoveryBound bound, all_weigh_the_same_
                                                           ? CountAndOffer(UnitLayout(most_units_), &lists)
                                                           : CountAndOffer(SumLayout(most_units_), &lists));
    timings->count_seconds = stopwatch.Seconds();
    relation_.claims.z_threshold = bound.Threshold(relation_.claims.pairs_tested, options_.claims.false_discovery_rate);
    WriteEntries(&lists);
    timings->rank_seconds = stopwatch.Seconds() - timings->count_seconds;
    return std::move(relation_);
  }

 private:
  static constexpr std::size_t kSifted = 512;      // pairs that are compared with bars before what passes is looked at
  static constexpr std::size_t kMarksPerWord = 8;  // bytes of 64 bits

  // What one thread has of its own. Word, Layout: see RankedBaskets.
  template <typename Word, typename Layout>
  struct Worker {
    Worker(const RankedBaskets<Word, Layout>& baskets, const Layout& layout)
        : counter(baskets, layout), bars(baskets.product_count()) {}
    PairCounter<Word, Layout> counter;
    // By rank: the scores of the lists' bars when this thread last offered them something, or less. Plain numbers side
    // by side can be compared many at a time, which atomic ones that other threads change cannot.
    std::vector<float> bars;
    TopList own;  // of the rank that is being counted
    DiscoveryBound bound;
  };

  template <typename Layout>
  absl::StatusOr<DiscoveryBound> CountAndOffer(const Layout& layout, TopLists* lists) {
    const std::size_t lines = baskets_.products.size();
    return RankedBaskets<std::uint16_t, Layout>::Fits(score_factors_.size(), lines, baskets_.size())
               ? CountAndOffer<std::uint16_t, Layout>(layout, lists)
               : CountAndOffer<std::uint32_t, Layout>(layout, lists);
  }

  template <typename Word, typename Layout>
  absl::StatusOr<DiscoveryBound> CountAndOffer(const Layout& layout, TopLists* lists) {
    const std::size_t threads = std::max<std::size_t>(options_.threads, 1);
    CountingMonitor monitor(options_, score_factors_.size());
    std::vector<std::uint32_t> weights;
    if constexpr (Layout::kHasWeight) weights = BasketWeights(baskets_, options_.ranking, layout.max_weight(), threads);
    const RankedBaskets<Word, Layout> ranked(baskets_, ranks_, weights, layout, PiecesOf(baskets_, threads));
    orders::ReleaseMemory(&weights);
    monitor.Ask();
    // What is counted first should score high, so that the lists' bars are up when the mass of pairs comes: the popular
    // products, unless popularity is discounted.
    using Direction = typename RankedBaskets<Word, Layout>::Direction;
    const auto direction = options_.ranking.popularity_exponent > 0 ? Direction::kRareFirst : Direction::kPopularFirst;
    std::vector<std::unique_ptr<Worker<Word, Layout>>> workers(threads);
    std::uint32_t first_rank = 0;
    for (const std::uint32_t last_rank : ranked.SplitRanks(options_.max_index_bytes)) {
      if (monitor.cancelled()) break;
      const auto index = ranked.MakeIndex(first_rank, last_rank, direction, threads);
      ParallelFor(threads, last_rank - first_rank, kGrain, [&](std::size_t first, std::size_t last, std::size_t w) {
        if (monitor.cancelled()) return;
        if (workers[w] == nullptr) workers[w] = std::make_unique<Worker<Word, Layout>>(ranked, layout);
        for (std::size_t i = first; i < last; ++i) {
          CountRank<Word, Layout>(index, index.rank(static_cast<std::uint32_t>(i)), workers[w].get(), lists);
        }
        monitor.Add(last - first);
      });
      first_rank = last_rank;
    }
    if (monitor.cancelled()) return absl::CancelledError("counting was interrupted");
    monitor.TellEnd();
    DiscoveryBound bound;
    for (const auto& worker : workers) {
      if (worker != nullptr) bound.Merge(worker->bound);
    }
    return bound;
  }

  // Counts the pairs of one rank with more popular ones, and offers each to the lists of both sides.
  template <typename Word, typename Layout>
  void CountRank(const typename RankedBaskets<Word, Layout>::Index& index, std::uint32_t rank,
                 Worker<Word, Layout>* worker, TopLists* lists) const {
    const PairRow row = worker->counter.Count(index, rank);
    SiftRule rule{.min_buyers = std::max<std::uint32_t>(1, options_.min_buyers),
                  .claim_units = options_.claims.min_units,
                  .claim_buyers = options_.claims.min_buyers,
                  .own_bar = 0,
                  .own_factor = score_factors_[rank],
                  .bars = worker->bars.data(),
                  .factors = score_factors_.data()};
    // What the list has from less popular products, and what the row can tell by itself, is known before any offer.
    worker->own.Clear(lists->bar(rank));
    const float least = OwnBarOf(row, rule, top_k_);
    for (std::size_t first = 0; first < row.size; first += kSifted) {
      const std::size_t size = std::min(kSifted, row.size - first);
      rule.own_bar = std::max(least, ScoreOf(worker->own.bar()));
      std::array<std::uint8_t, kSifted> marks;
      MarkPairs(row, first, size, rule, marks.data());
      std::array<std::uint16_t, kSifted> marked;
      const std::size_t marked_size = FindMarked(size, &marks, &marked);
      for (std::size_t m = 0; m < marked_size; ++m) {
        if ((marks[marked[m]] & kMayEnterOther) != 0) lists->Prefetch(row.other(first + marked[m]));
      }
      for (std::size_t m = 0; m < marked_size; ++m) {
        TakePair(row, first + marked[m], rank, marks[marked[m]], worker, lists);
      }
    }
    lists->Offer(rank, worker->own.candidates());
  }

  // Writes which of the first `size` marks are set, and returns how many. Those are few: eight are looked at together.
  static std::size_t FindMarked(std::size_t size, std::array<std::uint8_t, kSifted>* marks,
                                std::array<std::uint16_t, kSifted>* marked) {
    std::fill_n(marks->data() + size, -size % kMarksPerWord, 0);
    std::size_t found = 0;
    for (std::size_t word = 0; word < size; word += kMarksPerWord) {
      std::uint64_t left;
      std::memcpy(&left, marks->data() + word, sizeof(left));
      while (left != 0) {
        const auto byte = static_cast<std::size_t>(std::countr_zero(left)) / 8;
        (*marked)[found++] = static_cast<std::uint16_t>(word + byte);
        left &= ~(std::uint64_t{0xFF} << (8 * byte));
      }
    }
    return found;
  }

  template <typename Worker>
  void TakePair(const PairRow& row, std::size_t i, std::uint32_t rank, std::uint8_t mark, Worker* worker,
                TopLists* lists) const {
    const std::uint32_t other = row.other(i);
    const auto candidate = [&](float factor, std::uint32_t with) {
      return Candidate{MakeKey(row.weights[i] * factor, ranks_.product_of[with]), row.units[i], row.buyers[i]};
    };
    if ((mark & kMayBeClaim) != 0) TestPair(rank, other, row.units[i], &worker->bound);
    if ((mark & kMayEnterOwn) != 0) worker->own.Offer(candidate(score_factors_[other], other), top_k_);
    if ((mark & kMayEnterOther) == 0) return;
    const Candidate for_other = candidate(score_factors_[rank], rank);
    if (for_other.key > lists->bar(other)) lists->Offer(other, absl::MakeConstSpan(&for_other, 1));
    worker->bars[other] = ScoreOf(lists->bar(other));
  }

  // A pair below the floors has p-value 1 by definition, and one below the expectation is no discovery; see
  // DiscoveryBound.
  void TestPair(std::uint32_t rank, std::uint32_t other, std::uint32_t units, DiscoveryBound* bound) const {
    const double expected = relation_.claims.basket_size_factor *
                            IndependentUnits(ranks_.units[rank], ranks_.units[other], relation_.unit_count);
    if (units > expected) bound->AddPair(relations_internal::SignedRootLikelihoodRatio(units, expected));
  }

  // Sorts the lists and turns them into entries with evidence.
  void WriteEntries(TopLists* lists) {
    const std::size_t products = score_factors_.size();
    std::vector<absl::Span<const Candidate>> sorted(products);
    ParallelFor(options_.threads, products, 256, [&](std::size_t first, std::size_t last, std::size_t) {
      for (std::size_t i = first; i < last; ++i) sorted[i] = lists->Sort(ranks_.rank_of[i]);
    });
    relations_internal::WriteLists(sorted, options_, &relation_,
                                   [&](std::size_t i) { lists->Free(ranks_.rank_of[i]); });
  }

  const RelationOptions& options_;
  const std::size_t top_k_;  // no list is longer than there are products
  const BasketSet& baskets_;
  const PopularityRanks& ranks_;
  const bool all_weigh_the_same_;
  const std::uint32_t most_units_;  // of any pair, at most
  // By rank: what a summed weight is multiplied by to be a score. 1 / (w · n_i^β), where w stands for a weight of 1.
  std::vector<float> score_factors_;
  Relation relation_;
};

}  // namespace

absl::Status CheckRelationOptions(const RelationOptions& options) {
  const auto out_of_range = [](absl::string_view name, const absl::AlphaNum& value, absl::string_view range) {
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
  if (!(ranking.season_weight >= 0 && ranking.season_weight <= 100)) {
    return out_of_range("season_weight", ranking.season_weight, "0 (off) to 100");
  }
  if (!(options.claims.false_discovery_rate > 0 && options.claims.false_discovery_rate < 1)) {
    return out_of_range("false_discovery_rate", options.claims.false_discovery_rate, "more than 0 and less than 1");
  }
  if (!(options.claims.min_share_held >= 0 && options.claims.min_share_held < 1)) {
    return out_of_range("min_share_held", options.claims.min_share_held, "0 (off) or more, less than 1");
  }
  if (std::isnan(options.claims.min_lift_low)) return out_of_range("min_lift_low", "NaN", "a number");
  if (options.top_k < 1 || options.top_k >= kMaxTopK) return out_of_range("top_k", options.top_k, "1 to 2^30 − 1");
  return absl::OkStatus();
}

absl::StatusOr<Relation> BuildRelation(const BasketSet& baskets, const RelationOptions& options,
                                       RelationTimings* timings) {
  AWASE_RETURN_IF_ERROR(CheckRelationOptions(options));
  RelationTimings unused;
  if (timings == nullptr) timings = &unused;
  try {
    const Stopwatch stopwatch;
    const PopularityRanks ranks = relations_internal::RankByPopularity(baskets, PiecesOf(baskets, options.threads));
    // Ranks of too many baskets are wrong, but harmless: they are looked at after the number of baskets.
    AWASE_RETURN_IF_ERROR(
        relations_internal::CheckSizes(baskets.products.size(), baskets.size(), MostUnitsTogether(ranks)));
    return Builder(baskets, ranks, options).Build(stopwatch, timings);
  } catch (const std::bad_alloc&) {
    return absl::ResourceExhaustedError("not enough memory for counting: give less with --memory-limit");
  }
}

}  // namespace awase::relations
