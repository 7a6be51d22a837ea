#ifndef AWASE_BASE_SHA256_H_
#define AWASE_BASE_SHA256_H_

#include <cstddef>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace awase {

// SHA-256 in pieces (OpenSSL underneath). single-thread.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void Update(absl::string_view bytes);

  // 64 lower-case hex digits. REQUIRES: called once, as the last call.
  std::string HexDigest();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

std::string Sha256Hex(absl::string_view bytes);

// Of a file's bytes, read in pieces of 1 MiB. kNotFound or kUnavailable as the system says.
absl::StatusOr<std::string> Sha256HexOfFile(const std::string& path);

}  // namespace awase

#endif  // AWASE_BASE_SHA256_H_
