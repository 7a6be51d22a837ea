#ifndef AWASE_RULES_INTERNAL_CONVERT_FIELDS_H_
#define AWASE_RULES_INTERNAL_CONVERT_FIELDS_H_

// What the conversions of all actions and conditions have in common.

#include <string>
#include <utility>

#include "awase/base/money.h"
#include "awase/rules/condition.h"
#include "awase/v1/rule_set.pb.h"
#include "google/protobuf/repeated_field.h"
#include "rules/internal/convert_condition.h"

namespace awase::rules_internal {

using Strings = ::google::protobuf::RepeatedPtrField<std::string>;

// A list that is a set: neither its order nor a repetition means anything.
void SortUnique(Strings* strings);
rules::Words ToWords(Strings strings);

// The decoder lets only currencies through; without one (a rule that did not decode) any will do.
Money ToMoney(const v1::Money& money);

// Of an action with `products` and `matching`: a list of ids is the set of these products.
rules::ProductSet ToSubject(const Strings& products, const v1::ProductSet& matching);

// One form of the two. REQUIRES: what the action says is valid.
template <typename Action>
void MakeSubjectCanonical(Action* action) {
  if (!action->products().empty()) {
    *action->mutable_matching()->mutable_products() = std::move(*action->mutable_products());
  }
  action->clear_products();
  if (action->has_matching()) MakeCanonical(action->mutable_matching());
}

}  // namespace awase::rules_internal

#endif  // AWASE_RULES_INTERNAL_CONVERT_FIELDS_H_
