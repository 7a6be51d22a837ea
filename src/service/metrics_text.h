#ifndef AWASE_SERVICE_METRICS_TEXT_H_
#define AWASE_SERVICE_METRICS_TEXT_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "service/duration_histogram.h"

namespace awase::service {

// Writes Prometheus' text format, version 0.0.4: families of samples. single-thread.
class MetricsText {
 public:
  using Labels = std::vector<std::pair<absl::string_view, std::string>>;

  // Begins a family; the samples that follow are of it. A counter's name ends in _total. `help` is one line without a
  // backslash.
  void Counter(absl::string_view name, absl::string_view help) { Begin(name, help, "counter"); }
  void Gauge(absl::string_view name, absl::string_view help) { Begin(name, help, "gauge"); }
  void Histogram(absl::string_view name, absl::string_view help) { Begin(name, help, "histogram"); }
  // Label values are escaped.
  void Sample(std::uint64_t value, const Labels& labels = {}) { Line("", absl::StrCat(value), labels); }
  // Of a histogram.
  void Durations(const DurationHistogram& durations, const Labels& labels);

  std::string text() const { return text_; }

 private:
  void Begin(absl::string_view name, absl::string_view help, absl::string_view type);
  // A sample of the family, or of the part of it that `suffix` names.
  void Line(absl::string_view suffix, absl::string_view value, const Labels& labels);

  std::string name_;
  std::string text_;
};

}  // namespace awase::service

#endif  // AWASE_SERVICE_METRICS_TEXT_H_
