#ifndef AWASE_LADDER_RUNG_H_
#define AWASE_LADDER_RUNG_H_

// One step of a ladder and what speaks for it, as both are stored in the artefact (docs/model_format.md).

#include <cstdint>

#include "awase/base/product_index.h"

namespace awase::ladder {

enum class Direction : std::uint8_t { kLower = 0, kHigher = 1 };

// How well a step is backed. Stored as numbers in the artefact; only append.
//   CERTIFIED    the better product dominates, and customers move to it
//   STATISTICAL  customers move to it
//   ASSERTED     the catalogue's family and tier say so, or it dominates; and customers do not refute it; or a
//                rung rule says so, which is no part of the artefact
//   WEAK         its price alone: kept for people to look at, not served
enum class Grade : std::uint8_t { kWeak = 0, kAsserted = 1, kStatistical = 2, kCertified = 3 };
const char* GradeName(Grade grade);              // "WEAK", "ASSERTED", …
const char* DirectionName(Direction direction);  // "lower", "higher"

// What the step is to. Stored as numbers in the artefact; only append.
//   model         another product of the family
//   pack          another pack of the same product
//   subscription  the same product by subscription
//   brand         the shop's own brand of the same type and size, or back from it
enum class StepKind : std::uint8_t { kModel = 0, kPack = 1, kSubscription = 2, kBrand = 3 };
inline constexpr std::uint8_t kLastStepKind = 3;
const char* StepKindName(StepKind kind);  // "model", "pack", "subscription", "brand"

// What a family was read from, from the strongest to the weakest. Stored as numbers; only append.
enum class FamilySource : std::uint8_t { kDeclared = 0, kProductType = 1, kCategoryLeaf = 2, kSeries = 3 };
inline constexpr std::uint8_t kLastFamilySource = 3;
const char* FamilySourceName(FamilySource source);  // "family", "product_type", "category", "series"

// One step from a product. The layout is fixed.
struct Rung {
  std::int64_t price_delta_minor = 0;  // other's price − the product's price; < 0 on lower rungs, > 0 on higher ones,
                                       // but any on those to a subscription
  ProductIndex other = kNoProduct;
  Direction direction = Direction::kLower;
  std::uint8_t rung = 0;  // 1 = the next one, 2 = the one after
  Grade grade = Grade::kWeak;
  std::uint8_t family_source = 0;  // FamilySource: what made the two a family

  friend bool operator==(const Rung&, const Rung&) = default;
};
static_assert(sizeof(Rung) == 16);

// What speaks for a step, besides its price. Stored as numbers in the artefact; only append.
enum EvidenceFlag : std::uint8_t {
  kDominates = 1,       // the dearer product is no worse in any comparable spec, and better in one or of a higher tier
  kBehaviour = 2,       // customers move to the dearer product: of those who moved, more than half, past chance
  kTierColumn = 4,      // the catalogue's family and tier put the dearer product higher
  kSameBrand = 8,       // both have the same brand
  kSameSeries = 16,     // … and the same series: one brand line
  kOwnToNational = 32,  // the cheaper one is the shop's own brand, the dearer one is not
  kReturnsWorse = 64,   // the dearer product is sent back more often, past chance: no behaviour counts then
  kBeyondBand = 128,    // the price step is larger than what is usual in the family (never: smaller)
};

// What is known of a rung; parallel to the rungs. All counts are of distinct customers, and one below --min-buyers is
// never stored: see LadderOptions::min_buyers. "Up" is from the cheaper of the two to the dearer one, whatever the
// direction of the rung. The layout is fixed.
struct RungEvidence {
  // Bit i: in its i-th attribute the other product is better (gained) or worse (given up) than the product. Attributes
  // beyond the 32nd and those without a known order are in neither.
  std::uint32_t gained_specs = 0;
  std::uint32_t given_up_specs = 0;
  std::uint32_t upgrades = 0;       // bought the dearer one only after the cheaper one …
  std::uint32_t downgrades = 0;     // … or the other way round
  std::uint32_t switches_up = 0;    // of the others: looked at both and bought just the dearer one …
  std::uint32_t switches_down = 0;  // … or the other way round
  float moved_up_low = 0;           // 95 % lower bound of the share of up in all four; 0 without any
  float strength_gap = 0;           // Bradley–Terry: log odds that the dearer one is preferred; 0 without behaviour
  float returned_cheap = 0;         // share of the purchases that were sent back, −1 = not known
  float returned_dear = 0;
  float content_ratio = 0;  // of all kinds but models: other's content / the product's; else 0
  StepKind kind = StepKind::kModel;
  std::uint8_t flags = 0;      // EvidenceFlag
  std::uint16_t reserved = 0;  // 0

  friend bool operator==(const RungEvidence&, const RungEvidence&) = default;
};
static_assert(sizeof(RungEvidence) == 48);

}  // namespace awase::ladder

#endif  // AWASE_LADDER_RUNG_H_
