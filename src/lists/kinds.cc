#include "awase/lists/kinds.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/string_view.h"

namespace awase::lists {
namespace {

using catalog::Catalog;
using catalog::Product;
using relations::EntrySource;

// `key` gives a product's value, "" for none.
template <typename Key>
ProductTypes GroupBy(const Catalog& catalog, Key key) {
  ProductTypes groups;
  groups.of.assign(catalog.size(), kNoType);
  absl::flat_hash_map<std::string, std::uint32_t> numbers;
  for (std::size_t p = 0; p < catalog.size(); ++p) {
    std::uint32_t& of_root = groups.of[Slot(catalog.root(ProductAt(p)))];
    const bool is_root = catalog.root(ProductAt(p)) == ProductAt(p);
    const absl::string_view value = key(catalog.product(ProductAt(p)));
    if (value.empty() || (of_root != kNoType && !is_root)) continue;
    of_root = numbers.try_emplace(value, static_cast<std::uint32_t>(numbers.size())).first->second;
  }
  groups.count = static_cast<std::uint32_t>(numbers.size());
  return groups;
}

// "A > B > C" without its last `steps` steps; "" when it has no more than those.
absl::string_view CutCategory(absl::string_view category, std::size_t steps) {
  for (; steps > 0; --steps) {
    const std::size_t last = category.rfind('>');
    if (last == absl::string_view::npos) return "";
    category = category.substr(0, last);
  }
  return absl::StripAsciiWhitespace(category);
}

std::size_t MostSteps(const Catalog& catalog) {
  std::size_t most = 0;
  for (const Product& product : catalog.products()) {
    const auto steps = std::count(product.category.begin(), product.category.end(), '>') + 1;
    if (!product.category.empty()) most = std::max(most, static_cast<std::size_t>(steps));
  }
  return std::min(most, kMostCategorySteps);
}

}  // namespace

std::vector<Kind> KindsOf(const Catalog& catalog) {
  std::vector<Kind> kinds;
  const auto add = [&](EntrySource source, auto key) {
    Kind kind{source, GroupBy(catalog, key)};
    if (kind.groups.count > 0) kinds.push_back(std::move(kind));
  };
  add(EntrySource::kSeries, [](const Product& product) { return absl::string_view(product.series); });
  add(EntrySource::kAuthor, [](const Product& product) { return absl::string_view(product.author); });
  add(EntrySource::kFamily, [](const Product& product) { return absl::string_view(product.family); });
  add(EntrySource::kType, [](const Product& product) { return absl::string_view(product.product_type); });
  for (std::size_t cut = 0; cut < MostSteps(catalog); ++cut) {
    add(EntrySource::kCategory, [cut](const Product& product) { return CutCategory(product.category, cut); });
  }
  add(EntrySource::kBrand, [](const Product& product) { return absl::string_view(product.brand); });
  return kinds;
}

}  // namespace awase::lists
