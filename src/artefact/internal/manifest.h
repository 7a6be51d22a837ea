#ifndef AWASE_ARTEFACT_INTERNAL_MANIFEST_H_
#define AWASE_ARTEFACT_INTERNAL_MANIFEST_H_

// manifest.json: what a version directory holds and where it came from.

#include <cstdint>
#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace awase::artefact_internal {

struct SectionInfo {
  std::uint64_t bytes = 0;
  std::string sha256;
};

struct Manifest {
  int format_version = 0;
  std::string version;
  std::string created_at;                       // RFC 3339
  std::map<std::string, SectionInfo> sections;  // by section name
  std::string settings_json;                    // canonical: keys sorted, no blanks
  std::string report_json;
};

// The version id: the first 16 hex digits of SHA-256 over the format version, the settings and the sections' checksums.
std::string ComputeVersion(const Manifest& manifest);

// Settings or a report as they are kept. kInvalidArgument, beginning with `what`, unless `json` is a JSON object.
absl::StatusOr<std::string> CanonicalJson(absl::string_view what, absl::string_view json);

std::string ManifestToJson(const Manifest& manifest);

// kFailedPrecondition for a newer format version, kDataLoss for anything that cannot be read.
absl::StatusOr<Manifest> ManifestFromJson(absl::string_view json);

// Reads and checks manifest.json of a version directory, its own checksum included. kNotFound when there is none.
absl::StatusOr<Manifest> ReadManifest(const std::string& directory, std::string* json);

}  // namespace awase::artefact_internal

#endif  // AWASE_ARTEFACT_INTERNAL_MANIFEST_H_
