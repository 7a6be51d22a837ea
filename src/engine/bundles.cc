#include "bundles.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "any_of.h"
#include "awase/relations/relation.h"
#include "bound_rules.h"
#include "claims_set.h"
#include "eligibility.h"
#include "empty_reason.h"
#include "exclusion_rules.h"
#include "judge_candidate.h"
#include "kept_apart.h"
#include "pricing.h"
#include "score.h"

namespace awase::engine {
namespace {

using relations::RelationKind;

// A curated bundle and the product on whose page it is offered.
struct CuratedCandidate {
  const BoundBundle* bundle;
  ProductIndex anchor;
};
using CuratedCandidates = absl::InlinedVector<CuratedCandidate, 4>;

// The products that a set may be built around on this page.
absl::Span<const ProductIndex> BundleAnchors(const Context& context) {
  if (context.placement.cart_speaks) return context.seeds;
  return absl::MakeConstSpan(&context.page_product, 1);
}

// The anchor is on the page, in the cart or in the mail already, so only selling it as part of a set is in question.
Verdict JudgeAnchor(const Context& context, ProductIndex anchor) {
  const std::optional<RemovalCause> cause = WhyNotSellable(context, anchor, PriceNeed::kRequired);
  if (cause.has_value()) return {anchor, cause};
  if (const rules::Rule* rule = HidingRule(context, anchor)) return {anchor, RemovalCause::kHiddenByRule, rule};
  return {anchor};
}

// By rule priority; a bundle of two seeds is a candidate once, for the earlier seed.
CuratedCandidates FindCurated(const Context& context) {
  const Snapshot::BoundRules& bound = context.snapshot.bound_rules();
  CuratedCandidates found;
  if (bound.bundles.empty()) return found;
  for (const ProductIndex anchor : BundleAnchors(context)) {
    const auto add = [&](std::uint32_t place) {
      const BoundBundle& bundle = bound.bundles[place];
      const bool known = std::any_of(found.begin(), found.end(),
                                     [&](const CuratedCandidate& earlier) { return earlier.bundle == &bundle; });
      if (!known && Applies(context, bundle.rule)) found.push_back({&bundle, anchor});
    };
    const auto places = bound.bundles_by_page.find(anchor);
    if (places != bound.bundles_by_page.end()) std::for_each(places->second.begin(), places->second.end(), add);
    for (const std::uint32_t place : bound.bundles_by_group.MayHave(context.model, anchor)) {
      if (GroupOf(context, bound.bundles[place], anchor).has_value()) add(place);
    }
  }
  std::sort(found.begin(), found.end(), [](const CuratedCandidate& a, const CuratedCandidate& b) {
    return a.bundle->rule.rank < b.bundle->rule.rank;
  });
  return found;
}

// Puts the best of each other group beside the anchor; false, and the set is removed, where a group has none.
bool CompleteFromGroups(const Context& context, SlotDraft& draft, BundleDraft& set) {
  const BoundBundle& bundle = *set.curated;
  const std::optional<std::size_t> own = GroupOf(context, bundle, set.products.front());
  for (std::size_t i = 0; i < bundle.groups.size(); ++i) {
    if (i == own) continue;
    const Verdict verdict = ChooseOfGroup(context, bundle.groups[i], set.products);
    if (verdict.cause.has_value()) {
      Remove(context, draft, verdict.product, *verdict.cause,
             verdict.rule != nullptr ? verdict.rule : bundle.rule.rule);
      return false;
    }
    set.products.push_back(verdict.product);
  }
  return true;
}

// Chooses the curated bundle, with the anchor's line first, or removes it.
void ConsiderCurated(const Context& context, const CuratedCandidate& candidate, SlotDraft& draft) {
  BundleDraft set;
  set.curated = candidate.bundle;
  set.products.push_back(candidate.anchor);
  for (const ProductIndex product : candidate.bundle->products) {
    if (product != candidate.anchor) set.products.push_back(product);
  }
  const rules::Rule* rule = candidate.bundle->rule.rule;
  if (!candidate.bundle->groups.empty() && !CompleteFromGroups(context, draft, set)) return;
  for (std::size_t i = 0; i < set.products.size(); ++i) {
    const absl::Span<const ProductIndex> before = absl::MakeConstSpan(set.products).first(i);
    const Verdict verdict =
        i == 0 ? JudgeAnchor(context, set.products[i]) : JudgeSetLine(context, before, set.products[i]);
    if (!verdict.cause.has_value()) continue;
    return Remove(context, draft, set.products[i], *verdict.cause, verdict.rule != nullptr ? verdict.rule : rule);
  }
  if (!PriceBundle(context.model, set.products, candidate.bundle->bundle).has_value()) {
    return Remove(context, draft, candidate.anchor, RemovalCause::kCurrencyMismatch, rule);
  }
  draft.bundles.push_back(std::move(set));
}

void MakeAutomaticSet(const Context& context, ProductIndex anchor, SlotDraft& draft) {
  const Verdict verdict = JudgeAnchor(context, anchor);
  if (verdict.cause.has_value()) {
    draft.empty_reason =
        absl::StrCat("the product itself is ", CausePhrase(*verdict.cause), ", so no set with it can be sold");
    // Whoever hides a product is to see what else that keeps from the page.
    if (verdict.rule != nullptr) Remove(context, draft, anchor, *verdict.cause, verdict.rule);
    return;
  }
  BundleDraft set;
  set.products.push_back(anchor);
  GrowSet(context, set, draft);
  if (set.entry == nullptr) return;
  if (!PriceBundle(context.model, set.products, nullptr).has_value()) {
    draft.empty_reason = "the prices of the set do not add up to an amount of money";
    return;
  }
  set.score = Relevance(*set.entry, context.model.related(RelationKind::kBoughtTogether, anchor).front());
  if (set.score < context.placement.least_score) {
    ++draft.below_floor;
    return Remove(context, draft, set.products[1], RemovalCause::kNoEvidence);
  }
  draft.bundles.push_back(std::move(set));
}

}  // namespace

void FillBundles(const Context& context, SlotDraft& draft) {
  for (const CuratedCandidate& candidate : FindCurated(context)) {
    if (draft.bundles.size() < draft.wanted) {
      ConsiderCurated(context, candidate, draft);
    } else {
      Remove(context, draft, candidate.anchor, RemovalCause::kLimit, candidate.bundle->rule.rule);
    }
  }
  if (draft.bundles.empty()) MakeAutomaticSet(context, BundleAnchors(context).front(), draft);
}

}  // namespace awase::engine
