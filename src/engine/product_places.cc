#include "product_places.h"

#include <algorithm>

namespace awase::engine {

void ProductPlaces::Add(ProductIndex product, std::uint32_t place) {
  auto& places = places_[product];
  if (!places.empty() && places.back() == place) return;
  places.push_back(place);
  if (places_.size() * kBitsPerProduct > marks_.size() * 64) MarkAllInTwiceTheRoom();
  Mark(product);
}

void ProductPlaces::Mark(ProductIndex product) {
  const std::size_t bit = BitOf(product);
  marks_[bit / 64] |= std::uint64_t{1} << bit % 64;
}

void ProductPlaces::MarkAllInTwiceTheRoom() {
  marks_.assign(std::max<std::size_t>(marks_.size() * 2, 1), 0);
  shift_ = shift_ == 64 ? 64 - 6 : shift_ - 1;
  for (const auto& [product, places] : places_) Mark(product);
}

}  // namespace awase::engine
