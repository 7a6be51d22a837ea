#include "idle_rules.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "any_of.h"
#include "bound_rules.h"
#include "bundles.h"
#include "exclusion_rules.h"
#include "rung_rules.h"

namespace awase::engine {
namespace {

using Why = IdleRule::Why;

// By its key below `when`.
const char* KeyOf(QuestionKind kind) {
  switch (kind) {
    case QuestionKind::kChannel:
      return "channels";
    case QuestionKind::kSegments:
      return "customer.segments";
    case QuestionKind::kLacksSegments:
      return "customer.lacks_segments";
    case QuestionKind::kTier:
      return "customer.tiers";
    case QuestionKind::kInterests:
      return "customer.interests";
    case QuestionKind::kMilestones:
      return "customer.milestones";
    case QuestionKind::kMilestonesMissing:
      return "customer.milestones_missing";
    case QuestionKind::kNps:
      return "customer.nps";
    case QuestionKind::kHealth:
      return "customer.health";
    case QuestionKind::kEveryYear:
      return "every_year";
    case QuestionKind::kHours:
      return "hours";
    case QuestionKind::kBirthdayMonth:
      return "customer.birthday_month";
    case QuestionKind::kDaysToRenewal:
      return "customer.days_to_renewal";
    case QuestionKind::kDaysToTrialEnd:
      return "customer.days_to_trial_end";
    case QuestionKind::kTraffic:
      return "traffic";
    case QuestionKind::kCartQuantity:
      return "cart.quantity";
    case QuestionKind::kCartTotal:
      return "cart.total";
    case QuestionKind::kAnchor:
      return "anchor";
    case QuestionKind::kCartContains:
      return "cart.contains";
    case QuestionKind::kCartLacks:
      return "cart.lacks";
    case QuestionKind::kOwns:
      return "customer.owns";
    case QuestionKind::kLacksOwned:
      return "customer.lacks";
    case QuestionKind::kUsage:
      return "customer.usage";
  }
  return "";
}

std::string TimeText(absl::Time time) { return absl::FormatTime("%Y-%m-%d %H:%M", time, absl::UTCTimeZone()) + " UTC"; }

// The keys of what is asked and not so.
std::vector<std::string> FailedKeys(const Context& context, const BoundRule& rule) {
  const ConditionBook& book = context.snapshot.bound_rules().conditions;
  std::vector<std::string> keys;
  for (const QuestionId question : book.questions(rule.condition)) {
    if (!context.memo.IsSo(context, book, question)) keys.emplace_back(KeyOf(book.question(question).kind));
  }
  return keys;
}

// Nothing where the rule applies. The first cause in the order in which Applies() asks.
std::optional<IdleRule> WhyIdle(const Context& context, const BoundRule& rule) {
  if (Applies(context, rule)) return std::nullopt;
  const std::string& id = rule.rule->id;
  if ((rule.placements & context.placement.mask) == 0) {
    return IdleRule{id, Why::kPlacement, "",
                    absl::StrCat("it is for other placements (", absl::StrJoin(rule.rule->placements, ", "), ")")};
  }
  if (context.now < rule.from) {
    return IdleRule{id, Why::kTime, "", absl::StrCat("it begins on ", TimeText(rule.from))};
  }
  if (rule.until <= context.now) {
    return IdleRule{id, Why::kTime, "", absl::StrCat("it has ended on ", TimeText(rule.until))};
  }
  const std::vector<std::string> keys = FailedKeys(context, rule);
  if (!keys.empty()) {
    const char* text = keys.size() == 1 ? "its condition " : "its conditions ";
    return IdleRule{
        id, Why::kCondition, "",
        absl::StrCat(text, absl::StrJoin(keys, ", "), keys.size() == 1 ? " does not hold" : " do not hold")};
  }
  const std::string& stop_id = context.stops[rule.action]->rule.rule->id;
  return IdleRule{id, Why::kStopped, stop_id, absl::StrCat("rule ", stop_id, " stops it")};
}

// Collects the rules of one slot.
class Finder {
 public:
  Finder(const Context& context, const SlotSpec& slot, ProductIndex root)
      : context_(context),
        bound_(context.snapshot.bound_rules()),
        slot_(slot.kind),
        intent_(slot.intent),
        root_(root) {}

