#ifndef AWASE_YAML_INTERNAL_SCALARS_H_
#define AWASE_YAML_INTERNAL_SCALARS_H_

// One scalar of YAML into one value. All refusals are kInvalidArgument and say what is wanted and what is there.

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "yaml/internal/tree.h"

namespace awase::yaml_internal {

// Sets `field` of `*message`, or adds to it when it is repeated. REQUIRES: a scalar node; the field is no message.
absl::Status DecodeScalar(const Node& node, const google::protobuf::FieldDescriptor& field,
                          google::protobuf::Message* message);

// Whether messages of this type are written as one scalar: Money, Timestamp, Duration.
bool IsWrittenAsScalar(const google::protobuf::Descriptor& type);

// REQUIRES: IsWrittenAsScalar.
absl::Status DecodeMessageScalar(absl::string_view text, google::protobuf::Message* message);

// The field that is written in place of messages of this type: their only one, repeated and called `values`. Protobuf
// has no maps of lists. Null for all other types.
const google::protobuf::FieldDescriptor* ListWrittenFor(const google::protobuf::Descriptor& type);

// "text such as …": what is wanted for a value of `field` (for one element when it is repeated).
std::string Wanted(const google::protobuf::FieldDescriptor& field);

}  // namespace awase::yaml_internal

#endif  // AWASE_YAML_INTERNAL_SCALARS_H_
