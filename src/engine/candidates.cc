#include "candidates.h"

#include <algorithm>
#include <cstddef>

#include "absl/types/span.h"
#include "awase/ladder/ladder.h"
#include "cart_candidates.h"
#include "rung_rules.h"
#include "score.h"

namespace awase::engine {
namespace {

using relations::EntryClass;
using relations::EntrySource;
using relations::RelationEntry;
using relations::RelationKind;

void AddRelated(const Context& context, RelationKind kind, ProductIndex seed, Candidates& candidates) {
  const absl::Span<const RelationEntry> list = context.model.related(kind, seed);
  const Source source = kind == RelationKind::kAlsoBought ? Source::kAlsoBought : Source::kBoughtTogether;
  std::size_t next = candidates.size();
  candidates.resize(next + list.size());  // all at once: a page makes some hundred of them
  const auto add = [&](const RelationEntry& entry) {
    Candidate& candidate = candidates[next++];
    candidate.product = entry.other;
    candidate.root = entry.other;  // lists name roots
    candidate.seed = seed;
    candidate.source = source;
    candidate.relation = kind;
    candidate.any_variant = true;
    candidate.is_substitute = entry.entry_class == EntryClass::kSubstitute;
    candidate.score = Relevance(entry, list.front());
    candidate.entry = &entry;
  };
  // What is backed off comes behind all evidence, wherever the model that predicts orders ranks it.
  std::size_t counted = 0;
  for (const RelationEntry& entry : list) {
    if (entry.source != EntrySource::kCounted) continue;
    add(entry);
    ++counted;
  }
  if (counted == list.size()) return;
  for (const RelationEntry& entry : list) {
    if (entry.source != EntrySource::kCounted) add(entry);
  }
}

void AddAssertedRungs(const Context& context, ladder::Direction direction, Candidates& candidates) {
  for (const AssertedStep& step : FindAssertedSteps(context, context.page_product, direction)) {
    candidates.push_back({.product = step.to,
                          .root = context.model.root(step.to),
                          .seed = context.page_product,
                          .source = Source::kRule,
                          .rung = step.rung,
                          .asserted_by = step.ladder});
  }
}

// What somebody vouches for comes first. What the ladder has learned as well is there once, and keeps its evidence.
void AddRungs(const Context& context, ladder::Direction direction, Candidates& candidates) {
  AddAssertedRungs(context, direction, candidates);
  const std::size_t asserted_count = candidates.size();
  const auto rungs = context.model.rungs(context.page_product);
  const auto evidence = context.model.rung_evidence(context.page_product);
  for (std::size_t r = 0; r < rungs.size(); ++r) {
    const ladder::Rung& rung = rungs[r];
    if (rung.direction != direction) continue;
    const auto asserted_end = candidates.begin() + static_cast<std::ptrdiff_t>(asserted_count);
    const auto asserted = std::find_if(candidates.begin(), asserted_end,
                                       [&](const Candidate& other) { return other.product == rung.other; });
    if (asserted != asserted_end) {
      asserted->source = Source::kLadder;
      asserted->step = evidence.empty() ? nullptr : &evidence[r];
      continue;
    }
    candidates.push_back({.product = rung.other,
                          .root = context.model.root(rung.other),
                          .seed = context.page_product,
                          .source = Source::kLadder,
                          .rung = rung.rung,
                          .is_weak_step = rung.grade == ladder::Grade::kWeak,
                          .step = evidence.empty() ? nullptr : &evidence[r]});
  }
}

// Variants share their root's list: counting it once per variant would double its say.
bool SpokeBefore(const Context& context, std::size_t position) {
  const ProductIndex root = context.model.root(context.seeds[position]);
  for (std::size_t i = 0; i < position; ++i) {
    if (context.model.root(context.seeds[i]) == root) return true;
  }
  return false;
}

}  // namespace

RelationKind AlsoBoughtRelation(const artefact::Model& model) {
  return model.has_relation(RelationKind::kAlsoBought) ? RelationKind::kAlsoBought : RelationKind::kBoughtTogether;
}

Candidates GatherCandidates(const Context& context, const SlotSpec& slot) {
  Candidates candidates;
  switch (slot.kind) {
    case SlotKind::kAlsoBought: {
      candidates = GatherCartCandidates(context);
      if (!candidates.empty()) break;
      const RelationKind kind = AlsoBoughtRelation(context.model);
      for (std::size_t i = 0; i < context.seeds.size(); ++i) {
        if (!SpokeBefore(context, i)) AddRelated(context, kind, context.seeds[i], candidates);
      }
      break;
    }
    case SlotKind::kLower:
      AddRungs(context, ladder::Direction::kLower, candidates);
      break;
    case SlotKind::kHigher:
      AddRungs(context, ladder::Direction::kHigher, candidates);
      break;
    case SlotKind::kBundle:
      break;
  }
  return candidates;
}

std::optional<RemovalCause> WhyNotByEntry(const Context& context, const Candidate& candidate) {
  if (candidate.is_weak_step) return RemovalCause::kNoEvidence;
  if (candidate.entry == nullptr) return std::nullopt;
  if (candidate.is_substitute) return RemovalCause::kSubstitute;
  if (candidate.entry->entry_class == EntryClass::kVariant) return RemovalCause::kVariantOfAnchor;
  const bool lacks_evidence =
      IsBackedOff(candidate)
          ? context.request.evidence_only || candidate.entry->source == relations::EntrySource::kPopularity
          : candidate.entry->lift <= 1;
  return lacks_evidence ? std::optional(RemovalCause::kNoEvidence) : std::nullopt;
}

}  // namespace awase::engine
