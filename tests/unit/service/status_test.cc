#include "service/status.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"

namespace awase::service {
namespace {

using ::testing::EndsWith;
using ::testing::StartsWith;

TEST(ToGrpcStatus, EveryCodeGoesThereAndBack) {
  for (int code = 0; code <= 16; ++code) {
    const absl::Status status(static_cast<absl::StatusCode>(code), code == 0 ? "" : "why");
    const grpc::Status grpc_status = ToGrpcStatus(status);
    EXPECT_EQ(static_cast<int>(grpc_status.error_code()), code);
    EXPECT_EQ(FromGrpcStatus(grpc_status), status);
  }
  EXPECT_EQ(ToGrpcStatus(absl::AbortedError("x")).error_code(), grpc::StatusCode::ABORTED);
  EXPECT_EQ(ToGrpcStatus(absl::DataLossError("x")).error_code(), grpc::StatusCode::DATA_LOSS);
}

TEST(ToGrpcStatus, AMessageAtTheLimitIsKept) {
  const std::string message(kMaxStatusMessageBytes, 'x');
  EXPECT_EQ(ToGrpcStatus(absl::InternalError(message)).error_message(), message);
}

TEST(ToGrpcStatus, ALongMessageIsCutAtALine) {
  std::string message = "first line\n";
  message.append(2 * kMaxStatusMessageBytes, 'x');
  EXPECT_EQ(ToGrpcStatus(absl::InternalError(message)).error_message(), "first line\n…");
}

TEST(ToGrpcStatus, ALongLineIsCutBetweenCharacters) {
  for (std::size_t shift = 0; shift < 3; ++shift) {
    std::string message(shift, 'a');
    for (std::size_t i = 0; i < kMaxStatusMessageBytes; ++i) message += "合";  // three bytes
    const std::string cut = ToGrpcStatus(absl::InternalError(message)).error_message();
    EXPECT_LE(cut.size(), kMaxStatusMessageBytes);
    EXPECT_GT(cut.size(), kMaxStatusMessageBytes - 8);
    EXPECT_THAT(cut, EndsWith("合…"));
    EXPECT_THAT(message, StartsWith(cut.substr(0, cut.size() - 3)));
  }
}

}  // namespace
}  // namespace awase::service
