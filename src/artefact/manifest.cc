#include "artefact/internal/manifest.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/str_cat.h"
#include "artefact/internal/format.h"
#include "awase/base/files.h"
#include "awase/base/sha256.h"
#include "awase/base/status_macros.h"

namespace awase::artefact_internal {
namespace {

using Json = nlohmann::json;

absl::Status Unreadable(absl::string_view what) {
  return absl::DataLossError(
      absl::StrCat("manifest.json cannot be read (", what, "): train again, or restore this version"));
}

// A manifest has five levels. Writing JSON recurses, so a deep one would use up the stack: deeper values are left out,
// and the version id then no longer fits.
constexpr int kMaxDepth = 32;

Json ParseJson(absl::string_view text) {
  const auto is_shallow = [](int depth, Json::parse_event_t, Json&) { return depth <= kMaxDepth; };
  return Json::parse(text.begin(), text.end(), is_shallow, /*allow_exceptions=*/false);
}

// Nothing but a string or an unsigned number may stand there; the parser below never throws.
std::string StringAt(const Json& object, const char* key) {
  const auto it = object.find(key);
  return it != object.end() && it->is_string() ? it->get<std::string>() : std::string();
}

}  // namespace

std::string ComputeVersion(const Manifest& manifest) {
  Sha256 hash;
  hash.Update(absl::StrCat("awase artefact format ", manifest.format_version, "\n", manifest.settings_json, "\n"));
  for (const auto& [name, section] : manifest.sections) {
    hash.Update(absl::StrCat(name, " ", section.bytes, " ", section.sha256, "\n"));
  }
  return hash.HexDigest().substr(0, 16);
}

absl::StatusOr<std::string> CanonicalJson(absl::string_view what, absl::string_view json) {
  const Json object = ParseJson(json);
  if (!object.is_object()) return absl::InvalidArgumentError(absl::StrCat(what, ": want a JSON object"));
  return object.dump();  // nlohmann::json keeps keys sorted
}

std::string ManifestToJson(const Manifest& manifest) {
  Json sections = Json::object();
  for (const auto& [name, section] : manifest.sections) {
    sections[name] = {{"file", SectionFile(name)}, {"bytes", section.bytes}, {"sha256", section.sha256}};
  }
  const Json json = {{"format_version", manifest.format_version},
                     {"version", manifest.version},
                     {"created_at", manifest.created_at},
                     {"sections", std::move(sections)},
                     {"settings", Json::parse(manifest.settings_json, nullptr, false)},
                     {"report", Json::parse(manifest.report_json, nullptr, false)}};
  // Samples of dropped rows may hold any bytes a dump held.
  return json.dump(2, ' ', /*ensure_ascii=*/false, Json::error_handler_t::replace) + "\n";
}

absl::StatusOr<Manifest> ManifestFromJson(absl::string_view text) {
  const Json json = ParseJson(text);
  if (!json.is_object()) return Unreadable("no JSON object");
  Manifest manifest;
  const auto format = json.find("format_version");
  if (format == json.end() || !format->is_number_integer()) return Unreadable("no format_version");
  const auto format_version = format->get<std::int64_t>();  // an int would wrap around
  if (format_version > kFormatVersion) {
    return absl::FailedPreconditionError(absl::StrCat("written in artefact format ", format_version,
                                                      ", this awase reads up to ", kFormatVersion,
                                                      ": upgrade awase, or activate an older version"));
  }
  if (format_version < 1) return Unreadable("format_version below 1");
  manifest.format_version = static_cast<int>(format_version);
  manifest.version = StringAt(json, "version");
  manifest.created_at = StringAt(json, "created_at");
  const auto sections = json.find("sections");
  const auto settings = json.find("settings");
  if (sections == json.end() || !sections->is_object()) return Unreadable("no sections");
  if (settings == json.end() || !settings->is_object()) return Unreadable("no settings");
  for (const auto& [name, section] : sections->items()) {
    const auto bytes = section.is_object() ? section.find("bytes") : section.end();
    if (bytes == section.end() || !bytes->is_number_unsigned()) return Unreadable(absl::StrCat("section ", name));
    manifest.sections[name] = {bytes->get<std::uint64_t>(), StringAt(section, "sha256")};
  }
  manifest.settings_json = settings->dump();
  const auto report = json.find("report");
  manifest.report_json = report == json.end() ? "{}" : report->dump();
  if (manifest.version != ComputeVersion(manifest)) return Unreadable("its version id is not that of its content");
  return manifest;
}

absl::StatusOr<Manifest> ReadManifest(const std::string& directory, std::string* json) {
  const std::string path = JoinPath(directory, kManifestFile);
  absl::StatusOr<std::string> text = ReadFile(path);
  if (!text.ok()) return text.status();
  // A newer format may check its manifest in another way, so the format version is looked at first.
  AWASE_ASSIGN_OR_RETURN(Manifest manifest, ManifestFromJson(*text));
  const absl::StatusOr<std::string> checksum = ReadFile(JoinPath(directory, kManifestChecksumFile));
  if (!checksum.ok() || *checksum != absl::StrCat(Sha256Hex(*text), "  ", kManifestFile, "\n")) {
    return absl::DataLossError(
        absl::StrCat(path, " does not match ", kManifestChecksumFile, ": train again, or restore this version"));
  }
  if (json != nullptr) *json = *std::move(text);
  return manifest;
}

}  // namespace awase::artefact_internal
