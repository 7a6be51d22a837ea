#ifndef AWASE_ARTEFACT_INTERNAL_FORMAT_H_
#define AWASE_ARTEFACT_INTERNAL_FORMAT_H_

// The records and names of the artefact's bytes; docs/model_format.md is their specification. A change of anything here
// is a new kFormatVersion.

#include <array>
#include <bit>
#include <cstdint>
#include <limits>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace awase::artefact_internal {

static_assert(std::endian::native == std::endian::little,
              "sections are mapped as they are: little-endian machines only");

inline constexpr int kFormatVersion = 4;
inline constexpr char kManifestFile[] = "manifest.json";
inline constexpr char kManifestChecksumFile[] = "manifest.sha256";
inline constexpr char kActiveFile[] = "ACTIVE";
inline constexpr char kActivationsFile[] = "ACTIVATIONS";
inline constexpr char kCanaryFile[] = "CANARY";

enum ProductFlags : std::uint8_t {
  kVisible = 1,
  kHasPrice = 2,
  kHasCost = 4,
  kHasStock = 8,
  kHasPackQuantity = 16,
};

// The fields of ProductRecord::strings, in order.
enum StringField : std::uint8_t {
  kProductId,
  kTitle,
  kCategory,
  kProductType,
  kBrand,
  kAuthor,
  kSeries,
  kFamily,
  kTier,
  kPackUnit,
  kSubscriptionInterval,
  kTags,
  kUrl,
  kImageUrl,
  kStringFieldCount
};

struct ProductRecord {
  std::array<std::uint32_t, kStringFieldCount> strings;  // string numbers
  std::uint32_t parent;                                  // product, or 2^32 − 1
  std::uint32_t root;                                    // product
  std::int64_t price_minor;
  std::int64_t cost_minor;
  std::int64_t stock;
  double pack_quantity;
  std::array<char, 3> price_currency;
  std::array<char, 3> cost_currency;
  std::uint8_t flags;
  std::uint8_t reserved;  // 0
};
static_assert(sizeof(ProductRecord) == 104);

struct AttributeRecord {
  std::uint32_t name;  // string number
  std::uint32_t text;  // string number
  double number;       // NaN when the text is no number
};
static_assert(sizeof(AttributeRecord) == 16);

struct RelationSummaryRecord {
  std::uint64_t unit_count;
  double basket_size_factor;
  double z_threshold;
  std::uint64_t pairs_tested;
  std::uint64_t claims;
};
static_assert(sizeof(RelationSummaryRecord) == 40);

inline constexpr char kStringOffsets[] = "string_offsets";        // u64[strings + 1]
inline constexpr char kStringBytes[] = "string_bytes";            // bytes
inline constexpr char kProducts[] = "products";                   // ProductRecord[products]
inline constexpr char kAttributeOffsets[] = "attribute_offsets";  // u64[products + 1]
inline constexpr char kAttributes[] = "attributes";               // AttributeRecord[]
inline constexpr char kVariantOffsets[] = "variant_offsets";      // u64[products + 1]
inline constexpr char kVariants[] = "variants";                   // u32[products]
inline constexpr char kRungOffsets[] = "rung_offsets";            // u64[products + 1]
inline constexpr char kRungs[] = "rungs";                         // ladder::Rung[]
inline constexpr char kRungEvidence[] = "rung_evidence";          // ladder::RungEvidence[], parallel to rungs

// "relation.bought_together.entries": parts are summary, units, offsets, entries; and other_units of directed ones.
inline std::string RelationSection(absl::string_view relation, absl::string_view part) {
  return absl::StrCat("relation.", relation, ".", part);
}

// The three sections of the cart model are all there or all missing.
inline constexpr char kCartOffsets[] = "cart.offsets";      // u64[products + 1]
inline constexpr char kCartWeights[] = "cart.weights";      // cart::CartWeight[]
inline constexpr char kCartBaselines[] = "cart.baselines";  // f32[products]

// Missing where no order had a time.
inline constexpr char kOrderPeriod[] = "orders.period";  // artefact::OrderPeriod[1]

inline std::string SectionFile(absl::string_view section) { return absl::StrCat(section, ".bin"); }

}  // namespace awase::artefact_internal

#endif  // AWASE_ARTEFACT_INTERNAL_FORMAT_H_
