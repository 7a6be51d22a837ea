#include "awase/engine/explain_product.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "awase/base/status_macros.h"
#include "awase/engine/placements.h"
#include "empty_reason.h"
#include "reasons.h"

namespace awase::engine {
namespace {

using relations::EntrySource;
using relations::RelationEntry;
using relations::RelationKind;

// Those of the request that the model knows, each once, in its order.
std::vector<ProductIndex> ProductsOf(const artefact::Model& model, const Request& request) {
  std::vector<ProductIndex> products;
  const auto add = [&](const std::string& id) {
    const std::optional<ProductIndex> product = model.Find(id);
    if (product.has_value() && std::find(products.begin(), products.end(), *product) == products.end()) {
      products.push_back(*product);
    }
  };
  for (const std::string& id : request.product_ids) add(id);
  for (const CartLine& line : request.cart) add(line.product_id);
  return products;
}

class Explainer {
 public:
  Explainer(const artefact::Model& model, ProductIndex product, std::vector<ProductIndex> asked, const Answer& answer)
      : model_(model), product_(product), root_(model.root(product)), asked_(std::move(asked)), answer_(answer) {}

  SlotVerdict VerdictOf(const Slot& slot) const {
    SlotVerdict verdict;
    verdict.slot = slot.name;
    verdict.product_id = std::string(model_.product(product_).product_id());
    if (!FindOffered(slot, verdict) && !FindRemoved(slot, verdict)) verdict.text = NoCandidateText(slot);
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

  bool FindOffered(const Slot& slot, SlotVerdict& verdict) const {
    for (std::size_t i = 0; i < slot.offers.size(); ++i) {
      const Offer& offer = slot.offers[i];
      std::optional<ProductIndex> shown;
      if (IsIt(offer.product)) shown = offer.product;
      if (!shown.has_value() && offer.bundle.has_value()) {
        for (const BundleLine& line : offer.bundle->lines) {
          if (IsIt(line.product)) shown = line.product;
        }
      }
      if (!shown.has_value()) continue;
      verdict.outcome = SlotVerdict::Outcome::kOffered;
      verdict.position = static_cast<std::uint32_t>(i + 1);
      verdict.product_id = std::string(model_.product(*shown).product_id());
      verdict.rule_ids = offer.reason.rule_ids;
      verdict.text = absl::StrCat(offer.bundle.has_value() ? "is in the set that is offered" : "is offered",
                                  " in place ", i + 1, " of ", slot.offers.size(), ByRules(verdict.rule_ids));
      return true;
    }
    return false;
  }

  bool FindRemoved(const Slot& slot, SlotVerdict& verdict) const {
    for (const TraceEntry& entry : answer_.trace) {
      if (entry.slot != slot.name) continue;
      const std::optional<ProductIndex> removed = model_.Find(entry.product_id);
      if (!removed.has_value() || !IsIt(*removed)) continue;
      verdict.outcome = SlotVerdict::Outcome::kRemoved;
      verdict.cause = entry.cause;
      verdict.product_id = entry.product_id;
      if (!entry.rule_id.empty()) verdict.rule_ids = {entry.rule_id};
      verdict.text =
          entry.cause == RemovalCause::kLimit
              ? absl::StrCat("was a candidate, but others fill the slot", ByRules(verdict.rule_ids))
              : absl::StrCat("was a candidate, and is ", CausePhrase(entry.cause), ByRules(verdict.rule_ids));
      return true;
    }
    return false;
  }

  static std::string ByRules(const std::vector<std::string>& rule_ids) {
    std::string text;
    for (const std::string& id : rule_ids) {
      absl::StrAppend(&text, text.empty() ? (rule_ids.size() == 1 ? " (rule " : " (rules ") : ", ", id);
    }
    return text.empty() ? text : text + ")";
  }

  std::string NoCandidateText(const Slot& slot) const {
    for (const ProductIndex product : asked_) {
      if (IsIt(product)) return "is what the request is about: it is in its page or its cart";
    }
    // The slot has nothing at all, and says why.
    const bool has_none = std::all_of(slot.removed.begin(), slot.removed.end(), [](auto count) { return count == 0; });
    if (slot.offers.empty() && has_none) return absl::StrCat("nothing is a candidate here: ", slot.empty_reason);
    const SlotSpec* spec = FindStandardSlot(slot.name);
    const SlotKind kind = spec == nullptr ? SlotKind::kAlsoBought : spec->kind;
    if (kind == SlotKind::kLower) return "no step down leads to it from the page's product, by the ladder or a rule";
    if (kind == SlotKind::kHigher) return "no step up leads to it from the page's product, by the ladder or a rule";
    if (kind == SlotKind::kBundle) return "neither a set of a rule nor a claim of the page's product names it";
    return "no list of the request's products names it, and no rule puts it here";
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

  const artefact::Model& model_;
  const ProductIndex product_;
  const ProductIndex root_;
  const std::vector<ProductIndex> asked_;
  const Answer& answer_;
};

}  // namespace

absl::StatusOr<ProductExplanation> ExplainProduct(const Snapshot& snapshot, Request request,
                                                  absl::string_view product_id, absl::Time now) {
  request.explanation = Explanation::kTrace;
  ProductExplanation explanation;
  AWASE_ASSIGN_OR_RETURN(explanation.answer, Recommend(snapshot, request, now));
  const std::optional<ProductIndex> product = snapshot.model().Find(product_id);
  explanation.is_known = product.has_value();
  if (!product.has_value()) return explanation;
  const Explainer explainer(snapshot.model(), *product, ProductsOf(snapshot.model(), request), explanation.answer);
  for (const Slot& slot : explanation.answer.slots) explanation.slots.push_back(explainer.VerdictOf(slot));
  explanation.mentions = explainer.Mentions();
  return explanation;
}

}  // namespace awase::engine
