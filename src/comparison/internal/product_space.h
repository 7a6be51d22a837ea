#ifndef AWASE_COMPARISON_INTERNAL_PRODUCT_SPACE_H_
#define AWASE_COMPARISON_INTERNAL_PRODUCT_SPACE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "awase/artefact/model.h"
#include "awase/base/product_index.h"

namespace awase::comparison_internal {

// Common numbers for the products of several versions and of order logs: an index means nothing outside of its own
// version. Variants are their root, as the first version that knows them says. In byte order of the ids.
class ProductSpace {
 public:
  // Borrows nothing. O(products · log products).
  ProductSpace(absl::Span<const std::shared_ptr<const artefact::Model>> versions,
               absl::Span<const std::string> ordered_ids);

  std::size_t size() const { return size_; }

  // Per ordered id, as given to the constructor.
  const std::vector<ProductIndex>& of_ordered() const { return of_ordered_; }
  // Per product of the version.
  const std::vector<ProductIndex>& of_version(std::size_t version) const { return of_version_[version]; }

 private:
  std::size_t size_ = 0;
  std::vector<ProductIndex> of_ordered_;
  std::vector<std::vector<ProductIndex>> of_version_;
};

}  // namespace awase::comparison_internal

#endif  // AWASE_COMPARISON_INTERNAL_PRODUCT_SPACE_H_
