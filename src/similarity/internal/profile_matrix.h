#ifndef AWASE_SIMILARITY_INTERNAL_PROFILE_MATRIX_H_
#define AWASE_SIMILARITY_INTERNAL_PROFILE_MATRIX_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "awase/base/product_index.h"
#include "awase/relations/relation.h"

namespace awase::similarity_internal {

inline constexpr std::uint32_t kNoRow = 0xFFFFFFFF;

// What each product is bought with: a symmetric sparse matrix in compressed rows, its columns the same products.
struct ProfileMatrix {
  std::vector<ProductIndex> products;  // per row, ascending
  std::vector<std::uint32_t> row_of;   // per product, or kNoRow
  std::vector<std::uint64_t> offsets;  // row r is elements offsets[r] … offsets[r + 1]
  std::vector<std::uint32_t> columns;  // ascending within a row
  std::vector<float> weights;          // above 0

  std::size_t rows() const { return products.size(); }
};

// Positive pointwise mutual information of the counted entries (Levy and Goldberg 2014): ln(lift / chance) where that
// is above 0, chance being the factor of the claims that knows basket sizes. A pair is there when either of its
// products lists the other. Of the products with a counted entry the `max_products` with most units have a row.
// O(entries · log(longest row)).
ProfileMatrix ProfilesOf(const relations::Relation& together, std::size_t max_products);

}  // namespace awase::similarity_internal

#endif  // AWASE_SIMILARITY_INTERNAL_PROFILE_MATRIX_H_
