#include "whatif/internal/answer_change.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

namespace awase::whatif {
namespace {

using engine::Answer;
using engine::Offer;
using engine::Slot;
using RuleIds = std::vector<std::string>;

bool SameProducts(const std::vector<engine::BundleLine>& a, const std::vector<engine::BundleLine>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const engine::BundleLine& x, const engine::BundleLine& y) { return x.product == y.product; });
}

// Whether the two propose the same thing, at whatever price.
bool SameThing(const Offer& a, const Offer& b) {
  if (a.product != b.product || a.bundle.has_value() != b.bundle.has_value() ||
      a.plan_change.has_value() != b.plan_change.has_value()) {
    return false;
  }
  if (a.bundle.has_value() && !SameProducts(a.bundle->lines, b.bundle->lines)) return false;
  return !a.plan_change.has_value() ||
         (a.plan_change->from == b.plan_change->from && a.plan_change->to == b.plan_change->to &&
          a.plan_change->seats == b.plan_change->seats && a.plan_change->options == b.plan_change->options);
}

bool SamePrices(const engine::BundleOffer& a, const engine::BundleOffer& b) {
  return a.list_price == b.list_price && a.set_price == b.set_price &&
         std::equal(a.lines.begin(), a.lines.end(), b.lines.begin(), b.lines.end(),
                    [](const engine::BundleLine& x, const engine::BundleLine& y) {
                      return x.list_price_minor == y.list_price_minor && x.set_price_minor == y.set_price_minor;
                    });
}

// REQUIRES: SameThing(a, b).
bool SamePrices(const Offer& a, const Offer& b) {
  if (a.price != b.price || a.list_price != b.list_price || a.price_difference != b.price_difference) return false;
  if (a.bundle.has_value() && !SamePrices(*a.bundle, *b.bundle)) return false;
  return !a.plan_change.has_value() ||
         (a.plan_change->cost_now == b.plan_change->cost_now && a.plan_change->cost_then == b.plan_change->cost_then);
}

const Offer* FindThing(const Slot& slot, const Offer& wanted) {
  for (const Offer& offer : slot.offers) {
    if (SameThing(offer, wanted)) return &offer;
  }
  return nullptr;
}

std::size_t PlaceOf(const Slot& slot, const Offer* offer) {
  return static_cast<std::size_t>(offer - slot.offers.data());
}

bool Holds(const Offer& offer, ProductIndex product) {
  if (!offer.bundle.has_value()) return offer.product == product;
  return std::any_of(offer.bundle->lines.begin(), offer.bundle->lines.end(),
                     [&](const engine::BundleLine& line) { return line.product == product; });
}

// Whether a page that showed `other` at the same place shows something else now.
bool Differs(const Slot& slot, const Offer& offer, const Slot& other_slot, const Offer* other) {
  return other == nullptr || PlaceOf(slot, &offer) != PlaceOf(other_slot, other) || !SamePrices(offer, *other) ||
         offer.reason.text != other->reason.text;
}

// Adds the rules that decided about the answer as a whole.
void AddDeciding(const Answer& answer, RuleIds& ids) {
  for (const engine::IntentDecision& decision : answer.restraint.intents) {
    if (!decision.rule_id.empty()) ids.push_back(decision.rule_id);
  }
  const RuleIds& stops = answer.restraint.stop_rule_ids;
  ids.insert(ids.end(), stops.begin(), stops.end());
}

// Adds the rules that fired in the slot.
void AddFired(const Answer& answer, const Slot& slot, RuleIds& ids) {
  for (const Offer& offer : slot.offers) {
    ids.insert(ids.end(), offer.reason.rule_ids.begin(), offer.reason.rule_ids.end());
  }
  for (const engine::TraceEntry& entry : answer.trace) {
    if (!entry.rule_id.empty() && !entry.rule_wanted_it && entry.slot == slot.name) {
      ids.push_back(entry.rule_id);
    }
  }
}

