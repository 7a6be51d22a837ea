#ifndef AWASE_SERVING_LIVE_TABLES_H_
#define AWASE_SERVING_LIVE_TABLES_H_

#include "awase/live/live_table.h"
#include "awase/serving/served.h"

namespace awase::serving {

// The newest live values of what serves.
struct LiveTables {
  live::LiveTable active;
  live::LiveTable canary;  // of no use where there is none
};

// The same versions and rules with these values. REQUIRES: the tables are of the versions.
Served WithLive(const Served& served, const LiveTables& tables);

}  // namespace awase::serving

#endif  // AWASE_SERVING_LIVE_TABLES_H_
