#include "cart_pricing.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <variant>

#include "absl/status/statusor.h"
#include "applying_rules.h"
#include "awase/pricing/next_step.h"
#include "discount_gap.h"
#include "price_texts.h"
#include "pricing.h"

namespace awase::engine {
namespace {

void AddLine(pricing::QuantityTerms& terms, std::size_t, std::size_t line) { terms.lines.push_back(line); }
void AddLine(pricing::BasketTerms& terms, std::size_t, std::size_t line) { terms.lines.push_back(line); }
void AddLine(pricing::SetTerms& terms, std::size_t part, std::size_t line) { terms.parts[part].lines.push_back(line); }

DiscountUse UseOf(const Context& context, const BoundDiscount& rule, const pricing::Discount& terms,
                  const pricing::DiscountOutcome& outcome) {
  DiscountUse use;
  use.rule_id = rule.rule.rule->id;
  use.text = rule.discount->text;
  use.verdict = outcome.verdict;
  use.times = outcome.times;
  use.saving_minor = outcome.saving_minor;
  use.cut_by_floor_minor = outcome.cut_by_floor_minor;
  const std::optional<pricing::NextStep> step = pricing::FindNextStep(terms, outcome);
  if (step.has_value() && MaySave(context, rule, *step)) {
    use.gap = DiscountGap{step->units, step->amount_minor, ""};
    if (context.request.explanation != Explanation::kNone) {
      use.gap->text = GapSentence(context.language, *step, *context.currency);
    }
  }
  return use;
}

}  // namespace

bool Basket::Add(ProductIndex product, std::int64_t quantity) {
  takes_last_ = false;
  const artefact::ProductView view = context_->model.product(product);
  const std::optional<Money> price = view.price();
  if (!price.has_value() || price->currency != context_->currency) return false;
  if (price->minor_units < 0 || price->minor_units > pricing::kMostMinor) return false;
  FindDiscounts(product);
  lines_.push_back({price->minor_units, quantity, ComparableCost(view, *price)});
  for (std::size_t i = 0; i < rules_.size(); ++i) {
    const auto& takes = rules_[i]->takes;
    const auto part = std::find_if(takes.begin(), takes.end(),
                                   [&](const BoundSet& set) { return set.Has(context_->model, product); });
    if (part == takes.end()) continue;
    const auto number = static_cast<std::size_t>(part - takes.begin());
    std::visit([&](auto& terms) { AddLine(terms, number, lines_.size() - 1); }, discounts_[i].terms);
    takes_last_ = true;
  }
  return true;
}

// A discount that has a line's product is found by it. What is found by a later line has none of those before.
void Basket::FindDiscounts(ProductIndex product) {
  const Snapshot::BoundRules& bound = context_->snapshot.bound_rules();
  if (bound.discounts.empty()) return;
  if (lines_.empty()) {
    for (const std::uint32_t place : MayApply(*context_, RuleList::kDiscounts)) Consider(place);
  }
  for (const std::uint32_t place : bound.discounts_by_product.MayHave(context_->model, product)) Consider(place);
}

void Basket::Consider(std::uint32_t place) {
  const BoundDiscount* rule = &context_->snapshot.bound_rules().discounts[place];
  // Addresses rise with rank: the discounts of a snapshot are one vector, filled in the order of the rule set.
  const auto next = std::lower_bound(rules_.begin(), rules_.end(), rule);
  if (next != rules_.end() && *next == rule) return;
  const std::optional<CurrencyCode>& currency = rule->discount->currency;
  if (currency.has_value() && currency != context_->currency) return;
  if (!Applies(*context_, rule->rule)) return;
  discounts_.insert(discounts_.begin() + (next - rules_.begin()), rule->discount->terms);
  rules_.insert(next, rule);
}

absl::StatusOr<pricing::CartPrice> Basket::Price() const { return pricing::PriceCart(lines_, discounts_); }

CartPricing::CartPricing(const Context& context) : context_(context), cart_(context), base_(context) {
  if (!context.currency.has_value()) return;
  if (!context.placement.cart_is_paid) AddCart();
  total_ = TotalWith({});
  base_ = cart_;
  if (context.placement.prices_page_product) AddPageProduct();
  absl::StatusOr<pricing::CartPrice> price = base_.Price();
  if (price.ok()) base_price_ = *std::move(price);
}

std::optional<std::int64_t> CartPricing::TotalWith(absl::Span<const ProductIndex> products) const {
  Basket with = cart_;
  for (const ProductIndex product : products) {
    if (!with.Add(product, 1)) return std::nullopt;
  }
  // What no discount takes changes the price of nothing else.
  if (products.size() == 1 && !with.TakesLast() && total_.has_value()) {
    return *total_ + context_.model.product(products.front()).price()->minor_units;
  }
  const absl::StatusOr<pricing::CartPrice> price = with.Price();
  return price.ok() ? std::optional(price->price_minor) : std::nullopt;
}

void CartPricing::AddCart() {
  for (const KnownCartLine& line : context_.cart) {
    if (cart_.Add(line.product, line.quantity)) {
      lines_.push_back({line.product, line.quantity, {}});
    } else {
      unpriced_ids_.emplace_back(context_.model.product(line.product).product_id());
    }
  }
}

void CartPricing::AddPageProduct() {
  const ProductIndex page = context_.page_product;
  const bool in_cart = std::any_of(context_.cart.begin(), context_.cart.end(),
                                   [page](const KnownCartLine& line) { return line.product == page; });
  if (page != kNoProduct && !in_cart) base_.Add(page, 1);
}

std::optional<CartPrice> CartPricing::PriceOfCart() const {
  if (!cart_.HasDiscounts()) return std::nullopt;
  CartPrice answer;
  answer.currency = *context_.currency;
  answer.unpriced_ids = unpriced_ids_;
  const absl::StatusOr<pricing::CartPrice> priced = cart_.Price();
  if (!priced.ok()) {
    answer.problem = std::string(priced.status().message());
    return answer;
  }
  const std::vector<const BoundDiscount*>& rules = cart_.rules();
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const std::vector<std::int64_t>& open = priced->discounts[i].open_units;
    const bool takes_any = std::any_of(open.begin(), open.end(), [](std::int64_t units) { return units > 0; });
    if (takes_any) answer.discounts.push_back(UseOf(context_, *rules[i], cart_.terms(i), priced->discounts[i]));
  }
  if (answer.discounts.empty()) return std::nullopt;
  answer.list_minor = priced->list_minor;
  answer.price_minor = priced->price_minor;
  answer.lines = lines_;
  for (std::size_t i = 0; i < lines_.size(); ++i) answer.lines[i].price = priced->lines[i];
  return answer;
}

std::optional<PriceBeside> CartPricing::Beside(ProductIndex product) const {
  if (!base_price_.has_value()) return std::nullopt;
  Basket with = base_;
  if (!with.Add(product, 1) || !with.TakesLast()) return std::nullopt;
  const absl::StatusOr<pricing::CartPrice> price = with.Price();
  if (!price.ok()) return std::nullopt;
  const Money list_price = *context_.model.product(product).price();
  const std::int64_t more = price->price_minor - base_price_->price_minor;
  if (more == list_price.minor_units) return std::nullopt;

  PriceBeside beside{list_price, {more, list_price.currency}, {}};
  const std::vector<const BoundDiscount*>& rules = with.rules();
  const std::vector<const BoundDiscount*>& base_rules = base_.rules();
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const auto known = std::lower_bound(base_rules.begin(), base_rules.end(), rules[i]);
    const bool is_new = known == base_rules.end() || *known != rules[i];
    const std::int64_t saved_before =
        is_new ? 0 : base_price_->discounts[static_cast<std::size_t>(known - base_rules.begin())].saving_minor;
    if (price->discounts[i].saving_minor > saved_before) beside.rule_ids.push_back(rules[i]->rule.rule->id);
  }
  return beside;
}

}  // namespace awase::engine
