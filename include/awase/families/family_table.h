#ifndef AWASE_FAMILIES_FAMILY_TABLE_H_
#define AWASE_FAMILIES_FAMILY_TABLE_H_

// A family as people read it: its products by price, what they differ in, and the steps between them.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "awase/artefact/model.h"
#include "awase/families/family.h"
#include "awase/ladder/rung.h"

namespace awase::families {

struct TableStep {
  ladder::Direction direction;
  std::uint8_t rung;
  ladder::Grade grade;
  ladder::StepKind kind;
  std::string other_id;
  std::string price_delta;  // "+USD 40.00"
  std::string evidence;     // RungEvidenceText
};

struct TableRow {
  std::string product_id;
  std::string title;
  std::string price;         // "USD 299.00"
  std::string unit_price;    // "USD 0.65 per 100 g"; empty where no pack is known
  std::uint32_t orders = 0;  // with it or a variant of it
  std::string tier;
  std::vector<std::string> specs;  // one per FamilyTable::specs; empty = not given
  std::vector<TableStep> steps;    // lower before higher, the next one first
};

struct FamilyTable {
  FamilyKey key;
  std::uint64_t orders = 0;
  std::size_t products = 0;  // of the family; `rows` may be fewer
  std::size_t first = 0;     // place of rows[0] among them
  // Columns in which the rows differ ("spec.storage_gb"): those that most rows have, at most kMaxSpecs.
  std::vector<std::string> specs;
  std::vector<TableRow> rows;         // by price
  std::optional<std::size_t> center;  // the row of the product that was asked for

  static constexpr std::size_t kMaxSpecs = 5;
};

// At most `most_rows` products: those around `center` in price, or from the cheapest on where that is kNoProduct or
// none of the family. REQUIRES: `family` is of `model`.
FamilyTable TableOf(const artefact::Model& model, const Family& family, std::size_t most_rows,
                    ProductIndex center = kNoProduct);

// "spec.storage_gb" → "storage_gb": as people call it. "overage.minutes" stays, as it is a price.
absl::string_view SpecName(absl::string_view column);

}  // namespace awase::families

#endif  // AWASE_FAMILIES_FAMILY_TABLE_H_
