#ifndef AWASE_REPORT_INTERNAL_ASSETS_H_
#define AWASE_REPORT_INTERNAL_ASSETS_H_

// The files that are built into the binary (cmake/awase_embed.cmake).

#include <vector>

#include "absl/strings/string_view.h"

namespace awase::report_internal {

absl::string_view PageTemplate();
absl::string_view PageStyle();

// In the order in which they are to run: the chart library, then what draws the page.
std::vector<absl::string_view> PageScripts();

struct License {
  absl::string_view of;
  absl::string_view text;
};
std::vector<License> ScriptLicenses();

}  // namespace awase::report_internal

#endif  // AWASE_REPORT_INTERNAL_ASSETS_H_
