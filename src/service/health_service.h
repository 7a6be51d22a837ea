#ifndef AWASE_SERVICE_HEALTH_SERVICE_H_
#define AWASE_SERVICE_HEALTH_SERVICE_H_

#include <set>
#include <string>

#include "absl/base/thread_annotations.h"
#include "awase/base/mutex.h"
#include "grpc/health/v1/health.grpc.pb.h"

namespace awase::service {

// grpc.health.v1.Health: SERVING from the start until StopServing, for the server ("") and each named service.
// thread-safe.
class HealthService final : public grpc::health::v1::Health::CallbackService {
 public:
  explicit HealthService(std::set<std::string> services);

  // NOT_SERVING from now on. Watchers are told, then their streams end, so that they do not hold up a shutdown.
  void StopServing();

  grpc::ServerUnaryReactor* Check(grpc::CallbackServerContext* context,
                                  const grpc::health::v1::HealthCheckRequest* request,
                                  grpc::health::v1::HealthCheckResponse* response) override;
  grpc::ServerWriteReactor<grpc::health::v1::HealthCheckResponse>* Watch(
      grpc::CallbackServerContext* context, const grpc::health::v1::HealthCheckRequest* request) override;

 private:
  class Watcher;

  grpc::health::v1::HealthCheckResponse::ServingStatus StatusOf(const std::string& service) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Update(Watcher* watcher) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const std::set<std::string> services_;
  Mutex mutex_;  // guards both, and the state of every watcher
  bool serving_ ABSL_GUARDED_BY(mutex_) = true;
  std::set<Watcher*> watchers_ ABSL_GUARDED_BY(mutex_);  // each deletes itself when its stream is done
};

}  // namespace awase::service

#endif  // AWASE_SERVICE_HEALTH_SERVICE_H_
