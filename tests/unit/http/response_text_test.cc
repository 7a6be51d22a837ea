#include "http/response_text.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "http/gzip.h"
#include "tests/testing/status_matchers.h"

namespace awase::http {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

const absl::Time kNow = absl::FromUnixSeconds(784'111'777);  // the example of RFC 9110, 5.6.7

TEST(ResponseText, IsAnAnswerOfHttp11) {
  EXPECT_EQ(ResponseText(TextResponse(200, "ok\n"), {.keep_alive = true}, kNow),
            "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nContent-Type: text/plain; charset=utf-8\r\n"
            "Content-Length: 3\r\nConnection: keep-alive\r\n\r\nok\n");
}

TEST(ResponseText, OfHeadHasNoBodyButItsLength) {
  const std::string text = ResponseText(TextResponse(200, "ok\n"), {.is_head = true}, kNow);
  EXPECT_THAT(text, HasSubstr("Content-Length: 3\r\nConnection: close\r\n"));
  EXPECT_THAT(text, EndsWith("\r\n\r\n"));
}

TEST(ResponseText, WithoutContentHasNoLength) {
  EXPECT_THAT(ResponseText({.status = 204}, {}, kNow), Not(HasSubstr("Content-Length")));
}

TEST(ResponseText, AHeaderCannotEndTheHeaders) {
  const Response response = {.headers = {{"X-Request-Id", "a\r\nSet-Cookie: b"}}};
  EXPECT_THAT(ResponseText(response, {}, kNow), HasSubstr("X-Request-Id: a  Set-Cookie: b\r\n"));
}

TEST(ResponseText, LongBodiesAreCompressedForThoseWhoTakeIt) {
  const std::string body(5000, 'a');
  const std::string plain = ResponseText(TextResponse(200, body), {}, kNow);
  EXPECT_THAT(plain, EndsWith("\r\n\r\n" + body));
  EXPECT_THAT(plain, HasSubstr("Vary: Accept-Encoding\r\n"));
  const std::string zipped = ResponseText(TextResponse(200, body), {.accepts_gzip = true}, kNow);
  EXPECT_THAT(zipped, HasSubstr("Content-Encoding: gzip\r\n"));
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string back, Gunzip(zipped.substr(zipped.find("\r\n\r\n") + 4), body.size()));
  EXPECT_EQ(back, body);
}

TEST(ResponseText, ShortBodiesAreNotCompressed) {
  EXPECT_THAT(ResponseText(TextResponse(200, std::string(1024, 'a')), {.accepts_gzip = true}, kNow),
              Not(HasSubstr("Content-Encoding")));
}

}  // namespace
}  // namespace awase::http
