// rung: what it must have, and whether the catalogue's prices and families go the way of
// its ladder.

#include <optional>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "awase/base/money.h"
#include "awase/yaml/quoted.h"
#include "rules/internal/action_check.h"

namespace awase::rules_internal {
namespace {

using ::awase::yaml::Quoted;

constexpr std::size_t kFewestProducts = 2;
constexpr std::size_t kMostProducts = 50;    // nobody keeps more than a screen of a ladder in mind
constexpr std::size_t kLongestAuthor = 200;  // it goes into every trace

void CheckAuthor(const ActionCheck& check, const std::string& author) {
  if (check.rule().IsMissing(".rung", "author")) {
    check.Error(".rung", "has no author: say who vouches for it, such as author: Tanaka");
  } else if (!check.rule().Has(".rung.author") || !check.rule().IsSound(".rung.author")) {
    return;
  } else if (absl::StripAsciiWhitespace(author).empty()) {
    check.Error(".rung.author", "is empty: say who vouches for it");
  } else if (author.size() > kLongestAuthor) {
    check.Error(".rung.author", absl::StrCat("want at most ", kLongestAuthor, " bytes, got ", author.size()));
  }
}

// One sentence cannot be true of several steps, and the way down is another one.
void CheckText(const ActionCheck& check, const rules::Rung& rung) {
  if (rung.text.empty()) return;
  if (rung.forbid) {
    check.Error(".rung.text", "is shown nowhere: a forbidden step has no reason; use description");
  } else if (rung.products.size() > kFewestProducts) {
    check.Error(".rung.text", "says why the second of two products is better: write a rule for each step that has one");
  }
}

std::string BasisOf(const ActionCheck& check, const std::string& product) {
  return check.facts()->price_basis_of ? check.facts()->price_basis_of(product) : std::string();
}

bool HaveOneBasis(const ActionCheck& check, const std::string& product, const std::string& other) {
  const std::string basis = BasisOf(check, product);
  const std::string other_basis = BasisOf(check, other);
  return basis == other_basis || basis.empty() || other_basis.empty();
}

void WarnOfBases(const ActionCheck& check, const rules::Rung& rung) {
  for (std::size_t i = 1; i < rung.products.size(); ++i) {
    const std::string& lower = rung.products[i - 1];
    if (HaveOneBasis(check, lower, rung.products[i])) continue;
    check.Warn(absl::StrCat(".rung.products[", i, "]"),
               absl::StrCat("is paid ", BasisOf(check, rung.products[i]), ", and ", Quoted(lower), " before it ",
                            BasisOf(check, lower),
                            ": prices that do not compare are no step, unless training has found it (a subscription to "
                            "the same product)"));
  }
}

void WarnOfPrices(const ActionCheck& check, const rules::Rung& rung) {
  for (std::size_t i = 1; i < rung.products.size(); ++i) {
    const std::string& lower = rung.products[i - 1];
    if (lower == rung.products[i] || !HaveOneBasis(check, lower, rung.products[i])) continue;  // reported elsewhere
    const std::optional<Money> from = check.facts()->price_of(lower);
    const std::optional<Money> to = check.facts()->price_of(rung.products[i]);
    if (!from.has_value() || !to.has_value()) continue;
    const bool same_currency = to->currency == from->currency;
    if (same_currency && to->minor_units > from->minor_units) continue;
    check.Warn(
        absl::StrCat(".rung.products[", i, "]"),
        absl::StrCat("costs ", FormatMoney(*to), ", and ", Quoted(lower), " before it ", FormatMoney(*from), ": ",
                     same_currency ? "a step up that does not cost more is not shown"
                                   : "a step to another currency is not shown"));
  }
}

void WarnOfFamilies(const ActionCheck& check, const rules::Rung& rung) {
  for (std::size_t i = 1; i < rung.products.size(); ++i) {
    const std::string& lower = rung.products[i - 1];
    if (lower == rung.products[i]) continue;  // reported already
    const std::string from = check.facts()->family_of(lower);
    const std::string to = check.facts()->family_of(rung.products[i]);
    if (from == to || from.empty() || to.empty()) continue;
    check.Warn(absl::StrCat(".rung.products[", i, "]"),
               absl::StrCat("is of the family ", Quoted(to), ", and ", Quoted(lower), " before it of ", Quoted(from),
                            ": is it the better choice for the same need?"));
  }
}

}  // namespace

void CheckRung(const ActionCheck& check, const rules::Rung& rung) {
  const SourceRule& rule = check.rule();
  const auto count = rung.products.size();
  if (rule.IsMissing(".rung", "products")) {
    check.Error(".rung", "has no products: want 2 to 50 product ids, from the lowest to the highest");
  } else if (rule.Has(".rung.products") && rule.IsSound(".rung.products") &&
             (count < kFewestProducts || count > kMostProducts)) {
    check.Error(".rung.products", absl::StrCat("want 2 to 50 products, got ", count));
  }
  check.Products(".rung.products", rung.products, rules::Severity::kError);
  CheckAuthor(check, rung.author);
  if (!rule.IsSound(".rung")) return;
  CheckText(check, rung);
  if (rung.forbid || check.facts() == nullptr) return;
  WarnOfBases(check, rung);
  if (check.facts()->price_of) WarnOfPrices(check, rung);
  if (check.facts()->family_of) WarnOfFamilies(check, rung);
}

}  // namespace awase::rules_internal
