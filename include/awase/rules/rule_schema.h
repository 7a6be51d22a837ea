#ifndef AWASE_RULES_RULE_SCHEMA_H_
#define AWASE_RULES_RULE_SCHEMA_H_

#include <string>

namespace awase::rules {

// The JSON Schema of a rule file (yaml::JsonSchemaOf), for editors: keys are completed, explained and checked while
// rules are written. It follows from proto/awase/v1/rule_set.proto and its comments, so that it cannot lag behind the
// decoder. Always the same bytes.
std::string RuleFileSchema();

}  // namespace awase::rules

#endif  // AWASE_RULES_RULE_SCHEMA_H_
