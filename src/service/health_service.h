#ifndef AWASE_SERVICE_HEALTH_SERVICE_H_
#define AWASE_SERVICE_HEALTH_SERVICE_H_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "awase/base/mutex.h"
#include "grpc/health/v1/health.grpc.pb.h"

namespace awase::service {

// grpc.health.v1.Health, for the server ("") and each of the names given: SERVING from the start until StopServing, but
// for names of which SetServing said otherwise. thread-safe.
class HealthService final : public grpc::health::v1::Health::CallbackService {
 public:
  explicit HealthService(const std::vector<std::string>& names);

  // Watchers of the name are told when that is a change. REQUIRES: one of the names that were given.
  void SetServing(const std::string& name, bool serving);

  // NOT_SERVING from now on. Watchers are told, then their streams end, so that they do not hold up a shutdown.
  void StopServing();

  grpc::ServerUnaryReactor* Check(grpc::CallbackServerContext* context,
                                  const grpc::health::v1::HealthCheckRequest* request,
                                  grpc::health::v1::HealthCheckResponse* response) override;
  grpc::ServerWriteReactor<grpc::health::v1::HealthCheckResponse>* Watch(
      grpc::CallbackServerContext* context, const grpc::health::v1::HealthCheckRequest* request) override;

 private:
  class Watcher;

  grpc::health::v1::HealthCheckResponse::ServingStatus StatusOf(const std::string& name) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Update(Watcher* watcher) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  Mutex mutex_;  // guards all below, and the state of every watcher
  bool server_serving_ ABSL_GUARDED_BY(mutex_) = true;
  std::map<std::string, bool> serving_ ABSL_GUARDED_BY(mutex_);  // by name; "" among them, always true
  std::set<Watcher*> watchers_ ABSL_GUARDED_BY(mutex_);          // each deletes itself when its stream is done
};

}  // namespace awase::service

#endif  // AWASE_SERVICE_HEALTH_SERVICE_H_
