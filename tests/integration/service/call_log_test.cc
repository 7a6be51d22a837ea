// What the log is told of calls, over both wires.

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "awase/base/mutex.h"
#include "tests/integration/service/http_server.h"

namespace awase::testing {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kRecommend[] = "awase.v1.RecommendationService/Recommend";
constexpr char kTrace[] = "4bf92f3577b34da6a3ce929d0e0e4736";
constexpr char kSpan[] = "00f067aa0ba902b7";

std::string Parent() { return absl::StrCat("00-", kTrace, "-", kSpan, "-01"); }

// Whose disk is broken.
class BrokenStore final : public serving::ExposureStore {
 public:
  absl::StatusOr<serving::CustomerHistory> Read(absl::string_view, absl::Time) override { return Broken(); }
  absl::Status Commit(absl::string_view, std::uint64_t, absl::Span<const engine::Exposure>) override {
    return Broken();
  }
  absl::Status Erase(absl::string_view) override { return Broken(); }

 private:
  static absl::Status Broken() { return absl::DataLossError("the log is broken"); }
};

class CallLogTest : public HttpServerTest {
 protected:
  void Start(bool log_all_calls) {
    StartServer({.http_address = "127.0.0.1:0",
                 .log_call =
                     [this](const service::EndedCall& call) {
                       MutexLock lock(mutex_);
                       calls_.push_back(call);
                     },
                 .log_all_calls = log_all_calls,
                 .exposures = &store_});
  }
  void TearDown() override { server_.reset(); }

  // The calls that were told of, when all have ended.
  std::vector<service::EndedCall> Ended() {
    server_.reset();
    MutexLock lock(mutex_);
    return calls_;
  }

  // Of a customer, so that the store is asked. `parents` are sent as traceparent.
  void AskOverBoth(bool fails, const std::vector<std::string>& parents) {
    v1::RecommendRequest request = CameraPage();
    if (fails) request.mutable_customer()->set_id("anna");
    request.set_record_exposure(fails);
    grpc::ClientContext context;
    context.AddMetadata("x-request-id", "r-17");
    context.AddMetadata("authorization", "Bearer secret");
    std::string headers = "Content-Type: application/json\r\nX-Request-Id: r-17\r\nAuthorization: Bearer secret\r\n";
    for (const std::string& parent : parents) {
      context.AddMetadata("traceparent", parent);
      absl::StrAppend(&headers, "TraceParent: ", parent, "\r\n");
    }
    v1::RecommendResponse response;
    EXPECT_EQ(recommendations_->Recommend(&context, request, &response).ok(), !fails);
    const std::string customer = fails ? R"(, "customer": {"id": "anna"}, "record_exposure": true)" : "";
    EXPECT_EQ(Post(kRecommend, absl::StrCat(R"({"product_ids": ["camera"])", customer, "}"), headers).status,
              fails ? 500 : 200);
  }

  BrokenStore store_;
  Mutex mutex_;
  std::vector<service::EndedCall> calls_ ABSL_GUARDED_BY(mutex_);
};

TEST_F(CallLogTest, AFailureOfTheServerIsTold) {
  Start(/*log_all_calls=*/false);
  AskOverBoth(/*fails=*/true, {Parent()});
  AskOverBoth(/*fails=*/false, {Parent()});
  const std::vector<service::EndedCall> calls = Ended();
  EXPECT_THAT(calls, SizeIs(2));
  EXPECT_THAT(
      calls,
      Each(AllOf(
          Field(&service::EndedCall::method, kRecommend), Field(&service::EndedCall::code, absl::StatusCode::kDataLoss),
          Field(&service::EndedCall::message, "the log is broken"), Field(&service::EndedCall::request_id, "r-17"),
          Field(&service::EndedCall::trace_id, kTrace), Field(&service::EndedCall::span_id, kSpan))));
}

TEST_F(CallLogTest, EveryCallIsToldToWhoAsksForIt) {
  Start(/*log_all_calls=*/true);
  AskOverBoth(/*fails=*/false, {Parent()});
  Post("awase.v1.RuleService/Publish", "no json");
  const std::vector<service::EndedCall> calls = Ended();
  ASSERT_THAT(calls, SizeIs(3));
  EXPECT_EQ(calls[0].code, absl::StatusCode::kOk);
  EXPECT_EQ(calls[1].span_id, kSpan);
  EXPECT_EQ(calls[2].code, absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(calls, Each(Field(&service::EndedCall::message, IsEmpty())));
}

TEST_F(CallLogTest, OfTracesThatAreMalformedOrSeveralNothingIsSaid) {
  Start(/*log_all_calls=*/true);
  AskOverBoth(/*fails=*/false, {"00-secret"});
  AskOverBoth(/*fails=*/false, {Parent(), Parent()});
  const std::vector<service::EndedCall> calls = Ended();
  EXPECT_THAT(calls, SizeIs(4));
  EXPECT_THAT(
      calls, Each(AllOf(Field(&service::EndedCall::request_id, "r-17"), Field(&service::EndedCall::trace_id, IsEmpty()),
                        Field(&service::EndedCall::span_id, IsEmpty()))));
}

}  // namespace
}  // namespace awase::testing
