#include "awase/serving/look_back.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

namespace awase::serving {
namespace {

using ::awase::engine::Exposure;
using ::awase::engine::ExposureEvent;

constexpr std::size_t kNoIntent = engine::kIntentCount;

std::size_t PlaceOf(const std::optional<engine::Intent>& intent) {
  return intent.has_value() ? static_cast<std::size_t>(*intent) : kNoIntent;
}

// In the order in which they go.
enum class Rank : std::uint8_t { kUnseenShown, kUnseenReaction, kRepeated, kShown, kNewestOfIntent, kReaction };

// Answers from the newest on: entries of one time are one.
struct AnswerCount {
  std::uint32_t answers = 0;
  absl::Time last;

  bool IsAmong(std::uint32_t most, absl::Time time) {
    if (answers == 0 || time != last) ++answers;
    last = time;
    return answers <= most;
  }
};

// Of exposures that are given from the newest to the oldest.
class Ranker {
 public:
  Ranker(const LookBack& look_back, absl::Time now) : look_back_(look_back), now_(now) {}

  Rank Next(const Exposure& exposure) {
    const bool is_shown = exposure.event == ExposureEvent::kShown;
    if (!look_back_.Sees(exposure, now_)) return is_shown ? Rank::kUnseenShown : Rank::kUnseenReaction;
    if (!is_shown) return Rank::kReaction;
    AnswerCount& of_product = of_product_[{exposure.product_id, PlaceOf(exposure.intent)}];
    if (!of_product.IsAmong(look_back_.most_answers(), exposure.time)) return Rank::kRepeated;
    if (!exposure.intent.has_value()) return Rank::kShown;
    AnswerCount& of_intent = of_intent_[PlaceOf(exposure.intent)];
    return of_intent.IsAmong(look_back_.most_answers_of(*exposure.intent), exposure.time) ? Rank::kNewestOfIntent
                                                                                          : Rank::kShown;
  }

 private:
  const LookBack& look_back_;
  const absl::Time now_;
  absl::flat_hash_map<std::pair<absl::string_view, std::size_t>, AnswerCount> of_product_;
  std::array<AnswerCount, engine::kIntentCount> of_intent_;
};

}  // namespace

LookBack::LookBack(const rules::RuleSet& rules) {
  for (const rules::Rule& rule : rules.rules) {
    const auto* cap = std::get_if<rules::Cap>(&rule.action);
    if (cap != nullptr && cap->within > absl::ZeroDuration()) Add(*cap);
  }
}

void LookBack::Add(const rules::Cap& cap) {
  const auto see = [&](ExposureEvent event) {
    auto& within = within_[static_cast<std::size_t>(event)];
    for (std::size_t intent = 0; intent <= engine::kIntentCount; ++intent) {
      // What says no intent is of all (engine/customer_caps.cc).
      const bool is_counted = cap.intents.empty() || intent == kNoIntent ||
                              std::ranges::count(cap.intents, rules::kIntentNames[intent]) > 0;
      if (is_counted) within[intent] = std::max(within[intent], cap.within);
    }
  };
  if (cap.after == rules::Cap::After::kDismissed) see(ExposureEvent::kDismissed);
  if (cap.after == rules::Cap::After::kBought) see(ExposureEvent::kBought);
  if (cap.at_most == 0) return;  // nothing is counted: the cool-down alone decides
  see(ExposureEvent::kShown);
  most_answers_ = std::max(most_answers_, cap.at_most);
  if (cap.matching.has_value()) return;
  for (std::size_t intent = 0; intent < engine::kIntentCount; ++intent) {
    if (std::ranges::count(cap.intents, rules::kIntentNames[intent]) == 0) continue;
    most_answers_of_intent_[intent] = std::max(most_answers_of_intent_[intent], cap.at_most);
  }
}

bool LookBack::Sees(const Exposure& exposure, absl::Time now) const {
  return now - exposure.time < within_[static_cast<std::size_t>(exposure.event)][PlaceOf(exposure.intent)];
}

ServingLookBack::ServingLookBack(std::function<std::shared_ptr<const rules::RuleSet>()> rules)
    : rules_(std::move(rules)) {}

std::shared_ptr<const LookBack> ServingLookBack::Get() {
  MutexLock lock(mutex_);
  const std::shared_ptr<const rules::RuleSet> rules = rules_ ? rules_() : nullptr;
  std::optional<std::string> revision;
  if (rules != nullptr) revision = rules->revision;
  if (revision != revision_) {
    look_back_ = rules == nullptr ? std::make_shared<const LookBack>() : std::make_shared<const LookBack>(*rules);
    revision_ = std::move(revision);
  }
  return look_back_;
}

void DropExcess(const LookBack& look_back, absl::Time now, std::size_t most, std::vector<Exposure>& exposures) {
  if (exposures.size() <= most) return;
  std::vector<std::size_t> places(exposures.size());
  std::iota(places.rbegin(), places.rend(), std::size_t{0});
  std::ranges::stable_sort(places, [&](std::size_t a, std::size_t b) { return exposures[a].time > exposures[b].time; });
  Ranker ranker(look_back, now);
  std::vector<Rank> ranks(exposures.size());
  for (const std::size_t place : places) ranks[place] = ranker.Next(exposures[place]);
  std::ranges::stable_sort(places, [&](std::size_t a, std::size_t b) { return ranks[a] > ranks[b]; });
  places.resize(most);  // those that stay
  std::ranges::sort(places);
  for (std::size_t i = 0; i < most; ++i) {
    if (places[i] != i) exposures[i] = std::move(exposures[places[i]]);
  }
  exposures.resize(most);
}

}  // namespace awase::serving
