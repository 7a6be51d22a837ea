#ifndef AWASE_CONFIG_INTERNAL_READ_PATH_H_
#define AWASE_CONFIG_INTERNAL_READ_PATH_H_

#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "config/internal/config_report.h"

namespace awase::config_internal {

// The path that the file has as `value` at `at`, from `folder` on where it is not absolute; empty where there is none.
// An empty one goes to the report.
inline std::string ReadPath(const std::string& value, absl::string_view at, absl::string_view folder,
                            ConfigReport* report) {
  if (!report->Has(at) || !report->IsSound(at)) return "";
  if (value.empty()) report->Add(at, "is empty: want the path of a file");
  return absl::StartsWith(value, "/") ? value : absl::StrCat(folder, value);
}

}  // namespace awase::config_internal

#endif  // AWASE_CONFIG_INTERNAL_READ_PATH_H_
