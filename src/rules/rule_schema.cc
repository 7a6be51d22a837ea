#include "awase/rules/rule_schema.h"

#include <cstddef>
#include <string>
#include <vector>

#include "awase/rules/rule_set.h"
#include "awase/yaml/json_schema.h"
#include "awase/yaml/proto_comments.h"
#include "rules/internal/action_check.h"
#include "rules/internal/condition_scalars.h"

// What protoc made of rule_set.proto and its imports, with comments: a FileDescriptorSet (src/rules/CMakeLists.txt).
extern "C" const char awase_embedded_rule_descriptors[];
extern "C" const char awase_embedded_rule_descriptors_end[];

namespace awase::rules {
namespace {

template <typename Words>
std::vector<std::string> ToVector(const Words& words) {
  return {words.begin(), words.end()};
}

// What validation refuses any other word of.
yaml::FieldWords ClosedWords() {
  const std::vector<std::string> slots = ToVector(rules_internal::SlotNames());
  const std::vector<std::string> intents = ToVector(kIntentNames);
  return {{"awase.v1.PinAction.slot", slots},
          {"awase.v1.RequireAction.slots", slots},
          {"awase.v1.PriceBandAction.slots", slots},
          {"awase.v1.QuotaAction.slot", {rules_internal::kQuotaSlot}},
          {"awase.v1.CapAction.slots", ToVector(rules_internal::CappedRows())},
          {"awase.v1.CapAction.intents", intents},
          {"awase.v1.CapAction.after", {rules_internal::kAfterDismissed, rules_internal::kAfterBought}},
          {"awase.v1.GateAction.intents", intents},
          {"awase.v1.StopAction.actions", ToVector(kActionNames)},
          {"awase.v1.Hours.days", ToVector(rules_internal::DayNames())},
          {"awase.v1.PriceRounding.direction", ToVector(rules_internal::RoundingDirections())}};
}

}  // namespace

std::string RuleFileSchema() {
  const auto pool =
      yaml::PoolOf({awase_embedded_rule_descriptors,
                    static_cast<std::size_t>(awase_embedded_rule_descriptors_end - awase_embedded_rule_descriptors)});
  return yaml::JsonSchemaOf(*pool->FindMessageTypeByName("awase.v1.RuleSet"), ClosedWords());
}

}  // namespace awase::rules
