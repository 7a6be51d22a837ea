#include "bound_set.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"

namespace awase::engine {
namespace {

using rules::ProductFilter;
using rules::Words;

std::vector<ProductIndex> KnownProducts(const artefact::Model& model, const Words& ids) {
  std::vector<ProductIndex> known;
  for (const std::string& id : ids) {
    if (const std::optional<ProductIndex> product = model.Find(id)) known.push_back(*product);
  }
  std::sort(known.begin(), known.end());
  return known;
}

bool Contains(const Words& words, absl::string_view word) {
  return std::binary_search(words.begin(), words.end(), word,
                            [](absl::string_view a, absl::string_view b) { return a < b; });
}

// A list that is not given asks nothing. No word is empty, so what a product does not have is in none.
bool Allows(const Words& words, absl::string_view word) { return words.empty() || Contains(words, word); }

bool AllowsCategory(const Words& categories, absl::string_view category) {
  return categories.empty() || std::any_of(categories.begin(), categories.end(), [&](const std::string& named) {
           return rules::IsInCategory(category, named);
         });
}

bool AllowsTags(const Words& tags, absl::string_view of_product) {
  if (tags.empty()) return true;
  for (const absl::string_view tag : absl::StrSplit(of_product, ',', absl::SkipEmpty())) {
    if (Contains(tags, tag)) return true;
  }
  return false;
}

bool HasAttribute(const artefact::ProductView& product, absl::string_view name, const Words& values) {
  for (std::size_t i = 0; i < product.attribute_count(); ++i) {
    const artefact::AttributeView attribute = product.attribute(i);
    if (attribute.name == name) return Contains(values, attribute.text);
  }
  return false;
}

bool AllowsPrice(const std::optional<rules::MoneyRange>& range, const artefact::ProductView& product) {
  if (!range.has_value()) return true;
  const std::optional<Money> price = product.price();
  return price.has_value() && price->currency == range->currency && range->minor_units.Contains(price->minor_units);
}

bool AllowsProduct(const ProductFilter& filter, const std::vector<ProductIndex>& known, const artefact::Model& model,
                   ProductIndex product) {
  if (filter.products.empty()) return true;
  return std::binary_search(known.begin(), known.end(), product) ||
         std::binary_search(known.begin(), known.end(), model.root(product));
}

bool IsIn(const ProductFilter& filter, const std::vector<ProductIndex>& known, const artefact::Model& model,
          ProductIndex index) {
  if (!AllowsProduct(filter, known, model, index)) return false;
  const artefact::ProductView product = model.product(index);
  return Allows(filter.brands, product.brand()) && Allows(filter.product_types, product.product_type()) &&
         Allows(filter.authors, product.author()) && Allows(filter.series, product.series()) &&
         AllowsCategory(filter.categories, product.category()) && AllowsTags(filter.tags, product.tags()) &&
         std::all_of(filter.attributes.begin(), filter.attributes.end(),
                     [&](const auto& named) { return HasAttribute(product, named.first, named.second); }) &&
         AllowsPrice(filter.price, product);
}

}  // namespace

BoundSet::BoundSet(const artefact::Model& model, const rules::ProductSet& set)
    : set_(&set),
      products_(KnownProducts(model, set.in.products)),
      products_not_in_(set.not_in.has_value() ? KnownProducts(model, set.not_in->products)
                                              : std::vector<ProductIndex>()) {}

bool BoundSet::Has(const artefact::Model& model, ProductIndex product) const {
  return IsIn(set_->in, products_, model, product) &&
         !(set_->not_in.has_value() && IsIn(*set_->not_in, products_not_in_, model, product));
}

}  // namespace awase::engine
