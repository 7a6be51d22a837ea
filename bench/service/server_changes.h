#ifndef AWASE_BENCH_SERVICE_SERVER_CHANGES_H_
#define AWASE_BENCH_SERVICE_SERVER_CHANGES_H_

#include <array>
#include <cstddef>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "awase/service/client.h"
#include "awase/v1/rules.pb.h"
#include "bench/service/alternation.h"
#include "nlohmann/json.hpp"

namespace awase::load {

// Activates two versions of a server in turn, and publishes two sets of rules in turn, both at the same interval, from
// Start to Stop. The server begins with the first version and the first set, and has them again afterwards.
// thread-compatible.
class ServerChanges {
 public:
  struct Options {
    std::string address;                      // HOST:PORT
    std::array<std::string, 2> versions;      // of the server's model directory
    std::array<std::string, 2> rule_folders;  // of this machine
    absl::Duration every = absl::Seconds(1);
  };

  // Reads the rules. Errors of rules::ReadRuleFolder.
  static absl::StatusOr<std::unique_ptr<ServerChanges>> Create(const Options& options);

  void Start();

  // "activations", "publications", "longest_activation_ms", "longest_publication_ms". The first error of a change, or
  // of bringing the first version and set back.
  absl::StatusOr<nlohmann::json> Stop();

 private:
  explicit ServerChanges(const Options& options);
  absl::Status Activate(std::size_t state);
  absl::Status Publish(std::size_t state);

  const Options options_;
  service::Client client_;
  std::array<v1::PublishRulesRequest, 2> rules_;
  std::unique_ptr<Alternation> versions_changing_;
  std::unique_ptr<Alternation> rules_changing_;
};

}  // namespace awase::load

#endif  // AWASE_BENCH_SERVICE_SERVER_CHANGES_H_
