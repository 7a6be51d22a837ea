#ifndef AWASE_SERVICE_JSON_TEXT_H_
#define AWASE_SERVICE_JSON_TEXT_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/message.h"

namespace awase::service {

// Messages ⇄ JSON, in one way for the terminal, for files and over HTTP. All are thread-safe.

enum class JsonLayout : std::uint8_t {
  kCompact,   // one line
  kIndented,  // for people
};

// Protobuf's JSON with the field names of the .proto files and with every field, so that scripts need not know the
// defaults. kInternal when a text is not UTF-8.
absl::StatusOr<std::string> ToJsonText(const google::protobuf::Message& message, JsonLayout layout);

// Strict: an unknown field is kInvalidArgument, as is a value of another type: "field usage[0].quantity: "x" is not a
// number". So is what is no JSON object; then the message says in which line and column. And so is what has lists and
// objects in each other more than 32 levels deep.
absl::Status FromJsonText(const std::string& text, google::protobuf::Message* message);

}  // namespace awase::service

#endif  // AWASE_SERVICE_JSON_TEXT_H_
