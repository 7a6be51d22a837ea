#ifndef AWASE_LIVE_LIVE_RECORD_H_
#define AWASE_LIVE_LIVE_RECORD_H_

// One product in the log: all that is held of it, so that of several records the last one counts.
// docs/live_catalogue.md has the bytes.

#include <string>

#include "absl/strings/string_view.h"
#include "live/live_entry.h"

namespace awase::live {

struct LiveRecord {
  std::string product_id;
  LiveEntry entry;  // blank = nothing is held of the product any more
};

// REQUIRES: the product has no faults (FindFaults).
void AppendRecord(absl::string_view product_id, const LiveEntry& entry, std::string& bytes);

// Takes the first record off `bytes`. False when they begin with none that AppendRecord could have made.
bool TakeRecord(absl::string_view& bytes, LiveRecord& record);

}  // namespace awase::live

#endif  // AWASE_LIVE_LIVE_RECORD_H_
