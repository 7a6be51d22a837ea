// TLS and client certificates over both wires, with certificates that the test issues.

#include "awase/service/client.h"
#include "tests/integration/service/http_server.h"
#include "tests/testing/certificates.h"
#include "tests/testing/tls_loopback.h"

namespace awase::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using tls::ClientCertificates;

class TlsTest : public HttpServerTest {
 protected:
  void Write(const CertifiedKey& key) {
    dir_.Write("server.pem", key.certificate);
    dir_.Write("server.key", key.key);
  }

  // With `anonymous` roles for who shows nothing, and a certificate name for each of two others.
  void StartTls(ClientCertificates clients, access::RoleSet anonymous = access::RoleSet::All()) {
    dir_.Write("clients.pem", clients_.certificate());
    StartServer({.http_address = "127.0.0.1:0",
                 .access = {.certificates = {{"rules.shop.example", {access::Role::kMerchandiser}},
                                             {"watcher", {access::Role::kOperator}}},
                            .anonymous = anonymous},
                 .tls = tls::Settings{.certificate = dir_.Join("server.pem"),
                                      .key = dir_.Join("server.key"),
                                      .client_ca = clients == ClientCertificates::kNone ? "" : dir_.Join("clients.pem"),
                                      .client_certificates = clients}});
  }

  void SetUp() override {
    HttpServerTest::SetUp();
    Write(server_key_);
  }

  // A new connection each.
  service::Client GrpcClient(const CertifiedKey& client = {}) const {
    return service::Client({.address = absl::StrCat("localhost:", server_->port()),
                            .tls = service::Client::Tls{.authorities = authority_.certificate(),
                                                        .certificate_chain = client.certificate,
                                                        .private_key = client.key}});
  }
  absl::Status RecommendOverGrpc(const CertifiedKey& client = {}) const {
    return GrpcClient(client).Recommend(CameraPage()).status();
  }
  absl::Status ListRevisionsOverGrpc(const CertifiedKey& client = {}) const {
    return GrpcClient(client).ListRuleRevisions({}).status();
  }

