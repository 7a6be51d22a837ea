#ifndef AWASE_CATALOG_CATALOG_H_
#define AWASE_CATALOG_CATALOG_H_

// All products of one training run, sorted by id; the id ↔ ProductIndex dictionary of everything downstream.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "awase/base/product_index.h"
#include "awase/catalog/product.h"

namespace awase::catalog {

// What Catalog::Build had to settle, for the training report.
struct CatalogNotes {
  std::uint64_t duplicate_ids = 0;  // rows beyond the first of one product_id (which row is kept: see Build)
  std::uint64_t parents_added = 0;  // parent_ids without a row of their own
  std::uint64_t parent_cycles = 0;  // parent links ignored because the chain has a cycle or over 64 steps
};

// Immutable once built; thread-safe to read.
class Catalog {
 public:
  Catalog() = default;

  // Sorts by id and resolves parents. Of several rows with one product_id the one that is smallest field by field is
  // kept, so that the result does not depend on the order of rows. A parent_id without a row becomes an invisible
  // product: it only gathers its variants. O(n log n).
  static Catalog Build(std::vector<Product> products, CatalogNotes* notes = nullptr);

  std::size_t size() const { return products_.size(); }
  const Product& product(ProductIndex index) const { return products_[Slot(index)]; }
  absl::Span<const Product> products() const { return products_; }

  // Nothing for an unknown id. O(log n).
  std::optional<ProductIndex> Find(absl::string_view product_id) const;

  // The top of the chain of parents; the product itself when it is no variant. Variants of one root are counted as one
  // product and never recommended beside each other.
  ProductIndex root(ProductIndex index) const { return roots_[Slot(index)]; }
  absl::Span<const ProductIndex> roots() const { return roots_; }  // of each product

 private:
  std::vector<Product> products_;
  std::vector<ProductIndex> roots_;
};

}  // namespace awase::catalog

#endif  // AWASE_CATALOG_CATALOG_H_
