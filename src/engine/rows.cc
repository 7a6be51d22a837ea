#include "rows.h"

// Stages 4, 5 and 7 look at one candidate after the other, in the order that stage 6 gave them, and stop when the row
// is full. The result is that of running stage by stage over all candidates, because each of these stages looks at
// nothing but the candidate and what was chosen before it; but a row of six touches about ten products of the model
// instead of all 64, and touching products is what a request spends its time on.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "arbitration.h"
#include "candidates.h"
#include "judge_candidate.h"
#include "pins.h"
#include "quotas.h"
#include "row_caps.h"
#include "score.h"
#include "set_choice.h"
#include "weights.h"

namespace awase::engine {
namespace {

// A pinned product that a list names as well keeps its seat and takes the list's evidence, if that is any.
void AdoptEvidence(const Candidate& candidate, Candidate& pinned) {
  if (IsBackedOff(candidate)) return;
  pinned.seed = candidate.seed;
  pinned.relation = candidate.relation;
  pinned.entry = candidate.entry;
  pinned.rung = candidate.rung;
  pinned.step = candidate.step;
  pinned.asserted_by = candidate.asserted_by;
  pinned.score = candidate.score;
}

// The rule that a removal is named after where stages 4 and 5 do not say: which wanted the candidate here, or put it
// behind those that took its place. Null for most.
const rules::Rule* RuleBehind(const Context& context, const SlotDraft& draft, const Candidate& candidate) {
  if (draft.trace == nullptr || draft.spec.kind != SlotKind::kAlsoBought) return WantingRule(candidate);
  return BuryingRule(context, draft.spec.kind, candidate.root);
}

// Removes the candidate where something speaks against it; else puts the variant to sell into it.
bool Passes(const Context& context, Candidate& candidate, SlotDraft& draft) {
  const Verdict verdict = JudgeCandidate(context, draft.spec, candidate);
  if (verdict.cause.has_value()) {
    if (LeavesByFloor(context, candidate)) ++draft.below_floor;
    Remove(context, draft, verdict.product, *verdict.cause,
           verdict.rule != nullptr ? verdict.rule : WantingRule(candidate));
    return false;
  }
  candidate.product = verdict.product;
  const Verdict in_row = JudgeInRow(context, draft, candidate);
  if (!in_row.cause.has_value()) return true;
  Remove(context, draft, candidate.product, *in_row.cause,
         in_row.rule != nullptr ? in_row.rule : RuleBehind(context, draft, candidate));
  return false;
}

// Whether the candidate has a seat as a pinned product already, which then takes its evidence.
bool AdoptIfPinned(const Candidate& candidate, SlotDraft& draft) {
  Candidate* pinned = draft.FindChosen(candidate.root);
  if (pinned == nullptr || pinned->pin == nullptr) return false;
  AdoptEvidence(candidate, *pinned);
  return true;
}

// The candidates from `first` on, for which the row had no seat.
void CountBehind(const Context& context, bool has_pins, std::size_t first, Candidates& candidates, SlotDraft& draft) {
  const bool need_not_look = !has_pins && draft.trace == nullptr && context.selection.quotas.empty();
  if (need_not_look) {
    draft.removed[static_cast<std::size_t>(RemovalCause::kLimit)] +=
        static_cast<std::uint32_t>(candidates.size() - first);
    return;
  }
  Candidates rest;
  for (std::size_t i = first; i < candidates.size(); ++i) {
    if (!has_pins || !AdoptIfPinned(candidates[i], draft)) rest.push_back(candidates[i]);
  }
  SeatQuotas(context, rest, draft);
  for (Candidate& candidate : rest) {
    if (candidate.root == context.asked_root && !Passes(context, candidate, draft)) continue;
    Remove(context, draft, candidate.product, RemovalCause::kLimit, RuleBehind(context, draft, candidate));
  }
}

// Asks memory for the first products of the row at once, so that it does not wait for one after the other.
void PrefetchFirst(const Context& context, const SlotDraft& draft, const Candidates& candidates) {
  constexpr std::size_t kSpare = 4;  // for those that something speaks against
  const std::size_t count = std::min<std::size_t>(candidates.size(), draft.wanted + kSpare);
  for (std::size_t i = 0; i < count; ++i) context.model.Prefetch(candidates[i].root);
}

}  // namespace

void FillRow(const Context& context, SlotDraft& draft) {
  ChoosePinned(context, draft);
  const bool has_pins = !draft.chosen.empty();

  Candidates candidates = GatherCandidates(context, draft.spec);
  RankCandidates(context, draft.spec, candidates);
  MarkBelowFloor(context, draft.spec, candidates);
  WeighCandidates(context, draft, candidates);
  PrefetchFirst(context, draft, candidates);
  std::size_t next = 0;
  for (; next < candidates.size() && !draft.full(); ++next) {
    if (has_pins && AdoptIfPinned(candidates[next], draft)) continue;
    if (Passes(context, candidates[next], draft)) draft.chosen.push_back(candidates[next]);
  }
  CountBehind(context, has_pins, next, candidates, draft);
  ArrangePins(draft);
}

}  // namespace awase::engine
