#include "service/metrics_text.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"

namespace awase::service {

void MetricsText::Begin(absl::string_view name, absl::string_view help, absl::string_view type) {
  name_ = std::string(name);
  absl::StrAppend(&text_, "# HELP ", name, " ", help, "\n# TYPE ", name, " ", type, "\n");
}

void MetricsText::Sample(std::uint64_t value, const Labels& labels) {
  absl::StrAppend(&text_, name_);
  if (!labels.empty()) {
    const auto print = [](std::string* text, const std::pair<absl::string_view, std::string>& label) {
      const std::string escaped = absl::StrReplaceAll(label.second, {{"\\", "\\\\"}, {"\"", "\\\""}, {"\n", "\\n"}});
      absl::StrAppend(text, label.first, "=\"", escaped, "\"");
    };
    absl::StrAppend(&text_, "{", absl::StrJoin(labels, ",", print), "}");
  }
  absl::StrAppend(&text_, " ", value, "\n");
}

}  // namespace awase::service
