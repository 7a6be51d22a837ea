#ifndef AWASE_ARTEFACT_INTERNAL_PRODUCT_IDS_H_
#define AWASE_ARTEFACT_INTERNAL_PRODUCT_IDS_H_

// Products found by id. A search in the sorted ids waits for memory at every step, some sixty times in a million
// products; this waits four times.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "absl/strings/string_view.h"
#include "artefact/internal/sections.h"
#include "awase/base/product_index.h"

namespace awase::artefact_internal {

// Immutable; thread-safe to read. Sixteen to 32 bytes per product.
class ProductIds {
 public:
  ProductIds() = default;  // knows none
  // REQUIRES: the sections are sound, and live as long. O(bytes of the ids).
  explicit ProductIds(const Sections& sections);

  std::optional<ProductIndex> Find(const Sections& sections, absl::string_view id) const;

 private:
  // The upper half of an id's hash, and the product; empty where nothing is. At most half are taken.
  struct Place {
    std::uint32_t hash = 0;
    ProductIndex product = kNoProduct;
  };

  std::vector<Place> places_;  // a power of two; from the place of the lower half of its hash on
};

}  // namespace awase::artefact_internal

#endif  // AWASE_ARTEFACT_INTERNAL_PRODUCT_IDS_H_
