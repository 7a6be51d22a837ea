#ifndef AWASE_APPS_AWASE_TERMINAL_TEXT_H_
#define AWASE_APPS_AWASE_TERMINAL_TEXT_H_

// UTF-8 text in the columns of a terminal. Widths are columns: 2 for East Asian wide characters and emoji, 0 for
// combining marks. Control characters and broken bytes come out as "�" (width 1), so that a title cannot steer the
// terminal.

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace awase::apps {

std::size_t DisplayWidth(absl::string_view text);

// At most `width` columns; what is cut ends in "…".
std::string FitTo(absl::string_view text, std::size_t width);

// Exactly `width` columns: FitTo, then spaces.
std::string PadRight(absl::string_view text, std::size_t width);
std::string PadLeft(absl::string_view text, std::size_t width);

// Lines of at most `width` columns, broken at spaces where there are any. At least one line. REQUIRES: width >= 2.
std::vector<std::string> WrapTo(absl::string_view text, std::size_t width);

}  // namespace awase::apps

#endif  // AWASE_APPS_AWASE_TERMINAL_TEXT_H_
