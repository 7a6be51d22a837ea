#ifndef AWASE_INGEST_INTERNAL_SEPARATOR_CURSOR_H_
#define AWASE_INGEST_INTERNAL_SEPARATOR_CURSOR_H_

// Finds bytes, 64 at a time: those that end fields come every ten bytes or so, too often for memchr to pay and too
// seldom for a look at every byte.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "absl/strings/string_view.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace awase::ingest_internal {

// Bit i says whether text[i] is `a` or `b`, for 64 bytes.
inline std::uint64_t MaskOf(const char* text, char a, char b) {
  std::uint64_t mask = 0;
#ifdef __SSE2__
  const __m128i first = _mm_set1_epi8(a);
  const __m128i second = _mm_set1_epi8(b);
  for (unsigned i = 0; i < 4; ++i) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text + 16 * i));
    const __m128i found = _mm_or_si128(_mm_cmpeq_epi8(bytes, first), _mm_cmpeq_epi8(bytes, second));
    mask |= static_cast<std::uint64_t>(static_cast<unsigned>(_mm_movemask_epi8(found))) << (16 * i);
  }
#else
  for (unsigned i = 0; i < 64; ++i) mask |= static_cast<std::uint64_t>(text[i] == a || text[i] == b) << i;
#endif
  return mask;
}

// Bit i says whether text[i] is `wanted`, for 64 bytes.
inline std::uint64_t MaskOf(const char* text, char wanted) { return MaskOf(text, wanted, wanted); }

// How often `wanted` is in `text`.
inline std::uint64_t CountByte(absl::string_view text, char wanted) {
  std::uint64_t count = 0;
  std::size_t at = 0;
#ifdef __SSE2__
  const __m128i needle = _mm_set1_epi8(wanted);
  while (text.size() - at >= 16) {
    __m128i found = _mm_setzero_si128();  // minus the count so far, in each byte: at most 255 rounds fit
    for (unsigned round = 0; round < 255 && text.size() - at >= 16; ++round, at += 16) {
      const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
      found = _mm_sub_epi8(found, _mm_cmpeq_epi8(bytes, needle));
    }
    const __m128i sums = _mm_sad_epu8(found, _mm_setzero_si128());
    alignas(16) std::uint64_t halves[2];
    _mm_store_si128(reinterpret_cast<__m128i*>(halves), sums);
    count += halves[0] + halves[1];
  }
#endif
  for (; at < text.size(); ++at) count += text[at] == wanted ? 1 : 0;
  return count;
}

// Where the next of two bytes is. Borrows the text. single-thread.
class SeparatorCursor {
 public:
  SeparatorCursor() = default;
  SeparatorCursor(absl::string_view text, char a, char b) : text_(text), a_(a), b_(b) {
    if (!text_.empty()) Load(0);
  }

  // The first place ≥ `from` of either byte; the size of the text when there is none. Fast when `from` is close behind
  // the last answer.
  std::size_t Find(std::size_t from) {
    if (from >= text_.size()) return text_.size();
    std::size_t base = from & ~std::size_t{63};
    if (base != base_) Load(base);
    const std::uint64_t rest = mask_ >> (from & 63);
    if (rest != 0) return from + static_cast<std::size_t>(std::countr_zero(rest));
    for (base += 64; base < text_.size(); base += 64) {
      Load(base);
      if (mask_ != 0) return base + static_cast<std::size_t>(std::countr_zero(mask_));
    }
    return text_.size();
  }

 private:
  void Load(std::size_t base) {
    base_ = base;
    const std::size_t left = text_.size() - base;
    if (left >= 64) {
      mask_ = MaskOf(text_.data() + base, a_, b_);
      return;
    }
    char last[64] = {};
    std::memcpy(last, text_.data() + base, left);
    mask_ = MaskOf(last, a_, b_) & ((std::uint64_t{1} << left) - 1);
  }

  absl::string_view text_;
  char a_ = 0;
  char b_ = 0;
  std::size_t base_ = 0;
  std::uint64_t mask_ = 0;  // of the 64 bytes at base_
};

}  // namespace awase::ingest_internal

#endif  // AWASE_INGEST_INTERNAL_SEPARATOR_CURSOR_H_
