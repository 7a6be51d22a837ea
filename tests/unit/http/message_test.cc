#include "awase/http/message.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace awase::http {
namespace {

TEST(Request, HeadersAreFoundInAnyCase) {
  const Request request = {.headers = {{"X-Request-Id", "first"}, {"x-request-id", "second"}}};
  ASSERT_NE(request.FindHeader("x-REQUEST-id"), nullptr);
  EXPECT_EQ(*request.FindHeader("x-REQUEST-id"), "first");
  EXPECT_EQ(request.FindHeader("X-Request"), nullptr);
}

TEST(ErrorResponse, IsJsonWhateverTheMessageHolds) {
  const Response response = ErrorResponse(400, "invalid_argument", "a \"quoted\"\nline and \xff");
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(response.body, "{\"code\":\"invalid_argument\",\"message\":\"a \\\"quoted\\\"\\nline and \xEF\xBF\xBD\"}");
  ASSERT_EQ(response.headers.size(), 1u);
  EXPECT_EQ(response.headers[0].value, "application/json");
}

TEST(TextResponse, IsPlainText) {
  const Response response = TextResponse(503, "draining\n");
  EXPECT_EQ(response.status, 503);
  EXPECT_EQ(response.body, "draining\n");
  EXPECT_EQ(response.headers[0].value, "text/plain; charset=utf-8");
}

}  // namespace
}  // namespace awase::http
