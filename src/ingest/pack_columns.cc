#include "ingest/internal/pack_columns.h"

#include <iterator>
#include <optional>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "awase/base/money.h"
#include "awase/catalog/pack_size.h"
#include "ingest/internal/text_encoding.h"

namespace awase::ingest_internal {
namespace {

using catalog::Dimension;
using catalog::PackFault;
using catalog::PackSize;
using catalog::PackUnit;
using catalog::Product;

constexpr std::size_t kExamples = 3;
constexpr std::size_t kExampleBytes = 40;
constexpr absl::string_view kLabel = "pack_size";
constexpr absl::string_view kUnit = "pack_unit";
constexpr absl::string_view kIsMeasure = "measures the product itself and no content";

// Nothing that a larger pack could hold more of.
bool IsContent(PackUnit unit) { return catalog::DimensionOf(unit) != Dimension::kSize; }

}  // namespace

void PackColumns::Settle(Product* product) {
  if (!product->pack_unit.empty()) SettleUnit(product);
  if (!product->pack_size.empty()) SettleLabel(product);
}

void PackColumns::SettleUnit(Product* product) {
  Ratio base_units;
  PackFault fault{};
  if (const std::optional<PackUnit> unit = catalog::ParsePackUnit(product->pack_unit); unit.has_value()) {
    if (!product->pack_quantity.has_value()) return;  // "kg", but not how many
    if (!IsContent(*unit)) return CountMeasure(product);
    base_units = catalog::BaseUnitsIn(*unit);
    product->pack_unit = std::string(catalog::BaseUnitName(*unit));
  } else if (const auto size = catalog::ParsePackSize(product->pack_unit, &fault); size.has_value()) {
    if (!IsContent(size->unit)) return CountMeasure(product);
    base_units = size->total;
    product->pack_unit = std::string(catalog::BaseUnitName(size->unit));
  } else {
    // A word of the shop's own ("shots"): packs in it compare with each other.
    const bool is_word = fault == PackFault::kNoNumber;
    const absl::string_view problem = is_word ? "is a unit of the shop's own" : catalog::PackFaultText(fault);
    return Count(kUnit, problem, product->pack_unit, *product);
  }
  product->pack_quantity = Multiply(product->pack_quantity.value_or(1), base_units);
  if (!product->pack_quantity.has_value()) {
    Count(kUnit, catalog::PackFaultText(PackFault::kOutOfRange), product->pack_unit, *product);
  }
}

// Its pack_size may still say what it holds.
void PackColumns::CountMeasure(Product* product) {
  Count(kUnit, kIsMeasure, product->pack_unit, *product);
  product->pack_quantity.reset();
  product->pack_unit.clear();
}

void PackColumns::SettleLabel(Product* product) {
  ++labels_;
  PackFault fault{};
  const std::optional<PackSize> size = catalog::ParsePackSize(product->pack_size, &fault);
  if (!size.has_value()) return Count(kLabel, catalog::PackFaultText(fault), product->pack_size, *product);
  ++labels_read_;
  if (!IsContent(size->unit)) return Count(kLabel, kIsMeasure, product->pack_size, *product);
  const absl::string_view unit = catalog::BaseUnitName(size->unit);
  if (!product->pack_quantity.has_value()) {
    product->pack_quantity = size->total;
    product->pack_unit = std::string(unit);
  } else if (product->pack_quantity != size->total || product->pack_unit != unit) {
    Count(kLabel, "is not what pack_quantity and pack_unit say (they are taken)", product->pack_size, *product);
  }
}

void PackColumns::Count(absl::string_view column, absl::string_view problem, absl::string_view value,
                        const Product& product) {
  Account& account = accounts_[{std::string(column), std::string(problem)}];
  ++account.count;
  account.first.emplace(product.product_id, value);
  if (account.first.size() > kExamples) account.first.erase(std::prev(account.first.end()));
}

std::vector<std::string> PackColumns::Notes() const {
  std::vector<std::string> notes;
  if (labels_ > 0) {
    notes.push_back(
        absl::StrCat(GroupThousands(labels_read_), " of ", GroupThousands(labels_), " values of pack_size were read."));
  }
  for (const auto& [what, account] : accounts_) {
    std::string note = absl::StrCat(what.first, " ", what.second, " in ", GroupThousands(account.count),
                                    account.count == 1 ? " product: " : " products, such as ");
    const char* separator = "";
    for (const auto& [id, value] : account.first) {
      absl::StrAppend(&note, separator, id, " \"", absl::Utf8SafeCEscape(Utf8Prefix(value, kExampleBytes)), "\"");
      separator = ", ";
    }
    notes.push_back(absl::StrCat(note, "."));
  }
  return notes;
}

}  // namespace awase::ingest_internal
