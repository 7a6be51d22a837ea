// A claim is a promise about orders to come, so it is held against orders that came: the time of the baskets is cut
// into ten periods, and a pair is judged by what each of them says of it. How large the margin over chance must be is
// found on the dump itself, by what the first periods would have claimed and the later ones kept. All that is counted
// is an integer, so the result does not depend on the number of threads.
//
// The judges see a little of what they judge: tried are pairs that pass the test over all ten periods, and stand among
// the first ten of the final lists; what the earlier periods alone would have claimed, and listed, is not counted anew.
// And with fewer periods than ten HeldSoFar forgives a judge's claims no failure, the final rule one. So the shares of
// the judges are optimistic, fit to tell one margin from another; how many claims hold is measured by `awase eval`, on
// orders that had no say.

#include "awase/relations/lasting_claims.h"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <vector>

#include "awase/base/parallel.h"
#include "awase/base/status_macros.h"
#include "relations/internal/claim_history.h"
#include "relations/internal/pairs_by_period.h"
#include "relations/internal/periods.h"
#include "relations/internal/poisson_intervals.h"
#include "relations/internal/write_lists.h"

namespace awase::relations {
namespace {

using relations_internal::ClaimHistory;
using relations_internal::kJudges;
using relations_internal::kPeriods;
using relations_internal::MarginTrial;
using relations_internal::PairsByPeriod;
using relations_internal::Periods;
using relations_internal::PoissonIntervals;

constexpr std::size_t kGrain = 256;  // products
constexpr std::size_t kListed = 10;  // the entries that a page may show

class Lasting {
 public:
  Lasting(const orders::BasketSet& baskets, const RelationOptions& options, Relation* relation)
      : options_(options),
        relation_(relation),
        periods_(relations_internal::SplitIntoPeriods(baskets)),
        pairs_(*relation, baskets, periods_, options.threads),
        intervals_(relations_internal::MostUnits(*relation), options.threads) {}

  void FindMargin() {
    // Without times no period is later than another, and can judge what was claimed before it.
    const MarginTrial trial = periods_.follow_time ? TryMargins() : MarginTrial();
    ClaimSummary& summary = relation_->claims;
    const MarginTrial::Choice choice = trial.Choose(options_.claims.min_share_held);
    summary.margin = choice.margin;
    summary.margin_found = choice.found;
    summary.replicated = trial.tested(summary.margin);
    summary.replicated_held = trial.held(summary.margin);
  }

  void DropOthers() {
    ClaimSummary& summary = relation_->claims;
    std::atomic<std::uint64_t> dropped{0};
    ForEachProduct([&](std::size_t p, std::size_t) { dropped += DropFrom(ProductAt(p), summary.margin); });
    summary.claims -= dropped;
    summary.not_lasting = dropped;
  }

 private:
  template <typename Work>
  void ForEachProduct(const Work& work) const {
    ParallelFor(options_.threads, relation_->product_units.size(), kGrain,
                [&](std::size_t first, std::size_t last, std::size_t worker) {
                  for (std::size_t p = first; p < last; ++p) work(p, worker);
                });
  }

  ClaimHistory HistoryOf(ProductIndex product, ProductIndex other) const {
    return ClaimHistory(periods_, pairs_.units(product), pairs_.units(other), pairs_.together(product, other));
  }

  absl::Span<const RelationEntry> Shown(ProductIndex product) const {
    const absl::Span<const RelationEntry> list = relation_->list(product);
    return list.first(std::min(list.size(), kListed));
  }

  // What a period says of a pair it says once, of whichever list it is in: of the lower index where it is in both.
  bool IsTriedFromOther(ProductIndex product, ProductIndex other) const {
    const absl::Span<const RelationEntry> shown = Shown(other);
    return other < product &&
           std::any_of(
               shown.begin(), shown.end(),
               [product](const RelationEntry& entry) { return entry.other == product && entry.is_claim != 0; });
  }

  // Every period of the last ones judges the claims that would have been made before it began.
  MarginTrial TryMargins() const {
    std::vector<MarginTrial> trials(std::max<std::size_t>(options_.threads, 1));
    ForEachProduct([&](std::size_t p, std::size_t worker) {
      for (const RelationEntry& entry : Shown(ProductAt(p))) {
        if (entry.is_claim == 0 || IsTriedFromOther(ProductAt(p), entry.other)) continue;
        const ClaimHistory history = HistoryOf(ProductAt(p), entry.other);
        for (std::size_t judge = kPeriods - kJudges; judge < kPeriods; ++judge) {
          if (history.together(judge) < options_.claims.min_units || !history.HeldSoFar(judge)) continue;
          if (!history.CanBeTested(judge)) continue;
          trials[worker].Add(judge - (kPeriods - kJudges), history.Margin(judge, intervals_), history.Holds(judge));
        }
      }
    });
    for (std::size_t worker = 1; worker < trials.size(); ++worker) trials[0].Merge(trials[worker]);
    return trials[0];
  }

  std::uint64_t DropFrom(ProductIndex product, double margin) const {
    std::uint64_t dropped = 0;
    const std::uint64_t first = relation_->offsets[Slot(product)];
    for (std::uint64_t e = first; e < relation_->offsets[Slot(product) + 1]; ++e) {
      RelationEntry& entry = relation_->entries[e];
      if (entry.is_claim == 0) continue;
      const ClaimHistory history = HistoryOf(product, entry.other);
      if (history.Margin(kPeriods, intervals_) > margin && history.HeldSoFar(kPeriods)) continue;
      entry.is_claim = 0;
      ++dropped;
    }
    return dropped;
  }

  const RelationOptions& options_;
  Relation* relation_;
  Periods periods_;
  PairsByPeriod pairs_;
  PoissonIntervals intervals_;
};

absl::Status GoOn(const RelationOptions& options) {
  const bool cancelled = options.cancelled && options.cancelled();
  return cancelled ? absl::CancelledError("holding claims against periods was interrupted") : absl::OkStatus();
}

}  // namespace

absl::Status KeepLastingClaims(const orders::BasketSet& baskets, const RelationOptions& options, Relation* relation) {
  if (options.claims.min_share_held <= 0) return absl::OkStatus();
  AWASE_RETURN_IF_ERROR(GoOn(options));
  Lasting lasting(baskets, options, relation);
  AWASE_RETURN_IF_ERROR(GoOn(options));
  lasting.FindMargin();
  AWASE_RETURN_IF_ERROR(GoOn(options));
  lasting.DropOthers();
  return absl::OkStatus();
}

}  // namespace awase::relations
