#include "comparison/internal/product_space.h"

#include <algorithm>
#include <optional>

#include "absl/strings/string_view.h"

namespace awase::comparison_internal {
namespace {

using artefact::Model;
using Versions = absl::Span<const std::shared_ptr<const Model>>;

absl::string_view RootId(Versions versions, absl::string_view id) {
  for (const std::shared_ptr<const Model>& version : versions) {
    if (const std::optional<ProductIndex> product = version->Find(id)) {
      return version->product(version->root(*product)).product_id();
    }
  }
  return id;
}

}  // namespace

ProductSpace::ProductSpace(Versions versions, absl::Span<const std::string> ordered_ids) {
  std::vector<absl::string_view> ordered_roots;
  std::vector<std::vector<absl::string_view>> version_roots;
  for (const std::string& id : ordered_ids) ordered_roots.push_back(RootId(versions, id));
  std::vector<absl::string_view> ids = ordered_roots;
  for (const std::shared_ptr<const Model>& version : versions) {
    std::vector<absl::string_view>& roots = version_roots.emplace_back();
    for (std::size_t p = 0; p < version->product_count(); ++p) {
      roots.push_back(RootId(versions, version->product(ProductAt(p)).product_id()));
    }
    ids.insert(ids.end(), roots.begin(), roots.end());
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  size_ = ids.size();

  const auto numbers_of = [&ids](const std::vector<absl::string_view>& roots) {
    std::vector<ProductIndex> numbers;
    for (const absl::string_view root : roots) {
      const auto found = std::lower_bound(ids.begin(), ids.end(), root);
      numbers.push_back(ProductAt(static_cast<std::size_t>(found - ids.begin())));
    }
    return numbers;
  };
  of_ordered_ = numbers_of(ordered_roots);
  for (const std::vector<absl::string_view>& roots : version_roots) of_version_.push_back(numbers_of(roots));
}

}  // namespace awase::comparison_internal
