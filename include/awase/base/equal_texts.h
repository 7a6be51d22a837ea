#ifndef AWASE_BASE_EQUAL_TEXTS_H_
#define AWASE_BASE_EQUAL_TEXTS_H_

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "absl/strings/string_view.h"

namespace awase {

namespace base_internal {

template <typename Word>
bool EqualWords(const char* a, const char* b) {
  Word x;
  Word y;
  std::memcpy(&x, a, sizeof(Word));
  std::memcpy(&y, b, sizeof(Word));
  return x == y;
}

// The first and the last word cover all bytes. REQUIRES: sizeof(Word) <= size <= 2 · sizeof(Word).
template <typename Word>
bool EqualByEnds(const char* a, const char* b, std::size_t size) {
  return EqualWords<Word>(a, b) && EqualWords<Word>(a + size - sizeof(Word), b + size - sizeof(Word));
}

}  // namespace base_internal

// a == b, for short texts that are compared once a line or more: the call of memcmp costs more than comparing them.
// O(size). thread-safe.
inline bool EqualTexts(absl::string_view a, absl::string_view b) {
  if (a.size() != b.size()) return false;
  const std::size_t size = a.size();
  if (size > 16) return a == b;
  if (size >= 8) return base_internal::EqualByEnds<std::uint64_t>(a.data(), b.data(), size);
  if (size >= 4) return base_internal::EqualByEnds<std::uint32_t>(a.data(), b.data(), size);
  return size == 0 || (a[0] == b[0] && a[size / 2] == b[size / 2] && a[size - 1] == b[size - 1]);
}

}  // namespace awase

#endif  // AWASE_BASE_EQUAL_TEXTS_H_
