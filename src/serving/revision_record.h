#ifndef AWASE_SERVING_REVISION_RECORD_H_
#define AWASE_SERVING_REVISION_RECORD_H_

// One rule set that served, as a file: JSON that people can read, with the hash of its content.

#include <string>

#include "absl/status/statusor.h"
#include "awase/serving/revision_store.h"

namespace awase::serving {

// kInvalidArgument when a text in it is no UTF-8.
absl::StatusOr<std::string> RecordToJson(const Revision& revision);

// kDataLoss for anything that RecordToJson did not write.
absl::StatusOr<Revision> RecordFromJson(const std::string& json);

}  // namespace awase::serving

#endif  // AWASE_SERVING_REVISION_RECORD_H_
