#ifndef AWASE_SERVING_EXPOSURE_RECORD_H_
#define AWASE_SERVING_EXPOSURE_RECORD_H_

// One entry of the exposure log: what one answer showed to one customer, or what the customer did. Little-endian:
// length of the payload (u32), its XXH3 (u64), then the payload: the customer's 32 bytes, and for each exposure event
// and intent (u8 each, the intent from 1, 0 = none), nanoseconds since 1970 (i64), length of the product id (u32), id.

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "awase/engine/request.h"

namespace awase::serving {

struct ExposureRecord {
  std::string customer;  // the keyed hash, kHmacSha256Bytes long
  std::vector<engine::Exposure> exposures;
};

// How long EncodeRecord's text is.
std::size_t RecordBytes(absl::Span<const engine::Exposure> exposures);

std::string EncodeRecord(absl::string_view customer, absl::Span<const engine::Exposure> exposures);

// Takes the first record off `bytes`. False, with `bytes` as they were, when they begin with no whole, sound record.
bool TakeRecord(absl::string_view& bytes, ExposureRecord& record);

}  // namespace awase::serving

#endif  // AWASE_SERVING_EXPOSURE_RECORD_H_
