#ifndef AWASE_LADDER_INTERNAL_SPEC_COLUMNS_H_
#define AWASE_LADDER_INTERNAL_SPEC_COLUMNS_H_

// What one attribute column is within one family: numbers, classes, or nothing that can be compared.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "awase/base/product_index.h"
#include "awase/ladder/ladder.h"
#include "ladder/internal/spec_table.h"

namespace awase::ladder_internal {

// The spec of one member of a family.
struct ColumnCell {
  const Spec* spec;
  const std::string* text;  // as in the catalogue
  double member_value;
  ProductIndex product;
};

struct FamilyColumn {
  enum class Order : std::uint8_t { kNone, kNumbers, kClasses };
  std::uint32_t column = 0;
  Order order = Order::kNone;
  std::uint64_t unit = 0;                              // of numbers
  std::map<std::uint64_t, std::uint32_t> class_ranks;  // by the hash of the class
  double correlation_sum = 0;                          // n·ρ, over the kinds of number
  double products = 0;                                 // n, of those whose values differ
  bool more_is_better_by_meaning = false;
  std::optional<ladder::LadderProblem::Kind> problem;  // why it, or what some products have in it, is not compared
  std::vector<ProductIndex> concerned;                 // by that problem; of odd values those alone
};

// `cells` are of one column, `name` is its name. Where three quarters of the values, and at least three, are numbers of
// one unit or all texts, the others are odd ones: they are left out, and the rest is compared. O(n log n).
FamilyColumn DescribeColumn(const std::string& name, absl::Span<const ColumnCell> cells);

}  // namespace awase::ladder_internal

#endif  // AWASE_LADDER_INTERNAL_SPEC_COLUMNS_H_
