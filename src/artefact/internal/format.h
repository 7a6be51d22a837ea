#ifndef AWASE_ARTEFACT_INTERNAL_FORMAT_H_
#define AWASE_ARTEFACT_INTERNAL_FORMAT_H_

// The names of the artefact's files and sections; docs/model_format.md is their specification, columns.h has the
// records. A change of anything here or there is a new kFormatVersion.

#include <bit>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "awase/artefact/internal/columns.h"

namespace awase::artefact_internal {

static_assert(std::endian::native == std::endian::little,
              "sections are mapped as they are: little-endian machines only");

inline constexpr int kFormatVersion = 4;
inline constexpr char kManifestFile[] = "manifest.json";
inline constexpr char kManifestChecksumFile[] = "manifest.sha256";
inline constexpr char kActiveFile[] = "ACTIVE";
inline constexpr char kActivationsFile[] = "ACTIVATIONS";
inline constexpr char kCanaryFile[] = "CANARY";

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
