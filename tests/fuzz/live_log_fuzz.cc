// Any bytes are refused as a log of a live catalogue or as its records, or are records that are written back byte for
// byte.

#include <cstdint>
#include <cstdlib>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "live/live_frame.h"
#include "live/live_log.h"

namespace {

using namespace awase::live;  // NOLINT(google-build-using-namespace)

void Read(absl::string_view log) {
  std::string records;
  const absl::StatusOr<LiveLogExtent> extent = ReadLiveLog(log, [&records](LiveRecord&& record) {
    if (record.entry.stock.value.value_or(0) < 0 || record.product_id.empty()) std::abort();
    AppendRecord(record.product_id, record.entry, records);
  });
  if (!extent.ok()) return;
  if (extent->base_bytes > extent->whole_bytes || extent->whole_bytes > log.size()) std::abort();
  // The payloads of all frames, one behind the other.
  absl::string_view rest = log.substr(0, extent->whole_bytes);
  std::uint64_t file_id = 0;
  if (!TakeLogHeader(rest, file_id)) std::abort();
  std::string payloads;
  for (absl::string_view payload; TakeFrame({file_id, extent->whole_bytes - rest.size()}, rest, payload);) {
    payloads.append(payload.data(), payload.size());
  }
  if (!rest.empty() || payloads != records) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const absl::string_view bytes(reinterpret_cast<const char*>(data), size);
  Read(bytes);
  // Behind a checksum that is right, which no fuzzer finds.
  if (bytes.empty()) return 0;
  std::string log = MakeLogHeader(1);
  log += MakeFrame({1, log.size()}, bytes);
  log += MakeFrame({1, log.size()}, "");
  Read(log);
  return 0;
}
