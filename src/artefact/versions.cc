// ACTIVE and the list of versions: which version of a model directory is the live one.

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <system_error>

#include "absl/strings/ascii.h"
#include "absl/time/clock.h"
#include "artefact/internal/activations.h"
#include "artefact/internal/format.h"
#include "artefact/internal/manifest.h"
#include "awase/artefact/canary.h"
#include "awase/artefact/model.h"
#include "awase/artefact/writer.h"
#include "awase/base/files.h"
#include "awase/base/status_macros.h"

namespace awase::artefact {
namespace {

using artefact_internal::Activation;
using artefact_internal::ActivationKind;
using artefact_internal::IsVersionId;
using artefact_internal::kActiveFile;
using artefact_internal::kManifestFile;
using artefact_internal::ReadActivations;
using artefact_internal::WentBefore;
using artefact_internal::WriteActivations;

VersionInfo Describe(const std::string& directory, const std::string& version) {
  VersionInfo info;
  info.version = version;
  const auto manifest = artefact_internal::ReadManifest(directory, nullptr);
  if (manifest.ok()) {
    info.created_at = manifest->created_at;
  } else {
    info.problem = std::string(manifest.status().message());
  }
  return info;
}

}  // namespace

absl::StatusOr<std::string> ReadActiveVersion(const std::string& model_dir) {
  const std::string path = JoinPath(model_dir, kActiveFile);
  const absl::StatusOr<std::string> text = ReadFile(path);
  if (!text.ok()) {
    if (!absl::IsNotFound(text.status())) return text.status();
    return absl::NotFoundError(absl::StrCat(model_dir, ": no active version (no file ", kActiveFile,
                                            "): train with awase train --out, or name one with awase models activate"));
  }
  const absl::string_view version = absl::StripAsciiWhitespace(*text);
  if (!IsVersionId(version)) {
    return absl::DataLossError(absl::StrCat(path, " does not hold a version id: name one with awase models activate"));
  }
  return std::string(version);
}

absl::StatusOr<std::string> ResolveVersionDirectory(const std::string& path) {
  if (PathExists(JoinPath(path, kManifestFile))) return path;
  if (!PathExists(path)) return absl::NotFoundError(absl::StrCat(path, ": no such model directory"));
  AWASE_ASSIGN_OR_RETURN(const std::string version, ReadActiveVersion(path));
  return JoinPath(path, version);
}

absl::StatusOr<std::shared_ptr<const Model>> OpenVersion(const std::string& model_dir, const std::string& version,
                                                         const Model::Options& options) {
  if (!IsVersionId(version)) {
    return absl::InvalidArgumentError(absl::StrCat("\"", version.substr(0, 40),
                                                   "\" is not a version id: want 16 hex "
                                                   "digits as awase models list shows them"));
  }
  const std::string directory = JoinPath(model_dir, version);
  if (!PathExists(directory)) {
    return absl::NotFoundError(
        absl::StrCat(model_dir, ": no version ", version, ": awase models list shows what is there"));
  }
  AWASE_ASSIGN_OR_RETURN(std::shared_ptr<const Model> model, Model::Open(directory, options));
  if (model->version() != version) {
    return absl::DataLossError(
        absl::StrCat(directory, " holds version ", model->version(), ": give the folder that name, or train again"));
  }
  return model;
}

namespace {

// Whoever makes the version the active one has it tried out. Somebody else may end it at the same time.
absl::Status EndCanaryOf(const std::string& model_dir, const std::string& version) {
  const absl::StatusOr<std::optional<Canary>> canary = ReadCanary(model_dir);
  if (!canary.ok() || !canary->has_value() || (*canary)->version != version) return absl::OkStatus();
  const absl::Status removed = RemoveCanary(model_dir);
  return absl::IsNotFound(removed) ? absl::OkStatus() : removed;
}

// Written down before it comes to be, so that whoever is told of a failure finds all as it was.
absl::Status Switch(const std::string& model_dir, const std::string& version, ActivationKind kind) {
  AWASE_ASSIGN_OR_RETURN(const std::vector<Activation> before, ReadActivations(model_dir));
  std::vector<Activation> activations = before;
  const absl::Time now = absl::Now();
  const absl::StatusOr<std::string> active = ReadActiveVersion(model_dir);
  // An older program, or somebody by hand, has replaced ACTIVE.
  const bool is_missing = active.ok() && (before.empty() || before.back().version != *active);
  if (is_missing) activations.push_back({*active, ActivationKind::kActivated, now});
  activations.push_back({version, kind, now});
  AWASE_RETURN_IF_ERROR(WriteActivations(model_dir, activations));
  absl::Status replaced = ReplaceFile(JoinPath(model_dir, kActiveFile), absl::StrCat(version, "\n"));
  if (!replaced.ok()) {
    WriteActivations(model_dir, before).IgnoreError();  // none: no file
    return replaced;
  }
  // What was active is left, and not tried out: a process that ended between these two lines left it in CANARY.
  if (active.ok()) AWASE_RETURN_IF_ERROR(EndCanaryOf(model_dir, *active));
  return EndCanaryOf(model_dir, version);
}

}  // namespace

absl::Status ActivateVersion(const std::string& model_dir, const std::string& version) {
  AWASE_RETURN_IF_ERROR(OpenVersion(model_dir, version).status());
  return Switch(model_dir, version, ActivationKind::kActivated);
}

absl::Status ActivateWrittenVersion(const std::string& model_dir, const std::string& version) {
  return Switch(model_dir, version, ActivationKind::kActivated);
}

absl::StatusOr<std::string> RollBackVersion(const std::string& model_dir) {
  AWASE_ASSIGN_OR_RETURN(const std::string active, ReadActiveVersion(model_dir));
  AWASE_ASSIGN_OR_RETURN(const std::vector<Activation> activations, ReadActivations(model_dir));
  for (const std::string& version : WentBefore(activations, active)) {
    if (!PathExists(JoinPath(model_dir, version))) continue;
    AWASE_RETURN_IF_ERROR(OpenVersion(model_dir, version).status());
    AWASE_RETURN_IF_ERROR(Switch(model_dir, version, ActivationKind::kRolledBack));
    return version;
  }
  return absl::NotFoundError(absl::StrCat(model_dir, ": no version that is still there was active before ", active,
                                          ": awase models list shows what there is, awase models activate takes one"));
}

absl::StatusOr<std::vector<VersionInfo>> ListVersions(const std::string& model_dir) {
  std::error_code error;
  std::vector<VersionInfo> versions;
  const absl::StatusOr<std::string> active = ReadActiveVersion(model_dir);
  for (std::filesystem::directory_iterator it(model_dir, error), end; !error && it != end; it.increment(error)) {
    const std::string name = it->path().filename().string();
    if (!IsVersionId(name)) continue;
    versions.push_back(Describe(it->path().string(), name));
    versions.back().active = active.ok() && *active == name;
  }
  if (error) return absl::ErrnoToStatus(error.value(), model_dir);
  std::sort(versions.begin(), versions.end(), [](const VersionInfo& a, const VersionInfo& b) {
    return a.created_at != b.created_at ? a.created_at > b.created_at : a.version < b.version;
  });
  return versions;
}

}  // namespace awase::artefact
