#include "arbitration.h"

#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

#include "candidates.h"

namespace awase::engine {
namespace {

bool IsStep(const SlotSpec& slot) { return slot.kind == SlotKind::kLower || slot.kind == SlotKind::kHigher; }

// What a step proposes to have instead of step_from(); kNoProduct where that stays and seats or options change.
ProductIndex ReplacementBy(const Context& context, const Candidate& step) {
  if (step.move == nullptr) return context.placement.side_by_side ? kNoProduct : step.product;
  const plans::Plan* to = step.move->to.plan;
  return to == context.plan_fit->now.plan ? kNoProduct : to->product;
}

// What somebody has put on the page is worth more than anything that is found.
constexpr double kPlacedWorth = 2;

double WorthOf(const Candidate& candidate) {
  if (candidate.pin != nullptr) return kPlacedWorth;
  if (candidate.move != nullptr) return 1;
  if (candidate.is_last) return 0;
  return candidate.rung > 0 ? 1.0 / candidate.rung : std::min(candidate.score, 1.0);
}

double WorthOf(const BundleDraft& set) { return set.curated != nullptr ? kPlacedWorth : std::min(set.score, 1.0); }

// An offer's claim to a seat in the answer.
struct Seat {
  std::int32_t priority;
  double worth;
  std::size_t slot;   // in display order
  std::size_t place;  // in the slot
};

std::vector<Seat> SeatsOf(absl::Span<const SlotDraft> drafts) {
  std::vector<Seat> seats;
  for (std::size_t slot = 0; slot < drafts.size(); ++slot) {
    const SlotDraft& draft = drafts[slot];
    const auto add = [&](const auto& offers) {
      for (std::size_t place = 0; place < offers.size(); ++place) {
        seats.push_back({draft.spec.priority, WorthOf(offers[place]), slot, place});
      }
    };
    add(draft.bundles);  // a slot has either
    add(draft.chosen);
  }
  return seats;
}

void RemoveSeat(const Context& context, std::size_t place, SlotDraft& draft) {
  const auto at = static_cast<std::ptrdiff_t>(place);
  if (!draft.bundles.empty()) {
    const BundleDraft& set = draft.bundles[place];
    RemoveSet(context, draft, set, {set.products[1], RemovalCause::kLimit});
    draft.bundles.erase(draft.bundles.begin() + at);
  } else {
    Remove(context, draft, draft.chosen[place].product, RemovalCause::kLimit, WantingRule(draft.chosen[place]));
    draft.chosen.erase(draft.chosen.begin() + at);
  }
}

}  // namespace

absl::InlinedVector<std::size_t, 4> FillOrder(const Placement& placement) {
  absl::InlinedVector<std::size_t, 4> order;
  for (std::size_t i = 0; i < placement.slots.size(); ++i) order.push_back(i);
  if (placement.side_by_side && !placement.advises_plans) return order;
  std::stable_sort(order.begin(), order.end(), [&placement](std::size_t a, std::size_t b) {
    const auto rank = [](const SlotSpec& slot) {
      return IsStep(slot) ? std::pair(0, -slot.priority) : std::pair(1, std::int32_t{0});
    };
    return rank(placement.slots[a]) < rank(placement.slots[b]);
  });
  return order;
}

void YieldToOtherStep(const Context& context, absl::Span<const SlotDraft> drafts, SlotDraft& draft) {
  if (context.placement.side_by_side || !IsStep(draft.spec) || draft.chosen.empty()) return;
  const bool other_speaks = std::any_of(drafts.begin(), drafts.end(), [&draft](const SlotDraft& other) {
    return &other != &draft && IsStep(other.spec) && !other.chosen.empty();
  });
  if (!other_speaks) return;
  for (const Candidate& candidate : draft.chosen) {
    Remove(context, draft, candidate.product, RemovalCause::kExcluded, WantingRule(candidate));
  }
  draft.chosen.clear();
}

void ClaimProducts(const SlotDraft& draft, Context& context) {
  for (const Candidate& candidate : draft.chosen) context.offered_roots.push_back(candidate.root);
  for (const BundleDraft& bundle : draft.bundles) {
    for (const ProductIndex product : bundle.products) context.offered_roots.push_back(context.model.root(product));
  }
  if (!context.placement.advises_plans || !IsStep(draft.spec)) return;
  for (const Candidate& candidate : draft.chosen) {
    const ProductIndex product = ReplacementBy(context, candidate);
    if (product != kNoProduct) context.advised_roots.push_back(context.model.root(product));
  }
}

bool GoesOnlyWithReplaced(const Context& context, const Candidate& candidate) {
  if (context.advised_roots.empty()) return false;
  const artefact::Model& model = context.model;
  const relations::RelationKind kind = AlsoBoughtRelation(model);
  const auto goes_with = [&](ProductIndex root) {
    const auto list = model.related(kind, root);
    return std::any_of(list.begin(), list.end(), [&](const relations::RelationEntry& entry) {
      return entry.other == candidate.root && entry.entry_class != relations::EntryClass::kSubstitute;
    });
  };
  const ProductIndex replaced = model.root(context.step_from());
  const bool goes_with_seed = std::any_of(context.seeds.begin(), context.seeds.end(), [&](ProductIndex seed) {
    return model.root(seed) != replaced && goes_with(model.root(seed));
  });
  return !goes_with_seed && std::none_of(context.advised_roots.begin(), context.advised_roots.end(), goes_with);
}

void LimitOffers(const Context& context, absl::Span<SlotDraft> drafts) {
  const std::optional<std::uint32_t> asked = context.request.max_offers;
  const std::optional<std::uint32_t> allowed = context.placement.max_offers;
  if (!asked.has_value() && !allowed.has_value()) return;
  const std::size_t most = std::min(asked.value_or(UINT32_MAX), allowed.value_or(UINT32_MAX));
  std::vector<Seat> seats = SeatsOf(drafts);
  if (seats.size() <= most) return;
  std::sort(seats.begin(), seats.end(), [](const Seat& a, const Seat& b) {
    return std::tuple(-a.priority, -a.worth, a.slot, a.place) < std::tuple(-b.priority, -b.worth, b.slot, b.place);
  });
  // From the back of each slot, so that the places before stay what they are.
  std::sort(seats.begin() + static_cast<std::ptrdiff_t>(most), seats.end(),
            [](const Seat& a, const Seat& b) { return std::tuple(a.slot, b.place) < std::tuple(b.slot, a.place); });
  for (std::size_t i = most; i < seats.size(); ++i) RemoveSeat(context, seats[i].place, drafts[seats[i].slot]);
}

}  // namespace awase::engine
