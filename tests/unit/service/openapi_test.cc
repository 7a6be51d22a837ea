#include "service/openapi.h"

#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "gmock/gmock.h"
#include "nlohmann/json.hpp"

namespace awase::service {
namespace {

using ::nlohmann::json;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

const std::vector<std::string> kServices = {"awase.v1.RecommendationService", "awase.v1.RuleService"};

json Description() {
  return json::parse(OpenApiDescription(
      kServices, [](absl::string_view method) { return !absl::EndsWith(method, "/BatchRecommend"); }));
}

// All values of `key` anywhere in the tree.
void Collect(const json& tree, const std::string& key, std::set<std::string>& found) {
  if (tree.is_object() && tree.contains(key) && tree[key].is_string()) found.insert(tree[key].get<std::string>());
  if (!tree.is_structured()) return;
  for (const json& child : tree) Collect(child, key, found);
}

TEST(OpenApi, HasAPathForEveryMethodThatIsServedAndNoOther) {
  const json paths = Description()["paths"];
  EXPECT_TRUE(paths.contains("/awase.v1.RecommendationService/Recommend"));
  EXPECT_TRUE(paths.contains("/awase.v1.RuleService/Rollback"));
  EXPECT_FALSE(paths.contains("/awase.v1.RecommendationService/BatchRecommend"));
  for (const auto& [path, operations] : paths.items()) {
    EXPECT_THAT(path, StartsWith("/awase.v1.R"));
    EXPECT_TRUE(operations["post"]["responses"].contains("default")) << path;
    EXPECT_THAT(operations["post"].value("description", ""), ::testing::Not(IsEmpty())) << path;
  }
}

TEST(OpenApi, EveryReferenceLeadsSomewhere) {
  const json description = Description();
  std::set<std::string> references;
  Collect(description, "$ref", references);
  EXPECT_THAT(references, Contains("#/components/schemas/awase.v1.RecommendRequest"));
  for (const std::string& reference : references) {
    EXPECT_NO_THROW(description.at(json::json_pointer(reference.substr(1)))) << reference;
  }
}

TEST(OpenApi, DescribesMessagesAsProtobufWritesThemInJson) {
  const json schemas = Description()["components"]["schemas"];
  const json& request = schemas["awase.v1.RecommendRequest"]["properties"];
  EXPECT_EQ(request["product_ids"]["type"], "array");
  EXPECT_EQ(request["at_time"]["format"], "date-time");
  EXPECT_THAT(request["explanation"]["enum"], Contains("TRACE"));
  EXPECT_EQ(request["customer"]["$ref"], "#/components/schemas/awase.v1.Customer");
  EXPECT_EQ(schemas["awase.v1.Money"]["properties"]["minor_units"]["type"], json({"string", "integer"}));
  EXPECT_THAT(request["placement"]["description"].get<std::string>(), HasSubstr("product_page"));
  EXPECT_FALSE(schemas.contains("google.protobuf.Timestamp"));
}

TEST(OpenApi, SaysHowCallsFail) {
  const json error = Description()["components"]["schemas"]["Error"];
  const json codes = error["properties"]["code"]["enum"];
  EXPECT_EQ(codes.size(), 16u) << "as many as gRPC has";
  EXPECT_THAT(codes, Contains("invalid_argument"));
  EXPECT_THAT(codes, Contains("unimplemented"));
  EXPECT_THAT(codes, Contains("unauthenticated"));
  EXPECT_THAT(codes, ::testing::Not(Contains("ok")));
}

}  // namespace
}  // namespace awase::service
