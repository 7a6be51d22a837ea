#include "awase/service/json_text.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "awase/v1/recommendation.pb.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"

namespace awase::service {
namespace {

using ::testing::HasSubstr;

TEST(JsonText, KeepsTheNamesOfTheProtoAndAllFields) {
  v1::RecommendResponse response;
  response.set_model_version("abc");
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string json, ToJsonText(response, JsonLayout::kIndented));
  EXPECT_THAT(json, HasSubstr("\"model_version\": \"abc\""));
  EXPECT_THAT(json, HasSubstr("\"missing_ids\": []"));
  EXPECT_THAT(json, HasSubstr("\"degraded\": false"));
}

TEST(JsonText, IsOneLineWhereNobodyReadsIt) {
  v1::Money money;
  money.set_currency_code("USD");
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string json, ToJsonText(money, JsonLayout::kCompact));
  EXPECT_EQ(json, R"({"currency_code":"USD","minor_units":"0"})");
}

TEST(JsonText, CutsALongValueAtACharacter) {
  v1::Customer customer;
  const absl::Status status =
      FromJsonText(R"({"segments": ")" + std::string(58, 'x') + "\u3042" + std::string(90, 'y') + "\"}", &customer);
  EXPECT_EQ(status.message(), "field segments: \"" + std::string(58, 'x') + "… is not a list: [ … ]");
}

TEST(JsonText, ReadsStrictly) {
  v1::Customer customer;
  AWASE_EXPECT_OK(FromJsonText(R"({"owned_product_ids": ["a"]})", &customer));
  EXPECT_EQ(customer.owned_product_ids(0), "a");
  AWASE_EXPECT_OK(FromJsonText(R"({"ownedProductIds": ["b"], "subscription": {"seats": "3"}})", &customer));
  EXPECT_EQ(customer.owned_product_ids(0), "b");  // as protobuf writes it, too
  EXPECT_EQ(customer.subscription().seats(), 3);
}

TEST(JsonText, RefusesWhatIsThereTwice) {
  const auto refusal = [](const std::string& json) {
    v1::RecommendRequest request;
    const absl::Status status = FromJsonText(json, &request);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << json;
    return std::string(status.message());
  };
  EXPECT_EQ(refusal(R"({"placement": "cart", "placement": "cart"})"), "field placement: it is there twice");
  EXPECT_EQ(refusal(R"({"customer": {"usage": [{"metric": "gb"}, {"metric": "a", "period": "b", "metric": "c"}]}})"),
            "field customer.usage[1].metric: it is there twice");
  EXPECT_EQ(refusal(R"({"customer": {"id": "a"}, "product_ids": ["x", "y"], "customer": {"tier": "b"}})"),
            "field customer: it is there twice");
  EXPECT_EQ(refusal(R"({"evidence_only": true, "evidenceOnly": false})"),
            "field evidenceOnly: it is there as evidence_only as well");
  v1::RecommendRequest request;
  AWASE_EXPECT_OK(FromJsonText(R"({"cart": [{"product_id": "a"}, {"product_id": "a"}]})", &request));
}

TEST(JsonText, TakesNoTypeForAnother) {
  const auto refusal = [](const std::string& json) {
    v1::RecommendRequest request;
    const absl::Status status = FromJsonText(json, &request);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << json;
    return std::string(status.message());
  };
  for (const char* text : {R"("no")", R"("true")", R"("1")", "0"}) {
    EXPECT_EQ(refusal(absl::StrCat(R"({"evidence_only": )", text, "}")),
              absl::StrCat("field evidence_only: ", text, " is not true or false"));
  }
  for (const char* level : {R"("trace")", R"("2")", "77", "2.5", "true"}) {
    EXPECT_EQ(refusal(absl::StrCat(R"({"explanation": )", level, "}")),
              absl::StrCat("field explanation: ", level, " is not one of NONE, REASON, TRACE"));
  }
  EXPECT_EQ(refusal(R"({"at_time": {"seconds": 5}})"),
            "field at_time: {\"seconds\":5} is not a time such as \"2026-07-01T09:00:00Z\"");
  EXPECT_EQ(refusal(R"({"customer": {"usage": [{"quantity": "0x10"}]}})"),
            "field customer.usage[0].quantity: \"0x10\" is not a number");
}

