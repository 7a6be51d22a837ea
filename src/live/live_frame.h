#ifndef AWASE_LIVE_LIVE_FRAME_H_
#define AWASE_LIVE_LIVE_FRAME_H_

// How the log begins, and how records are wrapped in it: what is written at once is a frame with checksums of its own.

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace awase::live {

// The first line of the file; the format's number is in it.
inline constexpr absl::string_view kLogName = "awase live catalogue ";
inline constexpr absl::string_view kLogLine = "awase live catalogue 2\n";

// The line, and the number that this file alone has: random, so that nobody who sends updates knows it.
std::string MakeLogHeader(std::uint64_t file_id);

// Takes the header off `bytes`. False, with `bytes` as they were, when they begin with none.
bool TakeLogHeader(absl::string_view& bytes, std::uint64_t& file_id);

// The first bytes of every frame, by which frames are found behind a broken one.
inline constexpr absl::string_view kFrameMark =
    "\xF7"
    "awl";

// Where a frame begins. Its checksums are of this place alone, so that no bytes within a record, which a feed may have
// chosen, pass for a frame.
struct FramePlace {
  std::uint64_t file_id;
  std::uint64_t offset;  // bytes, from the beginning of the file
};

// REQUIRES: less than 4 GiB. An empty payload is the end of the base.
std::string MakeFrame(const FramePlace& place, absl::string_view payload);

// Takes the frame of this place off `bytes`. False, with `bytes` as they were, when they begin with no whole, sound
// one; the payload is looked at only behind a sound head.
bool TakeFrame(const FramePlace& place, absl::string_view& bytes, absl::string_view& payload);

}  // namespace awase::live

#endif  // AWASE_LIVE_LIVE_FRAME_H_
