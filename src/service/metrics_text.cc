#include "service/metrics_text.h"

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"

namespace awase::service {

void MetricsText::Begin(absl::string_view name, absl::string_view help, absl::string_view type) {
  name_ = std::string(name);
  absl::StrAppend(&text_, "# HELP ", name, " ", help, "\n# TYPE ", name, " ", type, "\n");
}

void MetricsText::Line(absl::string_view suffix, absl::string_view value, const Labels& labels) {
  absl::StrAppend(&text_, name_, suffix);
  if (!labels.empty()) {
    const auto print = [](std::string* text, const std::pair<absl::string_view, std::string>& label) {
      const std::string escaped = absl::StrReplaceAll(label.second, {{"\\", "\\\\"}, {"\"", "\\\""}, {"\n", "\\n"}});
      absl::StrAppend(text, label.first, "=\"", escaped, "\"");
    };
    absl::StrAppend(&text_, "{", absl::StrJoin(labels, ",", print), "}");
  }
  absl::StrAppend(&text_, " ", value, "\n");
}

void MetricsText::Durations(const DurationHistogram& durations, const Labels& labels) {
  const auto counts = durations.CumulativeCounts();
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const bool is_last = i == DurationHistogram::kBounds.size();
    Labels with_bound = labels;
    with_bound.emplace_back("le",
                            is_last ? "+Inf" : absl::StrCat(static_cast<double>(DurationHistogram::kBounds[i]) * 1e-6));
    Line("_bucket", absl::StrCat(counts[i]), with_bound);
  }
  // Six digits would make steps of seconds of what has run for days.
  Line("_sum", absl::StrFormat("%.17g", durations.sum_seconds()), labels);
  Line("_count", absl::StrCat(counts.back()), labels);
}

}  // namespace awase::service
