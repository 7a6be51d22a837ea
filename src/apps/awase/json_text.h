#ifndef AWASE_APPS_AWASE_JSON_TEXT_H_
#define AWASE_APPS_AWASE_JSON_TEXT_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/message.h"

namespace awase::apps {

// Protobuf's JSON, indented, with the field names of the .proto files and with every field, so that scripts need not
// know the defaults. kInternal when a text is not UTF-8.
absl::StatusOr<std::string> ToJsonText(const google::protobuf::Message& message);
absl::Status PrintJson(const google::protobuf::Message& message);  // to standard output

// Strict: an unknown field is kInvalidArgument, as is a value of another type: "field usage[0].quantity: "x" is not a
// number". So is what is no JSON object; then the message says in which line and column. And so is what has lists and
// objects in each other more than 32 levels deep.
absl::Status FromJsonText(const std::string& text, google::protobuf::Message* message);

}  // namespace awase::apps

#endif  // AWASE_APPS_AWASE_JSON_TEXT_H_
