#include "awase/tls/identity_files.h"

#include <unistd.h>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/certificates.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase::tls {
namespace {

using ::awase::testing::CertifiedKey;
using ::awase::testing::LocalServer;
using ::awase::testing::StatusIs;
using ::testing::HasSubstr;

class IdentityFilesTest : public ::testing::Test {
 protected:
  void Write(const CertifiedKey& key) {
    dir_.Write("server.pem", key.certificate);
    dir_.Write("server.key", key.key);
  }

  absl::StatusOr<std::unique_ptr<IdentityFiles>> Open() {
    return IdentityFiles::Open({.certificate = dir_.Join("server.pem"),
                                .key = dir_.Join("server.key"),
                                .client_ca = dir_.Write("clients.pem", authority_.certificate()),
                                .client_certificates = ClientCertificates::kOptional},
                               [] { return absl::Now(); });
  }

  testing::TempDir dir_;
  testing::CertificateAuthority authority_;
  const CertifiedKey first_ = authority_.Issue(LocalServer());
  const CertifiedKey second_ = authority_.Issue(LocalServer());
};

TEST_F(IdentityFilesTest, DoesNotOpenOnFilesThatAreMissingOrDoNotFit) {
  EXPECT_THAT(Open(), StatusIs(absl::StatusCode::kNotFound, HasSubstr("server.pem")));
  Write({first_.certificate, second_.key});
  EXPECT_THAT(Open(), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("tls: key: is not the one")));
}

TEST_F(IdentityFilesTest, ANewPairIsTakenAtItsSecondLook) {
  Write(first_);
  AWASE_ASSERT_OK_AND_ASSIGN(const std::unique_ptr<IdentityFiles> files, Open());
  EXPECT_FALSE(files->Look());
  Write(second_);
  EXPECT_FALSE(files->Look());
  EXPECT_TRUE(files->Look());
  EXPECT_EQ(files->problem(), "");
  EXPECT_EQ(files->identity()->private_key, second_.key);
  EXPECT_EQ(files->identity()->client_authorities, authority_.certificate());
}

TEST_F(IdentityFilesTest, WhatIsBrokenLeavesTheOldOneAndSaysSo) {
  Write(first_);
  AWASE_ASSERT_OK_AND_ASSIGN(const std::unique_ptr<IdentityFiles> files, Open());
  Write({second_.certificate, first_.key});
  files->Look();
  EXPECT_TRUE(files->Look());
  EXPECT_THAT(files->problem(), HasSubstr("tls: key: is not the one of the certificate"));
  EXPECT_EQ(files->identity()->certificate_chain, first_.certificate);
  unlink(dir_.Join("server.key").c_str());
  files->Look();
  EXPECT_TRUE(files->Look());
  EXPECT_THAT(files->problem(), HasSubstr("server.key"));
  EXPECT_EQ(files->identity()->certificate_chain, first_.certificate);
  Write(second_);
  files->Look();
  EXPECT_TRUE(files->Look());
  EXPECT_EQ(files->problem(), "");
  EXPECT_EQ(files->identity()->certificate_chain, second_.certificate);
}

}  // namespace
}  // namespace awase::tls
