#ifndef AWASE_LADDER_INTERNAL_SPEC_TABLE_H_
#define AWASE_LADDER_INTERNAL_SPEC_TABLE_H_

// The attributes of all products in families, as numbers that can be compared, with the way that is better.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "awase/base/product_index.h"
#include "awase/catalog/catalog.h"
#include "awase/catalog/spec_value.h"
#include "ladder/internal/families.h"
#include "ladder/internal/problem_tally.h"

namespace awase::ladder_internal {

// One attribute of a product.
struct Spec {
  double value;         // a number in its base unit, or the rank of a class
  std::uint64_t unit;   // of a number
  std::uint64_t group;  // of numbers: unit and qualifier; of text: the text itself, or 1 once it is a class with a rank
  std::uint32_t column;
  catalog::SpecValue::Kind kind;
  std::int8_t sign;    // +1: more is better, −1: less is, 0: not known
  bool is_firm;        // the sign is more than a guess
  bool is_comparable;  // with comparable specs of the family that have the same group

  bool IsComparableWith(const Spec& other) const {
    return is_comparable && other.is_comparable && group == other.group;
  }
  bool IsEqualTo(const Spec& other) const { return kind == other.kind && group == other.group && value == other.value; }
};

// Immutable once built.
class SpecTable {
 public:
  // By column; parallel to the product's attributes. Empty for products in no family.
  absl::Span<const Spec> of(ProductIndex product) const {
    const Range range = ranges_[Slot(product)];
    return absl::MakeConstSpan(specs_).subspan(range.first, range.last - range.first);
  }

 private:
  friend class SpecTableBuilder;
  struct Range {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
  };
  std::vector<Range> ranges_;  // per product
  std::vector<Spec> specs_;    // of members in their order: those that are compared lie together
};

// What is comparable is decided family by family: a column is one of numbers of one dimension, or one of classes with
// an order (class_order.h), or it is not compared and reported.
//
// Which way is better is the way that goes with price: r = (n·ρ + 10·s + m·ρ') / (n + 10·s + 10), where ρ is the rank
// correlation over the n products of the family that have the spec, ρ' that of all other families together (m of their
// products, at most 10), and s is 1 where more is better by meaning (limit.* columns, scales of quality) and else 0. So
// two products alone say little of what is better, and three that agree just enough: the sign is firm from |r| = 0.2
// on.
SpecTable BuildSpecTable(const catalog::Catalog& catalog, const Families& families, std::size_t threads,
                         ProblemTally* problems);

}  // namespace awase::ladder_internal

#endif  // AWASE_LADDER_INTERNAL_SPEC_TABLE_H_
