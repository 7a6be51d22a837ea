#ifndef AWASE_CONFIG_INTERNAL_READ_TLS_H_
#define AWASE_CONFIG_INTERNAL_READ_TLS_H_

#include <optional>

#include "absl/strings/string_view.h"
#include "awase/tls/identity_files.h"
#include "awase/v1/server_config.pb.h"
#include "config/internal/config_report.h"

namespace awase::config_internal {

// Where the file says that the server's certificate is; nothing where it has no tls. What is wrong goes to the report,
// and then the settings mean nothing. `folder`: where paths begin.
std::optional<tls::Settings> ReadTls(const v1::ServerConfig& config, absl::string_view folder, ConfigReport* report);

}  // namespace awase::config_internal

#endif  // AWASE_CONFIG_INTERNAL_READ_TLS_H_
