#include "service/feedback_service.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "awase/base/status_macros.h"
#include "service/convert_exposures.h"
#include "service/slow_call.h"

namespace awase::service {
namespace {

constexpr int kMostReported = 1000;
constexpr std::size_t kMaxIdBytes = 10'240;            // as in requests
constexpr absl::Duration kMostAhead = absl::Hours(1);  // clocks differ; what is said of next year is a mistake
constexpr int kMostCommits = 1000;

absl::Status CheckId(absl::string_view field, absl::string_view id) {
  if (!id.empty() && id.size() <= kMaxIdBytes) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(field, ": an id of ", id.size(), " bytes: want 1 to ", kMaxIdBytes));
}

absl::StatusOr<std::vector<engine::Exposure>> ReportedFromProto(const v1::ReportExposuresRequest& request,
                                                                absl::Time now) {
  if (request.exposures_size() < 1 || request.exposures_size() > kMostReported) {
    return absl::InvalidArgumentError(
        absl::StrCat("exposures: ", request.exposures_size(), " entries: want 1 to ", kMostReported));
  }
  std::vector<engine::Exposure> exposures;
  for (const v1::Exposure& proto : request.exposures()) {
    const std::string field = absl::StrCat("exposures[", exposures.size(), "]");
    AWASE_ASSIGN_OR_RETURN(engine::Exposure exposure, ExposureFromProto(field, proto));
    AWASE_RETURN_IF_ERROR(CheckId(absl::StrCat(field, ".product_id"), exposure.product_id));
    if (!exposure.intent.has_value() && exposure.event != engine::ExposureEvent::kBought) {
      return absl::InvalidArgumentError(absl::StrCat(field, ".intent: missing: want that of the offer"));
    }
    if (exposure.time - now > kMostAhead) {
      return absl::InvalidArgumentError(absl::StrCat(field, ".time: lies ahead: want a time that has passed"));
    }
    exposures.push_back(std::move(exposure));
  }
  return exposures;
}

absl::Status NothingIsKept() {
  return absl::FailedPreconditionError("no exposures are kept here: start the server with --exposures DIR");
}

}  // namespace

FeedbackService::FeedbackService(serving::ExposureStore* exposures, CallGate* gate, WorkPool* pool,
                                 std::function<absl::Time()> now)
    : exposures_(exposures), gate_(gate), pool_(pool), now_(std::move(now)) {}

void FeedbackService::AddTo(UnaryMethods* methods) {
  methods->Add<v1::ReportExposuresRequest, v1::ReportExposuresResponse>(
      "awase.v1.FeedbackService/ReportExposures", Pace::kSlow,
      [this](const v1::ReportExposuresRequest& request, v1::ReportExposuresResponse*) { return Report(request); });
  methods->Add<v1::EraseCustomerRequest, v1::EraseCustomerResponse>(
      "awase.v1.FeedbackService/EraseCustomer", Pace::kSlow,
      [this](const v1::EraseCustomerRequest& request, v1::EraseCustomerResponse*) { return Erase(request); });
}

grpc::ServerUnaryReactor* FeedbackService::ReportExposures(grpc::CallbackServerContext* context,
                                                           const v1::ReportExposuresRequest* request,
                                                           v1::ReportExposuresResponse*) {
  return RunSlowCall(context, *gate_, *pool_, [this, request] { return Report(*request); });
}

grpc::ServerUnaryReactor* FeedbackService::EraseCustomer(grpc::CallbackServerContext* context,
                                                         const v1::EraseCustomerRequest* request,
                                                         v1::EraseCustomerResponse*) {
  return RunSlowCall(context, *gate_, *pool_, [this, request] { return Erase(*request); });
}

absl::Status FeedbackService::Report(const v1::ReportExposuresRequest& request) {
  if (exposures_ == nullptr) return NothingIsKept();
  AWASE_RETURN_IF_ERROR(CheckId("customer_id", request.customer_id()));
  AWASE_ASSIGN_OR_RETURN(const std::vector<engine::Exposure> reported, ReportedFromProto(request, now_()));
  for (int i = 0; i < kMostCommits; ++i) {
    AWASE_ASSIGN_OR_RETURN(const serving::CustomerHistory history, exposures_->Read(request.customer_id(), now_()));
    const absl::Status committed = exposures_->Commit(request.customer_id(), history.version, reported);
    if (!absl::IsAborted(committed)) return committed;
  }
  return absl::UnavailableError("too many requests of this customer at the same time: report again");
}

absl::Status FeedbackService::Erase(const v1::EraseCustomerRequest& request) {
  if (exposures_ == nullptr) return NothingIsKept();
  AWASE_RETURN_IF_ERROR(CheckId("customer_id", request.customer_id()));
  return exposures_->Erase(request.customer_id());
}

}  // namespace awase::service
