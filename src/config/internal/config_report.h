#ifndef AWASE_CONFIG_INTERNAL_CONFIG_REPORT_H_
#define AWASE_CONFIG_INTERNAL_CONFIG_REPORT_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "awase/yaml/decode_message.h"

namespace awase::config_internal {

// What is wrong with a configuration file: what decoding found, and what its checks add. Borrows the decoded text.
// single-thread.
class ConfigReport {
 public:
  explicit ConfigReport(const yaml::Decoded& decoded) : decoded_(decoded), problems_(decoded.problems()) {}

  void Add(absl::string_view path, absl::string_view message) {
    problems_.push_back({decoded_.PlaceOf(path), std::string(path), std::string(message)});
  }

  // As in yaml::Decoded; what is not sound is reported already, and must not be judged.
  bool Has(absl::string_view path) const { return decoded_.Has(path); }
  bool IsSound(absl::string_view path) const { return !decoded_.HasProblem(path); }
  // Whether the key of the map at `path` is not there, nor probably misspelled.
  bool IsMissing(absl::string_view path, absl::string_view key) const;

  // "server.yaml:3:5: placements[0].like: …", by place.
  std::vector<std::string> Findings(absl::string_view file) const;

 private:
  const yaml::Decoded& decoded_;
  std::vector<yaml::Problem> problems_;
};

}  // namespace awase::config_internal

#endif  // AWASE_CONFIG_INTERNAL_CONFIG_REPORT_H_
