#include "placements.h"

#include <iterator>

namespace awase::engine {
namespace {

// How many: six also-bought products are one row of a shop page, two rungs are what a ladder has per direction, and one
// bundle is a proposal while two are a catalogue. 50 is the request's own bound of max_offers_per_slot.
constexpr SlotSpec kBundle{SlotKind::kBundle, "bundle", Intent::kCrossSell, 1, 1};
constexpr SlotSpec kAlsoBought{SlotKind::kAlsoBought, "also_bought", Intent::kCrossSell, 6, 50};
constexpr SlotSpec kLower{SlotKind::kLower, "lower", Intent::kDownSell, 2, 2};
constexpr SlotSpec kHigher{SlotKind::kHigher, "higher", Intent::kUpSell, 2, 2};
constexpr SlotSpec kSlots[] = {kBundle, kAlsoBought, kLower, kHigher};

constexpr SlotSpec kProductPage[] = {kBundle, kAlsoBought, kLower, kHigher};
constexpr SlotSpec kCart[] = {kBundle, kAlsoBought};
// A set cannot be sold to somebody who is paying for, or has just paid for, a part of it.
constexpr SlotSpec kCheckout[] = {kAlsoBought};
constexpr SlotSpec kMail[] = {kBundle, kAlsoBought};
// Plans: the model beside the current one first, options after it.
constexpr SlotSpec kPlan[] = {kLower, kHigher, kAlsoBought};
// The end of a trial asks for one decision, which plan, and for nothing else.
constexpr SlotSpec kTrialEnd[] = {kLower, kHigher};
// Who nears a limit needs more: the higher plan, or an option that adds capacity, before the lower plan.
constexpr SlotSpec kUsageAlert[] = {kHigher, kAlsoBought, kLower};

constexpr Placement kPlacements[] = {
    {"product_page", /*needs_product=*/true, /*cart_speaks=*/false, /*is_open_cart=*/false, /*advises_plans=*/false,
     kProductPage},
    {"cart", /*needs_product=*/false, /*cart_speaks=*/true, /*is_open_cart=*/true, /*advises_plans=*/false, kCart},
    {"checkout", /*needs_product=*/false, /*cart_speaks=*/true, /*is_open_cart=*/true, /*advises_plans=*/false,
     kCheckout},
    {"post_purchase", /*needs_product=*/false, /*cart_speaks=*/true, /*is_open_cart=*/false, /*advises_plans=*/false,
     kCheckout},
    {"mail", /*needs_product=*/false, /*cart_speaks=*/true, /*is_open_cart=*/false, /*advises_plans=*/false, kMail},
    {"plan_page", /*needs_product=*/true, /*cart_speaks=*/false, /*is_open_cart=*/false, /*advises_plans=*/true, kPlan},
    {"renewal", /*needs_product=*/true, /*cart_speaks=*/false, /*is_open_cart=*/false, /*advises_plans=*/true, kPlan},
    {"trial_end", /*needs_product=*/true, /*cart_speaks=*/false, /*is_open_cart=*/false, /*advises_plans=*/true,
     kTrialEnd},
    {"usage_alert", /*needs_product=*/true, /*cart_speaks=*/false, /*is_open_cart=*/false, /*advises_plans=*/true,
     kUsageAlert},
};
static_assert(std::size(kPlacements) <= 16, "PlacementMask has 16 bits");

}  // namespace

const Placement* FindPlacement(absl::string_view name) {
  for (const Placement& placement : kPlacements) {
    if (placement.name == name) return &placement;
  }
  return nullptr;
}

absl::Span<const Placement> AllPlacements() { return kPlacements; }

PlacementMask MaskOf(const Placement& placement) {
  return static_cast<PlacementMask>(1U << static_cast<unsigned>(&placement - kPlacements));
}

PlacementMask MaskOf(absl::string_view name) {
  const Placement* placement = FindPlacement(name);
  return placement == nullptr ? PlacementMask{0} : MaskOf(*placement);
}

std::optional<SlotKind> FindSlotKind(absl::string_view slot_name) {
  for (const SlotSpec& slot : kSlots) {
    if (slot.name == slot_name) return slot.kind;
  }
  return std::nullopt;
}

}  // namespace awase::engine
