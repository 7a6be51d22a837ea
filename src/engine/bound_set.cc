#include "bound_set.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"

namespace awase::engine {
namespace {

using artefact::StringId;
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

bool HasCategory(const Words& categories, absl::string_view category) {
  return std::any_of(categories.begin(), categories.end(),
                     [&](const std::string& named) { return rules::IsInCategory(category, named); });
}

bool HasTag(const Words& tags, absl::string_view of_product) {
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

bool HasAttributes(const ProductFilter& filter, const artefact::ProductView& product) {
  return std::all_of(filter.attributes.begin(), filter.attributes.end(),
                     [&](const auto& named) { return HasAttribute(product, named.first, named.second); });
}

bool HasPrice(const rules::MoneyRange& range, const artefact::ProductView& product) {
  const std::optional<Money> price = product.price();
  return price.has_value() && price->currency == range.currency && range.minor_units.Contains(price->minor_units);
}

bool HasProduct(const std::vector<ProductIndex>& known, const artefact::Model& model, ProductIndex product) {
  return std::binary_search(known.begin(), known.end(), product) ||
         std::binary_search(known.begin(), known.end(), model.root(product));
}

enum Bit : std::uint16_t {
  kProducts = 1 << 0,
  kCategories = 1 << 1,
  kBrands = 1 << 2,
  kProductTypes = 1 << 3,
  kAuthors = 1 << 4,
  kSeries = 1 << 5,
  kTags = 1 << 6,
  kAttributes = 1 << 7,
  kPrice = 1 << 8,
};

std::uint16_t AskedBy(const ProductFilter& filter) {
  const std::pair<bool, unsigned> lists[] = {
      {filter.products.empty(), kProducts}, {filter.categories.empty(), kCategories},
      {filter.brands.empty(), kBrands},     {filter.product_types.empty(), kProductTypes},
      {filter.authors.empty(), kAuthors},   {filter.series.empty(), kSeries},
      {filter.tags.empty(), kTags},         {filter.attributes.empty(), kAttributes},
      {!filter.price.has_value(), kPrice}};
  unsigned asked = 0;
  for (const auto& [is_missing, bit] : lists) asked |= is_missing ? 0 : bit;
  return static_cast<std::uint16_t>(asked);
}

std::uint64_t FieldWord(unsigned field, StringId text) {
  return std::uint64_t{field} << 32 | static_cast<std::uint32_t>(text);
}

}  // namespace

BoundSet::Filter::Filter(const artefact::Model& model, const ProductFilter& filter)
    : named(&filter), asked(AskedBy(filter)), products(KnownProducts(model, filter.products)) {
  const std::pair<Bit, const Words*> lists[] = {{kBrands, &filter.brands},
                                                {kProductTypes, &filter.product_types},
                                                {kAuthors, &filter.authors},
                                                {kSeries, &filter.series}};
  for (const auto& [bit, list] : lists) {
    for (const std::string& word : *list) {
      if (const std::optional<StringId> text = model.FindString(word)) words.push_back(FieldWord(bit, *text));
    }
  }
  std::sort(words.begin(), words.end());
}

bool BoundSet::Filter::HasWord(unsigned field, StringId text) const {
  return std::binary_search(words.begin(), words.end(), FieldWord(field, text));
}

// A list that is not given asks nothing. No word is empty, so what a product does not have is in none.
bool BoundSet::Filter::Has(const artefact::Model& model, ProductIndex index) const {
  const auto lacks = [this](Bit bit) { return (asked & bit) == 0; };
  if (!lacks(kProducts) && !HasProduct(products, model, index)) return false;
  const artefact::ProductView product = model.product(index);
  return (lacks(kBrands) || HasWord(kBrands, product.brand_id())) &&
         (lacks(kProductTypes) || HasWord(kProductTypes, product.product_type_id())) &&
         (lacks(kAuthors) || HasWord(kAuthors, product.author_id())) &&
         (lacks(kSeries) || HasWord(kSeries, product.series_id())) &&
         (lacks(kCategories) || HasCategory(named->categories, product.category())) &&
         (lacks(kTags) || HasTag(named->tags, product.tags())) &&
         (lacks(kAttributes) || HasAttributes(*named, product)) && (lacks(kPrice) || HasPrice(*named->price, product));
}

BoundSet::BoundSet(const artefact::Model& model, const rules::ProductSet& set) : set_(&set), in_(model, set.in) {
  if (set.not_in.has_value()) not_in_.emplace(model, *set.not_in);
}

}  // namespace awase::engine
