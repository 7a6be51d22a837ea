#include "customer_caps.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

#include "absl/time/time.h"
#include "absl/types/span.h"
#include "applying_rules.h"

namespace awase::engine {
namespace {

// An exposure whose product is resolved.
struct KnownExposure {
  ProductIndex product;  // kNoProduct: it has left the catalogue
  ProductIndex root;
  IntentMask intent;  // one bit; 0 = not said
  ExposureEvent event;
  absl::Time time;
};

using History = std::vector<KnownExposure>;

History ResolveHistory(const Context& context) {
  History history;
  history.reserve(context.request.customer.exposures.size() + context.request.stored_exposures.size());
  for (const std::vector<Exposure>* exposures :
       {&context.request.customer.exposures, &context.request.stored_exposures}) {
    for (const Exposure& exposure : *exposures) {
      const std::optional<ProductIndex> product = context.model.Find(exposure.product_id);
      const ProductIndex root = product.has_value() ? context.model.root(*product) : kNoProduct;
      const IntentMask intent = exposure.intent.has_value() ? MaskOf(*exposure.intent) : IntentMask{0};
      history.push_back({product.value_or(kNoProduct), root, intent, exposure.event, exposure.time});
    }
  }
  std::stable_sort(history.begin(), history.end(),
                   [](const KnownExposure& a, const KnownExposure& b) { return a.time < b.time; });
  return history;
}

// What makes the cool-down of a cap begin.
bool IsTrigger(const rules::Cap& cap, const KnownExposure& exposure) {
  return exposure.event ==
         (cap.after == rules::Cap::After::kBought ? ExposureEvent::kBought : ExposureEvent::kDismissed);
}

// How many answers showed something of `history` (ascending by time), counted as the cap says, reach the cap.
template <typename Counts>
bool IsReached(const rules::Cap& cap, absl::Time now, absl::Span<const KnownExposure> history, Counts counts) {
  const bool is_cool_down = cap.after != rules::Cap::After::kAlways;
  std::optional<absl::Time> triggered;  // the earliest: what was shown since then is the most
  std::optional<absl::Time> last_counted;
  std::uint32_t answers = 0;
  for (const KnownExposure& exposure : history) {
    if (now - exposure.time >= cap.within || !counts(exposure)) continue;
    if (is_cool_down && !triggered.has_value() && IsTrigger(cap, exposure)) triggered = exposure.time;
    if (exposure.event != ExposureEvent::kShown || exposure.time == last_counted) continue;
    if (is_cool_down && (!triggered.has_value() || exposure.time == *triggered)) continue;
    last_counted = exposure.time;  // entries of one time are one answer
    ++answers;
  }
  return (!is_cool_down || triggered.has_value()) && answers >= cap.at_most;
}

// An exposure is of the intents that the cap names, if it names any. A purchase that says no intent is of all.
bool IsOfIntents(const BoundCap& cap, const KnownExposure& exposure) {
  return cap.cap->intents.empty() || exposure.intent == 0 || (cap.intents & exposure.intent) != 0;
}

class Finder {
 public:
  explicit Finder(const Context& context)
      : context_(context), bound_(context.snapshot.bound_rules()), history_(ResolveHistory(context)) {}

