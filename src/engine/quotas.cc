#include "quotas.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

#include "absl/container/inlined_vector.h"
#include "bound_rules.h"
#include "judge_candidate.h"
#include "set_choice.h"

namespace awase::engine {
namespace {

class Seater {
 public:
  Seater(const Context& context, Candidates& rest, SlotDraft& draft)
      : context_(context), rest_(rest), draft_(draft), is_settled_(rest.size(), false) {}

  void Seat() {
    for (const BoundQuota* quota : context_.selection.quotas) {
      Meet(*quota);
      met_.push_back({quota, std::min<std::size_t>(CountOf(*quota), quota->at_least)});
    }
    std::size_t kept = 0;
    for (std::size_t i = 0; i < rest_.size(); ++i) {
      if (!is_settled_[i]) rest_[kept++] = rest_[i];
    }
    rest_.resize(kept);
  }

 private:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  // A quota before, and how many offers of its set there must stay.
  struct Met {
    const BoundQuota* quota;
    std::size_t least;
  };

  bool Has(const BoundQuota& quota, ProductIndex product) const { return quota.set.Has(context_.model, product); }

  std::size_t CountOf(const BoundQuota& quota) const {
    return static_cast<std::size_t>(std::count_if(draft_.chosen.begin(), draft_.chosen.end(),
                                                  [&](const Candidate& chosen) { return Has(quota, chosen.product); }));
  }

  void Meet(const BoundQuota& quota) {
    std::size_t count = CountOf(quota);
    for (std::size_t i = 0; i < rest_.size() && count < quota.at_least; ++i) {
      if (is_settled_[i]) continue;
      const Verdict verdict = JudgeCandidate(context_, draft_.spec, rest_[i]);
      if (!Has(quota, verdict.product)) continue;
      if (verdict.cause.has_value()) {
        if (LeavesByFloor(context_, rest_[i])) ++draft_.below_floor;
        Remove(context_, draft_, verdict.product, *verdict.cause, verdict.rule);
        is_settled_[i] = true;
        continue;
      }
      rest_[i].product = verdict.product;
      if (TakeSeat(quota, i)) ++count;
    }
  }

  // Whether the candidate has a seat now. Otherwise none is free for it, or it is counted as removed.
  bool TakeSeat(const BoundQuota& quota, std::size_t place) {
    const std::size_t loser = FindLoser(quota, rest_[place].product);
    if (loser == kNone) return false;
    const Candidate lost = draft_.chosen[loser];
    draft_.chosen.erase(draft_.chosen.begin() + static_cast<std::ptrdiff_t>(loser));
    is_settled_[place] = true;
    const Verdict verdict = JudgeInRow(context_, draft_, rest_[place]);
    if (verdict.cause.has_value()) {
      draft_.chosen.insert(draft_.chosen.begin() + static_cast<std::ptrdiff_t>(loser), lost);
      Remove(context_, draft_, rest_[place].product, *verdict.cause, verdict.rule);
      return false;
    }
    Remove(context_, draft_, lost.product, RemovalCause::kLimit, quota.rule.rule);
    SitDown(quota, place, loser);
    return true;
  }

  // At the end of the row, among the newcomers in the order of candidates. `left` is the seat that was given up.
  void SitDown(const BoundQuota& quota, std::size_t place, std::size_t left) {
    const std::size_t first = draft_.chosen.size() + 1 - newcomers_.size();
    if (left >= first) newcomers_.erase(newcomers_.begin() + static_cast<std::ptrdiff_t>(left - first));
    const auto later = std::upper_bound(newcomers_.begin(), newcomers_.end(), place);
    const std::ptrdiff_t from_end = newcomers_.end() - later;
    newcomers_.insert(later, place);
    rest_[place].quota = &quota;
    draft_.chosen.insert(draft_.chosen.end() - from_end, rest_[place]);
  }

  // The last seat that may be given up for `newcomer`.
  std::size_t FindLoser(const BoundQuota& quota, ProductIndex newcomer) const {
    for (std::size_t i = draft_.chosen.size(); i-- > 0;) {
      const Candidate& chosen = draft_.chosen[i];
      if (chosen.pin == nullptr && !Has(quota, chosen.product) && !IsNeeded(chosen.product, newcomer)) return i;
    }
    return kNone;
  }

  // Whether a quota before would not be met any more with `newcomer` instead of `product`.
  bool IsNeeded(ProductIndex product, ProductIndex newcomer) const {
    return std::any_of(met_.begin(), met_.end(), [&](const Met& met) {
      return Has(*met.quota, product) && !Has(*met.quota, newcomer) && CountOf(*met.quota) <= met.least;
    });
  }

  const Context& context_;
  Candidates& rest_;
  SlotDraft& draft_;
  absl::InlinedVector<bool, 64> is_settled_;       // of `rest_`
  absl::InlinedVector<Met, 4> met_;                // by rank
  absl::InlinedVector<std::size_t, 4> newcomers_;  // places in `rest_` of the last ones of the row, ascending
};

}  // namespace

void SeatQuotas(const Context& context, Candidates& rest, SlotDraft& draft) {
  if (context.selection.quotas.empty() || draft.spec.kind != SlotKind::kAlsoBought) return;
  Seater(context, rest, draft).Seat();
}

}  // namespace awase::engine
