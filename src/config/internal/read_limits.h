#ifndef AWASE_CONFIG_INTERNAL_READ_LIMITS_H_
#define AWASE_CONFIG_INTERNAL_READ_LIMITS_H_

#include "awase/config/limits.h"
#include "awase/v1/server_config.pb.h"
#include "config/internal/config_report.h"

namespace awase::config_internal {

// The limits of the file, and those of config::Limits where it says none; what is out of range goes to the report.
config::Limits ReadLimits(const v1::ServerConfig& config, ConfigReport* report);

}  // namespace awase::config_internal

#endif  // AWASE_CONFIG_INTERNAL_READ_LIMITS_H_
