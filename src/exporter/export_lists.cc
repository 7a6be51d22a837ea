#include "awase/exporter/export_lists.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "awase/families/rung_text.h"
#include "awase/ladder/ladder.h"

namespace awase::exporter {
namespace {

// The shortest text that reads back as the same float.
std::string FloatText(float value) {
  std::array<char, 32> buffer;
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return std::string(buffer.data(), end);
}

const char* BoolText(bool value) { return value ? "true" : "false"; }

const char* NeedsOf(relations::RelationKind kind) {
  switch (kind) {
    case relations::RelationKind::kBoughtTogether:
      return "orders";
    case relations::RelationKind::kAlsoBought:
      return "customer ids";
    case relations::RelationKind::kBoughtAfter:
      return "customers who order again, and when";
    case relations::RelationKind::kViewedTogether:
      return "session logs, --views";
    case relations::RelationKind::kViewedBought:
      return "session logs with customer ids and times, --views";
  }
  return "more";
}

}  // namespace

std::string CsvField(absl::string_view text) {
  const bool quote = text.find_first_of(",\"\r\n") != absl::string_view::npos ||
                     absl::StripAsciiWhitespace(text).size() != text.size();
  return quote ? absl::StrCat("\"", absl::StrReplaceAll(text, {{"\"", "\"\""}}), "\"") : std::string(text);
}

absl::StatusOr<std::string> RelationToCsv(const artefact::Model& model, relations::RelationKind kind, std::size_t top) {
  if (!model.has_relation(kind)) {
    return absl::NotFoundError(
        absl::StrCat("version ", model.version(), " has no relation ", relations::RelationName(kind),
                     ": its dump had no data for it, or it was left out (it needs ", NeedsOf(kind), ")"));
  }
  std::string csv =
      "product_id,rank,other_id,score,orders_together,orders_product,orders_other,orders_total,buyers_together,"
      "lift,lift_low,lift_high,claim,class,source\n";
  for (std::size_t i = 0; i < model.product_count(); ++i) {
    const ProductIndex product = ProductAt(i);
    if (model.root(product) != product) continue;
    const auto list = model.related(kind, product);
    const std::string id = CsvField(model.product(product).product_id());
    for (std::size_t rank = 0; rank < std::min(top, list.size()); ++rank) {
      const relations::RelationEntry& entry = list[rank];
      absl::StrAppend(&csv, id, ",", rank + 1, ",", CsvField(model.product(entry.other).product_id()), ",",
                      FloatText(entry.score), ",", entry.units_together, ",", model.units(kind, product), ",",
                      model.units_as_other(kind, entry.other), ",", model.unit_count(kind), ",", entry.buyers_together,
                      ",");
      absl::StrAppend(&csv, FloatText(entry.lift), ",", FloatText(entry.lift_low), ",", FloatText(entry.lift_high), ",",
                      BoolText(entry.is_claim != 0), ",");
      absl::StrAppend(&csv, relations::EntryClassName(entry.entry_class), ",", relations::EntrySourceName(entry.source),
                      "\n");
    }
  }
  return csv;
}

std::string LaddersToCsv(const artefact::Model& model) {
  std::string csv = "product_id,direction,rung,other_id,price_delta_minor,currency,grade,evidence\n";
  for (std::size_t i = 0; i < model.product_count(); ++i) {
    const artefact::ProductView product = model.product(ProductAt(i));
    const auto rungs = model.rungs(ProductAt(i));
    for (std::size_t r = 0; r < rungs.size(); ++r) {
      const ladder::Rung& rung = rungs[r];
      const Money difference = families::PriceDifference(model, rung);
      absl::StrAppend(&csv, CsvField(product.product_id()), ",", ladder::DirectionName(rung.direction), ",",
                      static_cast<int>(rung.rung), ",", CsvField(model.product(rung.other).product_id()), ",",
                      difference.minor_units, ",", difference.currency.text(), ",");
      absl::StrAppend(&csv, ladder::GradeName(rung.grade), ",",
                      CsvField(families::RungEvidenceText(model, ProductAt(i), r)), "\n");
    }
  }
  return csv;
}

}  // namespace awase::exporter
