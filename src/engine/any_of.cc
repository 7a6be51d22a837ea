#include "any_of.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <tuple>
#include <vector>

#include "awase/relations/relation.h"
#include "judge_candidate.h"

namespace awase::engine {
namespace {

using relations::RelationEntry;
using relations::RelationKind;

// Looks at one candidate after the other, the best first, and keeps the first verdict on each side.
class GroupChoice {
 public:
  GroupChoice(const Context& context, const BoundSet& group, absl::Span<const ProductIndex> chosen)
      : context_(context), group_(group), chosen_(chosen), first_{chosen.front(), RemovalCause::kNoEvidence} {}

  Verdict verdict() const { return first_; }

  // What the customer has taken of the group stands for it, whatever else goes well with the anchor.
  void TryCart() {
    for (const KnownCartLine& line : context_.cart) {
      const bool is_chosen = std::any_of(chosen_.begin(), chosen_.end(), [&](ProductIndex other) {
        return context_.model.root(other) == context_.model.root(line.product);
      });
      if (!is_chosen && LiesInCart(context_, line.product)) Try(line.product);
    }
  }

  bool has_tried() const { return has_tried_; }

  // What is bought with the anchor more often than by chance; a list names roots, best sellers of which come first.
  void TryList(RelationKind kind) {
    if (!context_.model.has_relation(kind)) return;
    for (const RelationEntry& entry : context_.model.related(kind, chosen_.front())) {
      if (is_found_) return;
      if (entry.source != relations::EntrySource::kCounted || entry.lift <= 1) continue;
      for (const ProductIndex variant : context_.model.variants(entry.other)) Try(variant);
    }
  }

  // By price, then by id.
  void TryNamed() {
    std::vector<ProductIndex> named = group_.products();
    const auto price = [this](ProductIndex product) {
      const std::optional<Money> money = context_.model.product(product).price();
      return money.has_value() ? money->minor_units : std::numeric_limits<std::int64_t>::max();
    };
    std::sort(named.begin(), named.end(),
              [&](ProductIndex a, ProductIndex b) { return std::tuple(price(a), a) < std::tuple(price(b), b); });
    for (const ProductIndex root : named) {
      for (const ProductIndex variant : VariantsOf(root)) Try(variant);
    }
  }

 private:
  // A product stands for its variants; one that is a variant itself speaks for itself alone.
  std::vector<ProductIndex> VariantsOf(ProductIndex product) const {
    const auto variants = context_.model.variants(product);
    if (context_.model.root(product) != product || variants.empty()) return {product};
    return {variants.begin(), variants.end()};
  }

  void Try(ProductIndex product) {
    if (is_found_ || !group_.Has(context_.model, product)) return;
    const Verdict verdict = JudgeSetLine(context_, chosen_, product);
    is_found_ = !verdict.cause.has_value();
    if (is_found_ || !has_tried_) first_ = verdict;
    has_tried_ = true;
  }

  const Context& context_;
  const BoundSet& group_;
  absl::Span<const ProductIndex> chosen_;
  Verdict first_;
  bool has_tried_ = false;
  bool is_found_ = false;
};

}  // namespace

std::optional<std::size_t> GroupOf(const Context& context, const BoundBundle& bundle, ProductIndex product) {
  for (std::size_t i = 0; i < bundle.groups.size(); ++i) {
    if (bundle.groups[i].Has(context.model, product)) return i;
  }
  return std::nullopt;
}

Verdict ChooseOfGroup(const Context& context, const BoundSet& group, absl::Span<const ProductIndex> chosen) {
  GroupChoice choice(context, group, chosen);
  choice.TryCart();
  if (choice.has_tried()) return choice.verdict();
  choice.TryList(RelationKind::kBoughtTogether);
  choice.TryList(RelationKind::kAlsoBought);
  choice.TryNamed();
  return choice.verdict();
}

}  // namespace awase::engine
