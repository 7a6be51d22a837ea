#include "awase/catalog/product.h"

#include "absl/strings/ascii.h"
#include "absl/strings/string_view.h"

namespace awase::catalog {

std::string CategoryLeaf(const std::string& category) {
  const std::size_t separator = category.rfind('>');
  const absl::string_view leaf =
      separator == std::string::npos ? absl::string_view(category) : absl::string_view(category).substr(separator + 1);
  return std::string(absl::StripAsciiWhitespace(leaf));
}

std::string TypeName(const Product& product) {
  return product.product_type.empty() ? CategoryLeaf(product.category) : product.product_type;
}

std::string FamilyName(const Product& product) { return product.family.empty() ? TypeName(product) : product.family; }

}  // namespace awase::catalog
