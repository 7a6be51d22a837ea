#ifndef AWASE_APPS_AWASE_COUNTED_H_
#define AWASE_APPS_AWASE_COUNTED_H_

#include <cstddef>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace awase::apps {

// "1 file", "2 files".
inline std::string Counted(std::size_t count, absl::string_view noun) {
  return absl::StrCat(count, " ", noun, count == 1 ? "" : "s");
}

}  // namespace awase::apps

#endif  // AWASE_APPS_AWASE_COUNTED_H_
