#ifndef AWASE_RULES_INTERNAL_CONDITION_CHECK_H_
#define AWASE_RULES_INTERNAL_CONDITION_CHECK_H_

// What the checks of one rule's conditions share: where they stand, what the catalogue knows, where findings go.

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "awase/base/money.h"
#include "awase/rules/condition.h"
#include "awase/rules/load_rules.h"
#include "awase/v1/rule_set.pb.h"
#include "google/protobuf/repeated_field.h"
#include "rules/internal/report.h"
#include "rules/internal/source_rule.h"

namespace awase::rules_internal {

using ProtoWords = ::google::protobuf::RepeatedPtrField<std::string>;

// One end of a range as it is written.
struct Bound {
  absl::string_view key;
  std::optional<std::int64_t> value;
};

// Borrows all three; `below` is a path from the rule down, as in SourceRule. single-thread.
class ConditionCheck {
 public:
  // `facts` may be null.
  ConditionCheck(const SourceRule& rule, const rules::CatalogueFacts* facts, Report* report)
      : rule_(rule), facts_(facts), report_(report) {}

  const SourceRule& rule() const { return rule_; }
  void Error(absl::string_view below, absl::string_view message) const { report_->Error(rule_, below, message); }
  void Warn(absl::string_view below, absl::string_view message) const { report_->Warn(rule_, below, message); }

  // Whether the file has something at `below`, and all of it was decoded.
  bool IsThere(absl::string_view below) const { return rule_.Has(below) && rule_.IsSound(below); }

  // Whether the map at `below` is written without any key, which is reported: it reads like "none" and would mean
  // "any".
  bool IsEmptyMap(absl::string_view below, const google::protobuf::Message& map) const;

  // A list that is written but empty, or has an empty text in it, or one text twice.
  void List(absl::string_view below, const ProtoWords& words) const;

  // Whether the catalogue has the product is a warning; where one product has nearly this id, it is named.
  void KnownProduct(absl::string_view below, const std::string& id) const;

  // Of such a list: products, and words of a column, that the catalogue does not have.
  void KnownProducts(absl::string_view below, const ProtoWords& ids) const;
  void KnownWords(absl::string_view below, const ProtoWords& words, rules::ProductColumn column) const;
  void KnownWord(absl::string_view below, const std::string& word, rules::ProductColumn column) const;

  // An amount in a currency in which the catalogue has no price.
  void KnownCurrency(absl::string_view below, CurrencyCode currency) const;

  // Both ends within `allowed`, and something between them. `has_high_end`: `high` belongs to the range.
  void Bounds(absl::string_view below, const Bound& low, const Bound& high, bool has_high_end,
              const rules::Range& allowed) const;
  void Scores(absl::string_view below, const v1::ScoreRange& range, std::int64_t most) const;

  // Percentages of 0% or more, and something between them.
  void Percentages(absl::string_view below, const v1::PercentRange& range) const;

  // Amounts of money of 0 or more, of one currency.
  void Amounts(absl::string_view below, const v1::MoneyRange& range) const;

 private:
  const SourceRule& rule_;
  const rules::CatalogueFacts* facts_;
  Report* report_;
};

// Whether each word of `part` is one of `whole`. O(words).
bool HasAll(const ProtoWords& whole, const ProtoWords& part);

// Each reports on the part of a rule's conditions at `below`, which must be there; in files of their names.
void CheckProductSet(const ConditionCheck& check, absl::string_view below, const v1::ProductSet& set);
void CheckCustomer(const ConditionCheck& check, absl::string_view below, const v1::CustomerCondition& customer);

}  // namespace awase::rules_internal

#endif  // AWASE_RULES_INTERNAL_CONDITION_CHECK_H_
