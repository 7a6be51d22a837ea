#ifndef AWASE_SIMILARITY_NEAR_PRODUCTS_H_
#define AWASE_SIMILARITY_NEAR_PRODUCTS_H_

// Which products are bought with the same things. A product's (symmetric) profile is what it is bought with more often
// than by chance, by its own list or that of the other; a truncated singular value decomposition makes a short vector
// of it, so that two products can be near without a single companion in common. Whether they are bought with each other
// does not matter.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "awase/base/product_index.h"
#include "awase/relations/relation.h"

namespace awase::similarity {

struct NearOptions {
  // Behaviour.
  std::size_t dimensions = 64;        // of the vectors
  std::size_t neighbours = 20;        // at most, of one product
  std::size_t max_products = 50'000;  // those with most units have vectors, the others nobody near
  // Performance only: the result does not depend on it.
  std::size_t threads = 1;
};

struct NearProduct {
  ProductIndex product;
  float cosine;  // of the two vectors, in (0, 1]
};

// Immutable; thread-safe.
class NearProducts {
 public:
  // Of the counted entries of `together` alone, so that what the lists leave out for its few buyers has no say.
  // O(dimensions · (entries + products · (dimensions + √products))), whatever the profiles are. Memory: 4 · dimensions
  // bytes a product with a vector, four times as much while it is made, and 16 bytes an entry.
  NearProducts(const relations::Relation& together, const NearOptions& options);

  // The nearest first, ties by product; without the product itself. Empty for products without a vector. More than a
  // few thousand vectors are looked for in the cells next to the product's alone, which misses a few; of a cell of more
  // than 2,000, all but alike, only that many are looked at. O(√products · dimensions) expected; 16,000 · dimensions at
  // most.
  std::vector<NearProduct> Of(ProductIndex product) const;

 private:
  void FillCells(const std::vector<ProductIndex>& products, const std::vector<float>& vectors, std::size_t threads);
  std::vector<std::uint32_t> CellsNextTo(const float* vector) const;
  std::uint64_t FirstLookedAt(std::uint32_t cell, std::uint64_t own) const;

  std::size_t neighbours_;
  std::size_t width_ = 0;                // of a vector
  std::vector<std::uint32_t> place_of_;  // per product: of its vector, or kNoPlace
  // Of vectors of length 1, cell by cell.
  std::vector<ProductIndex> products_;
  std::vector<float> vectors_;
  std::vector<std::uint64_t> cells_;  // cell c holds the places cells_[c] … cells_[c + 1]
  std::vector<float> centres_;        // of the cells
};

}  // namespace awase::similarity

#endif  // AWASE_SIMILARITY_NEAR_PRODUCTS_H_
