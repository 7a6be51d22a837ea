#include "service/health_service.h"

#include <utility>

namespace awase::service {

using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;

// One Watch stream. All state is guarded by the service's mutex, which outlives the watcher: its own could not be
// released after Finish, because OnDone may already have deleted it on another thread.
class HealthService::Watcher final : public grpc::ServerWriteReactor<HealthCheckResponse> {
 public:
  Watcher(HealthService* service, std::string name) : service_(service), name_(std::move(name)) {}

  const std::string& name() const { return name_; }

  // Sends the status if it has changed, and ends the stream once the server has stopped serving. Called by
  // HealthService::Update only.
  void Tell(HealthCheckResponse::ServingStatus status, bool server_serving) {
    if (writing_ || finished_) return;
    if (cancelled_) return End(grpc::Status::CANCELLED);
    if (!told_ || message_.status() != status) {
      message_.set_status(status);
      told_ = true;
      writing_ = true;
      StartWrite(&message_);
    } else if (!server_serving) {
      End(grpc::Status::OK);
    }
  }

  void OnWriteDone(bool ok) override {
    MutexLock lock(service_->mutex_);
    writing_ = false;
    if (!ok) cancelled_ = true;
    service_->Update(this);
  }

  void OnCancel() override {
    MutexLock lock(service_->mutex_);
    cancelled_ = true;
    service_->Update(this);
  }

  void OnDone() override {
    {
      MutexLock lock(service_->mutex_);
      service_->watchers_.erase(this);
    }
    delete this;
  }

 private:
  void End(const grpc::Status& status) {
    finished_ = true;
    Finish(status);
  }

  HealthService* const service_;
  const std::string name_;
  HealthCheckResponse message_;
  bool told_ = false;
  bool writing_ = false;
  bool cancelled_ = false;
  bool finished_ = false;
};

HealthService::HealthService(const std::vector<std::string>& names) : serving_{{"", true}} {
  for (const std::string& name : names) serving_[name] = true;
}

HealthCheckResponse::ServingStatus HealthService::StatusOf(const std::string& name) const {
  const auto serving = serving_.find(name);
  if (serving == serving_.end()) return HealthCheckResponse::SERVICE_UNKNOWN;
  return server_serving_ && serving->second ? HealthCheckResponse::SERVING : HealthCheckResponse::NOT_SERVING;
}

void HealthService::Update(Watcher* watcher) { watcher->Tell(StatusOf(watcher->name()), server_serving_); }

void HealthService::SetServing(const std::string& name, bool serving) {
  MutexLock lock(mutex_);
  serving_[name] = serving;
  for (Watcher* watcher : watchers_) Update(watcher);
}

void HealthService::StopServing() {
  MutexLock lock(mutex_);
  server_serving_ = false;
  for (Watcher* watcher : watchers_) Update(watcher);
}

grpc::ServerUnaryReactor* HealthService::Check(grpc::CallbackServerContext* context, const HealthCheckRequest* request,
                                               HealthCheckResponse* response) {
  {
    MutexLock lock(mutex_);
    response->set_status(StatusOf(request->service()));
  }
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  const bool known = response->status() != HealthCheckResponse::SERVICE_UNKNOWN;
  reactor->Finish(known ? grpc::Status::OK
                        : grpc::Status(grpc::StatusCode::NOT_FOUND, "service: health knows no such name here"));
  return reactor;
}

grpc::ServerWriteReactor<HealthCheckResponse>* HealthService::Watch(grpc::CallbackServerContext*,
                                                                    const HealthCheckRequest* request) {
  auto* watcher = new Watcher(this, request->service());
  MutexLock lock(mutex_);
  watchers_.insert(watcher);
  Update(watcher);
  return watcher;
}

}  // namespace awase::service
