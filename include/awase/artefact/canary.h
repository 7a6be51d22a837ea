#ifndef AWASE_ARTEFACT_CANARY_H_
#define AWASE_ARTEFACT_CANARY_H_

// The file CANARY of a model directory: which version is tried out beside the active one, on which share of the
// customers. One line for people and programs, replaced by rename:
//
//   27fa733a2245d57c 5%

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace awase::artefact {

// All customers.
inline constexpr std::uint32_t kWholeShare = 10'000;

struct Canary {
  std::string version;
  std::uint32_t share_basis_points = 0;  // of the customers, in hundredths of a percent: 1 to kWholeShare

  friend bool operator==(const Canary&, const Canary&) = default;
};

// "5%", "0.25%".
std::string ShareText(std::uint32_t basis_points);

// Of "5", "5%" or "0.25%". Nothing for what is none from 0.01% to 100%, or has more than two digits behind the point.
std::optional<std::uint32_t> ParseShare(absl::string_view text);

// Nothing where there is no file. kDataLoss for a file with anything else in it than such a line; else as the system
// says.
absl::StatusOr<std::optional<Canary>> ReadCanary(const std::string& model_dir);

// Writes the file, also in the place of another one. The version is opened and verified first.
//   kInvalidArgument     what is no version id, or a share out of range
//   kFailedPrecondition  it is the active version
//   else                 errors of OpenVersion and ReplaceFile
absl::Status WriteCanary(const std::string& model_dir, const Canary& canary);

// Takes the file away, whatever is in it. kNotFound when there is none.
absl::Status RemoveCanary(const std::string& model_dir);

}  // namespace awase::artefact

#endif  // AWASE_ARTEFACT_CANARY_H_
