#include "whatif/internal/tally.h"

#include <algorithm>

#include "whatif/internal/expected_value.h"

namespace awase::whatif {
namespace {

void AddChange(const Change<std::uint64_t>& next, Change<std::uint64_t>& sum) {
  sum.before += next.before;
  sum.after += next.after;
}

void AddCart(const CartChange& next, CartChange& sum) {
  sum.carts += next.carts;
  sum.cheaper += next.cheaper;
  sum.dearer += next.dearer;
  AddChange(next.reduced, sum.reduced);
  sum.saving_minor.before += next.saving_minor.before;
  sum.saving_minor.after += next.saving_minor.after;
}

void AddRule(const RuleUse& next, RuleUse& sum) {
  AddChange(next.reached, sum.reached);
  AddChange(next.fired, sum.fired);
  for (std::size_t cause = 0; cause < sum.blocked.size(); ++cause) sum.blocked[cause] += next.blocked[cause];
}

void AddCounts(const Comparison& next, Comparison& sum) {
  sum.requests += next.requests;
  sum.requests_changed += next.requests_changed;
  sum.weight += next.weight;
  sum.weight_changed += next.weight_changed;
  sum.slots += next.slots;
  sum.slots_changed += next.slots_changed;
  if (sum.refused == 0) sum.first_refusal = next.first_refusal;
  sum.refused += next.refused;
  if (sum.with_unknown_placement == 0) sum.first_unknown_placement = next.first_unknown_placement;
  sum.with_unknown_placement += next.with_unknown_placement;
  sum.with_unknown_products += next.with_unknown_products;
  AddChange(next.offers, sum.offers);
  sum.benefits_changed += next.benefits_changed;
  for (const auto& [currency, cart] : next.by_cart) AddCart(cart, sum.by_cart[currency]);
  for (const auto& [currency, value] : next.value) {
    AddValue(value.before, 1, sum.value[currency].before);
    AddValue(value.after, 1, sum.value[currency].after);
  }
  for (std::size_t i = 0; i < sum.rules.size(); ++i) AddRule(next.rules[i], sum.rules[i]);
}

void AddSlot(const SlotChange& next, SlotChange& sum) {
  sum.placement = next.placement;
  sum.slot = next.slot;
  sum.asked += next.asked;
  sum.changed += next.changed;
  sum.gained += next.gained;
  sum.lost += next.lost;
  sum.moved += next.moved;
  sum.repriced += next.repriced;
  sum.reworded += next.reworded;
  AddChange(next.offers, sum.offers);
  AddChange(next.empty, sum.empty);
}

void AddGroup(const DifferenceGroup& next, std::size_t top, DifferenceGroup& sum) {
  if (sum.alike == 0) {
    sum = next;
    return;
  }
  sum.alike += next.alike;
  sum.weight += next.weight;
  for (const Example& example : next.best) AddExample(example, top, sum.best);
}

}  // namespace

void AddExample(const Example& example, std::size_t top, std::vector<Example>& best) {
  const auto place = std::upper_bound(best.begin(), best.end(), example, [](const Example& a, const Example& b) {
    return a.weight != b.weight ? a.weight > b.weight : a.request < b.request;
  });
  best.insert(place, example);
  if (best.size() > top) best.pop_back();
}

void Tally::Add(const Tally& next, std::size_t top) {
  AddCounts(next.counts, counts);
  for (const auto& [key, slot] : next.slots) AddSlot(slot, slots[key]);
  for (const auto& [product, change] : next.products) {
    ProductChange& sum = products[product];
    sum.product = product;
    sum.pages_gained += change.pages_gained;
    sum.pages_lost += change.pages_lost;
  }
  for (const auto& [key, group] : next.groups) AddGroup(group, top, groups[key]);
}

Comparison Tally::Finish() && {
  for (auto& [key, slot] : slots) counts.by_slot.push_back(std::move(slot));
  for (const auto& [product, change] : products) counts.by_product.push_back(change);
  std::sort(counts.by_product.begin(), counts.by_product.end(), [](const ProductChange& a, const ProductChange& b) {
    const std::uint64_t pages_a = a.pages_gained + a.pages_lost;
    const std::uint64_t pages_b = b.pages_gained + b.pages_lost;
    return pages_a != pages_b ? pages_a > pages_b : a.product < b.product;
  });
  return std::move(counts);
}

}  // namespace awase::whatif
