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

}  // namespace awase::catalog
