#include "rules/internal/condition_check.h"

#include <algorithm>
#include <cstddef>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "awase/base/money.h"
#include "awase/rules/nearest_product.h"
#include "awase/yaml/nearest_word.h"
#include "awase/yaml/quoted.h"
#include "google/protobuf/descriptor.h"
#include "rules/internal/condition_scalars.h"
#include "rules/internal/convert_condition.h"
#include "rules/internal/convert_fields.h"

namespace awase::rules_internal {
namespace {

using ::awase::rules::ProductColumn;
using ::awase::yaml::Quoted;

// In more words than these none is looked for: it would take a while, and nearly everything is near to something.
constexpr std::size_t kMostWordsForHints = 2'000;

absl::string_view NameOf(ProductColumn column) {
  switch (column) {
    case ProductColumn::kCategory:
      return "category";
    case ProductColumn::kBrand:
      return "brand";
    case ProductColumn::kProductType:
      return "product type";
    case ProductColumn::kAuthor:
      return "author";
    case ProductColumn::kSeries:
      return "series";
    case ProductColumn::kTag:
      return "tag";
    case ProductColumn::kAttribute:
      return "attribute";
    case ProductColumn::kCurrency:
      return "currency";
  }
  return "word";
}

// As the catalogue's words are written.
std::string Normal(const std::string& word, ProductColumn column) {
  if (column != ProductColumn::kCategory) return word;
  std::vector<absl::string_view> steps = absl::StrSplit(word, '>');
  for (absl::string_view& step : steps) step = absl::StripAsciiWhitespace(step);
  return absl::StrJoin(steps, " > ");
}

}  // namespace

bool HasAll(const ProtoWords& whole, const ProtoWords& part) {
  const absl::flat_hash_set<absl::string_view> words(whole.begin(), whole.end());
  return std::all_of(part.begin(), part.end(), [&words](const std::string& word) { return words.contains(word); });
}

bool ConditionCheck::IsEmptyMap(absl::string_view below, const google::protobuf::Message& map) const {
  if (!IsThere(below)) return false;
  const google::protobuf::Descriptor& type = *map.GetDescriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    if (rule_.Has(absl::StrCat(below, ".", type.field(i)->name()))) return false;
  }
  Error(below, "is empty: say something in it, or take the key away");
  return true;
}

void ConditionCheck::List(absl::string_view below, const ProtoWords& words) const {
  if (!IsThere(below)) return;
  if (words.empty()) Error(below, "is empty: name at least one, or take the key away");
  absl::flat_hash_set<absl::string_view> seen;
  int place = 0;
  for (const std::string& word : words) {
    const std::string element = absl::StrCat(below, "[", place++, "]");
    if (word.empty()) {
      Error(element, "is empty: want a text");
    } else if (!seen.insert(word).second) {
      Warn(element, absl::StrCat(Quoted(word), " is named twice"));
    }
  }
}

void ConditionCheck::KnownProduct(absl::string_view below, const std::string& id) const {
  if (facts_ == nullptr || !facts_->knows_product || facts_->knows_product(id)) return;
  const std::string nearest = report_->MayHint() ? rules::NearestProduct(id, facts_->knows_product) : "";
  Warn(below, absl::StrCat("unknown product ", Quoted(id), ": the catalogue in use does not have it",
                           nearest.empty() ? "" : absl::StrCat("; did you mean ", Quoted(nearest), "?")));
}

void ConditionCheck::KnownProducts(absl::string_view below, const ProtoWords& ids) const {
  if (!IsThere(below)) return;
  for (int i = 0; i < ids.size(); ++i) {
    if (!ids[i].empty()) KnownProduct(absl::StrCat(below, "[", i, "]"), ids[i]);
  }
}

void ConditionCheck::KnownWords(absl::string_view below, const ProtoWords& words, ProductColumn column) const {
  if (!IsThere(below)) return;
  for (int i = 0; i < words.size(); ++i) {
    if (!words[i].empty()) KnownWord(absl::StrCat(below, "[", i, "]"), words[i], column);
  }
}

void ConditionCheck::KnownWord(absl::string_view below, const std::string& word, ProductColumn column) const {
  if (facts_ == nullptr || !facts_->words_of) return;
  const absl::Span<const std::string> known = facts_->words_of(column);
  const std::string normal = Normal(word, column);
  if (std::binary_search(known.begin(), known.end(), normal)) return;
  const bool may_hint = known.size() <= kMostWordsForHints && report_->MayHint();
  const std::string nearest = may_hint ? yaml::NearestWord(normal, known) : "";
  Warn(below, absl::StrCat("unknown ", NameOf(column), " ", Quoted(word), ": no product of the catalogue in use has it",
                           nearest.empty() ? "" : absl::StrCat("; did you mean ", Quoted(nearest), "?")));
}

