// Peers that send what they should not, too slowly, too much or too often; and those that say nothing at all.

#include <deque>
#include <thread>

#include "absl/strings/str_cat.h"
#include "awase/http/server.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "http/gzip.h"
#include "tests/testing/loopback.h"
#include "tests/testing/status_matchers.h"

namespace awase::http {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using testing::Loopback;
using ::testing::StartsWith;

constexpr absl::Duration kShort = absl::Milliseconds(20);
constexpr absl::string_view kGet = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

void Ok(const Request&, const Responder& respond) { respond(TextResponse(200, "ok.")); }

std::unique_ptr<Server> Start(Server::Options options, Handler handler = Ok) {
  options.address = "127.0.0.1:0";
  absl::StatusOr<std::unique_ptr<Server>> server = Server::Create(options, std::move(handler));
  EXPECT_TRUE(server.ok()) << server.status();
  return server.ok() ? *std::move(server) : nullptr;
}

TEST(HttpServerLimits, AnswersWhatIsNoHttpAndCloses) {
  const auto server = Start({});
  for (const char* bytes : {"\x16\x03\x01\x02 hello\r\n\r\n", "hello\r\n\r\n", "GET / HTTP/1.1\r\nno header\r\n\r\n"}) {
    Loopback connection(server->port());
    ASSERT_TRUE(connection.Send(bytes));
    const std::string answer = connection.ReadAll();
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 400 Bad Request\r\n")) << bytes;
    EXPECT_THAT(answer, HasSubstr("Connection: close\r\n"));
    EXPECT_THAT(answer, HasSubstr("\"code\":\"invalid_argument\""));
  }
}

TEST(HttpServerLimits, WhoeverSendsTooMuchStillReadsTheRefusal) {
  const auto server = Start({.max_body_bytes = 1000});
  Loopback connection(server->port());
  ASSERT_TRUE(connection.Send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3000000\r\n\r\n"));
  EXPECT_TRUE(connection.Send(std::string(3'000'000, 'x')));
  EXPECT_THAT(connection.ReadAll(), StartsWith("HTTP/1.1 413 "));
}

TEST(HttpServerLimits, HeadersAreBounded) {
  const auto server = Start({.max_header_bytes = 1000});
  Loopback connection(server->port());
  ASSERT_TRUE(connection.Send("GET /" + std::string(20'000, 'x')));
  EXPECT_THAT(connection.ReadAll(), StartsWith("HTTP/1.1 431 "));
}

TEST(HttpServerLimits, ABodyMayNotGrowBeyondTheLimitWhenItIsDecompressed) {
  const auto server = Start({.max_body_bytes = 1000});
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string bomb, Gzip(std::string(100'000, 'x')));
  ASSERT_LT(bomb.size(), 1000u);
  Loopback connection(server->port());
  ASSERT_TRUE(connection.Send(absl::StrCat("POST / HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\nContent-Length: ",
                                           bomb.size(), "\r\nConnection: close\r\n\r\n", bomb)));
  EXPECT_THAT(connection.ReadAll(), StartsWith("HTTP/1.1 413 "));
}

TEST(HttpServerLimits, SlowHeadersAndBodiesAreGivenUp) {
  const auto server = Start({.header_timeout = kShort, .body_timeout = kShort});
  Loopback slow_header(server->port());
  ASSERT_TRUE(slow_header.Send("GET / HTTP/1.1\r\nHo"));
  EXPECT_THAT(slow_header.ReadAll(), StartsWith("HTTP/1.1 408 Request Timeout\r\n"));
  Loopback slow_body(server->port());
  ASSERT_TRUE(slow_body.Send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbo"));
  EXPECT_THAT(slow_body.ReadAll(), StartsWith("HTTP/1.1 408 Request Timeout\r\n"));
}

TEST(HttpServerLimits, ASenderOfSingleBytesGetsNoMoreTimeForEach) {
  const auto server = Start({.header_timeout = kShort, .linger_timeout = kShort});
  Loopback connection(server->port());
  // Ends when the server has closed: sending fails then, at the latest after the kernel has seen it once.
  while (connection.Send("x")) {
  }
  EXPECT_FALSE(connection.Send("x"));
}

TEST(HttpServerLimits, IdleConnectionsAreClosedWithoutAWord) {
  const auto server = Start({.idle_timeout = kShort});
  Loopback never(server->port());
  EXPECT_EQ(never.ReadAll(), "");
  Loopback once(server->port());
  ASSERT_TRUE(once.Send(kGet));
  EXPECT_THAT(once.ReadAll(), EndsWith("\r\n\r\nok."));
}

TEST(HttpServerLimits, WhoeverDoesNotReadIsGivenUp) {
  const auto server = Start({.write_timeout = kShort}, [](const Request&, const Responder& respond) {
    respond(TextResponse(200, std::string(16'000'000, 'x')));  // more than the kernel keeps
  });
  Loopback connection(server->port());
  ASSERT_TRUE(connection.Send(kGet));
  while (server->connections() == 0) std::this_thread::yield();
  while (server->connections() > 0) std::this_thread::yield();
  EXPECT_EQ(server->connections(), 0u);
}

TEST(HttpServerLimits, WhoeverStaysAfterTheLastAnswerIsGivenUp) {
  const auto server = Start({.linger_timeout = kShort});
  Loopback connection(server->port());
  ASSERT_TRUE(connection.Send("GET / HTTP/1.0\r\n\r\n"));
  EXPECT_THAT(connection.ReadAll(), EndsWith("ok."));  // the server has ended its half
  while (server->connections() > 0) std::this_thread::yield();
  EXPECT_EQ(server->connections(), 0u);
}

TEST(HttpServerLimits, BeyondTheLimitTheLongestIdleConnectionMakesRoom) {
  const auto server = Start({.max_connections = 2});
  Loopback first(server->port());
  Loopback second(server->port());
  for (Loopback* connection : {&first, &second, &first}) {
    ASSERT_TRUE(connection->Send(kGet));
    EXPECT_THAT(connection->ReadUntil("ok."), StartsWith("HTTP/1.1 200 "));
  }
  Loopback third(server->port());
  ASSERT_TRUE(third.Send(kGet));
  EXPECT_THAT(third.ReadUntil("ok."), StartsWith("HTTP/1.1 200 "));
  EXPECT_EQ(second.ReadAll(), "");
  ASSERT_TRUE(first.Send(kGet));
  EXPECT_THAT(first.ReadUntil("ok."), StartsWith("HTTP/1.1 200 "));
}

TEST(HttpServerLimits, BeyondTheLimitConnectionsAreRefusedWhereNoneIsIdle) {
  const auto server = Start({.max_connections = 1});
  Loopback first(server->port());
  ASSERT_TRUE(first.Send(absl::StrCat(kGet, "GET / HT")));
  EXPECT_THAT(first.ReadUntil("ok."), StartsWith("HTTP/1.1 200 "));
  Loopback second(server->port());
  EXPECT_THAT(second.ReadAll(), StartsWith("HTTP/1.1 503 Service Unavailable\r\n"));
  ASSERT_TRUE(first.Send("TP/1.1\r\nHost: a\r\n\r\n"));
  EXPECT_THAT(first.ReadUntil("ok."), StartsWith("HTTP/1.1 200 "));
}

TEST(HttpServerLimits, IdleConnectionsThatComeAndGoLeaveNothingBehind) {
  const auto server = Start({.max_connections = 4});
  for (int i = 0; i < 300; ++i) {
    Loopback idle(server->port());
    Loopback connection(server->port());
    ASSERT_TRUE(connection.Send(kGet));
    ASSERT_THAT(connection.ReadUntil("ok."), StartsWith("HTTP/1.1 200 ")) << i;
  }
  while (server->connections() > 0) std::this_thread::yield();
}

TEST(HttpServerLimits, ManyIdleConnectionsKeepNobodyOut) {
  const auto server = Start({});
  std::deque<Loopback> idle;
  for (int i = 0; i < 600; ++i) {
    idle.emplace_back(server->port());
    ASSERT_TRUE(idle.back().is_connected()) << i;
    ASSERT_TRUE(idle.back().Send(i % 4 == 0 ? "GET / HT" : ""));
  }
  Loopback connection(server->port());
  for (int i = 0; i < 10; ++i) {
    ASSERT_TRUE(connection.Send(kGet));
    EXPECT_THAT(connection.ReadUntil("ok."), StartsWith("HTTP/1.1 200 "));
  }
}

}  // namespace
}  // namespace awase::http