  // Empty where there is no answer.
  HttpAnswer GetOverHttps(const std::string& path, const CertifiedKey& client = {}) const {
    TlsLoopback connection(HttpPort(), authority_.certificate(), client);
    connection.Send(absl::StrCat("GET ", path, " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
    return ParseAnswer(connection.ReadAll());
  }

  grpc::health::v1::HealthCheckResponse::ServingStatus TlsHealth() const {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
    const auto stub = grpc::health::v1::Health::NewStub(
        grpc::CreateCustomChannel(absl::StrCat("localhost:", server_->port()),
                                  grpc::SslCredentials({.pem_root_certs = authority_.certificate()}), arguments));
    grpc::ClientContext context;
    grpc::health::v1::HealthCheckRequest request;
    request.set_service("awase.tls");
    grpc::health::v1::HealthCheckResponse response;
    EXPECT_TRUE(stub->Check(&context, request, &response).ok());
    return response.status();
  }

  const CertificateAuthority authority_{"servers"};
  const CertificateAuthority clients_{"clients"};
  const CertifiedKey server_key_ = authority_.Issue(LocalServer());
};

TEST_F(TlsTest, BothWiresSpeakItAndNothingElse) {
  StartTls(ClientCertificates::kNone);
  AWASE_EXPECT_OK(RecommendOverGrpc());
  EXPECT_EQ(GetOverHttps("/readyz").status, 200);
  EXPECT_THAT(service::Client({.address = server_->address()}).Recommend(CameraPage()),
              StatusIs(absl::StatusCode::kUnavailable));
  Loopback plain(HttpPort());
  plain.Send("GET /readyz HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(ParseAnswer(plain.ReadAll()).status, 0);
}

TEST_F(TlsTest, ACallerWhoDoesNotTrustTheServerIsNotConnected) {
  StartTls(ClientCertificates::kNone);
  const CertificateAuthority other;
  EXPECT_FALSE(TlsLoopback(HttpPort(), other.certificate()).is_connected());
  service::Client client({.address = absl::StrCat("localhost:", server_->port()),
                          .tls = service::Client::Tls{.authorities = other.certificate()}});
  EXPECT_THAT(client.Recommend(CameraPage()), StatusIs(absl::StatusCode::kUnavailable));
}

TEST_F(TlsTest, NamesOfClientCertificatesHaveTheirRoles) {
  StartTls(ClientCertificates::kOptional, {access::Role::kStorefront});
  const CertifiedKey merchandiser =
      clients_.Issue({.common_name = "x", .alternative_names = {"DNS:rules.shop.example"}});
  const CertifiedKey watcher = clients_.Issue({.common_name = "watcher"});
  AWASE_EXPECT_OK(RecommendOverGrpc());
  EXPECT_THAT(ListRevisionsOverGrpc(), StatusIs(absl::StatusCode::kUnauthenticated));
  AWASE_EXPECT_OK(ListRevisionsOverGrpc(merchandiser));
  AWASE_EXPECT_OK(ListRevisionsOverGrpc(watcher));
  EXPECT_EQ(GetOverHttps("/metrics").status, 401);
  EXPECT_EQ(GetOverHttps("/metrics", watcher).status, 200);
  const HttpAnswer refused = GetOverHttps("/metrics", merchandiser);
  EXPECT_EQ(refused.status, 403);
  EXPECT_THAT(refused.body, HasSubstr("metrics is for operator: rules.shop.example has storefront, merchandiser"));
}

TEST_F(TlsTest, ACertificateOfSomebodyElseIsNone) {
  StartTls(ClientCertificates::kOptional);
  const CertificateAuthority other("clients");  // of the same name
  const CertifiedKey forged = other.Issue({.common_name = "watcher"});
  EXPECT_EQ(GetOverHttps("/metrics", forged).status, 0);
  EXPECT_THAT(ListRevisionsOverGrpc(forged), StatusIs(absl::StatusCode::kUnavailable));
  const CertifiedKey expired = clients_.Issue({.common_name = "watcher", .until = absl::Now() - absl::Minutes(1)});
  EXPECT_EQ(GetOverHttps("/metrics", expired).status, 0);
  EXPECT_THAT(ListRevisionsOverGrpc(expired), StatusIs(absl::StatusCode::kUnavailable));
}

TEST_F(TlsTest, WhereCertificatesAreRequiredNobodyIsConnectedWithout) {
  StartTls(ClientCertificates::kRequired);
  const CertifiedKey anybody = clients_.Issue({.common_name = "anybody"});
  AWASE_EXPECT_OK(RecommendOverGrpc(anybody));
  EXPECT_EQ(GetOverHttps("/readyz", anybody).status, 200);
  EXPECT_THAT(RecommendOverGrpc(), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_EQ(GetOverHttps("/readyz").status, 0);
}

TEST_F(TlsTest, ANewCertificateIsShownWithoutARestart) {
  StartTls(ClientCertificates::kNone);
  const CertificateAuthority new_authority("new");
  const CertifiedKey renewed = new_authority.Issue(LocalServer());
  Write(renewed);
  Settle();
  TlsLoopback connection(HttpPort(), new_authority.certificate());
  EXPECT_TRUE(connection.is_connected());
  EXPECT_EQ(connection.server_certificate(), renewed.certificate);
  service::Client client({.address = absl::StrCat("localhost:", server_->port()),
                          .tls = service::Client::Tls{.authorities = new_authority.certificate()}});
  AWASE_EXPECT_OK(client.Recommend(CameraPage()).status());
  EXPECT_THAT(RecommendOverGrpc(), StatusIs(absl::StatusCode::kUnavailable));
}

TEST_F(TlsTest, ABrokenCertificateLeavesTheOldOneAndSaysSo) {
  StartTls(ClientCertificates::kNone);
  EXPECT_EQ(TlsHealth(), grpc::health::v1::HealthCheckResponse::SERVING);
  Write({server_key_.certificate, authority_.Issue(LocalServer()).key});
  Settle();
  EXPECT_EQ(TlsHealth(), grpc::health::v1::HealthCheckResponse::NOT_SERVING);
  AWASE_EXPECT_OK(RecommendOverGrpc());
  EXPECT_THAT(GetOverHttps("/metrics").body, HasSubstr("\nawase_tls_problem 1\n"));
  Write(server_key_);
  Settle();
  EXPECT_EQ(TlsHealth(), grpc::health::v1::HealthCheckResponse::SERVING);
  EXPECT_THAT(GetOverHttps("/metrics").body, HasSubstr("\nawase_tls_problem 0\n"));
}

TEST_F(TlsTest, MetricsSayWhenTheCertificateExpires) {
  Holder holder = LocalServer();
  holder.until = absl::FromUnixSeconds(absl::ToUnixSeconds(absl::Now()) + 3600);
  Write(authority_.Issue(holder));
  StartTls(ClientCertificates::kNone);
  EXPECT_THAT(GetOverHttps("/metrics").body,
              HasSubstr(absl::StrCat("\nawase_tls_expiry_seconds ", absl::ToUnixSeconds(holder.until), "\n")));
}

TEST_F(TlsTest, DoesNotStartOnAKeyThatIsNotTheCertificates) {
  Write({server_key_.certificate, authority_.Issue(LocalServer()).key});
  EXPECT_THAT(service::Server::Create(
                  {.address = "127.0.0.1:0",
                   .tls = tls::Settings{.certificate = dir_.Join("server.pem"), .key = dir_.Join("server.key")}},
                  reloader_.get()),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("tls: key: is not the one of the certificate")));
}

}  // namespace
}  // namespace awase::testing
