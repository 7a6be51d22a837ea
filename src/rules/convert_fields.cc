#include "rules/internal/convert_fields.h"

#include <algorithm>

namespace awase::rules_internal {

void SortUnique(Strings* strings) {
  std::sort(strings->begin(), strings->end());
  strings->erase(std::unique(strings->begin(), strings->end()), strings->end());
}

rules::Words ToWords(Strings strings) {
  SortUnique(&strings);
  return {strings.begin(), strings.end()};
}

Money ToMoney(const v1::Money& money) {
  return {money.minor_units(), CurrencyCode::Parse(money.currency_code()).value_or(CurrencyCode())};
}

rules::ProductSet ToSubject(const Strings& products, const v1::ProductSet& matching) {
  if (products.empty()) return ToSet(matching);
  v1::ProductSet list;
  *list.mutable_products() = products;
  return ToSet(list);
}

}  // namespace awase::rules_internal
