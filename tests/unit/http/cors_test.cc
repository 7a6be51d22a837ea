#include "http/cors.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace awase::http {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;

const std::vector<std::string> kShop = {"https://shop.example", "http://localhost:3000"};

Request Preflight(const std::string& origin) {
  return {
      .method = "OPTIONS", .path = "/x", .headers = {{"Origin", origin}, {"Access-Control-Request-Method", "POST"}}};
}

std::vector<std::string> HeadersFor(const std::string& origin, const std::vector<std::string>& allowed) {
  Response response;
  AddCorsHeaders(origin, allowed, &response);
  std::vector<std::string> headers;
  for (const Header& header : response.headers) headers.push_back(header.name + ": " + header.value);
  return headers;
}

TEST(Cors, OnlyAQuestionWithAnOriginIsAPreflight) {
  EXPECT_TRUE(IsPreflight(Preflight("https://shop.example")));
  EXPECT_FALSE(IsPreflight({.method = "OPTIONS", .path = "/x"}));
  EXPECT_FALSE(IsPreflight({.method = "OPTIONS", .path = "/x", .headers = {{"Origin", "https://shop.example"}}}));
  Request call = Preflight("https://shop.example");
  call.method = "POST";
  EXPECT_FALSE(IsPreflight(call));
}

TEST(Cors, AnAllowedOriginMayCall) {
  const Response response = PreflightResponse(Preflight("https://shop.example"), kShop);
  EXPECT_EQ(response.status, 204);
  EXPECT_THAT(response.headers, ::testing::Contains(Field(&Header::value, "GET, POST")));
  EXPECT_THAT(HeadersFor("http://localhost:3000", kShop),
              ElementsAre("Vary: Origin", "Access-Control-Allow-Origin: http://localhost:3000",
                          "Access-Control-Expose-Headers: X-Request-Id"));
}

TEST(Cors, AnotherOriginMayNot) {
  EXPECT_THAT(PreflightResponse(Preflight("https://shop.example.evil"), kShop).headers, IsEmpty());
  EXPECT_THAT(HeadersFor("https://evil.example", kShop), ElementsAre("Vary: Origin"));
  EXPECT_THAT(HeadersFor("", kShop), ElementsAre("Vary: Origin"));
  EXPECT_THAT(HeadersFor("https://shop.example", {}), IsEmpty());
}

TEST(Cors, AStarAllowsAll) {
  EXPECT_THAT(HeadersFor("https://any.example", {"*"}),
              ::testing::Contains("Access-Control-Allow-Origin: https://any.example"));
}

}  // namespace
}  // namespace awase::http
