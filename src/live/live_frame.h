#ifndef AWASE_LIVE_LIVE_FRAME_H_
#define AWASE_LIVE_LIVE_FRAME_H_

// How records are wrapped in the log: what is written at once has one checksum.

#include <string>

#include "absl/strings/string_view.h"

namespace awase::live {

// The first line of the file; the format's number is in it.
inline constexpr absl::string_view kLogName = "awase live catalogue ";
inline constexpr absl::string_view kLogHeader = "awase live catalogue 1\n";

// The first bytes of every frame, by which frames are found behind a broken one.
inline constexpr absl::string_view kFrameMark =
    "\xF7"
    "awl";

// REQUIRES: less than 4 GiB. An empty payload is the end of the base.
std::string MakeFrame(absl::string_view payload);

// Takes the first frame off `bytes`. False, with `bytes` as they were, when they begin with no whole, sound frame.
bool TakeFrame(absl::string_view& bytes, absl::string_view& payload);

}  // namespace awase::live

#endif  // AWASE_LIVE_LIVE_FRAME_H_
