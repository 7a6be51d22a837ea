#ifndef AWASE_LADDER_LADDER_H_
#define AWASE_LADDER_LADDER_H_

// Ladders: for each product the next one or two cheaper and better products of its family, from the catalogue alone.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "awase/base/product_index.h"
#include "awase/catalog/catalog.h"

namespace awase::ladder {

enum class Direction : std::uint8_t { kLower = 0, kHigher = 1 };

// How well a step is backed. Stored as numbers in the artefact; only append.
enum class Grade : std::uint8_t { kWeak = 0, kAsserted = 1, kStatistical = 2, kCertified = 3 };
const char* GradeName(Grade grade);              // "WEAK", "ASSERTED", …
const char* DirectionName(Direction direction);  // "lower", "higher"

// One step from a product. Stored as such in the artefact (docs/model_format.md), so the layout is fixed.
struct Rung {
  std::int64_t price_delta_minor;  // other's price − the product's price; < 0 on lower rungs, > 0 on higher ones
  ProductIndex other;
  Direction direction;
  std::uint8_t rung;  // 1 = the next one, 2 = the one after
  Grade grade;
  std::uint8_t family_source;  // FamilySource: what made the two a family

  friend bool operator==(const Rung&, const Rung&) = default;
};
static_assert(sizeof(Rung) == 16);

// What a family was read from, from the strongest to the weakest.
enum class FamilySource : std::uint8_t { kDeclared = 0, kProductType = 1, kCategoryLeaf = 2 };
const char* FamilySourceName(FamilySource source);  // "family", "product_type", "category"

struct LadderOptions {
  double min_step = 1.05;    // the next rung costs at least this ratio more (its mirror: less) …
  double max_step = 1.6;     // … and at most this ratio; rung 2 is measured from rung 1
  double tier_width = 1.15;  // products within this ratio of the nearest candidate are one tier: its best seller speaks
  std::size_t rungs = 2;     // per direction, 1 or 2
};

struct LadderSet {
  std::vector<std::uint64_t> offsets;  // product i's rungs are rungs[offsets[i] … offsets[i+1])
  std::vector<Rung> rungs;             // lower before higher, rung 1 before rung 2
  std::uint64_t families = 0;          // with at least two products that can be compared

  absl::Span<const Rung> list(ProductIndex product) const {
    return absl::MakeConstSpan(rungs).subspan(offsets[Slot(product)],
                                              offsets[Slot(product) + 1] - offsets[Slot(product)]);
  }
};

// `popularity` is per product: in how many orders it was. Variants of one root take part as one product, represented by
// the best-selling visible one with a price; every product with a price gets rungs, from its own price. Products are
// comparable when family, currency and pack unit agree; the price per unit of content orders them where packs are
// known, else the price. A step up always has the higher total price, too, and is no step when it is worse on every
// numeric spec that differs (which way is better is read from the family: the way that goes with price).
// O(n log n + n · tier).
LadderSet BuildLadders(const catalog::Catalog& catalog, absl::Span<const std::uint32_t> popularity,
                       const LadderOptions& options);

}  // namespace awase::ladder

#endif  // AWASE_LADDER_LADDER_H_
