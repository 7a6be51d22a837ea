#include "awase/engine/explain_product.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/types/span.h"
#include "awase/base/status_macros.h"
#include "awase/engine/placements.h"
#include "bound_rules.h"
#include "bundles.h"
#include "context.h"
#include "empty_reason.h"
#include "idle_rules.h"
#include "reasons.h"
#include "recommend_in.h"
#include "request_check.h"
#include "set_choice.h"
#include "slot_draft.h"

namespace awase::engine {
namespace {

using relations::EntrySource;
using relations::RelationEntry;
using relations::RelationKind;
using Outcome = SlotVerdict::Outcome;

// Those of the request that the model knows, each once, in its order.
std::vector<ProductIndex> ProductsOf(const Context& context) {
  std::vector<ProductIndex> products(context.anchors().begin(), context.anchors().end());
  for (const KnownCartLine& line : context.cart) {
    if (std::find(products.begin(), products.end(), line.product) == products.end()) products.push_back(line.product);
  }
  return products;
}

std::string ByRules(const std::vector<std::string>& rule_ids) {
  if (rule_ids.empty()) return "";
  return absl::StrCat(rule_ids.size() == 1 ? " (rule " : " (rules ", absl::StrJoin(rule_ids, ", "), ")");
}

void AddOnce(const std::string& id, std::vector<std::string>& ids) {
  if (!id.empty() && std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
}

// What became of one product in the slots of an answer.
class Explainer {
 public:
  // Borrows both, which outlive it.
  Explainer(const Context& context, ProductIndex product, const Answer& answer)
      : context_(context),
        model_(context.model),
        product_(product),
        root_(context.model.root(product)),
        asked_(ProductsOf(context)),
        answer_(answer) {}

  // Of the slot at `place` of the answer.
  SlotVerdict VerdictOf(std::size_t place) const {
    const Slot& slot = answer_.slots[place];
    const SlotSpec& spec = context_.placement.slots[place];
    SlotVerdict verdict;
    verdict.slot = slot.name;
    verdict.product_id = std::string(model_.product(product_).product_id());
    FindOffered(slot, verdict);
    FindRemoved(slot, TakenBy(slot, spec), verdict);
    if (verdict.outcome == Outcome::kNoCandidate) SayWhyNoCandidate(slot, spec, verdict);
    const bool is_candidate = verdict.outcome != Outcome::kNoCandidate;
    verdict.idle_rules = FindIdleRules(context_, spec, root_, is_candidate);
    return verdict;
  }

  std::vector<ListMention> Mentions() const {
    std::vector<ListMention> mentions;
    for (const ProductIndex product : asked_) {
      for (const RelationKind kind : relations::kAllRelationKinds) AddMention(product, kind, mentions);
    }
    return mentions;
  }

 private:
  bool IsIt(ProductIndex other) const { return model_.root(other) == root_; }

  // The variant of it in an offer.
  std::optional<ProductIndex> FindIn(const Offer& offer) const {
    if (!offer.bundle.has_value()) return IsIt(offer.product) ? std::optional(offer.product) : std::nullopt;
    for (const BundleLine& line : offer.bundle->lines) {
      if (IsIt(line.product)) return line.product;
    }
    return std::nullopt;
  }

  void FindOffered(const Slot& slot, SlotVerdict& verdict) const {
    for (std::size_t i = 0; i < slot.offers.size(); ++i) {
      const Offer& offer = slot.offers[i];
      const std::optional<ProductIndex> shown = FindIn(offer);
      if (!shown.has_value()) continue;
      verdict.outcome = Outcome::kOffered;
      verdict.position = static_cast<std::uint32_t>(i + 1);
      verdict.product_id = std::string(model_.product(*shown).product_id());
      verdict.rule_ids = offer.reason.rule_ids;
      verdict.text = absl::StrCat(offer.bundle.has_value() ? "is in the set that is offered" : "is offered",
                                  " in place ", i + 1, " of ", slot.offers.size(), ByRules(verdict.rule_ids));
      return;
    }
  }

  // Whether the entry says something that the verdict does not: the first does, each set, and of the very product that
  // is asked about also why another variant of it is offered.
  bool IsNews(const TraceEntry& entry, const SlotVerdict& verdict) const {
    if (entry.set.has_value() || verdict.outcome == Outcome::kNoCandidate) return true;
    return verdict.outcome == Outcome::kOffered && entry.product_id == model_.product(product_).product_id();
  }

  // Who has the seat of what is kLimit.
  absl::string_view TakenBy(const Slot& slot, const SlotSpec& spec) const {
    const std::uint32_t most =
        std::min(context_.request.max_offers.value_or(UINT32_MAX), context_.placement.max_offers.value_or(UINT32_MAX));
    std::size_t offers = 0;
    for (const Slot& each : answer_.slots) offers += each.offers.size();
    const SlotDraft draft(spec, context_.request, /*trace_or_null=*/nullptr);
    const bool is_answer_full = slot.offers.size() < draft.wanted && offers >= most;
    return is_answer_full ? "others fill the answer" : "others fill the slot";
  }

  void FindRemoved(const Slot& slot, absl::string_view taken_by, SlotVerdict& verdict) const {
    for (const TraceEntry& entry : answer_.trace) {
      if (entry.slot != slot.name) continue;
      const std::optional<std::string> id = FindIn(entry);
      if (!id.has_value() || !IsNews(entry, verdict)) continue;
      absl::StrAppend(&verdict.text, verdict.text.empty() ? "" : "; ",
                      entry.set.has_value() ? SetText(entry, taken_by) : RemovalText(entry, taken_by, verdict));
      if (verdict.outcome == Outcome::kOffered) continue;
      if (verdict.outcome == Outcome::kNoCandidate) {
        verdict.outcome = Outcome::kRemoved;
        verdict.cause = entry.cause;
        verdict.product_id = *id;
      }
      AddOnce(entry.rule_id, verdict.rule_ids);
      if (entry.set.has_value()) AddOnce(entry.set->rule_id, verdict.rule_ids);
    }
  }

  bool IsIt(const std::string& id) const {
    const std::optional<ProductIndex> product = model_.Find(id);
    return product.has_value() && IsIt(*product);
  }

  // The id by which the entry, or the set that it is of, has the product.
  std::optional<std::string> FindIn(const TraceEntry& entry) const {
    if (IsIt(entry.product_id)) return entry.product_id;
    if (!entry.set.has_value()) return std::nullopt;
    const std::vector<std::string>& ids = entry.set->product_ids;
    const auto found = std::find_if(ids.begin(), ids.end(), [this](const std::string& id) { return IsIt(id); });
    return found == ids.end() ? std::nullopt : std::optional(*found);
  }

  static std::string RemovalText(const TraceEntry& entry, absl::string_view taken_by, const SlotVerdict& verdict) {
    const std::string by = entry.rule_id.empty() ? "" : ByRules({entry.rule_id});
    const std::string who = verdict.outcome == Outcome::kOffered ? absl::StrCat(entry.product_id, " ") : "";
    if (entry.cause == RemovalCause::kLimit) return absl::StrCat(who, "was a candidate, but ", taken_by, by);
    return absl::StrCat(who, "was a candidate, and is ", CausePhrase(entry.cause), by);
  }

  std::string SetText(const TraceEntry& entry, absl::string_view taken_by) const {
    const std::string& set_rule = entry.set->rule_id;
    const std::string set = set_rule.empty() ? "a set made of claims" : absl::StrCat("the set of rule ", set_rule);
    if (entry.cause == RemovalCause::kLimit) {
      return absl::StrCat("is in ", set, ", which is not offered: ", taken_by);
    }
    const bool by_other = !entry.rule_id.empty() && entry.rule_id != set_rule;
    return absl::StrCat("is in ", set, ", which is not offered: ", IsIt(entry.product_id) ? "it" : entry.product_id,
                        " is ", CausePhrase(entry.cause), by_other ? ByRules({entry.rule_id}) : "");
  }

  // Also which gate rule has closed the slot.
  void SayWhyNoCandidate(const Slot& slot, const SlotSpec& spec, SlotVerdict& verdict) const {
    verdict.text = NoCandidateText(slot, spec);
    const IntentGate& gate = context_.intent_gates[static_cast<std::size_t>(spec.intent)];
    if (gate.closed && gate.gate != nullptr) AddOnce(gate.gate->rule.rule->id, verdict.rule_ids);
  }

  std::string NoCandidateText(const Slot& slot, const SlotSpec& spec) const {
    for (const ProductIndex product : asked_) {
      if (IsIt(product)) return "is what the request is about: it is in its page or its cart";
    }
    // The slot has nothing at all, and says why.
    const bool has_none = std::all_of(slot.removed.begin(), slot.removed.end(), [](auto count) { return count == 0; });
    if (slot.offers.empty() && has_none) return absl::StrCat("nothing is a candidate here: ", slot.empty_reason);
    switch (spec.kind) {
      case SlotKind::kLower:
        return "no step down leads to it from the page's product, by the ladder or a rule";
      case SlotKind::kHigher:
        return "no step up leads to it from the page's product, by the ladder or a rule";
      case SlotKind::kBundle:
        return NoSetText(slot);
      case SlotKind::kAlsoBought:
        break;
    }
    return "no list of the request's products names it, and no rule puts it here";
  }

  std::string NoSetText(const Slot& slot) const {
    const bool has_claim = IsClaim(BundleAnchors(context_).front());
    if (has_claim && !slot.offers.empty()) {
      return absl::StrCat("is a claim of the page's product, but the set of a rule stands in for one made of claims",
                          ByRules(slot.offers.front().reason.rule_ids));
    }
    return "neither a set of a rule nor a claim of the page's product names it";
  }

  bool IsClaim(ProductIndex anchor) const {
    if (anchor == kNoProduct) return false;
    const RelationEntry* entry = FindTogether(model_, anchor, root_);
    return entry != nullptr && entry->is_claim != 0;
  }

  void AddMention(ProductIndex product, RelationKind kind, std::vector<ListMention>& mentions) const {
    if (!model_.has_relation(kind)) return;
    const absl::Span<const RelationEntry> list = model_.related(kind, product);
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (!IsIt(list[i].other)) continue;
      ListMention& mention = mentions.emplace_back();
      mention.product = product;
      mention.relation = kind;
      mention.rank = static_cast<std::uint32_t>(i + 1);
      mention.back_off = list[i].source;
      if (list[i].source == EntrySource::kCounted) mention.evidence = MakeEvidence(model_, kind, product, list[i]);
    }
  }

  const Context& context_;
  const artefact::Model& model_;
  const ProductIndex product_;
  const ProductIndex root_;
  const std::vector<ProductIndex> asked_;
  const Answer& answer_;
};

}  // namespace

absl::StatusOr<ProductExplanation> ExplainProduct(const Snapshot& snapshot, Request request,
                                                  absl::string_view product_id, absl::Time now) {
  AWASE_RETURN_IF_ERROR(CheckRequest(request, snapshot.placements()));
  request.explanation = Explanation::kTrace;
  std::vector<std::string> missing_ids;
  Context context = ResolveContext(snapshot, request, now, missing_ids);
  const std::optional<ProductIndex> product = snapshot.model().Find(product_id);
  if (product.has_value()) context.asked_root = snapshot.model().root(*product);
  ProductExplanation explanation;
  explanation.answer = RecommendIn(context, std::move(missing_ids));
  explanation.is_known = product.has_value();
  if (!product.has_value()) return explanation;
  const Explainer explainer(context, *product, explanation.answer);
  for (std::size_t i = 0; i < explanation.answer.slots.size(); ++i) {
    explanation.slots.push_back(explainer.VerdictOf(i));
  }
  explanation.mentions = explainer.Mentions();
  return explanation;
}

}  // namespace awase::engine
