#include "awase/whatif/compare.h"

// Every request is answered twice, with a trace, so that also those rules are seen that take something away. Runs of
// requests are counted apart, each by one thread, and added up in their order; the few differences that are shown are
// answered once more at the end, which is cheaper than keeping what all of them show.

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "awase/base/mutex.h"
#include "awase/base/parallel.h"
#include "awase/base/status_macros.h"
#include "whatif/internal/answer_change.h"
#include "whatif/internal/cart_change.h"
#include "whatif/internal/choose_differences.h"
#include "whatif/internal/expected_value.h"
#include "whatif/internal/rule_reach.h"
#include "whatif/internal/tally.h"

namespace awase::whatif {
namespace {

using engine::Answer;

// A run is some milliseconds of work at least. Each has counts of every rule, so there are no more than kMostRuns. How
// long one is depends on the number of requests alone: sums of fractions follow the runs.
constexpr std::size_t kLeastPerRun = 512;
constexpr std::size_t kMostRuns = 64;
// Some milliseconds between two questions whether the answer is still wanted.
constexpr std::size_t kRequestsPerQuestion = 64;

// The ids of both sets, ascending, and what Compare says of each before any request.
std::vector<RuleUse> RulesOf(const rules::RuleSet& before, const rules::RuleSet& after) {
  std::map<std::string, Change<bool>> present;
  for (const rules::Rule& rule : before.rules) present[rule.id].before = true;
  for (const rules::Rule& rule : after.rules) present[rule.id].after = true;
  std::vector<RuleUse> uses;
  for (const auto& [id, sides] : present) uses.push_back({.id = id, .present = sides});
  return uses;
}

// Whether somebody waits for the comparison. thread-safe.
class Outcome {
 public:
  explicit Outcome(const std::function<absl::Status()>& still_wanted) : still_wanted_(still_wanted) {}

  bool IsStillWanted() {
    if (!still_wanted_) return true;
    MutexLock lock(mutex_);
    if (status_.ok()) status_ = still_wanted_();
    return status_.ok();
  }

  absl::Status status() {
    MutexLock lock(mutex_);
    return status_;
  }

 private:
  const std::function<absl::Status()>& still_wanted_;
  Mutex mutex_;
  absl::Status status_ ABSL_GUARDED_BY(mutex_);
};

// Replays requests into tallies. Immutable; thread-safe. Borrows both snapshots.
class Replay {
 public:
  Replay(const engine::Snapshot& before, const engine::Snapshot& after, std::size_t top)
      : before_(before),
        after_(after),
        top_(top),
        reach_before_(before.model(), before.rules()),
        reach_after_(after.model(), after.rules()),
        rules_(RulesOf(before.rules(), after.rules())) {
    for (std::size_t i = 0; i < rules_.size(); ++i) place_of_rule_[rules_[i].id] = i;
  }

  Tally NewTally() const {
    Tally tally;
    tally.counts.rules = rules_;
    return tally;
  }

  // Ends early where `outcome` is none that is OK any more.
  void Run(absl::Span<const ReplayedRequest> requests, std::size_t first, std::size_t last, Outcome& outcome,
           Tally& tally) const {
    for (std::size_t i = first; i < last; ++i) {
      if ((i - first) % kRequestsPerQuestion == 0 && !outcome.IsStillWanted()) return;
      One(requests[i], i, tally);
    }
  }

 private:
  void One(const ReplayedRequest& asked, std::size_t place, Tally& tally) const {
    if (before_.placements().Find(asked.request.placement) == nullptr) {
      if (tally.counts.with_unknown_placement++ == 0) tally.counts.first_unknown_placement = asked.request.placement;
      return;
    }
    engine::Request request = asked.request;
    const bool with_text = request.explanation != engine::Explanation::kNone;
    request.explanation = engine::Explanation::kTrace;
    const absl::StatusOr<Answer> before = engine::Recommend(before_, request, asked.time);
    const absl::StatusOr<Answer> after = engine::Recommend(after_, request, asked.time);
    if (!before.ok() || !after.ok()) {
      if (tally.counts.refused++ == 0) {
        const absl::Status& why = before.ok() ? after.status() : before.status();
        tally.counts.first_refusal = absl::StrCat("request ", place + 1, ": ", why.message());
      }
      return;
    }
    const bool slots_changed = CountSlots(request, with_text, asked.weight, place, *before, *after, tally);
    const bool cart_changed = CountCarts(request, with_text, asked.weight, place, *before, *after, tally);
    const bool changed = slots_changed || cart_changed;
    ++tally.counts.requests;
    tally.counts.weight += asked.weight;
    if (changed) {
      ++tally.counts.requests_changed;
      tally.counts.weight_changed += asked.weight;
      CountProducts(*before, *after, tally);
    }
    if (!after->missing_ids.empty()) ++tally.counts.with_unknown_products;
    const std::vector<ProductIndex> page_products = PageProducts(after_.model(), request);
    CountValue(page_products, asked.weight, *before, *after, changed, tally);
    CountRules(request, asked.time, page_products, *before, *after, tally);
  }

