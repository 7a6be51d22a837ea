#include "awase/engine/placements.h"

#include <algorithm>
#include <utility>

namespace awase::engine {
namespace {

// How many: six also-bought products are one row of a shop page, two rungs are what a ladder has per direction, and one
// bundle is a proposal while two are a catalogue. 50 is the request's own bound of max_offers_per_slot.
constexpr SlotSpec kBundle{SlotKind::kBundle, "bundle", Intent::kCrossSell, 1, 1};
constexpr SlotSpec kAlsoBought{SlotKind::kAlsoBought, "also_bought", Intent::kCrossSell, 6, 50};
constexpr SlotSpec kLower{SlotKind::kLower, "lower", Intent::kDownSell, 2, 2};
constexpr SlotSpec kHigher{SlotKind::kHigher, "higher", Intent::kUpSell, 2, 2};
constexpr SlotSpec kSlots[] = {kBundle, kAlsoBought, kLower, kHigher};

std::vector<Placement> BuiltInPlacements() {
  // A set cannot be sold to somebody who is paying for, or has just paid for, a part of it.
  const std::vector<SlotSpec> after_choice = {kAlsoBought};
  // Plans: the model beside the current one first, options after it.
  const std::vector<SlotSpec> plan = {kLower, kHigher, kAlsoBought};
  return {
      // The lower and the higher model beside each other are a comparison and no push; where a customer is about to
      // decide on a plan, two opposite proposals are none.
      {.name = "product_page",
       .needs_product = true,
       .prices_page_product = true,
       .side_by_side = true,
       .slots = {kBundle, kAlsoBought, kLower, kHigher}},
      {.name = "cart", .cart_speaks = true, .is_open_cart = true, .slots = {kBundle, kAlsoBought}},
      {.name = "checkout", .cart_speaks = true, .is_open_cart = true, .slots = after_choice},
      {.name = "post_purchase", .cart_speaks = true, .cart_is_paid = true, .slots = after_choice},
      {.name = "mail", .cart_speaks = true, .slots = {kBundle, kAlsoBought}},
      {.name = "plan_page", .needs_product = true, .advises_plans = true, .side_by_side = true, .slots = plan},
      {.name = "renewal", .needs_product = true, .advises_plans = true, .slots = plan},
      // The end of a trial asks for one decision, which plan, and for nothing else.
      {.name = "trial_end",
       .needs_product = true,
       .advises_plans = true,
       .ends_trial = true,
       .slots = {kLower, kHigher}},
      // Who nears a limit needs more: the higher plan, or an option that adds capacity, before the lower plan.
      {.name = "usage_alert", .needs_product = true, .advises_plans = true, .slots = {kHigher, kAlsoBought, kLower}},
  };
}

}  // namespace

absl::Span<const SlotSpec> StandardSlots() { return kSlots; }

const SlotSpec* FindStandardSlot(absl::string_view name) {
  for (const SlotSpec& slot : kSlots) {
    if (slot.name == name) return &slot;
  }
  return nullptr;
}

PlacementTable::PlacementTable(std::vector<Placement> placements) : placements_(std::move(placements)) {
  for (std::size_t i = 0; i < placements_.size(); ++i) placements_[i].mask = PlacementMask{1} << i;
}

const std::shared_ptr<const PlacementTable>& PlacementTable::BuiltIn() {
  static const auto& table = *new std::shared_ptr<const PlacementTable>(With({}));
  return table;
}

std::shared_ptr<const PlacementTable> PlacementTable::With(std::vector<Placement> configured) {
  std::vector<Placement> placements = BuiltInPlacements();
  for (Placement& own : configured) {
    const auto known = std::find_if(placements.begin(), placements.end(),
                                    [&own](const Placement& placement) { return placement.name == own.name; });
    if (known == placements.end()) {
      placements.push_back(std::move(own));
    } else {
      *known = std::move(own);
    }
  }
  return std::shared_ptr<const PlacementTable>(new PlacementTable(std::move(placements)));
}

const Placement* PlacementTable::Find(absl::string_view name) const {
  for (const Placement& placement : placements_) {
    if (placement.name == name) return &placement;
  }
  return nullptr;
}

PlacementMask PlacementTable::MaskOf(absl::string_view name) const {
  const Placement* placement = Find(name);
  return placement == nullptr ? PlacementMask{0} : placement->mask;
}

std::vector<std::string> PlacementTable::names() const {
  std::vector<std::string> names;
  for (const Placement& placement : placements_) names.push_back(placement.name);
  return names;
}

}  // namespace awase::engine