  ReachedCaps Find() {
    RulePlaces places = MayApply(context_, RuleList::kCustomerCaps);
    const RulePlaces of_sets = PlacesOfSets();
    places.insert(places.end(), of_sets.begin(), of_sets.end());
    for (const BoundCap* cap : ApplyingRules(context_, bound_.caps, places)) {
      if (cap->set.has_value()) {
        JudgeSet(*cap);
      } else if (!cap->cap->intents.empty()) {
        JudgeIntents(*cap);
      } else {
        JudgeEachProduct(*cap);
      }
    }
    // Stable: of one root the first cap stays in front.
    std::stable_sort(reached_.of_products.begin(), reached_.of_products.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    return std::move(reached_);
  }

 private:
  // Caps of sets that an exposure may count for.
  RulePlaces PlacesOfSets() const {
    std::vector<ProductIndex> products;
    for (const KnownExposure& exposure : history_) {
      if (exposure.product != kNoProduct) products.push_back(exposure.product);
    }
    std::sort(products.begin(), products.end());
    products.erase(std::unique(products.begin(), products.end()), products.end());
    RulePlaces places;
    for (const ProductIndex product : products) {
      const auto found = bound_.customer_caps_by_set.MayHave(context_.model, product);
      places.insert(places.end(), found.begin(), found.end());
    }
    return places;
  }

  void JudgeSet(const BoundCap& cap) {
    const auto counts = [&](const KnownExposure& exposure) {
      return exposure.product != kNoProduct && IsOfIntents(cap, exposure) &&
             cap.set->Has(context_.model, exposure.product);
    };
    if (IsReached(*cap.cap, context_.now, history_, counts)) reached_.of_sets.push_back(&cap);
  }

  void JudgeIntents(const BoundCap& cap) {
    if (!IsReached(*cap.cap, context_.now, history_, [&](const auto& entry) { return IsOfIntents(cap, entry); }))
      return;
    for (std::size_t intent = 0; intent < kIntentCount; ++intent) {
      const BoundCap*& first = reached_.of_intents[intent];
      if (first == nullptr && (cap.intents & MaskOf(static_cast<Intent>(intent))) != 0) first = &cap;
    }
  }

  void JudgeEachProduct(const BoundCap& cap) {
    if (by_root_.empty()) {
      by_root_ = history_;
      std::stable_sort(by_root_.begin(), by_root_.end(),
                       [](const KnownExposure& a, const KnownExposure& b) { return a.root < b.root; });
    }
    for (std::size_t begin = 0; begin < by_root_.size();) {
      std::size_t end = begin;
      while (end < by_root_.size() && by_root_[end].root == by_root_[begin].root) ++end;
      const absl::Span<const KnownExposure> of_root = absl::MakeConstSpan(by_root_).subspan(begin, end - begin);
      const ProductIndex root = by_root_[begin].root;
      if (root != kNoProduct && IsReached(*cap.cap, context_.now, of_root, [](const auto&) { return true; })) {
        reached_.of_products.push_back({root, &cap});
      }
      begin = end;
    }
  }

  const Context& context_;
  const Snapshot::BoundRules& bound_;
  const History history_;  // by time
  History by_root_;        // by root, then time
  ReachedCaps reached_;
};

// An offer of this intent is of those that the cap ends.
bool EndsIntent(const BoundCap& cap, Intent intent) {
  return cap.cap->intents.empty() || (cap.intents & MaskOf(intent)) != 0;
}

// The first cap that speaks of the product with this intent, reached or not.
const rules::Rule* CapThatSpeaksOf(const Context& context, Intent intent, ProductIndex product) {
  const Snapshot::BoundRules& bound = context.snapshot.bound_rules();
  RulePlaces places = MayApply(context, RuleList::kCustomerCaps);
  const RulePlaces of_sets = bound.customer_caps_by_set.MayHave(context.model, product);
  places.insert(places.end(), of_sets.begin(), of_sets.end());
  std::sort(places.begin(), places.end());
  for (const std::uint32_t place : places) {
    const BoundCap& cap = bound.caps[place];
    const bool is_in_set = !cap.set.has_value() || cap.set->Has(context.model, product);
    if (is_in_set && EndsIntent(cap, intent) && Applies(context, cap.rule)) return cap.rule.rule;
  }
  return nullptr;
}

}  // namespace

ReachedCaps FindReachedCaps(const Context& context) {
  const Request& request = context.request;
  const bool has_nothing = context.snapshot.bound_rules().caps.empty() || request.caps_are_reached ||
                           (request.customer.exposures.empty() && request.stored_exposures.empty());
  return has_nothing ? ReachedCaps() : Finder(context).Find();
}

const rules::Rule* CapReachedByCustomer(const Context& context, Intent intent, ProductIndex product) {
  if (context.request.caps_are_reached) return CapThatSpeaksOf(context, intent, product);
  const ReachedCaps& reached = context.reached_caps;
  // Addresses rise with rank.
  const BoundCap* first = reached.of_intents[static_cast<std::size_t>(intent)];
  const auto add = [&first](const BoundCap* cap) {
    if (first == nullptr || cap < first) first = cap;
  };
  for (const BoundCap* cap : reached.of_sets) {
    if (EndsIntent(*cap, intent) && cap->set->Has(context.model, product)) add(cap);
  }
  if (!reached.of_products.empty()) {
    const ProductIndex root = context.model.root(product);
    const auto found = std::lower_bound(reached.of_products.begin(), reached.of_products.end(), root,
                                        [](const auto& entry, ProductIndex key) { return entry.first < key; });
    if (found != reached.of_products.end() && found->first == root) add(found->second);
  }
  return first == nullptr ? nullptr : first->rule.rule;
}

}  // namespace awase::engine
