#ifndef AWASE_ORDERS_INTERNAL_LOG_CHECKSUM_H_
#define AWASE_ORDERS_INTERNAL_LOG_CHECKSUM_H_

#include <cstddef>
#include <memory>
#include <string>

#include "absl/strings/string_view.h"

namespace awase::orders_internal {

// XXH3 with 128 bits over pieces: against broken disks and cut files, not against an attacker. single-thread.
class LogChecksum {
 public:
  LogChecksum();
  ~LogChecksum();

  void Update(absl::string_view bytes);
  // 16 bytes, in XXH3's canonical form.
  std::string Digest() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace awase::orders_internal

#endif  // AWASE_ORDERS_INTERNAL_LOG_CHECKSUM_H_
