#include "awase/artefact/canary.h"

#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "artefact/internal/activations.h"
#include "artefact/internal/format.h"
#include "awase/artefact/model.h"
#include "awase/artefact/writer.h"
#include "awase/base/files.h"
#include "awase/base/ratio.h"
#include "awase/base/status_macros.h"

namespace awase::artefact {
namespace {

using artefact_internal::IsVersionId;
using artefact_internal::kCanaryFile;

constexpr std::uint32_t kPerPercent = 100;

std::optional<Canary> ParseLine(absl::string_view text) {
  const std::vector<absl::string_view> words =
      absl::StrSplit(absl::StripAsciiWhitespace(text), absl::ByAnyChar(" \t"), absl::SkipEmpty());
  if (words.size() != 2 || !IsVersionId(words[0])) return std::nullopt;
  const std::optional<std::uint32_t> share = ParseShare(words[1]);
  if (!share.has_value()) return std::nullopt;
  return Canary{std::string(words[0]), *share};
}

}  // namespace

std::string ShareText(std::uint32_t basis_points) {
  const std::uint32_t hundredths = basis_points % kPerPercent;
  if (hundredths == 0) return absl::StrCat(basis_points / kPerPercent, "%");
  const std::string digits = absl::StrCat(hundredths / 10, hundredths % 10 == 0 ? "" : absl::StrCat(hundredths % 10));
  return absl::StrCat(basis_points / kPerPercent, ".", digits, "%");
}

std::optional<std::uint32_t> ParseShare(absl::string_view text) {
  const std::optional<Ratio> percent = Ratio::ParseDecimal(absl::StripSuffix(text, "%"));
  if (!percent.has_value()) return std::nullopt;
  const std::optional<Ratio> points = Multiply(*percent, kPerPercent);
  const bool is_share = points.has_value() && points->is_whole() && points->numerator() >= 1 &&
                        points->numerator() <= std::int64_t{kWholeShare};
  if (!is_share) return std::nullopt;
  return static_cast<std::uint32_t>(points->numerator());
}

absl::StatusOr<std::optional<Canary>> ReadCanary(const std::string& model_dir) {
  const std::string path = JoinPath(model_dir, kCanaryFile);
  const absl::StatusOr<std::string> text = ReadFile(path);
  if (absl::IsNotFound(text.status())) return std::optional<Canary>();
  AWASE_RETURN_IF_ERROR(text.status());
  std::optional<Canary> canary = ParseLine(*text);
  if (canary.has_value()) return canary;
  return absl::DataLossError(absl::StrCat(
      path,
      " does not hold a version id and a share, as in \"0123456789abcdef 5%\": write it with awase models canary"));
}

absl::Status WriteCanary(const std::string& model_dir, const Canary& canary) {
  if (canary.share_basis_points < 1 || canary.share_basis_points > kWholeShare) {
    return absl::InvalidArgumentError(absl::StrCat("a canary's share is 0.01% to 100% of the customers (1 to ",
                                                   kWholeShare, " basis points), not ", canary.share_basis_points,
                                                   " basis points"));
  }
  AWASE_RETURN_IF_ERROR(OpenVersion(model_dir, canary.version).status());
  const absl::StatusOr<std::string> active = ReadActiveVersion(model_dir);
  if (active.ok() && *active == canary.version) {
    return absl::FailedPreconditionError(
        absl::StrCat("version ", canary.version, " is the active one: try out another beside it"));
  }
  return ReplaceFile(JoinPath(model_dir, kCanaryFile),
                     absl::StrCat(canary.version, " ", ShareText(canary.share_basis_points), "\n"));
}

absl::Status RemoveCanary(const std::string& model_dir) {
  const std::string path = JoinPath(model_dir, kCanaryFile);
  if (!PathExists(path)) return absl::NotFoundError(absl::StrCat(model_dir, ": no version is tried out as a canary"));
  AWASE_RETURN_IF_ERROR(RemoveTree(path));
  return SyncDirectory(model_dir);
}

}  // namespace awase::artefact
