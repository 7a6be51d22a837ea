#include "awase/yaml/json_schema.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "sample.pb.h"

namespace awase::yaml {
namespace {

using nlohmann::json;
using ::testing::SizeIs;

json Schema() { return json::parse(JsonSchemaOf(*yaml_test::Sample::descriptor())); }
json PropertyOf(const char* name) { return Schema().at("properties").at(name); }

TEST(JsonSchema, KnowsEveryKeyAndNoOther) {
  const json schema = Schema();
  EXPECT_EQ(schema.at("properties").size(), static_cast<std::size_t>(yaml_test::Sample::descriptor()->field_count()));
  EXPECT_EQ(schema.at("additionalProperties"), false);
}

TEST(JsonSchema, SaysHowValuesAreWritten) {
  EXPECT_EQ(PropertyOf("flag"), R"({"type": "boolean"})"_json);
  EXPECT_EQ(PropertyOf("count"), R"({"type": "integer", "minimum": 0, "maximum": 4294967295})"_json);
  EXPECT_EQ(PropertyOf("name"), R"({"type": ["string", "number", "boolean"]})"_json);
  EXPECT_EQ(PropertyOf("colour"), R"({"enum": ["COLOUR_UNSPECIFIED", "RED", "GREEN"]})"_json);
  EXPECT_EQ(PropertyOf("numbers").at("items").at("type"), "integer");
  EXPECT_EQ(PropertyOf("limits").at("additionalProperties").at("type"), "integer");
  EXPECT_EQ(PropertyOf("price").at("type"), "string");
  EXPECT_EQ(PropertyOf("prices").at("items").at("type"), "string");
  EXPECT_EQ(PropertyOf("at").at("type"), "string");
}

TEST(JsonSchema, HasTheWordsOfClosedSetsAsEnums) {
  const json schema =
      json::parse(JsonSchemaOf(*yaml_test::Sample::descriptor(), {{"awase.yaml_test.Sample.name", {"a", "b"}}}));
  EXPECT_EQ(schema.at("properties").at("name"), R"({"enum": ["a", "b"]})"_json);
}

TEST(JsonSchema, WritesListsInMapsAsTheDecoderTakesThem) {
  EXPECT_EQ(PropertyOf("words_by_name").at("additionalProperties").at("type"), "array");
}

TEST(JsonSchema, DefinesWhatIsReachedOnceAndRefersToIt) {
  const json schema = Schema();
  EXPECT_EQ(PropertyOf("child"), R"({"$ref": "#/definitions/awase.yaml_test.Sample"})"_json);
  EXPECT_THAT(schema.at("definitions"), SizeIs(1));
}

TEST(JsonSchema, MembersOfAOneofExcludeEachOtherAndOptionalFieldsDoNot) {
  const json choices = Schema().at("allOf");
  ASSERT_THAT(choices, SizeIs(1));
  EXPECT_EQ(choices.at(0).at("oneOf").at(0), R"({"required": ["left"]})"_json);
  EXPECT_EQ(choices.at(0).at("oneOf").at(1), R"({"required": ["right"]})"_json);
  EXPECT_THAT(choices.at(0).at("oneOf"), SizeIs(3));  // neither of them
}

}  // namespace
}  // namespace awase::yaml
