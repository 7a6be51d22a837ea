#include "awase/families/family.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "awase/artefact/fee_columns.h"
#include "awase/base/money.h"
#include "awase/catalog/price_basis.h"
#include "awase/catalog/product.h"

namespace awase::families {
namespace {

using artefact::Model;
using artefact::ProductView;
using ladder::FamilySource;
using relations::RelationKind;

bool IsFreePlan(const ProductView& product) {
  return catalog::IsFreePlan(artefact::FeeColumnsOf(product),
                             product.pack_quantity().has_value() && !product.pack_unit().empty());
}

bool TakesPart(const ProductView& product) {
  const std::optional<Money> price = product.price();
  if (!product.visible() || !price.has_value()) return false;
  return price->minor_units > 0 || (price->minor_units == 0 && IsFreePlan(product));
}

// The variant that speaks for `root`; nothing where none takes part in ladders.
std::optional<ProductIndex> SpeakerOf(const Model& model, ProductIndex root) {
  for (const ProductIndex variant : model.variants(root)) {  // best seller first
    if (TakesPart(model.product(variant))) return variant;
  }
  return std::nullopt;
}

void Add(const Model& model, ProductIndex product, Family& family) {
  const auto orders_of = [&model](ProductIndex one) {
    return model.has_relation(RelationKind::kBoughtTogether) ? model.units(RelationKind::kBoughtTogether, one) : 0;
  };
  if (family.products.empty() || orders_of(product) > orders_of(family.best_seller)) family.best_seller = product;
  family.products.push_back(product);
  family.orders += orders_of(product);
  for (const ladder::Rung& rung : model.rungs(product)) family.steps += rung.grade > ladder::Grade::kWeak ? 1 : 0;
}

void SortByPrice(const Model& model, std::vector<ProductIndex>& products) {
  std::vector<std::pair<Money, ProductIndex>> priced;
  priced.reserve(products.size());
  for (const ProductIndex product : products) priced.emplace_back(*model.product(product).price(), product);
  std::sort(priced.begin(), priced.end(), [](const auto& a, const auto& b) {
    return std::tuple(a.first.currency.text(), a.first.minor_units, a.second) <
           std::tuple(b.first.currency.text(), b.first.minor_units, b.second);
  });
  std::transform(priced.begin(), priced.end(), products.begin(), [](const auto& one) { return one.second; });
}

// Calls visit(speaker) for each root that takes part.
template <typename Visit>
void ForEachSpeaker(const Model& model, Visit visit) {
  for (std::size_t i = 0; i < model.product_count(); ++i) {
    if (model.root(ProductAt(i)) != ProductAt(i)) continue;
    const std::optional<ProductIndex> speaker = SpeakerOf(model, ProductAt(i));
    if (speaker.has_value()) visit(*speaker);
  }
}

}  // namespace

std::optional<FamilyKey> KeyOf(const Model& model, ProductIndex product) {
  const ProductView view = model.product(product);
  if (!view.family().empty()) return FamilyKey{FamilySource::kDeclared, std::string(view.family())};
  const auto rungs = model.rungs(product);
  const bool is_of_series = std::any_of(rungs.begin(), rungs.end(), [](const ladder::Rung& rung) {
    return static_cast<FamilySource>(rung.family_source) == FamilySource::kSeries;
  });
  if (is_of_series) {
    return FamilyKey{FamilySource::kSeries, absl::StrCat(view.product_type(), ", series ", view.series())};
  }
  if (!view.product_type().empty()) return FamilyKey{FamilySource::kProductType, std::string(view.product_type())};
  std::string leaf = catalog::CategoryLeaf(std::string(view.category()));
  if (leaf.empty()) return std::nullopt;
  return FamilyKey{FamilySource::kCategoryLeaf, std::move(leaf)};
}

std::vector<Family> FindFamilies(const Model& model) {
  absl::flat_hash_map<FamilyKey, Family> by_key;
  ForEachSpeaker(model, [&](ProductIndex speaker) {
    std::optional<FamilyKey> key = KeyOf(model, speaker);
    if (key.has_value()) Add(model, speaker, by_key[*std::move(key)]);
  });
  std::vector<Family> families;
  for (auto& [key, family] : by_key) {
    if (family.products.size() < 2) continue;
    family.key = key;
    SortByPrice(model, family.products);
    families.push_back(std::move(family));
  }
  std::sort(families.begin(), families.end(), [](const Family& a, const Family& b) {
    return a.orders != b.orders ? a.orders > b.orders : a.key < b.key;
  });
  return families;
}

Family CollectFamily(const Model& model, const FamilyKey& key) {
  Family family{.key = key};
  ForEachSpeaker(model, [&](ProductIndex speaker) {
    if (KeyOf(model, speaker) == key) Add(model, speaker, family);
  });
  SortByPrice(model, family.products);
  return family;
}

}  // namespace awase::families
