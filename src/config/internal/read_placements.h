#ifndef AWASE_CONFIG_INTERNAL_READ_PLACEMENTS_H_
#define AWASE_CONFIG_INTERNAL_READ_PLACEMENTS_H_

#include <vector>

#include "awase/engine/placements.h"
#include "awase/v1/server_config.pb.h"
#include "config/internal/config_report.h"

namespace awase::config_internal {

// The placements of the file as the engine takes them; what is wrong goes to the report, and then they mean nothing.
std::vector<engine::Placement> ReadPlacements(const v1::ServerConfig& config, ConfigReport* report);

}  // namespace awase::config_internal

#endif  // AWASE_CONFIG_INTERNAL_READ_PLACEMENTS_H_
