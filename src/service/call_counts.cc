#include "service/call_counts.h"

#include "absl/strings/str_cat.h"
#include "awase/base/stopwatch.h"

namespace awase::service {

using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;

namespace {

// "awase.v1.RuleService/Publish": gRPC says it behind a slash.
const char* MethodOf(const grpc::experimental::ServerRpcInfo& info) { return info.method() + 1; }

}  // namespace

std::vector<const MethodDescriptor*> MethodsOf(absl::Span<const std::string> services) {
  std::vector<const MethodDescriptor*> methods;
  for (const std::string& name : services) {
    const ServiceDescriptor* service = google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(name);
    for (int i = 0; i < service->method_count(); ++i) methods.push_back(service->method(i));
  }
  return methods;
}

void CallCounts::Row::Add(std::size_t code, absl::Duration took) {
  const std::size_t known = code < codes.size() ? code : static_cast<std::size_t>(absl::StatusCode::kUnknown);
  codes[known].fetch_add(1, std::memory_order_relaxed);
  durations.Add(took);
}

// One call. gRPC deletes it.
class CallCounts::Interceptor final : public grpc::experimental::Interceptor {
 public:
  Interceptor(Row* row, const CallLog* log, grpc::experimental::ServerRpcInfo* info)
      : row_(row), log_(*log), info_(*info) {}

  void Intercept(grpc::experimental::InterceptorBatchMethods* methods) override {
    if (methods->QueryInterceptionHookPoint(grpc::experimental::InterceptionHookPoints::PRE_SEND_STATUS)) {
      const grpc::Status status = methods->GetSendStatus();
      row_->Add(static_cast<std::size_t>(status.error_code()), absl::Seconds(stopwatch_.Seconds()));
      const auto code = static_cast<absl::StatusCode>(status.error_code());
      if (log_.Wants(code)) {
        log_.Add(MethodOf(info_), code, status.error_message(), LabelsOf(*info_.server_context()));
      }
    }
    methods->Proceed();
  }

 private:
  Row* const row_;
  const CallLog& log_;
  grpc::experimental::ServerRpcInfo& info_;  // of the call, which it outlives
  const Stopwatch stopwatch_;
};

class CallCounts::Factory final : public grpc::experimental::ServerInterceptorFactoryInterface {
 public:
  Factory(CallCounts* counts, const CallLog* log) : counts_(counts), log_(log) {}

  grpc::experimental::Interceptor* CreateServerInterceptor(grpc::experimental::ServerRpcInfo* info) override {
    const auto row = counts_->rows_.find(MethodOf(*info));
    return row == counts_->rows_.end() ? nullptr : new CallCounts::Interceptor(&row->second, log_, info);
  }

 private:
  CallCounts* const counts_;
  const CallLog* const log_;
};

CallCounts::CallCounts(absl::Span<const std::string> services) {
  for (const MethodDescriptor* method : MethodsOf(services)) {
    rows_[absl::StrCat(method->service()->full_name(), "/", method->name())];
  }
}

void CallCounts::ForEach(
    const std::function<void(const std::string& method, absl::StatusCode code, std::uint64_t calls)>& count) const {
  for (const auto& [method, row] : rows_) {
    for (std::size_t code = 0; code < row.codes.size(); ++code) {
      const std::uint64_t calls = row.codes[code].load(std::memory_order_relaxed);
      if (calls > 0 || code == 0) count(method, static_cast<absl::StatusCode>(code), calls);
    }
  }
}

void CallCounts::ForEachDuration(
    const std::function<void(const std::string& method, const DurationHistogram& durations)>& show) const {
  for (const auto& [method, row] : rows_) show(method, row.durations);
}

void CallCounts::Add(const std::string& method, absl::StatusCode code, absl::Duration took) {
  const auto row = rows_.find(method);
  if (row != rows_.end()) row->second.Add(static_cast<std::size_t>(code), took);
}

std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface> CallCounts::NewInterceptors(const CallLog* log) {
  return std::make_unique<Factory>(this, log);
}

}  // namespace awase::service
