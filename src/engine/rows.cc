#include "rows.h"

// Stages 4, 5 and 7 look at one candidate after the other, in the order that stage 6 gave them, and stop when the row
// is full. The result is that of running stage by stage over all candidates, because each of these stages looks at
// nothing but the candidate and what was chosen before it; but a row of six touches about ten products of the model
// instead of all 64, and touching products is what a request spends its time on.

#include <cstddef>
#include <optional>

#include "candidates.h"
#include "eligibility.h"
#include "pins.h"
#include "score.h"
#include "set_choice.h"

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

// The rule that wanted the candidate here, or null.
const rules::Rule* AssertingRule(const Candidate& candidate) {
  return candidate.asserted_by == nullptr ? nullptr : candidate.asserted_by->rule.rule;
}

// Stages 4 and 5.
Verdict Judge(const Context& context, const SlotSpec& slot, const Candidate& candidate) {
  if (slot.kind == SlotKind::kAlsoBought) {
    return candidate.any_variant ? JudgeVariants(context, candidate.root, PriceNeed::kSameIfAny)
                                 : JudgeProduct(context, candidate.product, PriceNeed::kSameIfAny);
  }
  return JudgeStep(context, context.page_product, candidate.product);
}

// Chooses the candidate or removes it.
void Consider(const Context& context, Candidate candidate, SlotDraft& draft) {
  if (const std::optional<RemovalCause> cause = WhyNotByEntry(context, candidate)) {
    return Remove(context, draft, candidate.product, *cause);
  }
  const Verdict verdict = Judge(context, draft.spec, candidate);
  if (verdict.cause.has_value()) {
    return Remove(context, draft, verdict.product, *verdict.cause,
                  verdict.rule != nullptr ? verdict.rule : AssertingRule(candidate));
  }
  candidate.product = verdict.product;
  if (const std::optional<RemovalCause> cause = WhyNotInRow(context, draft, candidate)) {
    return Remove(context, draft, candidate.product, *cause, AssertingRule(candidate));
  }
  draft.chosen.push_back(candidate);
}

}  // namespace

void FillRow(const Context& context, SlotDraft& draft) {
  ChoosePinned(context, draft);
  const std::size_t pinned_count = draft.chosen.size();

  Candidates candidates = GatherCandidates(context, draft.spec);
  RankCandidates(context, draft.spec, candidates);
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const Candidate& candidate = candidates[i];
    if (pinned_count > 0) {
      Candidate* pinned = draft.FindChosen(candidate.root);
      if (pinned != nullptr && pinned->pin != nullptr) {
        AdoptEvidence(candidate, *pinned);
        continue;
      }
    }
    if (!draft.full()) {
      Consider(context, candidate, draft);
    } else if (pinned_count > 0 || draft.trace != nullptr) {
      Remove(context, draft, candidate.product, RemovalCause::kLimit, AssertingRule(candidate));
    } else {
      const auto rest = static_cast<std::uint32_t>(candidates.size() - i);
      draft.removed[static_cast<std::size_t>(RemovalCause::kLimit)] += rest;
      break;
    }
  }
  ArrangePins(draft);
}

}  // namespace awase::engine
