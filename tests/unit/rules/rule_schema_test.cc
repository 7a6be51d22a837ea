#include "awase/rules/rule_schema.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "awase/rules/load_rules.h"
#include "awase/rules/rule_set.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"

namespace awase::rules {
namespace {

using nlohmann::json;
using ::testing::Contains;
using ::testing::HasSubstr;

json Schema() { return json::parse(RuleFileSchema()); }

TEST(RuleSchema, IsTheSameEveryTime) { EXPECT_EQ(RuleFileSchema(), RuleFileSchema()); }

TEST(RuleSchema, ExplainsEveryKeyOfARule) {
  const json rule = Schema().at("definitions").at("awase.v1.Rule");
  EXPECT_EQ(rule.at("properties").at("id").at("description").get<std::string>().rfind("Required. Unique", 0), 0U);
  EXPECT_FALSE(rule.at("additionalProperties").get<bool>());
  for (const auto& [key, schema] : rule.at("properties").items()) {
    const bool is_action = schema.contains("$ref");  // what an action does stands with its message
    EXPECT_TRUE(is_action || schema.contains("description")) << key;
  }
}

TEST(RuleSchema, WantsExactlyOneActionOfThoseThatThereAre) {
  const json rule = Schema().at("definitions").at("awase.v1.Rule");
  std::vector<std::string> actions;
  for (const json& choice : rule.at("allOf").at(0).at("oneOf")) {
    actions.push_back(choice.at("required").at(0).get<std::string>());
    EXPECT_TRUE(rule.at("properties").contains(actions.back()));
  }
  EXPECT_THAT(actions, Contains("bundle"));
  EXPECT_THAT(actions, Contains("hide"));
}

// A key that the schema asks for, the loader asks for as well: a rule that has all but one of them is refused.
TEST(RuleSchema, RequiresOnlyWhatTheLoaderRequires) {
  const json definitions = Schema().at("definitions");
  const json rule = definitions.at("awase.v1.Rule");
  int count = 0;
  for (const auto& [action, schema] : rule.at("properties").items()) {
    if (!schema.contains("$ref")) continue;
    const std::string type = schema.at("$ref").get<std::string>().substr(std::string("#/definitions/").size());
    if (!definitions.at(type).contains("required")) continue;
    for (const json& key : definitions.at(type).at("required")) {
      ++count;
      // The value is not looked at: without this key the action is incomplete, whatever else it has.
      const LoadResult result =
          LoadRules({{RuleFile{"r.yaml", absl::StrCat("rules:\n- id: a\n  ", action, ": {}\n")}}}, nullptr);
      std::vector<std::string> messages;
      for (const Diagnostic& diagnostic : result.diagnostics) messages.push_back(diagnostic.ToString());
      EXPECT_THAT(absl::StrJoin(messages, "\n"), HasSubstr(key.get<std::string>())) << action;
    }
  }
  EXPECT_GE(count, 5);
}

// The words at a key of a message, or of the elements of its list.
json WordsOf(const json& definitions, const std::string& message, const std::string& key) {
  const json& property = definitions.at("awase.v1." + message).at("properties").at(key);
  return (property.contains("items") ? property.at("items") : property).at("enum");
}

TEST(RuleSchema, HasEnumsOfClosedSetsOfWords) {
  const json definitions = Schema().at("definitions");
  EXPECT_EQ(WordsOf(definitions, "PinAction", "slot"), json({"bundle", "also_bought", "lower", "higher"}));
  EXPECT_EQ(WordsOf(definitions, "PriceBandAction", "slots").size(), 4U);
  EXPECT_EQ(WordsOf(definitions, "RequireAction", "slots").size(), 4U);
  EXPECT_EQ(WordsOf(definitions, "QuotaAction", "slot"), json({"also_bought"}));
  EXPECT_EQ(WordsOf(definitions, "CapAction", "slots"), json({"also_bought", "lower", "higher"}));
  EXPECT_EQ(WordsOf(definitions, "CapAction", "after"), json({"dismissed", "bought"}));
  EXPECT_EQ(WordsOf(definitions, "CapAction", "intents"), WordsOf(definitions, "GateAction", "intents"));
  EXPECT_EQ(WordsOf(definitions, "StopAction", "actions").size(), kActionNames.size());
  EXPECT_EQ(WordsOf(definitions, "Hours", "days").size(), 7U);
  EXPECT_EQ(WordsOf(definitions, "PriceRounding", "direction"), json({"down", "nearest"}));
}

TEST(RuleSchema, LeavesOpenWhatShopsName) {
  const json rule = Schema().at("definitions").at("awase.v1.Rule").at("properties");
  EXPECT_FALSE(rule.at("placements").at("items").contains("enum"));
}

}  // namespace
}  // namespace awase::rules
