#ifndef AWASE_BENCH_SERVICE_CHANGING_SHOP_H_
#define AWASE_BENCH_SERVICE_CHANGING_SHOP_H_

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "awase/base/files.h"
#include "awase/service/client.h"
#include "awase/service/server.h"
#include "awase/serving/reloader.h"
#include "awase/v1/recommendation.pb.h"

namespace awase::load {

// A server in this process, on a free port of 127.0.0.1, of a small made-up shop that has two rule sets and two
// versions, all of which answer differently. Publish and Activate may be called by two threads at a time, each by one.
class ChangingShop {
 public:
  // The shop serves version 0 with rule set 0. Errors of Reloader::Create and Server::Create.
  static absl::StatusOr<std::unique_ptr<ChangingShop>> Create();
  ChangingShop(const ChangingShop&) = delete;
  ChangingShop& operator=(const ChangingShop&) = delete;

  const std::string& address() const { return server_->address(); }
  // Requests to each of which every rule set and every version has an answer of its own.
  const std::vector<v1::RecommendRequest>& requests() const { return requests_; }

  // Publishes rule set 0 or 1 over gRPC, as `awase rules publish` does. It serves when this returns OK.
  absl::Status Publish(std::size_t rule_set);

  // Activates version 0 or 1, as `awase models activate` does, and waits until the server has seen that.
  // kDeadlineExceeded when it has not after ten seconds.
  absl::Status Activate(std::size_t version);

  absl::StatusOr<v1::RecommendResponse> Recommend(const v1::RecommendRequest& request);

 private:
  explicit ChangingShop(std::string directory);
  absl::Status Start();

  TemporaryPath directory_;
  std::array<std::string, 2> versions_;
  std::vector<v1::RecommendRequest> requests_;
  std::unique_ptr<serving::Reloader> reloader_;
  std::unique_ptr<service::Server> server_;
  std::unique_ptr<service::Client> client_;
};

}  // namespace awase::load

#endif  // AWASE_BENCH_SERVICE_CHANGING_SHOP_H_
