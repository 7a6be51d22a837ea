#include "awase/base/listen_address.h"

#include <linux/capability.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"

namespace awase {
namespace {

using ::testing::HasSubstr;
using testing::StatusIs;

TEST(ParseListenAddress, TakesNamesAndAddresses) {
  AWASE_ASSERT_OK_AND_ASSIGN(const ListenAddress local, ParseListenAddress("127.0.0.1:50051"));
  EXPECT_EQ(local.host, "127.0.0.1");
  EXPECT_EQ(local.port, 50051);
  AWASE_ASSERT_OK_AND_ASSIGN(const ListenAddress six, ParseListenAddress("[::1]:0"));
  EXPECT_EQ(six.host, "[::1]");
  EXPECT_EQ(six.port, 0);
}

TEST(ParseListenAddress, RefusesWhatIsNoHostAndPort) {
  for (const char* text : {"", "127.0.0.1", ":50051", "host:", "host:x", "host:-1", "host:65536", "::1:50051"}) {
    EXPECT_THAT(ParseListenAddress(text), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("address"))) << text;
  }
}

TEST(CheckCanListen, AnotherMachinesAddressIsRefused) {
  // 192.0.2.0/24 is reserved for documentation: it is nobody's.
  EXPECT_THAT(CheckCanListen({"192.0.2.1", 0}), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("192.0.2.1")));
}

// As long as it lives, this thread may not listen on ports below 1024, even as root.
class NoPrivilegedPorts {
 public:
  NoPrivilegedPorts() {
    EXPECT_EQ(syscall(SYS_capget, &header_, before_), 0);
    __user_cap_data_struct fewer[2] = {before_[0], before_[1]};
    fewer[0].effective &= ~(1U << CAP_NET_BIND_SERVICE);
    EXPECT_EQ(syscall(SYS_capset, &header_, fewer), 0);
  }
  ~NoPrivilegedPorts() { EXPECT_EQ(syscall(SYS_capset, &header_, before_), 0); }
  NoPrivilegedPorts(const NoPrivilegedPorts&) = delete;
  NoPrivilegedPorts& operator=(const NoPrivilegedPorts&) = delete;

 private:
  __user_cap_header_struct header_{_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct before_[2] = {};
};

TEST(CheckCanListen, APortThatIsNotForThisUserIsRefused) {
  const NoPrivilegedPorts none;
  EXPECT_THAT(CheckCanListen({"127.0.0.1", 1}),
              StatusIs(absl::StatusCode::kPermissionDenied, HasSubstr("choose a port from 1024 on")));
}

TEST(IsLoopback, IsTrueWhereOnlyThisMachineCanReach) {
  for (const char* host : {"127.0.0.1", "127.8.9.10", "[::1]", "[::ffff:127.0.0.1]", "localhost"}) {
    EXPECT_TRUE(IsLoopback({host, 0})) << host;
  }
  for (const char* host : {"0.0.0.0", "[::]", "192.0.2.1", "[2001:db8::1]", "[::ffff:192.0.2.1]", "no such host"}) {
    EXPECT_FALSE(IsLoopback({host, 0})) << host;
  }
}

TEST(CheckCanListen, AFreePortOfLoopbackIsFine) { AWASE_EXPECT_OK(CheckCanListen({"127.0.0.1", 0})); }

}  // namespace
}  // namespace awase
