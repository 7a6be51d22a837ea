// Requests over real connections of this machine.

#include "awase/http/server.h"

#include <optional>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "awase/base/mutex.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "http/gzip.h"
#include "tests/testing/loopback.h"
#include "tests/testing/no_threads.h"
#include "tests/testing/status_matchers.h"

namespace awase::http {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using testing::Loopback;
using ::testing::Not;
using ::testing::StartsWith;
using testing::StatusIs;

// Says back what it was asked.
void Echo(const Request& request, const Responder& respond) {
  const std::string* id = request.FindHeader("X-Request-Id");
  respond(TextResponse(200, absl::StrCat(request.method, " ", request.path, " ", request.query, " ",
                                         id == nullptr ? "" : *id, " ", request.body, ".")));
}

std::unique_ptr<Server> Start(Handler handler = Echo, Server::Options options = {}) {
  options.address = "127.0.0.1:0";
  absl::StatusOr<std::unique_ptr<Server>> server = Server::Create(options, std::move(handler));
  EXPECT_TRUE(server.ok()) << server.status();
  return server.ok() ? *std::move(server) : nullptr;
}

// What the server says to `bytes` until it closes.
std::string Exchange(const Server& server, absl::string_view bytes) {
  Loopback connection(server.port());
  EXPECT_TRUE(connection.Send(bytes));
  connection.EndSending();
  return connection.ReadAll();
}

TEST(HttpServer, AnswersARequestWithAllThatItHad) {
  const auto server = Start();
  EXPECT_EQ(server->address(), absl::StrCat("127.0.0.1:", server->port()));
  const std::string answer = Exchange(
      *server,
      "POST /a/B?c HTTP/1.1\r\nHost: a\r\nX-Request-Id: 17\r\nContent-Length: 4\r\nConnection: close\r\n\r\nbody");
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(answer, HasSubstr("Connection: close\r\n"));
  EXPECT_THAT(answer, EndsWith("\r\n\r\nPOST /a/B c 17 body."));
}

TEST(HttpServer, OneConnectionTakesManyRequests) {
  const auto server = Start();
  Loopback connection(server->port());
  for (int i = 0; i < 20; ++i) {
    ASSERT_TRUE(connection.Send(absl::StrCat("GET /", i, " HTTP/1.1\r\nHost: a\r\n\r\n")));
    const std::string answer = connection.ReadUntil(absl::StrCat("GET /", i, "   ."));
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\n"));
    EXPECT_THAT(answer, HasSubstr("Connection: keep-alive\r\n"));
  }
}

TEST(HttpServer, PipelinedRequestsAreAnsweredInTheirOrder) {
  const auto server = Start();
  std::string requests;
  for (int i = 0; i < 100; ++i) {
    absl::StrAppend(&requests, "GET /", i, " HTTP/1.1\r\nHost: a\r\n", i == 99 ? "Connection: close\r\n" : "", "\r\n");
  }
  const std::string answers = Exchange(*server, requests);
  std::size_t at = 0;
  for (int i = 0; i < 100; ++i) {
    at = answers.find(absl::StrCat("GET /", i, "   ."), at);
    ASSERT_NE(at, std::string::npos) << i;
  }
}

TEST(HttpServer, AnswersMayComeLaterAndFromAnotherThread) {
  std::vector<std::thread> threads;
  Mutex mutex;
  const auto server = Start([&](const Request& request, const Responder& respond) {
    MutexLock lock(mutex);
    threads.emplace_back([request, respond] { Echo(request, respond); });
  });
  for (int i = 0; i < 10; ++i) {
    EXPECT_THAT(Exchange(*server, "GET /later HTTP/1.0\r\n\r\n"), EndsWith("GET /later   ."));
  }
  for (std::thread& thread : threads) thread.join();
}

TEST(HttpServer, OnlyTheFirstAnswerCounts) {
  const auto server = Start([](const Request&, const Responder& respond) {
    respond(TextResponse(200, "first"));
    respond(TextResponse(200, "second"));
  });
  EXPECT_THAT(Exchange(*server, "GET / HTTP/1.0\r\n\r\n"), EndsWith("\r\n\r\nfirst"));
}

TEST(HttpServer, ARequestThatNobodyAnswersIsAnError) {
  const auto server = Start([](const Request&, const Responder&) {});
  EXPECT_THAT(Exchange(*server, "GET / HTTP/1.0\r\n\r\n"), StartsWith("HTTP/1.1 500 "));
}

TEST(HttpServer, AResponderMayOutliveConnectionAndServer) {
  std::optional<Responder> kept;
  {
    absl::Notification has_come;
    const auto server = Start([&](const Request&, const Responder& respond) {
      kept = respond;
      has_come.Notify();
    });
    Loopback connection(server->port());
    ASSERT_TRUE(connection.Send("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
    has_come.WaitForNotification();
    server->Shutdown(absl::Milliseconds(1));
    EXPECT_EQ(connection.ReadAll(), "");
  }
  (*kept)(TextResponse(200, "late"));
}

TEST(HttpServer, HeadHasTheLengthButNoBody) {
  const auto server = Start();
  const std::string answer = Exchange(*server, "HEAD /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(answer, HasSubstr("Content-Length: 10\r\n"));
  EXPECT_THAT(answer, EndsWith("\r\n\r\n"));
}

TEST(HttpServer, WhoeverExpectsToContinueIsTold) {
  const auto server = Start();
  Loopback connection(server->port());
  ASSERT_TRUE(connection.Send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"));
  EXPECT_EQ(connection.ReadUntil("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  ASSERT_TRUE(connection.Send("ok"));
  EXPECT_THAT(connection.ReadUntil("ok."), StartsWith("HTTP/1.1 200 OK\r\n"));
}

TEST(HttpServer, CompressedRequestsAreRead) {
  const auto server = Start();
  const auto post = [&server](const std::string& encoding, const std::string& body) {
    return Exchange(*server, absl::StrCat("POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Encoding: ",
                                          encoding, "\r\nContent-Length: ", body.size(), "\r\n\r\n", body));
  };
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string zipped, Gzip("a text"));
  EXPECT_THAT(post("gzip", zipped), EndsWith("a text."));
  EXPECT_THAT(post("identity", "a text"), EndsWith("a text."));
  EXPECT_THAT(post("gzip", "a text"), StartsWith("HTTP/1.1 400 "));
  EXPECT_THAT(post("br", zipped), HasSubstr("HTTP/1.1 415 "));
}

TEST(HttpServer, LongAnswersAreCompressedForThoseWhoTakeIt) {
  const auto server =
      Start([](const Request&, const Responder& respond) { respond(TextResponse(200, std::string(100'000, 'a'))); });
  const std::string answer = Exchange(*server, "GET / HTTP/1.0\r\nAccept-Encoding: br, gzip\r\n\r\n");
  EXPECT_THAT(answer, HasSubstr("Content-Encoding: gzip\r\n"));
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string body, Gunzip(answer.substr(answer.find("\r\n\r\n") + 4), 100'000));
  EXPECT_EQ(body, std::string(100'000, 'a'));
}

TEST(HttpServer, PagesOfAllowedOriginsMayCall) {
  const auto server = Start(Echo, {.allowed_origins = {"https://shop.example"}});
  const std::string asked = Exchange(*server,
                                     "OPTIONS /x HTTP/1.1\r\nHost: a\r\nOrigin: https://shop.example\r\n"
                                     "Access-Control-Request-Method: POST\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(asked, StartsWith("HTTP/1.1 204 No Content\r\n"));
  EXPECT_THAT(asked, HasSubstr("Access-Control-Allow-Origin: https://shop.example\r\n"));
  EXPECT_THAT(asked, HasSubstr("Access-Control-Allow-Methods: "));
  const std::string called = Exchange(*server, "GET / HTTP/1.0\r\nOrigin: https://evil.example\r\n\r\n");
  EXPECT_THAT(called, Not(HasSubstr("Access-Control-Allow-Origin")));
}

TEST(HttpServer, AnswersOverIpv6) {
  absl::StatusOr<std::unique_ptr<Server>> server = Server::Create({.address = "[::1]:0"}, Echo);
  if (!server.ok()) GTEST_SKIP() << "no IPv6 here: " << server.status();
  EXPECT_EQ((*server)->address(), absl::StrCat("[::1]:", (*server)->port()));
}

TEST(HttpServer, SaysWhyItCannotListen) {
  EXPECT_THAT(Server::Create({.address = "127.0.0.1"}, Echo),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("want HOST:PORT")));
  const auto server = Start();
  EXPECT_THAT(Server::Create({.address = server->address()}, Echo),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr("is in use")));
}

TEST(HttpServer, SaysThatTheSystemGivesNoThread) {
  const testing::NoThreads none;
  EXPECT_THAT(Server::Create({.address = "127.0.0.1:0"}, Echo),
              StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("cannot serve HTTP")));
}

}  // namespace
}  // namespace awase::http
