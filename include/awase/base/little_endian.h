#ifndef AWASE_BASE_LITTLE_ENDIAN_H_
#define AWASE_BASE_LITTLE_ENDIAN_H_

// Whole numbers of one to eight bytes as files have them, the least byte first, on any machine.

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace awase {

template <typename Number>
void AppendLittleEndian(Number number, std::string& bytes) {
  for (std::size_t i = 0; i < sizeof(Number); ++i) {
    bytes.push_back(static_cast<char>((static_cast<std::uint64_t>(number) >> (8 * i)) & 0xFF));
  }
}

// Takes a number off the front of `bytes`. False, with both as they were, when there are too few.
template <typename Number>
bool TakeLittleEndian(absl::string_view& bytes, Number& number) {
  if (bytes.size() < sizeof(Number)) return false;
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < sizeof(Number); ++i) {
    value |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
  }
  number = static_cast<Number>(value);
  bytes.remove_prefix(sizeof(Number));
  return true;
}

}  // namespace awase

#endif  // AWASE_BASE_LITTLE_ENDIAN_H_
