#include "condition_book.h"

#include <algorithm>
#include <optional>
#include <tuple>

#include "absl/strings/str_cat.h"

namespace awase::engine {
namespace {

using rules::Range;

// Texts that differ where what they say differs; the first letter is what they are of.
void AppendWords(const rules::Words& words, std::string* text) {
  for (const std::string& word : words) absl::StrAppend(text, word.size(), ":", word);
  text->push_back(';');
}

void AppendFilter(const rules::ProductFilter& filter, std::string* text) {
  for (const rules::Words* words : {&filter.products, &filter.categories, &filter.brands, &filter.product_types,
                                    &filter.authors, &filter.series, &filter.tags}) {
    AppendWords(*words, text);
  }
  for (const auto& [name, values] : filter.attributes) {
    absl::StrAppend(text, name.size(), "=", name);
    AppendWords(values, text);
  }
  if (!filter.price.has_value()) return;
  absl::StrAppend(text, "$", filter.price->currency.text(), filter.price->minor_units.low, "..",
                  filter.price->minor_units.high);
}

std::string TextOf(const rules::ProductSet& set) {
  std::string text = "S";
  AppendFilter(set.in, &text);
  if (set.not_in.has_value()) {
    text.push_back('!');
    AppendFilter(*set.not_in, &text);
  }
  return text;
}

std::string TextOf(const Question& question) {
  return absl::StrCat("Q", static_cast<int>(question.kind), ",", question.zone, ",", question.currency.text(), ",",
                      question.operand, ",", question.range.low, "..", question.range.high);
}

std::int64_t DayOfYear(MonthDay day) { return day.month * 100 + day.day; }

}  // namespace

std::uint32_t ConditionCompiler::SetOf(const rules::ProductSet& set) {
  const auto [known, is_new] = known_.try_emplace(TextOf(set), static_cast<std::uint32_t>(book_.sets_.size()));
  if (is_new) book_.sets_.emplace_back(model_, set);
  return known->second;
}

std::uint32_t ConditionCompiler::WordsOf(const rules::Words& words) {
  std::string text = "W";
  AppendWords(words, &text);
  const auto [known, is_new] = known_.try_emplace(std::move(text), static_cast<std::uint32_t>(book_.words_.size()));
  if (is_new) book_.words_.push_back(words);
  return known->second;
}

std::uint32_t ConditionCompiler::HoursOf(const rules::Hours& hours) {
  std::string text = absl::StrCat("H", hours.from, "-", hours.until, " ");
  for (const bool day : hours.days) text.push_back(day ? '1' : '0');
  const auto [known, is_new] = known_.try_emplace(std::move(text), static_cast<std::uint32_t>(book_.hours_.size()));
  if (is_new) book_.hours_.push_back(hours);
  return known->second;
}

// A shop has a handful.
std::uint16_t ConditionCompiler::ZoneOf(absl::TimeZone zone) {
  auto found = std::find(book_.zones_.begin(), book_.zones_.end(), zone);
  if (found == book_.zones_.end()) found = book_.zones_.insert(found, zone);
  return static_cast<std::uint16_t>(found - book_.zones_.begin());
}

void ConditionCompiler::Ask(const Question& question) {
  const auto [known, is_new] =
      known_.try_emplace(TextOf(question), static_cast<std::uint32_t>(book_.questions_.size()));
  if (is_new) book_.questions_.push_back(question);
  asked_.push_back(known->second);
}

void ConditionCompiler::AskWords(QuestionKind kind, const rules::Words& words) {
  if (!words.empty()) Ask({.kind = kind, .operand = WordsOf(words)});
}

void ConditionCompiler::AskCart(const rules::CartCondition& cart) {
  if (cart.contains.has_value()) {
    Range pieces = cart.quantity.value_or(Range());
    pieces.low = std::max<std::int64_t>(pieces.low, 1);
    Ask({.kind = QuestionKind::kCartContains, .operand = SetOf(*cart.contains), .range = pieces});
  } else if (cart.quantity.has_value()) {
    Ask({.kind = QuestionKind::kCartQuantity, .range = *cart.quantity});
  }
  if (cart.lacks.has_value()) Ask({.kind = QuestionKind::kCartLacks, .operand = SetOf(*cart.lacks)});
  if (cart.total.has_value()) {
    Ask({.kind = QuestionKind::kCartTotal, .currency = cart.total->currency, .range = cart.total->minor_units});
  }
}

void ConditionCompiler::AskCustomer(const rules::CustomerCondition& customer, std::uint16_t zone) {
  AskWords(QuestionKind::kSegments, customer.segments);
  AskWords(QuestionKind::kLacksSegments, customer.lacks_segments);
  AskWords(QuestionKind::kTier, customer.tiers);
  AskWords(QuestionKind::kInterests, customer.interests);
  AskWords(QuestionKind::kMilestones, customer.milestones);
  AskWords(QuestionKind::kMilestonesMissing, customer.milestones_missing);
  if (customer.nps.has_value()) Ask({.kind = QuestionKind::kNps, .range = *customer.nps});
  if (customer.health.has_value()) Ask({.kind = QuestionKind::kHealth, .range = *customer.health});
  if (customer.owns.has_value()) Ask({.kind = QuestionKind::kOwns, .operand = SetOf(*customer.owns)});
  if (customer.lacks.has_value()) Ask({.kind = QuestionKind::kLacksOwned, .operand = SetOf(*customer.lacks)});
  if (customer.birthday_month) Ask({.kind = QuestionKind::kBirthdayMonth, .zone = zone});
  if (customer.days_to_renewal.has_value()) {
    Ask({.kind = QuestionKind::kDaysToRenewal, .zone = zone, .range = *customer.days_to_renewal});
  }
  if (customer.days_to_trial_end.has_value()) {
    Ask({.kind = QuestionKind::kDaysToTrialEnd, .zone = zone, .range = *customer.days_to_trial_end});
  }
  if (customer.usage.has_value()) {
    Ask({.kind = QuestionKind::kUsage,
         .operand = WordsOf({customer.usage->metric}),
         .range = customer.usage->parts_of_limit});
  }
}

ConditionId ConditionCompiler::Add(const rules::Rule& rule) {
  if (!rule.when.has_value()) return kAlways;
  const rules::Condition& when = *rule.when;
  asked_.clear();
  const std::uint16_t zone = ZoneOf(when.time_zone);
  if (when.anchor.has_value()) Ask({.kind = QuestionKind::kAnchor, .operand = SetOf(*when.anchor)});
  AskCart(when.cart);
  AskCustomer(when.customer, zone);
  if (when.every_year.has_value()) {
    const Range days = {DayOfYear(when.every_year->from), DayOfYear(when.every_year->until)};
    Ask({.kind = QuestionKind::kEveryYear, .zone = zone, .range = days});
  }
  if (when.hours.has_value()) {
    Ask({.kind = QuestionKind::kHours, .zone = zone, .operand = HoursOf(*when.hours)});
  }
  AskWords(QuestionKind::kChannel, when.channels);
  if (when.traffic.has_value()) {
    const std::string& salt = when.traffic->salt.empty() ? rule.id : when.traffic->salt;
    Ask({.kind = QuestionKind::kTraffic, .operand = WordsOf({salt}), .range = {.high = when.traffic->parts - 1}});
  }
  if (asked_.empty()) return kAlways;
  std::sort(asked_.begin(), asked_.end(), [this](QuestionId a, QuestionId b) {
    return std::tuple(book_.questions_[a].kind, a) < std::tuple(book_.questions_[b].kind, b);
  });
  asked_.erase(std::unique(asked_.begin(), asked_.end()), asked_.end());
  std::string text = "C";
  for (const QuestionId id : asked_) absl::StrAppend(&text, id, ",");
  const auto [known, is_new] =
      known_.try_emplace(std::move(text), static_cast<std::uint32_t>(book_.conditions_.size()));
  if (!is_new) return known->second;
  book_.conditions_.emplace_back(asked_.begin(), asked_.end());
  return known->second;
}

}  // namespace awase::engine