  bool CountSlots(const engine::Request& request, bool with_text, std::uint32_t weight, std::size_t place,
                  const Answer& before, const Answer& after, Tally& tally) const {
    bool changed = false;
    for (std::size_t s = 0; s < after.slots.size(); ++s) {
      const OfferCounts counts = CompareSlots(before.slots[s], after.slots[s], with_text);
      CountSlot(request.placement, counts, before.slots[s], after.slots[s], tally);
      if (!counts.any()) continue;
      changed = true;
      const std::string how = absl::StrCat(request.placement, "/", after.slots[s].name, "/", counts.gained > 0,
                                           counts.lost > 0, counts.moved > 0, counts.repriced > 0, counts.reworded > 0);
      NoteDifference(how, RulesBehind(before, after, s, after_.model()), {place, weight}, s, after.slots[s].name,
                     tally);
    }
    return changed;
  }

  bool CountCarts(const engine::Request& request, bool with_text, std::uint32_t weight, std::size_t place,
                  const Answer& before, const Answer& after, Tally& tally) const {
    CountCart(before, after, weight, tally.counts.by_cart);
    const CartDifference difference = CompareCarts(before, after, with_text);
    if (difference.benefits) ++tally.counts.benefits_changed;
    if (!difference.any()) return false;
    const std::string how = absl::StrCat(request.placement, "//", difference.price, difference.benefits);
    NoteDifference(how, RulesBehindCart(before, after, with_text), {place, weight}, std::nullopt, "", tally);
    return true;
  }

  static void CountSlot(const std::string& placement, const OfferCounts& counts, const engine::Slot& before,
                        const engine::Slot& after, Tally& tally) {
    SlotChange& slot = tally.slots[{placement, after.name}];
    if (slot.asked++ == 0) {
      slot.placement = placement;
      slot.slot = after.name;
    }
    slot.gained += counts.gained;
    slot.lost += counts.lost;
    slot.moved += counts.moved;
    slot.repriced += counts.repriced;
    slot.reworded += counts.reworded;
    slot.offers.before += before.offers.size();
    slot.offers.after += after.offers.size();
    if (before.offers.empty()) ++slot.empty.before;
    if (after.offers.empty()) ++slot.empty.after;
    tally.counts.offers.before += before.offers.size();
    tally.counts.offers.after += after.offers.size();
    ++tally.counts.slots;
    if (!counts.any()) return;
    ++slot.changed;
    ++tally.counts.slots_changed;
  }

  // `how` tells kinds of differences apart, besides the rules behind them.
  void NoteDifference(const std::string& how, Change<std::vector<std::string>> behind, const Example& example,
                      std::optional<std::size_t> position, const std::string& slot, Tally& tally) const {
    const std::string key =
        absl::StrCat(how, "/", absl::StrJoin(behind.before, ","), "/", absl::StrJoin(behind.after, ","));
    DifferenceGroup& group = tally.groups[key];
    if (group.alike++ == 0) {
      group.slot = slot;
      group.position = position;
      group.rule_ids = std::move(behind);
    }
    group.weight += example.weight;
    AddExample(example, top_, group.best);
  }

