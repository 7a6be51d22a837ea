#ifndef AWASE_APPS_AWASE_PRINT_JSON_H_
#define AWASE_APPS_AWASE_PRINT_JSON_H_

#include "absl/status/status.h"
#include "google/protobuf/message.h"

namespace awase::apps {

// service::ToJsonText, indented, to standard output. Its errors.
absl::Status PrintJson(const google::protobuf::Message& message);

}  // namespace awase::apps

#endif  // AWASE_APPS_AWASE_PRINT_JSON_H_
