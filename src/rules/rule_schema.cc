#include "awase/rules/rule_schema.h"

#include <cstddef>

#include "awase/yaml/json_schema.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/descriptor.pb.h"

// What protoc made of rule_set.proto and its imports, with comments: a FileDescriptorSet (src/rules/CMakeLists.txt).
extern "C" const char awase_embedded_rule_descriptors[];
extern "C" const char awase_embedded_rule_descriptors_end[];

namespace awase::rules {

std::string RuleFileSchema() {
  google::protobuf::FileDescriptorSet files;
  files.ParseFromArray(awase_embedded_rule_descriptors,
                       static_cast<int>(awase_embedded_rule_descriptors_end - awase_embedded_rule_descriptors));
  google::protobuf::DescriptorPool pool;
  for (const google::protobuf::FileDescriptorProto& file : files.file()) pool.BuildFile(file);
  return yaml::JsonSchemaOf(*pool.FindMessageTypeByName("awase.v1.RuleSet"));
}

}  // namespace awase::rules
