#include "awase/config/server_config.h"

#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "awase/base/files.h"
#include "awase/base/status_macros.h"
#include "awase/v1/server_config.pb.h"
#include "config/internal/config_report.h"
#include "config/internal/read_access.h"
#include "config/internal/read_limits.h"
#include "config/internal/read_placements.h"
#include "config/internal/read_tls.h"

namespace awase::config {
namespace {

// With the slash at its end; empty for the working directory.
absl::string_view FolderOf(absl::string_view path) { return path.substr(0, path.rfind('/') + 1); }

}  // namespace

absl::StatusOr<ServerConfig> ParseServerConfig(absl::string_view name, absl::string_view text) {
  if (text.size() > kMaxConfigBytes) {
    return absl::InvalidArgumentError(absl::StrCat(name, ": is larger than 1 MiB"));
  }
  v1::ServerConfig proto;
  const yaml::Decoded decoded = yaml::DecodeMessage(text, yaml::DecodeOptions(), &proto);
  config_internal::ConfigReport report(decoded);
  std::vector<engine::Placement> placements = config_internal::ReadPlacements(proto, &report);
  access::Settings access = config_internal::ReadAccess(proto, FolderOf(name), &report);
  std::optional<tls::Settings> tls = config_internal::ReadTls(proto, FolderOf(name), &report);
  const Limits limits = config_internal::ReadLimits(proto, &report);
  const std::vector<std::string> findings = report.Findings(name);
  if (!findings.empty()) return absl::InvalidArgumentError(absl::StrJoin(findings, "\n"));
  return ServerConfig{.placements = engine::PlacementTable::With(std::move(placements)),
                      .access = std::move(access),
                      .tls = std::move(tls),
                      .limits = limits};
}

absl::StatusOr<ServerConfig> ReadServerConfig(const std::string& path) {
  AWASE_ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  return ParseServerConfig(path, text);
}

}  // namespace awase::config
