#ifndef AWASE_YAML_JSON_SCHEMA_H_
#define AWASE_YAML_JSON_SCHEMA_H_

// What DecodeMessage() accepts, as a JSON Schema: editors then complete keys, show what they mean and mark mistakes
// while a file is written.

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "google/protobuf/descriptor.h"

namespace awase::yaml {

// The texts that a field may only be, or the elements of its list, by the full name of the field.
using FieldWords = absl::flat_hash_map<std::string, std::vector<std::string>>;

// A schema (draft-07, which editors know best) of YAML texts of the message `type`: its keys, the types and written
// forms of their values, which keys exclude each other, and what must not be missing. Descriptions are the comments
// of the .proto file, where the descriptor has them (a descriptor pool filled with source info; generated code has
// none); what has a comment that begins with "Required" and one of '.', ':' and ';' is required. What a text means
// beyond that is not in it: a text that the schema refuses is refused by DecodeMessage() or by what checks the
// message, not the other way round. Ends with a newline; the same bytes for the same descriptor and words. O(size of
// the descriptors that `type` reaches). `words` become enums.
std::string JsonSchemaOf(const google::protobuf::Descriptor& type, const FieldWords& words = {});

}  // namespace awase::yaml

#endif  // AWASE_YAML_JSON_SCHEMA_H_
