#include "service/compare_answers.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "google/protobuf/util/message_differencer.h"

namespace awase::service {
namespace {

using google::protobuf::util::MessageDifferencer;

std::vector<std::string> ProductIdsOf(const v1::Offer& offer) {
  std::vector<std::string> ids;
  for (const v1::BundleLine& line : offer.bundle().lines()) ids.push_back(line.product().product_id());
  if (ids.empty()) ids.push_back(offer.product().product_id());
  return ids;
}

bool SamePlanChange(const v1::PlanChange& a, const v1::PlanChange& b) {
  return a.from().product_id() == b.from().product_id() && a.to().product_id() == b.to().product_id() &&
         a.seats() == b.seats() &&
         std::equal(a.option_ids().begin(), a.option_ids().end(), b.option_ids().begin(), b.option_ids().end());
}

// Whether the two propose the same thing, at whatever price.
bool SameThing(const v1::Offer& a, const v1::Offer& b) {
  return a.has_bundle() == b.has_bundle() && a.has_plan_change() == b.has_plan_change() &&
         ProductIdsOf(a) == ProductIdsOf(b) && SamePlanChange(a.plan_change(), b.plan_change());
}

bool SameMoney(const v1::Money& a, const v1::Money& b) { return MessageDifferencer::Equals(a, b); }

// REQUIRES: SameThing(a, b).
bool SamePrices(const v1::Offer& a, const v1::Offer& b) {
  const bool lines_are_same =
      std::equal(a.bundle().lines().begin(), a.bundle().lines().end(), b.bundle().lines().begin(),
                 b.bundle().lines().end(), [](const v1::BundleLine& x, const v1::BundleLine& y) {
                   return SameMoney(x.list_price(), y.list_price()) && SameMoney(x.set_price(), y.set_price());
                 });
  return lines_are_same && SameMoney(a.price(), b.price()) && SameMoney(a.list_price(), b.list_price()) &&
         SameMoney(a.price_difference(), b.price_difference()) &&
         SameMoney(a.plan_change().cost_now(), b.plan_change().cost_now()) &&
         SameMoney(a.plan_change().cost_then(), b.plan_change().cost_then());
}

// From 1; 0: it is not there.
std::uint32_t PlaceOf(const v1::Slot& slot, const v1::Offer& wanted) {
  for (int i = 0; i < slot.offers_size(); ++i) {
    if (SameThing(slot.offers(i), wanted)) return static_cast<std::uint32_t>(i + 1);
  }
  return 0;
}

// What becomes of `offer`, which is one of either slot.
void AddOffer(const v1::Slot& a, const v1::Slot& b, const v1::Offer& offer, v1::SlotDifference* slot) {
  v1::OfferDifference difference;
  difference.set_place_a(PlaceOf(a, offer));
  difference.set_place_b(PlaceOf(b, offer));
  if (difference.place_a() != 0 && difference.place_b() != 0) {
    const v1::Offer& before = a.offers(static_cast<int>(difference.place_a()) - 1);
    const v1::Offer& after = b.offers(static_cast<int>(difference.place_b()) - 1);
    difference.set_repriced(!SamePrices(before, after));
    difference.set_reworded(before.reason().text() != after.reason().text());
  }
  if (difference.place_a() == difference.place_b() && !difference.repriced() && !difference.reworded()) return;
  for (std::string& id : ProductIdsOf(offer)) difference.add_product_ids(std::move(id));
  *slot->add_offers() = std::move(difference);
}

void AddSlot(const v1::Slot& a, const v1::Slot& b, v1::CompareModelsResponse* compared) {
  v1::SlotDifference slot;
  slot.set_slot(a.name());
  for (const v1::Offer& offer : b.offers()) AddOffer(a, b, offer, &slot);
  for (const v1::Offer& offer : a.offers()) {
    if (PlaceOf(b, offer) == 0) AddOffer(a, b, offer, &slot);
  }
  if (!slot.offers().empty()) *compared->add_slots() = std::move(slot);
}

template <typename Benefits>
bool SameBenefits(const Benefits& a, const Benefits& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const v1::Benefit& x, const v1::Benefit& y) { return MessageDifferencer::Equals(x, y); });
}

}  // namespace

void CompareAnswers(v1::CompareModelsResponse* compared) {
  const v1::RecommendResponse& a = compared->answer_a();
  const v1::RecommendResponse& b = compared->answer_b();
  // Both have the slots of the placement, in its order.
  for (int i = 0; i < std::min(a.slots_size(), b.slots_size()); ++i) AddSlot(a.slots(i), b.slots(i), compared);
  compared->set_cart_differs(!MessageDifferencer::Equals(a.cart_price(), b.cart_price()) ||
                             !SameBenefits(a.benefits(), b.benefits()));
}

}  // namespace awase::service
