#ifndef AWASE_FAMILIES_FAMILY_H_
#define AWASE_FAMILIES_FAMILY_H_

// The families of a version, found again from its products and rungs: which products are compared with each other.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "awase/artefact/model.h"
#include "awase/base/product_index.h"
#include "awase/ladder/rung.h"

namespace awase::families {

// What makes products one family. Equal keys, same family: products of one key that are priced in different currencies,
// sold by different units, or paid for something else (each month, each year; per seat) belong together for people,
// though ladders take no step between them.
struct FamilyKey {
  ladder::FamilySource source;
  std::string name;  // as in the catalogue; of a series "Camera, series Alpha"

  friend auto operator<=>(const FamilyKey&, const FamilyKey&) = default;
  template <typename H>
  friend H AbslHashValue(H state, const FamilyKey& key) {
    return H::combine(std::move(state), key.source, key.name);
  }
};

// Nothing where the shop gave neither family nor product_type nor category. O(rungs of the product).
std::optional<FamilyKey> KeyOf(const artefact::Model& model, ProductIndex product);

struct Family {
  FamilyKey key;
  // Of each root the variant that speaks for it in ladders: the best-selling visible one with a price above zero, or
  // that is a free plan (catalog/price_basis.h). By currency, then price, then id.
  std::vector<ProductIndex> products;
  ProductIndex best_seller = kNoProduct;  // the one of them with the most orders, the first of equals
  std::uint64_t orders = 0;  // Σ over the products of the orders with them (bought_together); 0 without that relation
  std::size_t steps = 0;     // rungs that are served: better than WEAK
};

// All with at least two products; those with the most orders first, then by source and name. O(n log n).
std::vector<Family> FindFamilies(const artefact::Model& model);

// The one with that key: without products where nothing has it. O(n).
Family CollectFamily(const artefact::Model& model, const FamilyKey& key);

}  // namespace awase::families

#endif  // AWASE_FAMILIES_FAMILY_H_
