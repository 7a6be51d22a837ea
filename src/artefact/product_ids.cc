#include "artefact/internal/product_ids.h"

#include <bit>

#include "absl/hash/hash.h"

namespace awase::artefact_internal {

namespace {

absl::string_view ProductId(const Sections& sections, ProductIndex product) {
  return StringAt(sections, sections.products[Slot(product)].strings[kProductId]);
}

}  // namespace

ProductIds::ProductIds(const Sections& sections) : places_(std::bit_ceil(sections.products.size() * 2 + 1)) {
  const std::size_t mask = places_.size() - 1;
  for (std::size_t i = 0; i < sections.products.size(); ++i) {
    const ProductIndex product = ProductAt(i);
    const std::uint64_t hash = absl::HashOf(ProductId(sections, product));
    std::size_t place = hash & mask;
    while (places_[place].product != kNoProduct) place = (place + 1) & mask;
    places_[place] = {static_cast<std::uint32_t>(hash >> 32), product};
  }
}

std::optional<ProductIndex> ProductIds::Find(const Sections& sections, absl::string_view id) const {
  if (places_.empty()) return std::nullopt;
  const std::size_t mask = places_.size() - 1;
  const std::uint64_t hash = absl::HashOf(id);
  for (std::size_t place = hash & mask; places_[place].product != kNoProduct; place = (place + 1) & mask) {
    if (places_[place].hash != static_cast<std::uint32_t>(hash >> 32)) continue;
    if (ProductId(sections, places_[place].product) == id) return places_[place].product;
  }
  return std::nullopt;
}

}  // namespace awase::artefact_internal
