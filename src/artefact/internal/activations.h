#ifndef AWASE_ARTEFACT_INTERNAL_ACTIVATIONS_H_
#define AWASE_ARTEFACT_INTERNAL_ACTIVATIONS_H_

// The file ACTIVATIONS of a model directory: which versions became the active one, a line each, the newest last.
//
//   2026-11-23T16:52:00Z 0123456789abcdef activated
//   2026-11-23T17:10:31Z fedcba9876543210 rolled_back

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace awase::artefact_internal {

// 16 hex digits; anything else must not become part of a path.
bool IsVersionId(absl::string_view text);

enum class ActivationKind : std::uint8_t { kActivated, kRolledBack };

struct Activation {
  std::string version;
  ActivationKind kind = ActivationKind::kActivated;
  absl::Time time;
};

// Replaces the file, or takes it away where there are none; of more than 1,000 the newest. It is as it was where that
// fails.
absl::Status WriteActivations(const std::string& model_dir, const std::vector<Activation>& activations);

// Oldest first; none where there is no file yet. Lines that are none are passed over.
absl::StatusOr<std::vector<Activation>> ReadActivations(const std::string& model_dir);

// The versions that were active before `active`, the last one first, each once; those that somebody went back from are
// not among them.
std::vector<std::string> WentBefore(const std::vector<Activation>& activations, const std::string& active);

}  // namespace awase::artefact_internal

#endif  // AWASE_ARTEFACT_INTERNAL_ACTIVATIONS_H_
