#include "whatif/internal/rule_reach.h"

#include <algorithm>
#include <optional>
#include <variant>

namespace awase::whatif {
namespace {

using Ids = std::vector<std::string>;

constexpr std::int64_t kMostPieces = 1'000;  // in a cart that is made up

void Append(const std::string& id, Ids& ids) {
  if (!id.empty()) ids.push_back(id);
}
void Append(const Ids& more, Ids& ids) { ids.insert(ids.end(), more.begin(), more.end()); }

// The ids that a set lists, without those that it leaves out.
void Append(const rules::ProductSet& set, Ids& ids) { Append(set.in.products, ids); }
void Append(const std::optional<rules::ProductSet>& set, Ids& ids) {
  if (set.has_value()) Append(*set, ids);
}

// Actions are read by the names of their members, which mean the same in all of them: an action that is added to the
// language later needs nothing here.
Ids ProductsOf(const auto& action) {
  Ids ids;
  if constexpr (requires { action.product; }) Append(action.product, ids);
  if constexpr (requires { action.products; }) Append(action.products, ids);
  if constexpr (requires { action.matching; }) Append(action.matching, ids);
  if constexpr (requires { action.these; }) Append(action.these, ids);
  if constexpr (requires { action.with; }) Append(action.with, ids);
  if constexpr (requires { action.anchor; }) Append(action.anchor, ids);
  if constexpr (requires { action.anchors; }) Append(action.anchors, ids);
  if constexpr (requires { action.any_of; }) {
    for (const rules::ProductSet& group : action.any_of) Append(group.in.products, ids);
  }
  return ids;
}

// What a discount takes is said by product sets; what they name by other words than ids is not looked for.
Ids ProductsOf(const rules::Discount& discount) {
  Ids ids;
  for (const rules::ProductSet& set : discount.takes) Append(set.in.products, ids);
  return ids;
}

Ids ProductsOf(const rules::Benefit& benefit) {
  const auto* gift = std::get_if<rules::Gift>(&benefit.gives);
  return gift == nullptr ? Ids() : Ids{gift->product};
}

// The pages that the action is about; nothing = every page.
std::optional<Ids> PagesOf(const auto& action) {
  if constexpr (requires { action.anchors; }) {
    if (action.anchors.empty()) return std::nullopt;
    return action.anchors;
  } else {
    if constexpr (requires { action.any_of; }) {
      if (!action.any_of.empty()) return std::nullopt;
    }
    if constexpr (requires { action.anchor; }) {
      if (!action.anchor.empty()) return Ids{action.anchor};
    }
    if constexpr (requires { action.products; }) return action.products;
    return std::nullopt;
  }
}

bool IsThere(const rules::Rule& rule, const engine::Request& request, absl::Time time) {
  return rule.from <= time && time < rule.until &&
         (rule.placements.empty() ||
          std::find(rule.placements.begin(), rule.placements.end(), request.placement) != rule.placements.end());
}

}  // namespace

std::vector<std::string> NamedProducts(const rules::Rule& rule) {
  return std::visit([](const auto& action) { return ProductsOf(action); }, rule.action);
}

std::int64_t PiecesAsked(const rules::Rule& rule) {
  const auto* discount = std::get_if<rules::Discount>(&rule.action);
  if (discount == nullptr) return 1;
  std::int64_t pieces = 1;
  if (const auto* quantity = std::get_if<pricing::QuantityTerms>(&discount->terms.terms)) {
    if (!quantity->tiers.empty()) pieces = quantity->tiers.back().from_quantity;
  } else if (const auto* set = std::get_if<pricing::SetTerms>(&discount->terms.terms)) {
    for (const pricing::SetTerms::Part& part : set->parts) pieces = std::max(pieces, part.count);
  }
  return std::min(pieces, kMostPieces);
}

RuleReach::RuleReach(const artefact::Model& model, const rules::RuleSet& rules) : model_(model), rules_(rules) {
  for (std::uint32_t place = 0; place < rules.rules.size(); ++place) {
    const std::optional<Ids> pages =
        std::visit([](const auto& action) { return PagesOf(action); }, rules.rules[place].action);
    if (!pages.has_value()) {
      on_every_page_.push_back(place);
      continue;
    }
    for (const std::string& id : *pages) {
      if (const std::optional<ProductIndex> page = model.Find(id)) by_page_[*page].push_back(place);
    }
  }
}

std::vector<std::uint32_t> RuleReach::Reaching(const engine::Request& request, absl::Time time,
                                               const std::vector<ProductIndex>& page_products) const {
  std::vector<std::uint32_t> places;
  const auto add = [&](std::uint32_t place) {
    if (IsThere(rules_.rules[place], request, time)) places.push_back(place);
  };
  const auto add_page = [&](ProductIndex page) {
    const auto found = by_page_.find(page);
    if (found != by_page_.end()) std::for_each(found->second.begin(), found->second.end(), add);
  };
  std::for_each(on_every_page_.begin(), on_every_page_.end(), add);
  for (const ProductIndex product : page_products) {
    add_page(product);
    if (const ProductIndex root = model_.root(product); root != product) add_page(root);
  }
  std::sort(places.begin(), places.end());
  places.erase(std::unique(places.begin(), places.end()), places.end());
  return places;
}

}  // namespace awase::whatif
