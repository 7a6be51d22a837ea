#ifndef AWASE_BASE_HUGE_ARRAY_H_
#define AWASE_BASE_HUGE_ARRAY_H_

#include <cstddef>
#include <limits>
#include <new>
#include <type_traits>
#include <utility>

#include "absl/types/span.h"

namespace awase {

namespace base_internal {
// Zeroed memory that the system is asked to back with huge pages. Throws std::bad_alloc. Null for 0 bytes.
void* MapHuge(std::size_t bytes);
void UnmapHuge(void* memory, std::size_t bytes);
}  // namespace base_internal

// An array of fixed size for hundreds of megabytes that are read at random places: on huge pages (where the system
// gives them) such a read misses the cache, but not the TLB as well. Elements start as zero bytes; pages that are never
// touched cost nothing. thread-compatible.
template <typename T>
class HugeArray {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  HugeArray() = default;
  // Throws std::bad_alloc, or std::bad_array_new_length, which is one, for more bytes than there are addresses.
  explicit HugeArray(std::size_t size) : data_(static_cast<T*>(base_internal::MapHuge(BytesOf(size)))), size_(size) {}
  ~HugeArray() { base_internal::UnmapHuge(data_, size_ * sizeof(T)); }
  HugeArray(HugeArray&& other) noexcept
      : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}
  HugeArray& operator=(HugeArray&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    return *this;
  }

  std::size_t size() const { return size_; }
  T* data() { return data_; }
  const T* data() const { return data_; }
  T& operator[](std::size_t i) { return data_[i]; }
  const T& operator[](std::size_t i) const { return data_[i]; }
  absl::Span<const T> span() const { return absl::MakeConstSpan(data_, size_); }

 private:
  static std::size_t BytesOf(std::size_t size) {
    if (size > std::numeric_limits<std::size_t>::max() / sizeof(T)) throw std::bad_array_new_length();
    return size * sizeof(T);
  }

  T* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace awase

#endif  // AWASE_BASE_HUGE_ARRAY_H_
