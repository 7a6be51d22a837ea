#include "http/request_parser.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace awase::http {
namespace {

using ::testing::HasSubstr;
using State = RequestParser::State;

constexpr std::size_t kHeaderLimit = 1024;
constexpr std::size_t kBodyLimit = 100;

constexpr absl::string_view kCall = "POST /a/B?x=1 HTTP/1.1\r\nHost: shop\r\nX-Id: 7\r\nContent-Length: 4\r\n\r\nbody";

// The status with which `bytes` are refused; 0 when they are not. Whole and byte by byte come to the same.
int RefusalOf(const std::string& bytes, std::string* text = nullptr) {
  RequestParser whole(kHeaderLimit, kBodyLimit);
  whole.Append(bytes);
  const int status = whole.Parse() == State::kFailed ? whole.failure().status : 0;
  RequestParser piecewise(kHeaderLimit, kBodyLimit);
  State state = State::kEmpty;
  for (std::size_t i = 0; i < bytes.size() && state != State::kFailed && state != State::kComplete; ++i) {
    piecewise.Append(absl::string_view(bytes).substr(i, 1));
    state = piecewise.Parse();
  }
  EXPECT_EQ(state == State::kFailed ? piecewise.failure().status : 0, status) << bytes;
  if (text != nullptr) *text = whole.failure().body;
  return status;
}

TEST(RequestParser, ReadsARequest) {
  RequestParser parser(kHeaderLimit, kBodyLimit);
  parser.Append(kCall);
  ASSERT_EQ(parser.Parse(), State::kComplete);
  const ParsedRequest parsed = parser.Take();
  EXPECT_EQ(parsed.request.method, "POST");
  EXPECT_EQ(parsed.request.path, "/a/B");
  EXPECT_EQ(parsed.request.query, "x=1");
  EXPECT_EQ(parsed.request.body, "body");
  ASSERT_NE(parsed.request.FindHeader("x-id"), nullptr);
  EXPECT_EQ(*parsed.request.FindHeader("x-id"), "7");
  EXPECT_TRUE(parsed.keep_alive);
  EXPECT_FALSE(parsed.is_head);
}

TEST(RequestParser, SaysHowFarItIs) {
  RequestParser parser(kHeaderLimit, kBodyLimit);
  EXPECT_EQ(parser.Parse(), State::kEmpty);
  for (std::size_t i = 0; i < kCall.size(); ++i) {
    parser.Append(kCall.substr(i, 1));
    const State state = parser.Parse();
    const bool has_header = absl::EndsWith(kCall.substr(0, i + 1), "\r\n\r\n") || i > kCall.find("\r\n\r\n") + 3;
    const State expected = i + 1 == kCall.size() ? State::kComplete : has_header ? State::kBody : State::kHeader;
    EXPECT_EQ(state, expected) << i;
  }
}

TEST(RequestParser, PipelinedRequestsComeOneAfterTheOther) {
  RequestParser parser(kHeaderLimit, kBodyLimit);
  parser.Append(absl::StrCat(kCall, "\r\n", kCall, "GET /next HTTP/1.1\r\nHo"));
  for (int i = 0; i < 2; ++i) {
    ASSERT_EQ(parser.Parse(), State::kComplete);
    EXPECT_EQ(parser.Take().request.body, "body");
  }
  EXPECT_EQ(parser.Parse(), State::kHeader);
  parser.Append("st: shop\r\n\r\n");
  ASSERT_EQ(parser.Parse(), State::kComplete);
  EXPECT_EQ(parser.Take().request.path, "/next");
  EXPECT_EQ(parser.Parse(), State::kEmpty);
}

TEST(RequestParser, ChunksAreOneBodyAndTrailersAreIgnored) {
  RequestParser parser(kHeaderLimit, kBodyLimit);
  parser.Append(
      "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
      "2;why=not\r\nto\r\n6\r\ngether\r\n0\r\nX-Late: 1\r\n\r\n");
  ASSERT_EQ(parser.Parse(), State::kComplete);
  const ParsedRequest parsed = parser.Take();
  EXPECT_EQ(parsed.request.body, "together");
  EXPECT_EQ(parsed.request.FindHeader("X-Late"), nullptr);
}

TEST(RequestParser, HeadComesAsGet) {
  RequestParser parser(kHeaderLimit, kBodyLimit);
  parser.Append("HEAD /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
  ASSERT_EQ(parser.Parse(), State::kComplete);
  const ParsedRequest parsed = parser.Take();
  EXPECT_TRUE(parsed.is_head);
  EXPECT_EQ(parsed.request.method, "GET");
}

TEST(RequestParser, VersionsDifferInWhetherTheConnectionStays) {
  const auto keeps = [](const std::string& text) {
    RequestParser parser(kHeaderLimit, kBodyLimit);
    parser.Append(text);
    EXPECT_EQ(parser.Parse(), State::kComplete) << text;
    return parser.Take().keep_alive;
  };
  EXPECT_TRUE(keeps("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
  EXPECT_FALSE(keeps("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
  EXPECT_FALSE(keeps("GET / HTTP/1.0\r\n\r\n"));
  EXPECT_TRUE(keeps("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"));
}

TEST(RequestParser, ATargetMayBeAWholeAddress) {
  RequestParser parser(kHeaderLimit, kBodyLimit);
  parser.Append("GET http://shop:8080/a?b HTTP/1.1\r\nHost: a\r\n\r\nGET http://shop HTTP/1.1\r\nHost: a\r\n\r\n");
  ASSERT_EQ(parser.Parse(), State::kComplete);
  const ParsedRequest first = parser.Take();
  EXPECT_EQ(first.request.path, "/a");
  EXPECT_EQ(first.request.query, "b");
  ASSERT_EQ(parser.Parse(), State::kComplete);
  EXPECT_EQ(parser.Take().request.path, "/");
}

TEST(RequestParser, WhoeverExpectsToContinueIsHeardOnce) {
  RequestParser parser(kHeaderLimit, kBodyLimit);
  parser.Append("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  ASSERT_EQ(parser.Parse(), State::kBody);
  EXPECT_TRUE(parser.TakeExpectation());
  EXPECT_FALSE(parser.TakeExpectation());
  parser.Append("ok");
  ASSERT_EQ(parser.Parse(), State::kComplete);
  EXPECT_FALSE(parser.TakeExpectation());
}

TEST(RequestParser, WhoeverSendsTheBodyAtOnceDoesNotWait) {
  RequestParser parser(kHeaderLimit, kBodyLimit);
  parser.Append("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\no");
  ASSERT_EQ(parser.Parse(), State::kBody);
  EXPECT_FALSE(parser.TakeExpectation());
}

TEST(RequestParser, RefusesWhatIsNoRequest) {
  for (const char* bytes :
       {"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 TLS\r\n\r\n", "GET\r\n\r\n", "GET  / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost : a\r\n\r\n", "GET / HTTP/1.1\r\nHo\x01st: a\r\n\r\n", "GET / HTTP/1.1\r\n: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX: a\x7f\r\n\r\n", "GET shop HTTP/1.1\r\nHost: a\r\n\r\n",
        "CONNECT shop:80 HTTP/1.1\r\nHost: a\r\n\r\n"}) {
    EXPECT_EQ(RefusalOf(bytes), 400) << bytes;
  }
}

TEST(RequestParser, RefusesLinesWithoutACarriageReturn) {
  RequestParser parser(kHeaderLimit, kBodyLimit);
  parser.Append("GET / HTTP/1.1\nHost: a\n\n");
  EXPECT_EQ(parser.Parse(), State::kFailed);
}

TEST(RequestParser, ForgivesAnEmptyLineBeforeARequest) {
  EXPECT_EQ(RefusalOf("\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"), 0);
  EXPECT_EQ(RefusalOf("\rGET / HTTP/1.1\r\nHost: a\r\n\r\n"), 400);
}

TEST(RequestParser, RefusesWhatHttp11ForbidsOfHosts) {
  EXPECT_EQ(RefusalOf("GET / HTTP/1.1\r\n\r\n"), 400);
  EXPECT_EQ(RefusalOf("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"), 400);
  EXPECT_EQ(RefusalOf("GET / HTTP/1.0\r\n\r\n"), 0);
}

TEST(RequestParser, RefusesLengthsThatProxiesMayReadInAnotherWay) {
  const std::string post = "POST / HTTP/1.1\r\nHost: a\r\n";
  EXPECT_EQ(RefusalOf(post + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab"), 400);
  EXPECT_EQ(RefusalOf(post + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), 400);
  EXPECT_EQ(RefusalOf(post + "Transfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n0\r\n\r\n"), 400);
  EXPECT_EQ(RefusalOf(post + "Content-Length: -1\r\n\r\n"), 400);
  EXPECT_EQ(RefusalOf(post + "Content-Length: 0x1\r\n\r\n"), 400);
  EXPECT_EQ(RefusalOf(post + "Content-Length: 99999999999999999999999\r\n\r\n"), 400);
  EXPECT_EQ(RefusalOf(post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"), 501);
  EXPECT_EQ(RefusalOf(post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"), 501);
  EXPECT_EQ(RefusalOf("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), 501);
  EXPECT_EQ(RefusalOf(post + "Transfer-Encoding: chunked\r\n\r\nzz\r\nab"), 400);
}

TEST(RequestParser, BodiesAreBounded) {
  const std::string post = "POST / HTTP/1.1\r\nHost: a\r\n";
  std::string text;
  EXPECT_EQ(RefusalOf(post + "Content-Length: 101\r\n\r\n", &text), 413);
  EXPECT_THAT(text, HasSubstr("more than 100 bytes"));
  EXPECT_EQ(RefusalOf(post + "Content-Length: 100\r\n\r\n" + std::string(100, 'x')), 0);
  EXPECT_EQ(RefusalOf(post + "Transfer-Encoding: chunked\r\n\r\n40\r\n" + std::string(64, 'x') + "\r\n40\r\n"), 413);
}

TEST(RequestParser, HeadersAreBounded) {
  std::string text;
  EXPECT_EQ(RefusalOf("GET /" + std::string(2000, 'x') + " HTTP/1.1\r\nHost: a\r\n\r\n", &text), 431);
  EXPECT_THAT(text, HasSubstr("more than 1024 bytes"));
  EXPECT_EQ(RefusalOf("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(2000, 'x') + "\r\n\r\n"), 431);
  std::string many = "GET / HTTP/1.1\r\nHost: a\r\n";
  for (int i = 0; i < 100; ++i) many += "a:\r\n";
  EXPECT_EQ(RefusalOf(many + "\r\n"), 431);
}

TEST(RequestParser, LinesOfChunksAndTrailersAreBounded) {
  const std::string post = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  EXPECT_EQ(RefusalOf(post + "1;" + std::string(3000, 'x')), 431);
  EXPECT_EQ(RefusalOf(post + "0\r\nX: " + std::string(3000, 'x')), 431);
}

TEST(RequestParser, RefusesOtherVersionsAndExpectations) {
  EXPECT_EQ(RefusalOf("GET / HTTP/2.0\r\nHost: a\r\n\r\n"), 505);
  EXPECT_EQ(RefusalOf("GET / HTTP/1.1\r\nHost: a\r\nExpect: more\r\n\r\n"), 417);
}

}  // namespace
}  // namespace awase::http
