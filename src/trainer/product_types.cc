#include "trainer/internal/product_types.h"

#include <string>

#include "absl/container/flat_hash_map.h"

namespace awase::trainer_internal {

using catalog::Catalog;

lists::ProductTypes TypesOf(const Catalog& catalog) {
  lists::ProductTypes types;
  types.of.assign(catalog.size(), lists::kNoType);
  absl::flat_hash_map<std::string, std::uint32_t> numbers;
  for (std::size_t p = 0; p < catalog.size(); ++p) {
    const std::string type = catalog::TypeName(catalog.product(ProductAt(p)));
    if (type.empty()) continue;
    types.of[p] = numbers.try_emplace(type, static_cast<std::uint32_t>(numbers.size())).first->second;
  }
  for (std::size_t p = 0; p < catalog.size(); ++p) {
    std::uint32_t& of_root = types.of[Slot(catalog.root(ProductAt(p)))];
    if (of_root == lists::kNoType) of_root = types.of[p];
  }
  for (std::size_t p = 0; p < catalog.size(); ++p) {
    if (catalog.root(ProductAt(p)) != ProductAt(p)) types.of[p] = lists::kNoType;  // lists are of roots
  }
  types.count = static_cast<std::uint32_t>(numbers.size());
  if (types.count == 0) types.of.clear();
  return types;
}

}  // namespace awase::trainer_internal
