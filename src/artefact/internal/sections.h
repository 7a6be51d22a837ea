#ifndef AWASE_ARTEFACT_INTERNAL_SECTIONS_H_
#define AWASE_ARTEFACT_INTERNAL_SECTIONS_H_

// The mapped sections of one version as typed arrays, and the checks that make reading them safe.

#include <cstddef>
#include <map>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "artefact/internal/format.h"
#include "artefact/internal/manifest.h"
#include "awase/artefact/internal/columns.h"
#include "awase/artefact/model.h"
#include "awase/base/mapped_file.h"

namespace awase::artefact_internal {

struct Sections : Columns {
  std::map<std::string, MappedFile> files;  // owns the bytes behind the columns
  bool has_rung_evidence = false;           // not before format 4
  std::optional<artefact::OrderPeriod> period;
};

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
