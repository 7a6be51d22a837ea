// cap: what is counted, and how much of it is allowed.

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "awase/yaml/nearest_word.h"
#include "awase/yaml/quoted.h"
#include "rules/internal/action_check.h"
#include "rules/internal/condition_scalars.h"

namespace awase::rules_internal {
namespace {

using ::awase::rules::ProductColumn;
using ::awase::yaml::Quoted;

constexpr std::uint32_t kMostInRow = 50;     // as many offers as a row has
constexpr std::uint32_t kMostInTime = 1000;  // answers; more is no restraint

const std::vector<std::string>& Intents() {
  static const auto& intents = *new std::vector<std::string>(rules::kIntentNames.begin(), rules::kIntentNames.end());
  return intents;
}

// Of per, products and matching a cap of a row has one, and one in time at most one.
void CheckSubject(const ActionCheck& check) {
  const SourceRule& rule = check.rule();
  std::vector<absl::string_view> there;
  for (const absl::string_view key : {"per", "products", "matching"}) {
    if (rule.Has(absl::StrCat(".cap.", key))) there.push_back(key);
  }
  if (there.size() > 1) {
    check.Error(absl::StrCat(".cap.", there[1]),
                absl::StrCat("stands beside ", there[0], ": want one of per, products, matching"));
  } else if (there.empty() && !rule.Has(".cap.within") && rule.IsMissing(".cap", "per")) {
    check.Error(
        ".cap",
        "does not say of what: want one of per (such as per: brand), products, matching, or within for a cap in "
        "time");
  }
}

// What only caps of rows may say, and what only caps in time may.
void CheckKind(const ActionCheck& check) {
  const bool is_in_time = check.rule().Has(".cap.within");
  for (const absl::string_view key : {"per", "slots"}) {
    const std::string below = absl::StrCat(".cap.", key);
    if (is_in_time && check.rule().Has(below)) {
      check.Error(below, "is for rows: a cap with within counts what one customer is offered, whatever the slot");
    }
  }
  for (const absl::string_view key : {"intents", "after"}) {
    const std::string below = absl::StrCat(".cap.", key);
    if (!is_in_time && check.rule().Has(below) && check.rule().IsMissing(".cap", "within")) {
      check.Error(below, "is for caps in time: say within as well, such as within: 7d");
    }
  }
}

void CheckTime(const ActionCheck& check, const ConditionCheck& lists, const v1::CapAction& proto) {
  if (lists.IsThere(".cap.within")) {
    const absl::StatusOr<absl::Duration> within = ParseTimeSpan(proto.within());
    if (!within.ok()) check.Error(".cap.within", within.status().message());
  }
  lists.List(".cap.intents", proto.intents());
  for (int i = 0; i < proto.intents_size(); ++i) {
    const std::string& intent = proto.intents(i);
    if (intent.empty() || std::find(Intents().begin(), Intents().end(), intent) != Intents().end()) continue;
    check.Error(absl::StrCat(".cap.intents[", i, "]"), yaml::UnknownWord("intent", intent, Intents()));
  }
  if (lists.IsThere(".cap.after") && proto.after() != kAfterDismissed && proto.after() != kAfterBought) {
    check.Error(".cap.after",
                absl::StrCat("want ", kAfterDismissed, " or ", kAfterBought, ", got ", Quoted(proto.after())));
  }
}

void CheckPer(const ActionCheck& check, const ConditionCheck& sets, const std::string& per) {
  if (!sets.IsThere(".cap.per")) return;
  std::vector<std::string> columns(std::begin(rules::kCapColumns), std::end(rules::kCapColumns));
  if (std::find(columns.begin(), columns.end(), per) != columns.end()) return;
  if (per.find('.') != std::string::npos) return sets.KnownWord(".cap.per", per, ProductColumn::kAttribute);
  columns.emplace_back("an attribute such as spec.colour");
  check.Error(".cap.per", yaml::UnknownWord("column", per, columns));
}

void CheckProducts(const ActionCheck& check, const std::vector<std::string>& ids) {
  if (ids.empty() && check.rule().Has(".cap.products") && check.rule().IsSound(".cap.products")) {
    check.Error(".cap.products", "is empty: want at least one product id");
  }
  check.Products(".cap.products", ids, rules::Severity::kWarning);
}

void CheckAtMost(const ActionCheck& check, std::uint32_t at_most) {
  const SourceRule& rule = check.rule();
  if (rule.IsMissing(".cap", "at_most")) {
    check.Error(".cap", "has no at_most: want how many are allowed, such as at_most: 2");
  }
  if (!rule.Has(".cap.at_most") || !rule.IsSound(".cap.at_most")) return;
  const std::uint32_t least = rule.Has(".cap.after") ? 0 : 1;
  const std::uint32_t most = rule.Has(".cap.within") ? kMostInTime : kMostInRow;
  if (at_most >= least && at_most <= most) return;
  check.Error(".cap.at_most", absl::StrCat("want ", least, " to ", most, ", got ", at_most,
                                           at_most == 0 ? ": to show none at all is a hide rule" : ""));
}

// How many exposures an answer with all slots has where nobody asks for more offers than is usual: a set's three
// companions and six of also_bought are cross_sell, higher and lower have two each.
std::size_t ExposuresOfAnswer(const rules::Cap& cap) {
  constexpr std::array<std::size_t, 3> kOfIntent = {9, 2, 2};  // as rules::kIntentNames
  std::size_t exposures = 0;
  for (std::size_t i = 0; i < kOfIntent.size(); ++i) {
    const bool is_counted = cap.intents.empty() || std::ranges::count(cap.intents, rules::kIntentNames[i]) > 0;
    if (is_counted) exposures += kOfIntent[i];
  }
  return exposures;
}

// What a server has forgotten is not counted, and the cap would not be reached. The cap is looked at by itself: how
// much of other caps' offers a customer sees, nobody knows.
void CheckIsHeld(const ActionCheck& check, const rules::Cap& cap) {
  if (check.facts() == nullptr || check.facts()->kept_exposures == 0 || cap.within == absl::ZeroDuration()) return;
  const std::size_t of_answer = ExposuresOfAnswer(cap);
  if (of_answer == 0) return;  // of intents that there are not
  const std::size_t answers = check.facts()->kept_exposures / of_answer;
  if (cap.at_most <= answers || cap.at_most > kMostInTime) return;
  check.Warn(
      ".cap.at_most",
      absl::StrCat("a server keeps ", check.facts()->kept_exposures, " exposures of a customer, as ", answers,
                   " full pages of the usual size have of such offers: it may forget what this cap still counts, "
                   "and sooner where pages are larger or other caps count other offers; want at most ",
                   answers));
}

void CheckSlots(const ActionCheck& check, const ConditionCheck& lists, const ProtoWords& slots) {
  lists.List(".cap.slots", slots);
  if (!lists.IsThere(".cap.slots")) return;
  for (int i = 0; i < slots.size(); ++i) {
    const std::string below = absl::StrCat(".cap.slots[", i, "]");
    if (slots[i] == "bundle") {
      check.Error(below, "no cap is needed in the slot bundle: a set has one product of a type, and there is one set");
    } else if (!slots[i].empty() &&
               std::find(CappedRows().begin(), CappedRows().end(), slots[i]) == CappedRows().end()) {
      check.Error(below, yaml::UnknownWord("slot", slots[i], CappedRows()));
    }
  }
}

}  // namespace

absl::Span<const std::string> CappedRows() {
  static const auto& rows = *new std::vector<std::string>{"also_bought", "lower", "higher"};
  return rows;
}

void CheckCap(const ActionCheck& check, const ConditionCheck& sets, const rules::Cap& cap) {
  const v1::CapAction& proto = check.rule().proto->cap();
  CheckSubject(check);
  CheckKind(check);
  CheckTime(check, sets, proto);
  CheckPer(check, sets, cap.per);
  CheckProducts(check, {proto.products().begin(), proto.products().end()});
  CheckProductSet(sets, ".cap.matching", proto.matching());
  CheckAtMost(check, cap.at_most);
  CheckIsHeld(check, cap);
  CheckSlots(check, sets, proto.slots());
}

}  // namespace awase::rules_internal
