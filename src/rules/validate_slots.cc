#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "awase/yaml/nearest_word.h"
#include "rules/internal/action_check.h"

namespace awase::rules_internal {

absl::Span<const std::string> SlotNames() {
  static const auto& slots = *new std::vector<std::string>{"bundle", "also_bought", "lower", "higher"};
  return slots;
}

std::string SlotProblem(const std::string& name) {
  const absl::Span<const std::string> slots = SlotNames();
  if (std::find(slots.begin(), slots.end(), name) != slots.end()) return "";
  return yaml::UnknownWord("slot", name, slots);
}

void CheckSlots(const ActionCheck& check, absl::string_view below, const ProtoWords& slots) {
  check.conditions().List(below, slots);
  if (!check.rule().IsSound(below)) return;
  for (int i = 0; i < slots.size(); ++i) {
    const std::string problem = slots[i].empty() ? "" : SlotProblem(slots[i]);
    if (!problem.empty()) check.Error(absl::StrCat(below, "[", i, "]"), problem);
  }
}

}  // namespace awase::rules_internal