TEST(JsonText, TakesWhatTheMappingOfProtobufAllows) {
  v1::RecommendRequest request;
  AWASE_EXPECT_OK(FromJsonText(
      R"({"explanation": 3, "max_offers": "5", "placement": null, "customer": {"usage": [{"quantity": "1e3"}]}})",
      &request));
  EXPECT_EQ(request.explanation(), v1::RecommendRequest::TRACE);
  EXPECT_EQ(request.max_offers(), 5U);
  EXPECT_EQ(request.customer().usage(0).quantity(), 1000);
}

// In the place of a text, of a message, and of the whole.
TEST(JsonText, RefusesWhatIsNestedTooDeep) {
  constexpr int kLevels = 1'000'000;
  const std::string lists = std::string(kLevels, '[') + std::string(kLevels, ']');
  std::string objects;
  for (int i = 0; i < kLevels; ++i) objects += R"({"subscription":)";
  objects += "0" + std::string(kLevels, '}');
  for (const std::string& json : {R"({"id": )" + lists + "}", R"({"usage": )" + lists + "}", lists, objects,
                                  R"({"nobody_knows_it": )" + lists + "}"}) {
    v1::Customer customer;
    const absl::Status status = FromJsonText(json, &customer);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_EQ(status.message(), "lists and objects in each other: want at most 32 levels");
  }
  v1::Customer customer;
  const std::string deepest = std::string(31, '[') + std::string(31, ']');
  EXPECT_THAT(FromJsonText(R"({"id": )" + deepest + "}", &customer).message(), HasSubstr("is not a text in quotes"));
}

TEST(JsonText, NamesTheFieldThatIsWrong) {
  const auto refusal = [](const std::string& json) {
    v1::Customer customer;
    const absl::Status status = FromJsonText(json, &customer);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << json;
    return std::string(status.message());
  };
  EXPECT_EQ(refusal(R"({"owned": ["a"]})"),
            "field owned: there is no such field; known are owned_product_ids, usage, subscription, id, "
            "segments, tier, nps, health, interests, milestones, birthday, exposures");
  EXPECT_EQ(refusal(R"({"usage": [{"metric": "gb"}, {"quantty": 3}]})"),
            "field usage[1].quantty: there is no such field; did you mean quantity?");
  EXPECT_EQ(refusal(R"({"usage": [{"metric": "gb", "quantity": "much", "period": "a"}]})"),
            "field usage[0].quantity: \"much\" is not a number");
  EXPECT_EQ(refusal(R"({"usage": {"metric": "gb"}})"), "field usage: {\"metric\":\"gb\"} is not a list: [ … ]");
  EXPECT_EQ(refusal(R"({"usage": [3]})"), "field usage[0]: 3 is not an object: { … }");
  EXPECT_EQ(refusal(R"({"subscription": {"product_id": 5}})"),
            "field subscription.product_id: 5 is not a text in quotes");
  EXPECT_EQ(refusal(R"({"subscription": {"seats": "many"}})"),
            "field subscription.seats: \"many\" is not a whole number");
  EXPECT_EQ(refusal(R"({"subscription": {"changed_at": "yesterday"}})"),
            "field subscription.changed_at: \"yesterday\" is not a time such as \"2026-07-01T09:00:00Z\"");
  EXPECT_EQ(refusal(R"({"subscription": {"changedAt": "yesterday"}})"),
            "field subscription.changedAt: \"yesterday\" is not a time such as \"2026-07-01T09:00:00Z\"");
  EXPECT_EQ(refusal(R"({"subscription": []})"), "field subscription: [] is not an object: { … }");
  EXPECT_EQ(refusal(R"({"owned_product_ids": "a"})"), "field owned_product_ids: \"a\" is not a list: [ … ]");
  EXPECT_EQ(refusal(R"({"owned_product_ids": ["a", null]})"),
            "field owned_product_ids[1]: null is not a text in quotes");
  EXPECT_EQ(refusal(R"({"exposures": [{"event": "SEEN"}]})"),
            "field exposures[0].event: \"SEEN\" is not one of SHOWN, DISMISSED, BOUGHT");
  EXPECT_EQ(refusal("[]"), "want one JSON object: {…}");
  EXPECT_EQ(refusal(R"({"usage": [{"quantity": 1e999}]})"), "no JSON: number overflow parsing '1e999'");
  EXPECT_THAT(refusal("{\n  \"usage\": }"), HasSubstr("no JSON: line 2, column 12: "));
  EXPECT_THAT(refusal(""), HasSubstr("no JSON: line 1"));
}

}  // namespace
}  // namespace awase::service