  static void CountProducts(const Answer& before, const Answer& after, Tally& tally) {
    const std::vector<ProductIndex> old_products = OfferedProducts(before);
    const std::vector<ProductIndex> new_products = OfferedProducts(after);
    std::vector<ProductIndex> lost;
    std::set_difference(old_products.begin(), old_products.end(), new_products.begin(), new_products.end(),
                        std::back_inserter(lost));
    std::vector<ProductIndex> gained;
    std::set_difference(new_products.begin(), new_products.end(), old_products.begin(), old_products.end(),
                        std::back_inserter(gained));
    for (const ProductIndex product : lost) {
      tally.products[product].product = product;
      ++tally.products[product].pages_lost;
    }
    for (const ProductIndex product : gained) {
      tally.products[product].product = product;
      ++tally.products[product].pages_gained;
    }
  }

  void CountValue(const std::vector<ProductIndex>& page_products, std::uint32_t weight, const Answer& before,
                  const Answer& after, bool changed, Tally& tally) const {
    const ValueByCurrency old_value = ValueOf(before_.model(), page_products, before);
    const ValueByCurrency new_value = changed ? ValueOf(after_.model(), page_products, after) : old_value;
    for (const auto& [currency, value] : old_value) AddValue(value, weight, tally.counts.value[currency].before);
    for (const auto& [currency, value] : new_value) AddValue(value, weight, tally.counts.value[currency].after);
  }

  void CountRules(const engine::Request& request, absl::Time time, const std::vector<ProductIndex>& page_products,
                  const Answer& before, const Answer& after, Tally& tally) const {
    std::vector<RuleUse>& uses = tally.counts.rules;
    for (const std::uint32_t place : reach_before_.Reaching(request, time, page_products)) {
      ++uses[place_of_rule_.at(before_.rules().rules[place].id)].reached.before;
    }
    for (const std::uint32_t place : reach_after_.Reaching(request, time, page_products)) {
      ++uses[place_of_rule_.at(after_.rules().rules[place].id)].reached.after;
    }
    for (const std::string& id : FiredRules(before)) ++uses[place_of_rule_.at(id)].fired.before;
    for (const std::string& id : FiredRules(after)) ++uses[place_of_rule_.at(id)].fired.after;
    CountBlocked(after, uses);
  }

  // Each rule once per cause, however many of its products were not shown.
  void CountBlocked(const Answer& after, std::vector<RuleUse>& uses) const {
    std::vector<std::pair<std::size_t, std::size_t>> blocked;  // rule and cause
    for (const engine::TraceEntry& entry : after.trace) {
      if (entry.rule_id.empty() || !entry.rule_wanted_it) continue;
      blocked.emplace_back(place_of_rule_.at(entry.rule_id), static_cast<std::size_t>(entry.cause));
    }
    std::sort(blocked.begin(), blocked.end());
    blocked.erase(std::unique(blocked.begin(), blocked.end()), blocked.end());
    for (const auto& [rule, cause] : blocked) ++uses[rule].blocked[cause];
  }

  const engine::Snapshot& before_;
  const engine::Snapshot& after_;
  const std::size_t top_;
  const RuleReach reach_before_;
  const RuleReach reach_after_;
  const std::vector<RuleUse> rules_;
  absl::flat_hash_map<std::string, std::size_t> place_of_rule_;
};

}  // namespace

absl::StatusOr<Comparison> Compare(const engine::Snapshot& before, const engine::Snapshot& after,
                                   absl::Span<const ReplayedRequest> requests, const Options& options) {
  const Replay replay(before, after, options.top);
  const std::size_t per_run = std::max(kLeastPerRun, (requests.size() + kMostRuns - 1) / kMostRuns);
  Outcome outcome(options.still_wanted);
  std::vector<Tally> tallies((requests.size() + per_run - 1) / per_run);
  ParallelFor(options.threads, requests.size(), per_run,
              [&](std::size_t first, std::size_t last, std::size_t /*worker*/) {
                Tally& tally = tallies[first / per_run];
                tally = replay.NewTally();
                replay.Run(requests, first, last, outcome, tally);
              });
  AWASE_RETURN_IF_ERROR(outcome.status());
  Tally total = replay.NewTally();
  for (const Tally& tally : tallies) total.Add(tally, options.top);
  const GroupsByKey groups = std::move(total.groups);
  Comparison comparison = std::move(total).Finish();
  comparison.differences = ChooseDifferences(before, after, requests, groups, options.top);
  return comparison;
}

}  // namespace awase::whatif
