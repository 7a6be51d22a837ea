#include "awase/tls/identity.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/certificates.h"
#include "tests/testing/status_matchers.h"

namespace awase::tls {
namespace {

using ::awase::testing::CertificateAuthority;
using ::awase::testing::CertifiedKey;
using ::awase::testing::LocalServer;
using ::awase::testing::StatusIs;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class CheckIdentityTest : public ::testing::Test {
 protected:
  absl::StatusOr<Identity> Check(const std::string& certificate, const std::string& key,
                                 const std::string& clients = "") const {
    return CheckIdentity(certificate, key, clients, now_);
  }
  static auto Refuses(const char* why) { return StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(why)); }

  const absl::Time now_ = absl::Now();
  const CertificateAuthority authority_;
  const CertifiedKey server_ = authority_.Issue(LocalServer());
};

TEST_F(CheckIdentityTest, ACertificateWithItsKeyIsOne) {
  AWASE_ASSERT_OK_AND_ASSIGN(const Identity identity,
                             Check(server_.certificate, server_.key, authority_.certificate()));
  EXPECT_EQ(identity.certificate_chain, server_.certificate);
  EXPECT_EQ(identity.client_authorities, authority_.certificate());
}

TEST_F(CheckIdentityTest, ExpiresWithTheFirstOfItsChain) {
  testing::Holder soon = LocalServer();
  soon.until = absl::FromUnixSeconds(absl::ToUnixSeconds(now_)) + absl::Hours(2);
  const CertifiedKey brief = authority_.Issue(soon);
  AWASE_ASSERT_OK_AND_ASSIGN(const Identity leaf, Check(brief.certificate + authority_.certificate(), brief.key));
  EXPECT_EQ(leaf.expires, soon.until);
  AWASE_ASSERT_OK_AND_ASSIGN(const Identity chain, Check(server_.certificate + brief.certificate, server_.key));
  EXPECT_EQ(chain.expires, soon.until);
}

TEST_F(CheckIdentityTest, WhatDoesNotFitIsRefused) {
  const CertifiedKey other = authority_.Issue(LocalServer());
  EXPECT_THAT(Check(server_.certificate, other.key), Refuses("key: is not the one of the certificate"));
  EXPECT_THAT(Check("", server_.key), Refuses("certificate: want certificates as PEM"));
  EXPECT_THAT(Check(server_.key, server_.key), Refuses("certificate: want certificates as PEM"));
  EXPECT_THAT(Check(server_.certificate, server_.certificate), Refuses("key: want a private key as PEM"));
  EXPECT_THAT(Check(server_.certificate, server_.key, "x"), Refuses("client_ca: want certificates as PEM"));
}

TEST_F(CheckIdentityTest, WhatWasCutWhileItWasWrittenIsRefused) {
  const std::string chain = server_.certificate + authority_.certificate();
  const std::string cut = chain.substr(0, server_.certificate.size() + 100);
  EXPECT_THAT(Check(cut, server_.key), Refuses("certificate: want certificates as PEM"));
  EXPECT_THAT(Check(server_.certificate, server_.key.substr(0, 60)),
              AllOf(Refuses("key: want a private key"), Not(Refuses(server_.key.substr(30, 20).c_str()))));
}

TEST_F(CheckIdentityTest, WhatIsNotValidNowIsRefused) {
  testing::Holder holder = LocalServer();
  holder.until = now_ - absl::Minutes(1);
  const CertifiedKey past = authority_.Issue(holder);
  EXPECT_THAT(Check(past.certificate, past.key), Refuses("certificate: has expired on 20"));
  holder = LocalServer();
  holder.from = now_ + absl::Hours(1);
  const CertifiedKey future = authority_.Issue(holder);
  EXPECT_THAT(Check(future.certificate, future.key), Refuses("certificate: is not valid before 20"));
}

}  // namespace
}  // namespace awase::tls
