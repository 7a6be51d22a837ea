#include "whatif/internal/choose_differences.h"

#include <algorithm>

namespace awase::whatif {
namespace {

// Whether the two ask for the same page, whatever else they say.
bool SamePage(const ReplayedRequest& a, const ReplayedRequest& b) {
  return a.request.placement == b.request.placement && a.request.product_ids == b.request.product_ids &&
         std::equal(a.request.cart.begin(), a.request.cart.end(), b.request.cart.begin(), b.request.cart.end(),
                    [](const engine::CartLine& x, const engine::CartLine& y) { return x.product_id == y.product_id; });
}

// The heaviest kinds first; of those that weigh the same the one that was met first.
std::vector<const DifferenceGroup*> InOrder(const GroupsByKey& groups) {
  std::vector<const DifferenceGroup*> order;
  for (const auto& [key, group] : groups) order.push_back(&group);
  std::stable_sort(order.begin(), order.end(), [](const DifferenceGroup* a, const DifferenceGroup* b) {
    return a->weight != b->weight ? a->weight > b->weight : a->best.front().request < b->best.front().request;
  });
  return order;
}

std::vector<ShownOffer> ShownIn(const engine::Slot& slot) {
  std::vector<ShownOffer> shown;
  for (const engine::Offer& offer : slot.offers) {
    ShownOffer& one = shown.emplace_back();
    one.products = {offer.product};
    if (offer.bundle.has_value()) {
      one.products.clear();
      for (const engine::BundleLine& line : offer.bundle->lines) one.products.push_back(line.product);
    }
    one.price = offer.price;
    one.text = offer.reason.text;
    one.rule_ids = offer.reason.rule_ids;
  }
  return shown;
}

Difference MakeDifference(const engine::Snapshot& before, const engine::Snapshot& after,
                          absl::Span<const ReplayedRequest> requests, std::size_t request,
                          const DifferenceGroup& group) {
  const ReplayedRequest& asked = requests[request];
  Difference difference{.request = request, .slot = group.slot, .rule_ids = group.rule_ids, .alike = group.alike};
  // Both were answered before.
  const engine::Answer was = *engine::Recommend(before, asked.request, asked.time);
  const engine::Answer is = *engine::Recommend(after, asked.request, asked.time);
  if (group.position.has_value()) {
    difference.offers = {ShownIn(was.slots[*group.position]), ShownIn(is.slots[*group.position])};
  } else {
    difference.cart = {{was.cart_price, was.benefits}, {is.cart_price, is.benefits}};
  }
  return difference;
}

}  // namespace

std::vector<Difference> ChooseDifferences(const engine::Snapshot& before, const engine::Snapshot& after,
                                          absl::Span<const ReplayedRequest> requests, const GroupsByKey& groups,
                                          std::size_t top) {
  if (top == 0) return {};  // groups keep no examples then
  const std::vector<const DifferenceGroup*> order = InOrder(groups);
  std::vector<Difference> differences;
  bool found = true;
  for (std::size_t round = 0; found && differences.size() < top; ++round) {
    found = false;
    for (const DifferenceGroup* group : order) {
      if (round >= group->best.size() || differences.size() == top) continue;
      found = true;
      const std::size_t request = group->best[round].request;
      const bool shown =
          std::any_of(group->best.begin(), group->best.begin() + static_cast<std::ptrdiff_t>(round),
                      [&](const Example& earlier) { return SamePage(requests[earlier.request], requests[request]); });
      if (shown) continue;
      differences.push_back(MakeDifference(before, after, requests, request, *group));
    }
  }
  return differences;
}

}  // namespace awase::whatif
