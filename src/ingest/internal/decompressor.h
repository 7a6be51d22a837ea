#ifndef AWASE_INGEST_INTERNAL_DECOMPRESSOR_H_
#define AWASE_INGEST_INTERNAL_DECOMPRESSOR_H_

#include <cstddef>
#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace awase::ingest_internal {

enum class Compression { kNone, kGzip, kZstd };

// By the first bytes of a file (at least 4 where it has them).
Compression CompressionOf(absl::string_view first_bytes);

// Undoes one compression, in bounded pieces. gzip with several members and zstd with several frames are read through.
// single-thread.
class Decompressor {
 public:
  static std::unique_ptr<Decompressor> Create(Compression compression);
  virtual ~Decompressor() = default;

  // Takes bytes from the front of *in and writes at most `capacity` bytes to `out`; returns how many. Nothing written
  // and *in empty means: more input is wanted. kDataLoss when the data are broken.
  virtual absl::StatusOr<std::size_t> Step(absl::string_view* in, char* out, std::size_t capacity) = 0;

  // At the end of the input: kDataLoss when it stops in the middle.
  virtual absl::Status Finish() = 0;
};

}  // namespace awase::ingest_internal

#endif  // AWASE_INGEST_INTERNAL_DECOMPRESSOR_H_
