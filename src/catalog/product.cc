#include "awase/catalog/product.h"

#include <algorithm>

#include "absl/strings/ascii.h"

namespace awase::catalog {

absl::string_view FindText(const Product& product, absl::string_view name) {
  const auto at =
      std::lower_bound(product.attributes.begin(), product.attributes.end(), name,
                       [](const Attribute& attribute, absl::string_view key) { return attribute.name < key; });
  return at != product.attributes.end() && at->name == name ? absl::string_view(at->text) : absl::string_view();
}

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
