#include "service/connect_protocol.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"

namespace awase::service {
namespace {

using ::testing::HasSubstr;
using testing::StatusIs;

http::Request With(const std::string& name, const std::string& value) { return {.headers = {{name, value}}}; }

TEST(ConnectProtocol, EveryCodeHasItsWordAndStatus) {
  // https://connectrpc.com/docs/protocol#error-codes
  const std::vector<std::pair<std::string, int>> wanted = {{"canceled", 499},
                                                           {"unknown", 500},
                                                           {"invalid_argument", 400},
                                                           {"deadline_exceeded", 504},
                                                           {"not_found", 404},
                                                           {"already_exists", 409},
                                                           {"permission_denied", 403},
                                                           {"resource_exhausted", 429},
                                                           {"failed_precondition", 400},
                                                           {"aborted", 409},
                                                           {"out_of_range", 400},
                                                           {"unimplemented", 501},
                                                           {"internal", 500},
                                                           {"unavailable", 503},
                                                           {"data_loss", 500},
                                                           {"unauthenticated", 401}};
  for (int code = 1; code <= 16; ++code) {
    const auto& [word, status] = wanted[static_cast<std::size_t>(code - 1)];
    EXPECT_EQ(ConnectCode(static_cast<absl::StatusCode>(code)), word);
    EXPECT_EQ(HttpStatus(static_cast<absl::StatusCode>(code)), status) << word;
  }
  EXPECT_EQ(ConnectCode(static_cast<absl::StatusCode>(77)), "unknown");
}

TEST(ConnectProtocol, AnErrorIsJsonWithAMessageThatIsCut) {
  const http::Response response = ConnectError(absl::NotFoundError(std::string(5000, 'x')));
  EXPECT_EQ(response.status, 404);
  EXPECT_THAT(response.body, ::testing::StartsWith(R"({"code":"not_found","message":"xxx)"));
  EXPECT_LT(response.body.size(), 1100u);
}

TEST(ConnectProtocol, TwoContentTypesAreKnown) {
  EXPECT_EQ(BodyFormatOf(With("content-type", "application/json")), BodyFormat::kJson);
  EXPECT_EQ(BodyFormatOf(With("Content-Type", "Application/JSON ; charset=utf-8")), BodyFormat::kJson);
  EXPECT_EQ(BodyFormatOf(With("Content-Type", "application/proto")), BodyFormat::kProto);
  for (const char* type : {"", "text/plain", "application/connect+json", "application/grpc", "application/jsonx"}) {
    EXPECT_EQ(BodyFormatOf(With("Content-Type", type)), std::nullopt) << type;
  }
  EXPECT_EQ(BodyFormatOf({}), std::nullopt);
  EXPECT_EQ(UnsupportedMediaType().status, 415);
}

TEST(ConnectProtocol, TheTimeoutIsInMilliseconds) {
  EXPECT_THAT(CallTimeout(With("Connect-Timeout-Ms", "1500")), testing::IsOk());
  EXPECT_EQ(*CallTimeout(With("Connect-Timeout-Ms", "1500")), absl::Milliseconds(1500));
  EXPECT_EQ(*CallTimeout(With("Connect-Timeout-Ms", "0")), absl::ZeroDuration());
  EXPECT_EQ(*CallTimeout({}), absl::InfiniteDuration());
  for (const char* text : {"", "-1", "1.5", "12345678901", "1s", " 1"}) {
    EXPECT_THAT(CallTimeout(With("Connect-Timeout-Ms", text)),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("Connect-Timeout-Ms")))
        << text;
  }
}

TEST(ConnectProtocol, OnlyVersion1IsKnown) {
  EXPECT_THAT(CallTimeout(With("Connect-Protocol-Version", "1")), testing::IsOk());
  EXPECT_THAT(CallTimeout(With("Connect-Protocol-Version", "2")),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("only 1")));
}

}  // namespace
}  // namespace awase::service
