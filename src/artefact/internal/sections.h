#ifndef AWASE_ARTEFACT_INTERNAL_SECTIONS_H_
#define AWASE_ARTEFACT_INTERNAL_SECTIONS_H_

// The mapped sections of one version as typed arrays, and the checks that make reading them safe.

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "artefact/internal/format.h"
#include "artefact/internal/manifest.h"
#include "awase/artefact/model.h"
#include "awase/base/mapped_file.h"
#include "awase/cart/cart_weights.h"
#include "awase/ladder/ladder.h"
#include "awase/relations/relation.h"

namespace awase::artefact_internal {

struct RelationSections {
  RelationSummaryRecord summary{};
  absl::Span<const std::uint32_t> units;
  absl::Span<const std::uint32_t> other_units;  // empty: as units
  absl::Span<const std::uint64_t> offsets;
  absl::Span<const relations::RelationEntry> entries;
};

struct CartSections {
  bool present = false;
  absl::Span<const std::uint64_t> offsets;
  absl::Span<const cart::CartWeight> weights;
  absl::Span<const float> baselines;
};

struct Sections {
  std::map<std::string, MappedFile> files;  // owns the bytes behind the spans

  absl::Span<const std::uint64_t> string_offsets;
  absl::string_view string_bytes;
  absl::Span<const ProductRecord> products;
  absl::Span<const std::uint64_t> attribute_offsets;
  absl::Span<const AttributeRecord> attributes;
  absl::Span<const std::uint64_t> variant_offsets;
  absl::Span<const ProductIndex> variants;
  absl::Span<const std::uint64_t> rung_offsets;
  absl::Span<const ladder::Rung> rungs;
  bool has_rung_evidence = false;                        // not before format 4
  absl::Span<const ladder::RungEvidence> rung_evidence;  // parallel to rungs
  std::map<relations::RelationKind, RelationSections> relations;
  CartSections cart;
  std::optional<artefact::OrderPeriod> period;
};

// REQUIRES: such a string is there.
inline absl::string_view StringAt(const Sections& sections, std::size_t id) {
  const std::uint64_t begin = sections.string_offsets[id];
  return sections.string_bytes.substr(begin, sections.string_offsets[id + 1] - begin);
}

// kDataLoss that names the section and says what to do; `what` is wrong with it.
absl::Status BrokenSection(absl::string_view section, absl::string_view what);

// Maps every section that the manifest names and checks sizes. kDataLoss otherwise.
absl::StatusOr<Sections> MapSections(const std::string& directory, const Manifest& manifest);

// kDataLoss naming the section that does not match its checksum.
absl::Status VerifyChecksums(const Sections& sections, const Manifest& manifest, std::size_t threads);

// Checks everything that later reads rely on: every number in bounds, offsets ascending, ids ascending, lists ordered,
// floats finite. kDataLoss naming the section. O(size).
absl::Status CheckSections(const Sections& sections, std::size_t threads);

}  // namespace awase::artefact_internal

#endif  // AWASE_ARTEFACT_INTERNAL_SECTIONS_H_