// Adds the rules that name, on this side, what differs from the other side.
void AddOfWhatDiffers(const Answer& answer, const Slot& slot, const Slot& other, const artefact::Model& model,
                      RuleIds& ids) {
  for (const Offer& offer : slot.offers) {
    if (!Differs(slot, offer, other, FindThing(other, offer))) continue;
    ids.insert(ids.end(), offer.reason.rule_ids.begin(), offer.reason.rule_ids.end());
  }
  for (const Offer& missing : other.offers) {
    if (FindThing(slot, missing) != nullptr) continue;
    for (const engine::TraceEntry& entry : answer.trace) {
      if (entry.rule_id.empty() || entry.slot != slot.name) continue;
      const std::optional<ProductIndex> removed = model.Find(entry.product_id);
      if (removed.has_value() && Holds(missing, *removed)) ids.push_back(entry.rule_id);
    }
  }
}

// Adds to each side the ids that only that side has.
void AddOneSided(Change<RuleIds> fired, Change<RuleIds>& behind) {
  SortRuleIds(fired.before);
  SortRuleIds(fired.after);
  std::set_difference(fired.before.begin(), fired.before.end(), fired.after.begin(), fired.after.end(),
                      std::back_inserter(behind.before));
  std::set_difference(fired.after.begin(), fired.after.end(), fired.before.begin(), fired.before.end(),
                      std::back_inserter(behind.after));
}

void AddBehindSlot(const Answer& before, const Answer& after, std::size_t position, const artefact::Model& model,
                   Change<RuleIds>& behind) {
  const Slot& old_slot = before.slots[position];
  const Slot& new_slot = after.slots[position];
  AddOfWhatDiffers(before, old_slot, new_slot, model, behind.before);
  AddOfWhatDiffers(after, new_slot, old_slot, model, behind.after);
  Change<RuleIds> fired;
  AddFired(before, old_slot, fired.before);
  AddFired(after, new_slot, fired.after);
  AddDeciding(before, fired.before);
  AddDeciding(after, fired.after);
  AddOneSided(std::move(fired), behind);
}

}  // namespace

void SortRuleIds(RuleIds& ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

OfferCounts CompareSlots(const Slot& before, const Slot& after, bool with_text) {
  OfferCounts counts;
  for (const Offer& offer : after.offers) {
    const Offer* old = FindThing(before, offer);
    if (old == nullptr) {
      ++counts.gained;
      continue;
    }
    if (PlaceOf(before, old) != PlaceOf(after, &offer)) ++counts.moved;
    if (!SamePrices(*old, offer)) ++counts.repriced;
    if (with_text && old->reason.text != offer.reason.text) ++counts.reworded;
  }
  for (const Offer& offer : before.offers) {
    if (FindThing(after, offer) == nullptr) ++counts.lost;
  }
  return counts;
}

std::vector<ProductIndex> OfferedProducts(const Answer& answer) {
  std::vector<ProductIndex> products;
  for (const Slot& slot : answer.slots) {
    for (const Offer& offer : slot.offers) {
      if (!offer.bundle.has_value()) {
        products.push_back(offer.product);
        continue;
      }
      for (std::size_t i = 1; i < offer.bundle->lines.size(); ++i) {
        if (!offer.bundle->lines[i].in_cart) products.push_back(offer.bundle->lines[i].product);
      }
    }
  }
  std::sort(products.begin(), products.end());
  products.erase(std::unique(products.begin(), products.end()), products.end());
  return products;
}

std::vector<std::string> FiredRules(const Answer& answer) {
  RuleIds ids;
  for (const Slot& slot : answer.slots) AddFired(answer, slot, ids);
  if (answer.cart_price.has_value()) {
    for (const engine::DiscountUse& use : answer.cart_price->discounts) {
      if (use.saving_minor > 0) ids.push_back(use.rule_id);
    }
  }
  for (const engine::BenefitOffer& benefit : answer.benefits) {
    if (benefit.reached) ids.push_back(benefit.rule_id);
  }
  AddDeciding(answer, ids);
  SortRuleIds(ids);
  return ids;
}

Change<std::vector<std::string>> RulesBehind(const Answer& before, const Answer& after, std::size_t position,
                                             const artefact::Model& model) {
  Change<RuleIds> behind;
  AddBehindSlot(before, after, position, model, behind);
  if (behind.before.empty() && behind.after.empty()) {
    for (std::size_t s = 0; s < after.slots.size(); ++s) AddBehindSlot(before, after, s, model, behind);
  }
  if (behind.before.empty() && behind.after.empty()) behind = {FiredRules(before), FiredRules(after)};
  SortRuleIds(behind.before);
  SortRuleIds(behind.after);
  return behind;
}

}  // namespace awase::whatif
