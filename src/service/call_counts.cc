#include "service/call_counts.h"

#include "absl/strings/str_cat.h"
#include "awase/base/stopwatch.h"

namespace awase::service {

using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;

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
  explicit Interceptor(Row* row) : row_(row) {}

  void Intercept(grpc::experimental::InterceptorBatchMethods* methods) override {
    if (methods->QueryInterceptionHookPoint(grpc::experimental::InterceptionHookPoints::PRE_SEND_STATUS)) {
      row_->Add(static_cast<std::size_t>(methods->GetSendStatus().error_code()), absl::Seconds(stopwatch_.Seconds()));
    }
    methods->Proceed();
  }

 private:
  Row* const row_;
  const Stopwatch stopwatch_;
};

class CallCounts::Factory final : public grpc::experimental::ServerInterceptorFactoryInterface {
 public:
  explicit Factory(CallCounts* counts) : counts_(counts) {}

  grpc::experimental::Interceptor* CreateServerInterceptor(grpc::experimental::ServerRpcInfo* info) override {
    const auto row = counts_->rows_.find(info->method() + 1);  // behind its slash
    return row == counts_->rows_.end() ? nullptr : new CallCounts::Interceptor(&row->second);
  }

 private:
  CallCounts* const counts_;
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

std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface> CallCounts::NewInterceptors() {
  return std::make_unique<Factory>(this);
}

}  // namespace awase::service