  // Without one of these nothing is offered in a closed slot.
  void FindOpening() {
    if (!context_.intent_gates[static_cast<std::size_t>(intent_)].closed) return;
    for (const BoundGate& gate : bound_.gates) {
      if (gate.gate->open && (gate.intents & MaskOf(intent_)) != 0) Consider(gate.rule);
    }
  }

  void FindPlacing() {
    for (const BoundPin& pin : bound_.pins) {
      if (pin.slot == slot_ && IsIt(pin.product) && IsOnPage(context_, pin.anchors)) Consider(pin.rule);
    }
    if (slot_ == SlotKind::kBundle) FindBundles();
    const bool is_step = slot_ == SlotKind::kLower || slot_ == SlotKind::kHigher;
    if (is_step && context_.page_product != kNoProduct) FindLadders();
  }

  void FindMoving() {
    if (slot_ != SlotKind::kAlsoBought && slot_ != SlotKind::kBundle) return;
    for (const BoundWeight& weight : bound_.selection.weights) {
      if (weight.factor > 1 && HasIt(weight.set)) Consider(weight.rule);
    }
    if (slot_ != SlotKind::kAlsoBought) return;
    for (const BoundQuota& quota : bound_.selection.quotas) {
      if (HasIt(quota.set)) Consider(quota.rule);
    }
  }

  std::vector<IdleRule> Take() {
    std::sort(found_.begin(), found_.end(), [](const Found& a, const Found& b) { return a.first < b.first; });
    if (found_.size() > kMostIdleRules) found_.resize(kMostIdleRules);
    std::vector<IdleRule> rules;
    for (Found& found : found_) rules.push_back(std::move(found.second));
    return rules;
  }

 private:
  using Found = std::pair<std::uint32_t, IdleRule>;  // with its rank

  bool IsIt(ProductIndex product) const { return context_.model.root(product) == root_; }

  // The root or a variant of it.
  bool HasIt(const BoundSet& set) const {
    const auto variants = context_.model.variants(root_);
    return set.Has(context_.model, root_) || std::any_of(variants.begin(), variants.end(), [&](ProductIndex variant) {
             return set.Has(context_.model, variant);
           });
  }

  void Consider(const BoundRule& rule) {
    if (std::optional<IdleRule> idle = WhyIdle(context_, rule)) found_.emplace_back(rule.rank, *std::move(idle));
  }

  void FindBundles() {
    for (const BoundBundle& bundle : bound_.bundles) {
      const auto anchors = BundleAnchors(context_);
      const bool would_show_it = std::any_of(anchors.begin(), anchors.end(), [&](ProductIndex anchor) {
        return anchor != kNoProduct && IsSoldAround(context_, bundle, anchor) && MayHoldIt(bundle, anchor);
      });
      if (would_show_it) Consider(bundle.rule);
    }
  }

  // Beside the anchor.
  bool MayHoldIt(const BoundBundle& bundle, ProductIndex anchor) const {
    const std::optional<std::size_t> own = GroupOf(context_, bundle, anchor);
    for (std::size_t i = 0; i < bundle.groups.size(); ++i) {
      if (i != own && HasIt(bundle.groups[i])) return true;
    }
    return std::any_of(bundle.products.begin(), bundle.products.end(),
                       [this](ProductIndex product) { return IsIt(product); });
  }

  void FindLadders() {
    for (const BoundLadder& ladder : bound_.ladders) {
      const auto direction = slot_ == SlotKind::kLower ? ladder::Direction::kLower : ladder::Direction::kHigher;
      const auto steps = StepsOf(context_, ladder, context_.page_product, direction);
      if (std::any_of(steps.begin(), steps.end(), [this](const AssertedStep& step) { return IsIt(step.to); })) {
        Consider(ladder.rule);
      }
    }
  }

  const Context& context_;
  const Snapshot::BoundRules& bound_;
  const SlotKind slot_;
  const Intent intent_;
  const ProductIndex root_;
  std::vector<Found> found_;
};

}  // namespace

std::vector<IdleRule> FindIdleRules(const Context& context, const SlotSpec& slot, ProductIndex root,
                                    bool is_candidate) {
  Finder finder(context, slot, root);
  finder.FindOpening();
  finder.FindPlacing();
  if (is_candidate) finder.FindMoving();
  return finder.Take();
}

}  // namespace awase::engine
