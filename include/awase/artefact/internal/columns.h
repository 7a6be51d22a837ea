#ifndef AWASE_ARTEFACT_INTERNAL_COLUMNS_H_
#define AWASE_ARTEFACT_INTERNAL_COLUMNS_H_

// The arrays of a mapped version, and their records. Detail of artefact::Model, whose accessors are inline: a page has
// some hundred of their calls.

#include <array>
#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "awase/base/product_index.h"
#include "awase/cart/cart_weights.h"
#include "awase/ladder/ladder.h"
#include "awase/relations/relation.h"

namespace awase::artefact_internal {

enum ProductFlags : std::uint8_t {
  kVisible = 1,
  kHasPrice = 2,
  kHasCost = 4,
  kHasStock = 8,
  kHasPackQuantity = 16,
};

// The fields of ProductRecord::strings, in order.
enum StringField : std::uint8_t {
  kProductId,
  kTitle,
  kCategory,
  kProductType,
  kBrand,
  kAuthor,
  kSeries,
  kFamily,
  kTier,
  kPackUnit,
  kSubscriptionInterval,
  kTags,
  kUrl,
  kImageUrl,
  kStringFieldCount
};

struct ProductRecord {
  std::array<std::uint32_t, kStringFieldCount> strings;  // string numbers
  std::uint32_t parent;                                  // product, or 2^32 − 1
  std::uint32_t root;                                    // product
  std::int64_t price_minor;
  std::int64_t cost_minor;
  std::int64_t stock;
  double pack_quantity;
  std::array<char, 3> price_currency;
  std::array<char, 3> cost_currency;
  std::uint8_t flags;
  std::uint8_t reserved;  // 0
};
static_assert(sizeof(ProductRecord) == 104);

struct AttributeRecord {
  std::uint32_t name;  // string number
  std::uint32_t text;  // string number
  double number;       // NaN when the text is no number
};
static_assert(sizeof(AttributeRecord) == 16);

struct RelationSummaryRecord {
  std::uint64_t unit_count;
  double basket_size_factor;
  double z_threshold;
  std::uint64_t pairs_tested;
  std::uint64_t claims;
};
static_assert(sizeof(RelationSummaryRecord) == 40);

struct RelationSections {
  bool present = false;
  RelationSummaryRecord summary{};
  absl::Span<const std::uint32_t> units;
  absl::Span<const std::uint32_t> other_units;  // empty: as units
  absl::Span<const std::uint64_t> offsets;
  absl::Span<const relations::RelationEntry> entries;
};

struct CartSections {
  bool present = false;
  absl::Span<const std::uint64_t> offsets;
  absl::Span<const cart::CartWeight> weights;
  absl::Span<const float> baselines;
};

struct Columns {
  absl::Span<const std::uint64_t> string_offsets;
  absl::string_view string_bytes;
  absl::Span<const ProductRecord> products;
  absl::Span<const std::uint64_t> attribute_offsets;
  absl::Span<const AttributeRecord> attributes;
  absl::Span<const std::uint64_t> variant_offsets;
  absl::Span<const ProductIndex> variants;
  absl::Span<const std::uint64_t> rung_offsets;
  absl::Span<const ladder::Rung> rungs;
  absl::Span<const ladder::RungEvidence> rung_evidence;                             // parallel to rungs, or empty
  std::array<RelationSections, std::size(relations::kAllRelationKinds)> relations;  // by RelationKind
  CartSections cart;

  const ProductRecord& record(ProductIndex product) const { return products[Slot(product)]; }
  const RelationSections& relation(relations::RelationKind kind) const {
    return relations[static_cast<std::size_t>(kind)];
  }
};

// REQUIRES: such a string is there.
inline absl::string_view StringAt(const Columns& columns, std::size_t id) {
  const std::uint64_t begin = columns.string_offsets[id];
  return {columns.string_bytes.data() + begin, columns.string_offsets[id + 1] - begin};
}

// Element `row` of an array in compressed rows.
template <typename T>
absl::Span<const T> Row(absl::Span<const std::uint64_t> offsets, absl::Span<const T> elements, std::size_t row) {
  return {elements.data() + offsets[row], offsets[row + 1] - offsets[row]};
}

}  // namespace awase::artefact_internal

#endif  // AWASE_ARTEFACT_INTERNAL_COLUMNS_H_
