// Foreign bytes until they are checked. Fuzzed by tests/fuzz/live_log_fuzz.cc.

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "awase/base/status_macros.h"
#include "live/live_frame.h"
#include "live/live_log.h"

namespace awase::live {
namespace {

absl::Status Broken(std::uint64_t place, absl::string_view what) {
  return absl::DataLossError(absl::StrCat("broken at byte ", place, " (", what, ")"));
}

absl::Status TakeHeader(absl::string_view& bytes, std::uint64_t& file_id) {
  if (TakeLogHeader(bytes, file_id)) return absl::OkStatus();
  if (absl::StartsWith(bytes, kLogName) && !absl::StartsWith(bytes, kLogLine) && bytes.size() > kLogLine.size()) {
    return absl::FailedPreconditionError("a newer awase has written it");
  }
  return Broken(0, "it is no live catalogue");
}

// Whether `bytes`, which begin at `place`, have a group that was written later: each is written only when the one
// before it is on disk. No group is empty. O(bytes): payloads behind heads that are not sound are not looked at.
bool HasGroup(const FramePlace& place, absl::string_view bytes) {
  for (std::size_t at = bytes.find(kFrameMark); at != absl::string_view::npos; at = bytes.find(kFrameMark, at + 1)) {
    absl::string_view rest = bytes.substr(at);
    absl::string_view payload;
    if (TakeFrame({place.file_id, place.offset + at}, rest, payload) && !payload.empty()) return true;
  }
  return false;
}

// False when the payload is not made of whole records.
bool VisitRecords(absl::string_view payload, const std::function<void(LiveRecord&&)>& visit) {
  LiveRecord record;
  while (!payload.empty()) {
    if (!TakeRecord(payload, record)) return false;
    visit(std::move(record));
  }
  return true;
}

}  // namespace

absl::StatusOr<LiveLogExtent> ReadLiveLog(absl::string_view bytes, const std::function<void(LiveRecord&&)>& visit) {
  LiveLogExtent extent;
  absl::string_view rest = bytes;
  AWASE_RETURN_IF_ERROR(TakeHeader(rest, extent.file_id));
  while (!rest.empty()) {
    const std::uint64_t place = bytes.size() - rest.size();
    absl::string_view payload;
    if (!TakeFrame({extent.file_id, place}, rest, payload)) {
      if (extent.base_bytes == 0) return Broken(place, "in the base");
      if (HasGroup({extent.file_id, place + 1}, rest.substr(1)))
        return Broken(place, "what was written later is sound");
      break;
    }
    if (!payload.empty()) {
      if (!VisitRecords(payload, visit)) return Broken(place, "a record that no awase has written");
    } else if (extent.base_bytes != 0) {
      return Broken(place, "a second end of the base");
    } else {
      extent.base_bytes = bytes.size() - rest.size();
    }
  }
  if (extent.base_bytes == 0) return Broken(bytes.size(), "the base has no end");
  extent.whole_bytes = bytes.size() - rest.size();
  return extent;
}

}  // namespace awase::live
