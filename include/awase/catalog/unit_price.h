#ifndef AWASE_CATALOG_UNIT_PRICE_H_
#define AWASE_CATALOG_UNIT_PRICE_H_

// What one unit of a product's content costs, to compare and to print.

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "awase/base/money.h"
#include "awase/base/ratio.h"
#include "awase/catalog/product.h"

namespace awase::catalog {

// Minor units of the product's currency per pack_unit, exactly. Nothing without a price or a pack_quantity above zero,
// and where the fraction does not fit 63 bits.
std::optional<Ratio> UnitPrice(const Product& product);

// A pack as an artefact has it.
struct PricedPack {
  std::int64_t price_minor;
  double content;  // > 0
};

// The prices per unit of two packs of one currency and unit, as people read them.
struct UnitPriceTexts {
  std::uint32_t per = 1;   // 100 of grams and millilitres, 1 of everything else
  std::string from;        // "USD 0.65": both rounded alike, to the currency's digits or as many more as it takes for
  std::string to;          // three significant digits and, up to six, for the two to differ
  std::string difference;  // of the two as printed, without a sign
};
// Amounts beyond 9 · 10^18 of the last digit are said to be that many.
UnitPriceTexts FormatUnitPrices(const PricedPack& from, const PricedPack& to, absl::string_view unit,
                                const CurrencyCode& currency);

}  // namespace awase::catalog

#endif  // AWASE_CATALOG_UNIT_PRICE_H_
