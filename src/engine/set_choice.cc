#include "set_choice.h"

#include <algorithm>
#include <cstddef>

#include "awase/catalog/price_basis.h"
#include "awase/engine/differences.h"
#include "awase/engine/price_basis.h"
#include "awase/relations/relation.h"
#include "awase/rules/row_limits.h"

namespace awase::engine {
namespace {

using relations::RelationEntry;
using relations::RelationKind;

// What speaks against the two in one set. Lists are cut at the trainer's top K, so a pair may be known from one side
// only. A pair that neither knows is not contradicted by anything.
std::optional<RemovalCause> WhyNotBeside(const Context& context, ProductIndex a, ProductIndex b) {
  const RelationEntry* entry = FindTogether(context.model, a, context.model.root(b));
  if (entry == nullptr) entry = FindTogether(context.model, b, context.model.root(a));
  if (entry == nullptr) return std::nullopt;
  if (entry->entry_class == relations::EntryClass::kSubstitute) return RemovalCause::kSubstitute;
  return entry->lift <= 1 ? std::optional(RemovalCause::kNoEvidence) : std::nullopt;
}

// A second product of the seed's type that is not there instead of it: it is bought with it, or it is another work of
// the same hand.
bool MayBeOfSeedsType(const Candidate& candidate) {
  if (candidate.entry == nullptr) return false;
  return candidate.entry->entry_class == relations::EntryClass::kMultiPack ||
         candidate.entry->source == relations::EntrySource::kAuthor ||
         candidate.entry->source == relations::EntrySource::kSeries;
}

}  // namespace

const RelationEntry* FindTogether(const artefact::Model& model, ProductIndex product, ProductIndex root) {
  for (const RelationEntry& entry : model.related(RelationKind::kBoughtTogether, product)) {
    if (entry.other == root) return entry.source == relations::EntrySource::kCounted ? &entry : nullptr;
  }
  return nullptr;
}

namespace {

// Whether a learned step to another pack, way to buy or brand is one at the prices of now, which may not be those of
// the training. Contents that are not known to compare say nothing, but without any a subscription brings the same.
bool IsStepPerUnit(const Context& context, const SlotSpec& slot, const Candidate& candidate) {
  const artefact::ProductView page = context.model.product(context.page_product);
  const artefact::ProductView other = context.model.product(candidate.product);
  const double page_content = page.pack_quantity().value_or(0);
  const double other_content = other.pack_quantity().value_or(0);
  const bool compares = page_content > 0 && other_content > 0 && page.pack_unit() == other.pack_unit();
  // Unit prices, multiplied crosswise.
  const double of_page = static_cast<double>(page.price()->minor_units) * (compares ? other_content : 1);
  const double of_other = static_cast<double>(other.price()->minor_units) * (compares ? page_content : 1);
  const bool is_higher = slot.kind == SlotKind::kHigher;
  switch (candidate.step->kind) {
    case ladder::StepKind::kModel:
      break;
    case ladder::StepKind::kPack:
      return !compares || (is_higher ? of_other < of_page : of_page < of_other);
    case ladder::StepKind::kSubscription:
      return of_other < of_page;
    case ladder::StepKind::kBrand:
      return !compares || (is_higher ? of_page < of_other : of_other < of_page);
  }
  return true;
}

// More of the same need, even where one time of it costs less.
bool IsSubscriptionThatSaves(const Context& context, const SlotSpec& slot, const Candidate& candidate) {
  return candidate.step != nullptr && candidate.step->kind == ladder::StepKind::kSubscription &&
         IsStepPerUnit(context, slot, candidate);
}

// As ladders have it: where nothing but a title is known, two of one title may still be two models.
bool IsSameProduct(const artefact::Model& model, ProductIndex a, ProductIndex b) {
  const artefact::ProductView one = model.product(a);
  const artefact::ProductView other = model.product(b);
  return one.title_id() != artefact::kEmptyString && one.title_id() == other.title_id() &&
         one.brand_id() == other.brand_id() && one.tier_id() == other.tier_id() &&
         one.pack_quantity() == other.pack_quantity() &&
         catalog::IsSameInterval(one.subscription_interval(), other.subscription_interval()) &&
         one.attribute_count() > 0 && FindDifferences(model, a, b, nullptr).empty();
}

}  // namespace

bool IsNoStep(const Context& context, const SlotSpec& slot, ProductIndex product, bool is_learned) {
  if (slot.kind != SlotKind::kLower && slot.kind != SlotKind::kHigher) return false;
  const std::int64_t from = context.model.product(context.page_product).price()->minor_units;
  const std::int64_t to = context.model.product(product).price()->minor_units;
  const bool goes_the_way = slot.kind == SlotKind::kLower ? to < from : to > from;
  if (!goes_the_way || IsSameProduct(context.model, context.page_product, product)) return true;
  return !is_learned && !HaveOnePriceBasis(context.model, context.page_product, product);  // ladders have looked
}

std::optional<RemovalCause> WhyNotInRow(const Context& context, const SlotDraft& draft, const Candidate& candidate) {
  const bool repeated = std::any_of(draft.chosen.begin(), draft.chosen.end(),
                                    [&](const Candidate& chosen) { return chosen.root == candidate.root; });
  if (repeated) return RemovalCause::kAlreadyShown;
  const bool is_learned = candidate.source == Source::kLadder;
  if (!IsSubscriptionThatSaves(context, draft.spec, candidate) &&
      IsNoStep(context, draft.spec, candidate.product, is_learned)) {
    return RemovalCause::kNoEvidence;
  }
  const bool speaks_for_itself = candidate.step != nullptr && candidate.asserted_by == nullptr;
  if (speaks_for_itself && !IsStepPerUnit(context, draft.spec, candidate)) return RemovalCause::kNoEvidence;
  if (draft.spec.kind != SlotKind::kAlsoBought) return std::nullopt;
  const artefact::StringId type = context.model.product(candidate.product).product_type_id();
  if (type == artefact::kEmptyString) return std::nullopt;
  if (!MayBeOfSeedsType(candidate) &&
      std::find(context.seed_types.begin(), context.seed_types.end(), type) != context.seed_types.end()) {
    return RemovalCause::kSameProductType;
  }
  const std::ptrdiff_t of_type = std::count_if(draft.chosen.begin(), draft.chosen.end(), [&](const Candidate& chosen) {
    return context.model.product(chosen.product).product_type_id() == type;
  });
  if (of_type >= static_cast<std::ptrdiff_t>(rules::kMostOfOneType)) return RemovalCause::kSameProductType;
  return std::nullopt;
}

std::optional<RemovalCause> WhyNotInSet(const Context& context, absl::Span<const ProductIndex> set,
                                        ProductIndex product) {
  const artefact::StringId type = context.model.product(product).product_type_id();
  if (type != artefact::kEmptyString) {
    for (const ProductIndex member : set) {
      if (context.model.product(member).product_type_id() == type) return RemovalCause::kSameProductType;
    }
  }
  for (const ProductIndex member : set.subspan(1)) {  // with the anchor it is a claim
    if (const std::optional<RemovalCause> cause = WhyNotBeside(context, member, product)) return cause;
  }
  return std::nullopt;
}

}  // namespace awase::engine
