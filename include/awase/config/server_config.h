#ifndef AWASE_CONFIG_SERVER_CONFIG_H_
#define AWASE_CONFIG_SERVER_CONFIG_H_

// The configuration file of a server (--config), decoded strictly: everything that is wrong with it is found in one go,
// each finding with its place. docs/operations.md describes the file.

#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "awase/access/settings.h"
#include "awase/config/limits.h"
#include "awase/engine/placements.h"
#include "awase/tls/identity_files.h"

namespace awase::config {

struct ServerConfig {
  // Never null.
  std::shared_ptr<const engine::PlacementTable> placements = engine::PlacementTable::BuiltIn();
  access::Settings access;
  std::optional<tls::Settings> tls;  // missing: connections are plain
  Limits limits;
};

// Larger than any list of 64 placements.
inline constexpr std::size_t kMaxConfigBytes = std::size_t{1} << 20;

// `name` is the file's, as it stands in findings; paths in the text begin at its folder. No file is read.
//   kInvalidArgument  the text is no such configuration; the message has every finding, one per line, as
//                     "server.yaml:3:5: placements[0].like: unknown placement "carts"; did you mean "cart"?"
// thread-safe. Linear in the text.
absl::StatusOr<ServerConfig> ParseServerConfig(absl::string_view name, absl::string_view text);

// Of the file at `path`. As ParseServerConfig, and what ReadFile says.
absl::StatusOr<ServerConfig> ReadServerConfig(const std::string& path);

}  // namespace awase::config

#endif  // AWASE_CONFIG_SERVER_CONFIG_H_
