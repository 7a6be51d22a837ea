#ifndef AWASE_CONFIG_INTERNAL_READ_ACCESS_H_
#define AWASE_CONFIG_INTERNAL_READ_ACCESS_H_

#include "absl/strings/string_view.h"
#include "awase/access/settings.h"
#include "awase/v1/server_config.pb.h"
#include "config/internal/config_report.h"

namespace awase::config_internal {

// Who may call, by the file; what is wrong goes to the report, and then the settings mean nothing. `folder`: where
// paths begin.
access::Settings ReadAccess(const v1::ServerConfig& config, absl::string_view folder, ConfigReport* report);

}  // namespace awase::config_internal

#endif  // AWASE_CONFIG_INTERNAL_READ_ACCESS_H_