void ConditionCheck::KnownCurrency(absl::string_view below, CurrencyCode currency) const {
  if (facts_ == nullptr || !facts_->words_of || currency == CurrencyCode()) return;
  const absl::Span<const std::string> known = facts_->words_of(ProductColumn::kCurrency);
  if (known.empty() || std::binary_search(known.begin(), known.end(), std::string(currency.text()))) return;
  Warn(below, absl::StrCat("is in ", currency.text(),
                           ", but no product of the catalogue in use is priced in it: prices there are in ",
                           absl::StrJoin(known, ", ")));
}

void ConditionCheck::Bounds(absl::string_view below, const Bound& low, const Bound& high, bool has_high_end,
                            const rules::Range& allowed) const {
  if (!rule_.IsSound(below)) return;
  for (const Bound& bound : {low, high}) {
    if (!bound.value.has_value() || allowed.Contains(*bound.value)) continue;
    return Error(absl::StrCat(below, ".", bound.key),
                 absl::StrCat("want ", allowed.low, " to ", allowed.high, ", got ", *bound.value));
  }
  if (!low.value.has_value() || !high.value.has_value()) return;
  if (*low.value < *high.value || (has_high_end && *low.value == *high.value)) return;
  Error(below, absl::StrCat("is never true: nothing is ", *low.value, " or more and ", has_high_end ? "" : "below ",
                            *high.value, has_high_end ? " or less" : ""));
}

void ConditionCheck::Scores(absl::string_view below, const v1::ScoreRange& range, std::int64_t most) const {
  if (!IsThere(below) || IsEmptyMap(below, range)) return;
  Bound low = {"at_least", std::nullopt};
  Bound high = {"at_most", std::nullopt};
  if (range.has_at_least()) low.value = range.at_least();
  if (range.has_at_most()) high.value = range.at_most();
  Bounds(below, low, high, true, {0, most});
}

void ConditionCheck::Percentages(absl::string_view below, const v1::PercentRange& range) const {
  if (!IsThere(below) || IsEmptyMap(below, range)) return;
  const auto read = [&](absl::string_view key, const std::string& text) -> std::optional<std::int64_t> {
    const std::string path = absl::StrCat(below, ".", key);
    if (!IsThere(path)) return std::nullopt;
    const absl::StatusOr<std::int64_t> parts = ParsePercentage(text, kMostUsagePercent);
    if (parts.ok()) return *parts;
    Error(path, parts.status().message());
    return std::nullopt;
  };
  const std::optional<std::int64_t> low = read("at_least", range.at_least());
  const std::optional<std::int64_t> high = read("below", range.below());
  if (high == 0 || (low.has_value() && high.has_value() && *low >= *high)) {
    Error(below, "is never true: at_least must come before below, and nothing is below 0%");
  }
}

void ConditionCheck::Amounts(absl::string_view below, const v1::MoneyRange& range) const {
  if (!IsThere(below) || IsEmptyMap(below, range)) return;
  if (range.has_at_least() && range.at_least().minor_units() < 0) {
    return Error(absl::StrCat(below, ".at_least"),
                 absl::StrCat("want 0 or more, got ", FormatMoney(ToMoney(range.at_least()))));
  }
  if (range.has_below() && range.below().minor_units() <= 0) {
    return Error(absl::StrCat(below, ".below"),
                 absl::StrCat("want more than 0, got ", FormatMoney(ToMoney(range.below())), ": nothing costs less"));
  }
  KnownCurrency(below, ToMoney(range.has_at_least() ? range.at_least() : range.below()).currency);
  if (!range.has_at_least() || !range.has_below()) return;
  const Money low = ToMoney(range.at_least());
  const Money high = ToMoney(range.below());
  if (low.currency != high.currency) {
    Error(below, absl::StrCat("has two currencies, ", low.currency.text(), " and ", high.currency.text()));
  } else if (low.minor_units >= high.minor_units) {
    Error(below,
          absl::StrCat("is never true: nothing is ", FormatMoney(low), " or more and below ", FormatMoney(high)));
  }
}

}  // namespace awase::rules_internal
