#ifndef AWASE_FAMILIES_INTERNAL_ATTRIBUTES_H_
#define AWASE_FAMILIES_INTERNAL_ATTRIBUTES_H_

#include <cstddef>
#include <optional>

#include "absl/strings/string_view.h"
#include "awase/artefact/model.h"

namespace awase::families_internal {

// By the whole name of its column. O(attributes).
inline std::optional<artefact::AttributeView> FindAttribute(const artefact::ProductView& product,
                                                            absl::string_view column) {
  for (std::size_t i = 0; i < product.attribute_count(); ++i) {
    if (product.attribute(i).name == column) return product.attribute(i);
  }
  return std::nullopt;
}

}  // namespace awase::families_internal

#endif  // AWASE_FAMILIES_INTERNAL_ATTRIBUTES_H_
