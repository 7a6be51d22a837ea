#include "apps/awase/log_line.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"

namespace awase::apps {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const absl::Time kTime = absl::FromUnixMillis(1'782'896'400'007);

service::EndedCall FailedCall() {
  return {.method = "awase.v1.RuleService/Publish",
          .code = absl::StatusCode::kInternal,
          .message = "the disk is broken",
          .request_id = "r-17",
          .trace_id = "4bf92f3577b34da6a3ce929d0e0e4736",
          .span_id = "00f067aa0ba902b7"};
}

TEST(JsonLogLine, IsOneObjectOnOneLine) {
  EXPECT_EQ(JsonLogLine(kTime, serving::LogLevel::kWarning, "two\nlines and a \"word\""),
            R"({"time":"2026-07-01T09:00:00.007Z","level":"warning","message":"two\nlines and a \"word\""})");
}

TEST(JsonLogLine, OfACallSaysWhichOne) {
  EXPECT_EQ(JsonLogLine(kTime, FailedCall()),
            R"({"time":"2026-07-01T09:00:00.007Z","level":"error","message":"the disk is broken",)"
            R"("method":"awase.v1.RuleService/Publish","code":"INTERNAL","request_id":"r-17",)"
            R"("trace_id":"4bf92f3577b34da6a3ce929d0e0e4736","span_id":"00f067aa0ba902b7"})");
  EXPECT_EQ(JsonLogLine(kTime, {.method = "awase.v1.RuleService/Get", .code = absl::StatusCode::kOk}),
            R"({"time":"2026-07-01T09:00:00.007Z","level":"debug","message":"the call has ended",)"
            R"("method":"awase.v1.RuleService/Get","code":"OK"})");
}

TEST(JsonLogLine, ForeignBytesBecomeHarmless) {
  service::EndedCall call = FailedCall();
  call.request_id = "a\x1b[2J\r\n\xff\xe5\x90";
  const std::string line = JsonLogLine(kTime, call);
  EXPECT_THAT(line, HasSubstr(R"("request_id":"a\u001b[2J\r\n)"
                              "\xEF\xBF\xBD"));
  EXPECT_THAT(line, Not(HasSubstr("\n")));
  EXPECT_FALSE(nlohmann::json::parse(line, nullptr, /*allow_exceptions=*/false).is_discarded());
}

TEST(CallText, StaysOnOneLine) {
  service::EndedCall call = FailedCall();
  call.request_id = "a\n\x1b[2J\xff";
  EXPECT_EQ(CallText(call),
            "awase.v1.RuleService/Publish: INTERNAL: the disk is broken, request a\\n\\x1b[2J\\xff, trace "
            "4bf92f3577b34da6a3ce929d0e0e4736, span 00f067aa0ba902b7");
  EXPECT_EQ(CallText({.method = "m", .code = absl::StatusCode::kOk}), "m: OK");
}

}  // namespace
}  // namespace awase::apps
