#include "apps/awase/server_flags.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase::apps {
namespace {

using ::awase::testing::StatusIs;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class ClientOptionsTest : public ::testing::Test {
 protected:
  testing::TempDir dir_;
  const std::string token_ = dir_.Write("token", " s3cret \n");
  const std::string ca_ = dir_.Write("ca", "an authority");
};

TEST_F(ClientOptionsTest, WithoutFlagsConnectionsArePlainAndShowNothing) {
  AWASE_ASSERT_OK_AND_ASSIGN(const service::Client::Options options, ClientOptionsOf({.address = "shop:1"}));
  EXPECT_EQ(options.address, "shop:1");
  EXPECT_EQ(options.token, "");
  EXPECT_FALSE(options.tls.has_value());
}

TEST_F(ClientOptionsTest, FilesAreRead) {
  AWASE_ASSERT_OK_AND_ASSIGN(const service::Client::Options options,
                             ClientOptionsOf({.address = "shop.example:1",
                                              .token_file = token_,
                                              .tls_ca = ca_,
                                              .tls_cert = dir_.Write("cert", "a certificate"),
                                              .tls_key = dir_.Write("key", "a key")}));
  EXPECT_EQ(options.token, "s3cret");
  EXPECT_EQ(options.tls->authorities, "an authority");
  EXPECT_EQ(options.tls->certificate_chain, "a certificate");
  EXPECT_EQ(options.tls->private_key, "a key");
}

TEST_F(ClientOptionsTest, ATokenTravelsInTheClearOnlyWithinTheMachine) {
  EXPECT_THAT(ClientOptionsOf({.address = "192.0.2.1:1", .token_file = token_}),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       AllOf(HasSubstr("on its way to 192.0.2.1:1"), HasSubstr("--tls-ca"), Not(HasSubstr("s3cret")))));
  AWASE_EXPECT_OK(ClientOptionsOf({.address = "127.0.0.1:1", .token_file = token_}).status());
}

TEST_F(ClientOptionsTest, WhatIsNoTokenIsRefusedWithoutBeingShown) {
  for (const char* text : {"", " \n", "two s3crets", "s3cret\nagain", "s3cr\xc3\xa9t"}) {
    EXPECT_THAT(ClientOptionsOf({.address = "127.0.0.1:1", .token_file = dir_.Write("bad", text)}),
                StatusIs(absl::StatusCode::kInvalidArgument,
                         AllOf(HasSubstr("bad: want a file with one token alone"), Not(HasSubstr("s3cr")))))
        << text;
  }
  EXPECT_THAT(ClientOptionsOf({.address = "127.0.0.1:1", .token_file = dir_.Join("none")}),
              StatusIs(absl::StatusCode::kNotFound));
}

}  // namespace
}  // namespace awase::apps
