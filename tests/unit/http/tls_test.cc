// Requests over TLS, and what peers do that do not speak it.

#include "http/tls.h"

#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "awase/base/mutex.h"
#include "awase/http/server.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/certificates.h"
#include "tests/testing/loopback.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/tls_loopback.h"

namespace awase::http {
namespace {

using ::awase::testing::CertificateAuthority;
using ::awase::testing::CertifiedKey;
using ::awase::testing::LocalServer;
using ::awase::testing::Loopback;
using ::awase::testing::StatusIs;
using ::awase::testing::TlsLoopback;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr absl::string_view kGet = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
constexpr absl::string_view kLastGet = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

// Says the names of who asks.
void SayNames(const Request& request, const Responder& respond) {
  respond(TextResponse(200, absl::StrCat("[", absl::StrJoin(request.certificate_names, " "), "]", request.body, ".")));
}

class HttpTlsTest : public ::testing::Test {
 protected:
  std::unique_ptr<Server> Start(Server::Options options = {},
                                tls::ClientCertificates clients = tls::ClientCertificates::kNone,
                                Handler handler = SayNames) {
    options.address = "127.0.0.1:0";
    options.tls = Tls{.identity = [this] { return Identity(); }, .client_certificates = clients};
    absl::StatusOr<std::unique_ptr<Server>> server = Server::Create(options, std::move(handler));
    EXPECT_TRUE(server.ok()) << server.status();
    return server.ok() ? *std::move(server) : nullptr;
  }

  void Show(const CertifiedKey& key) {
    MutexLock lock(mutex_);
    identity_ = std::make_shared<const tls::Identity>(tls::Identity{
        .certificate_chain = key.certificate, .private_key = key.key, .client_authorities = authority_.certificate()});
  }
  std::shared_ptr<const tls::Identity> Identity() {
    MutexLock lock(mutex_);
    return identity_;
  }

  TlsLoopback Connect(const Server& server, const CertifiedKey& client = {}) const {
    return TlsLoopback(server.port(), authority_.certificate(), client);
  }

  void SetUp() override { Show(first_); }

  const CertificateAuthority authority_;
  const CertifiedKey first_ = authority_.Issue(LocalServer());
  Mutex mutex_;  // guards identity_
  std::shared_ptr<const tls::Identity> identity_ ABSL_GUARDED_BY(mutex_);
};

TEST_F(HttpTlsTest, AnswersSeveralRequestsAndEndsTlsBeforeTheConnection) {
  const auto server = Start();
  TlsLoopback connection = Connect(*server);
  ASSERT_TRUE(connection.is_connected());
  EXPECT_EQ(connection.protocol(), "http/1.1");
  connection.Send(absl::StrCat(kGet, "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi"));
  bool ended = false;
  const std::string answers = connection.ReadAll(&ended);
  EXPECT_THAT(answers, StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(answers, HasSubstr("[]."));
  EXPECT_THAT(answers, EndsWith("[]hi."));
  EXPECT_TRUE(ended);
}

TEST_F(HttpTlsTest, ALargeAnswerComesWhole) {
  const auto server = Start({}, tls::ClientCertificates::kNone, [](const Request&, const Responder& respond) {
    respond(TextResponse(200, std::string(3'000'000, 'x') + "."));
  });
  TlsLoopback connection = Connect(*server);
  connection.Send(kLastGet);
  EXPECT_THAT(connection.ReadAll(), EndsWith("xx."));
}

TEST_F(HttpTlsTest, WhoeverSendsTooMuchStillReadsTheRefusal) {
  const auto server = Start({.max_body_bytes = 1000});
  TlsLoopback connection = Connect(*server);
  connection.Send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3000000\r\n\r\n");
  EXPECT_TRUE(connection.Send(std::string(3'000'000, 'x')));
  EXPECT_THAT(connection.ReadAll(), StartsWith("HTTP/1.1 413 "));
}

TEST_F(HttpTlsTest, HandlersSeeTheNamesOfTheCertificate) {
  const auto server = Start({}, tls::ClientCertificates::kOptional);
  const CertifiedKey client = authority_.Issue(
      {.common_name = "kafé", .alternative_names = {"DNS:a.example", "email:a@b.example", "URI:spiffe://a/b"}});
  TlsLoopback with = Connect(*server, client);
  with.Send(kLastGet);
  EXPECT_THAT(with.ReadAll(), HasSubstr("[kafé a.example a@b.example spiffe://a/b]"));
  TlsLoopback without = Connect(*server);
  without.Send(kLastGet);
  EXPECT_THAT(without.ReadAll(), HasSubstr("[]"));
}

TEST_F(HttpTlsTest, WhoHasNoCertificateThatIsVouchedForIsNotConnected) {
  const auto server = Start({}, tls::ClientCertificates::kRequired);
  const CertificateAuthority other;
  for (const CertifiedKey& client : {CertifiedKey{}, other.Issue({.common_name = "a"})}) {
    TlsLoopback connection = Connect(*server, client);
    connection.Send(kLastGet);
    EXPECT_EQ(connection.ReadAll(), "");
  }
}

TEST_F(HttpTlsTest, NewConnectionsSeeANewCertificateAndOpenOnesGoOn) {
  const auto server = Start();
  TlsLoopback open = Connect(*server);
  const CertifiedKey second = authority_.Issue(LocalServer());
  Show(second);
  EXPECT_EQ(Connect(*server).server_certificate(), second.certificate);
  EXPECT_EQ(open.server_certificate(), first_.certificate);
  open.Send(kLastGet);
  EXPECT_THAT(open.ReadAll(), HasSubstr("200 OK"));
}

TEST_F(HttpTlsTest, WhatOpenSslDoesNotTakeLeavesTheCertificateBefore) {
  const auto server = Start();
  Connect(*server);
  Show({"no certificate", "no key"});
  EXPECT_EQ(Connect(*server).server_certificate(), first_.certificate);
}

TEST_F(HttpTlsTest, DoesNotStartOnWhatOpenSslDoesNotTake) {
  Show({first_.certificate, "no key"});
  EXPECT_THAT(
      Server::Create({.address = "127.0.0.1:0", .tls = Tls{.identity = [this] { return Identity(); }}}, SayNames),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("tls: ")));
}

TEST_F(HttpTlsTest, PeersThatSpeakNoTlsOrNothingAreClosed) {
  const auto server = Start({.header_timeout = absl::Milliseconds(20)});
  Loopback plain(server->port());
  plain.Send(kGet);
  EXPECT_EQ(plain.ReadAll().find("HTTP/1.1"), std::string::npos);
  Loopback silent(server->port());
  EXPECT_EQ(silent.ReadAll(), "");
  Loopback slow(server->port());
  slow.Send("\x16\x03\x01");  // the beginning of a handshake
  EXPECT_EQ(slow.ReadAll(), "");
}

TEST_F(HttpTlsTest, ARequestThatTakesTooLongIsRefused) {
  const auto server = Start({.body_timeout = absl::Milliseconds(20)});
  TlsLoopback connection = Connect(*server);
  connection.Send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nx");
  EXPECT_THAT(connection.ReadAll(), StartsWith("HTTP/1.1 408 "));
}

TEST_F(HttpTlsTest, ShutdownWaitsForNobodyWhoShakesHandsOrIsIdle) {
  const auto server = Start();
  Loopback silent(server->port());
  const TlsLoopback idle = Connect(*server);
  while (server->connections() < 2) std::this_thread::yield();
  server->Shutdown(absl::InfiniteDuration());
  EXPECT_EQ(server->connections(), 0U);
}

}  // namespace
}  // namespace awase::http
