#include "apps/awase/json_text.h"

#include "awase/v1/recommendation.pb.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"

namespace awase::apps {
namespace {

using ::testing::HasSubstr;

TEST(JsonText, KeepsTheNamesOfTheProtoAndAllFields) {
  v1::RecommendResponse response;
  response.set_model_version("abc");
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string json, ToJsonText(response));
  EXPECT_THAT(json, HasSubstr("\"model_version\": \"abc\""));
  EXPECT_THAT(json, HasSubstr("\"missing_ids\": []"));
  EXPECT_THAT(json, HasSubstr("\"degraded\": false"));
}

TEST(JsonText, ReadsStrictly) {
  v1::Customer customer;
  AWASE_EXPECT_OK(FromJsonText(R"({"owned_product_ids": ["a"]})", &customer));
  EXPECT_EQ(customer.owned_product_ids(0), "a");
  EXPECT_THAT(FromJsonText(R"({"owned": ["a"]})", &customer),
              testing::StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("owned")));
}

}  // namespace
}  // namespace awase::apps
