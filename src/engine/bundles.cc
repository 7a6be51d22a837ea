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
#include "judge_candidate.h"
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
    for (const std::uint32_t place : bound.bundles_by_page.Of(anchor)) add(place);
    for (const std::uint32_t place : bound.bundles_by_group.MayHave(context.model, anchor)) {
      if (GroupOf(context, bound.bundles[place], anchor).has_value()) add(place);
    }
  }
  std::sort(found.begin(), found.end(), [](const CuratedCandidate& a, const CuratedCandidate& b) {
    return a.bundle->rule.rank < b.bundle->rule.rank;
  });
  return found;
}

// Puts the best of each other group beside the anchor; a cause where a group has none.
Verdict CompleteFromGroups(const Context& context, BundleDraft& set) {
  const BoundBundle& bundle = *set.curated;
  const std::optional<std::size_t> own = GroupOf(context, bundle, set.products.front());
  for (std::size_t i = 0; i < bundle.groups.size(); ++i) {
    if (i == own) continue;
    const Verdict verdict = ChooseOfGroup(context, bundle.groups[i], set.products);
    if (verdict.cause.has_value()) return verdict;
    set.products.push_back(verdict.product);
  }
  return {set.products.front()};
}

// Of the first line behind the anchor's that something speaks against.
Verdict JudgeLines(const Context& context, const BundleDraft& set) {
  for (std::size_t i = 1; i < set.products.size(); ++i) {
    const Verdict verdict = JudgeSetLine(context, absl::MakeConstSpan(set.products).first(i), set.products[i]);
    if (verdict.cause.has_value()) return verdict;
  }
  return {set.products.front()};
}

// The set of the rule, the anchor's line first; of groups the anchor alone.
BundleDraft DraftOf(const CuratedCandidate& candidate) {
  BundleDraft set;
  set.curated = candidate.bundle;
  set.products.push_back(candidate.anchor);
  for (const ProductIndex product : candidate.bundle->products) {
    if (product != candidate.anchor) set.products.push_back(product);
  }
  return set;
}

// What speaks against the set of a rule, which is completed from its groups on the way.
Verdict JudgeCurated(const Context& context, BundleDraft& set) {
  const Verdict anchor = JudgePresent(context, set.products.front());
  if (anchor.cause.has_value()) return anchor;
  const Verdict lines = set.curated->groups.empty() ? JudgeLines(context, set) : CompleteFromGroups(context, set);
  if (lines.cause.has_value()) return lines;
  // What is new to the customer comes first; where nothing is, nothing is left to offer.
  const auto first_present = std::stable_partition(set.products.begin() + 1, set.products.end(),
                                                   [&](ProductIndex line) { return !LiesInCart(context, line); });
  if (first_present == set.products.begin() + 1) return {*first_present, RemovalCause::kInCart};
  const bool has_price = PriceBundle(context.model, set.products, set.curated->bundle).has_value();
  return has_price ? anchor : Verdict{anchor.product, RemovalCause::kCurrencyMismatch};
}

// Chooses the set, or removes it: also where there is no seat for it, and then without looking at it, but for somebody
// who asks.
void ConsiderCurated(const Context& context, BundleDraft set, SlotDraft& draft) {
  const bool has_no_seat = draft.bundles.size() >= draft.wanted;
  Verdict verdict{set.products.front()};
  if (!has_no_seat || context.asked_root != kNoProduct) verdict = JudgeCurated(context, set);
  if (has_no_seat && !verdict.cause.has_value()) verdict.cause = RemovalCause::kLimit;
  if (verdict.cause.has_value()) return RemoveSet(context, draft, set, verdict);
  draft.bundles.push_back(std::move(set));
}

void MakeAutomaticSet(const Context& context, ProductIndex anchor, SlotDraft& draft) {
  const Verdict verdict = JudgePresent(context, anchor);
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

absl::Span<const ProductIndex> BundleAnchors(const Context& context) {
  if (context.placement.cart_speaks) return context.seeds;
  return absl::MakeConstSpan(&context.page_product, 1);
}

bool IsSoldAround(const Context& context, const BoundBundle& bundle, ProductIndex anchor) {
  if (!bundle.groups.empty()) return GroupOf(context, bundle, anchor).has_value();
  const std::string& only = bundle.bundle->anchor;
  const bool names = std::find(bundle.products.begin(), bundle.products.end(), anchor) != bundle.products.end();
  return names && (only.empty() || only == context.model.product(anchor).product_id());
}

void FillBundles(const Context& context, SlotDraft& draft) {
  for (const CuratedCandidate& candidate : FindCurated(context)) ConsiderCurated(context, DraftOf(candidate), draft);
  if (draft.bundles.empty()) MakeAutomaticSet(context, BundleAnchors(context).front(), draft);
}

}  // namespace awase::engine
