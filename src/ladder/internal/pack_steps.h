#ifndef AWASE_LADDER_INTERNAL_PACK_STEPS_H_
#define AWASE_LADDER_INTERNAL_PACK_STEPS_H_

// Steps of arithmetic: a larger pack of the same product, a subscription to it, and the shop's own brand of it. What
// they say is exact: prices per unit of content are compared as fractions of whole numbers.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "awase/base/product_index.h"
#include "awase/base/ratio.h"
#include "awase/catalog/catalog.h"
#include "awase/ladder/rung.h"

namespace awase::ladder_internal {

// One step from a product to another of its currency and pack unit.
struct PackStep {
  ProductIndex from;
  ProductIndex to;
  ladder::Direction direction;
  ladder::StepKind kind;
  std::uint8_t rung;     // 1 = the next one, 2 = the one after; by direction and kind
  double content_ratio;  // to's content / from's
  std::int64_t price_delta_minor;

  friend bool operator==(const PackStep&, const PackStep&) = default;
};

struct PackStepOptions {
  std::size_t rungs = 2;          // of packs, per direction
  double comparable_size = 1.25;  // contents within this ratio are compared across brands, the nearest first
  double widest_step = 4;         // in price, across brands and, up or down, to a subscription
  // Of two packs the larger one, or a subscription, holds at most this many times as much: a case of 24 bottles. It
  // bounds the price of packs too, as the larger one costs less per unit.
  std::uint32_t widest_pack = 24;
  absl::Span<const std::string> own_brands;  // whatever their case
};

// By from, direction, rung, kind. Only visible products with a price are stepped to; of several packs of one product
// and content the best seller by `popularity` (per product) is. A product is never stepped to from its own variant.
//   kPack          higher: more content for more money, and less of it per unit. lower: the mirror, a smaller pack.
//                  Rung 2 too is within widest_pack of the product itself
//   kSubscription  higher: the same product by subscription, at least as much of it, for less per unit. Without packs
//                  two products of one key hold the same, unless a column of plans says that they are paid for
//                  something else than a content
//   kBrand         lower: the shop's own brand of that type in a comparable size, for less in total and per unit.
//                  higher: from the own brand to another one, likewise
// Deterministic. O(n log n + n · kMostSizesLooked); a product whose price per unit does not fit 63 bits takes no part.
std::vector<PackStep> FindPackSteps(const catalog::Catalog& catalog, absl::Span<const std::uint32_t> popularity,
                                    const PackStepOptions& options);

}  // namespace awase::ladder_internal

#endif  // AWASE_LADDER_INTERNAL_PACK_STEPS_H_
