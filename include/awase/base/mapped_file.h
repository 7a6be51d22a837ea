#ifndef AWASE_BASE_MAPPED_FILE_H_
#define AWASE_BASE_MAPPED_FILE_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace awase {

// A file mapped read-only into memory; unmapped on destruction. Movable. Reading the bytes is thread-safe. The file
// must not be cut while it is mapped (the artefact's files are immutable; replacing one by rename is harmless).
class MappedFile {
 public:
  // kNotFound, kPermissionDenied, … as the system says, with the path in the message. An empty file gives no bytes.
  static absl::StatusOr<MappedFile> Open(const std::string& path);

  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  ~MappedFile();

  // Starts on a page boundary, so any flat record may be read in place.
  absl::string_view bytes() const { return bytes_; }

 private:
  explicit MappedFile(absl::string_view bytes) : bytes_(bytes) {}
  absl::string_view bytes_;
};

}  // namespace awase

#endif  // AWASE_BASE_MAPPED_FILE_H_
