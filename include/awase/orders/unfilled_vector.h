#ifndef AWASE_ORDERS_UNFILLED_VECTOR_H_
#define AWASE_ORDERS_UNFILLED_VECTOR_H_

// A std::vector whose resize leaves numbers as they are in memory: what several threads are about to fill need not be
// zeroed by one of them first, and a page belongs to memory only once it is written.

#include <cstddef>
#include <memory>
#include <new>
#include <utility>
#include <vector>

namespace awase::orders {

// Straight from the system and straight back to it: what is freed does not stay with the process. Zeroed page by page as
// it is touched. (Huge pages were slower: most of this memory is gone through once, and a virtual machine pays dearly for
// the first touch of one.) Throws std::bad_alloc, as operator new. Freed with FreeLargeMemory and the same size.
void* AllocateLargeMemory(std::size_t bytes);
void FreeLargeMemory(void* memory, std::size_t bytes) noexcept;
inline constexpr std::size_t kLargeMemoryBytes = std::size_t{8} << 20;

template <typename T>
class UnfilledAllocator {
 public:
  using value_type = T;

  UnfilledAllocator() = default;
  template <typename U>
  explicit UnfilledAllocator(const UnfilledAllocator<U>&) {}

  T* allocate(std::size_t count) {
    if (count > static_cast<std::size_t>(-1) / sizeof(T)) throw std::bad_array_new_length();
    if (count * sizeof(T) >= kLargeMemoryBytes) return static_cast<T*>(AllocateLargeMemory(count * sizeof(T)));
    return std::allocator<T>().allocate(count);
  }
  void deallocate(T* memory, std::size_t count) noexcept {
    if (count * sizeof(T) >= kLargeMemoryBytes) return FreeLargeMemory(memory, count * sizeof(T));
    std::allocator<T>().deallocate(memory, count);
  }

  template <typename U, typename... Args>
  void construct(U* place, Args&&... args) {
    if constexpr (sizeof...(Args) == 0) {
      ::new (static_cast<void*>(place)) U;  // no value: default-initialised
    } else {
      ::new (static_cast<void*>(place)) U(std::forward<Args>(args)...);
    }
  }

  friend bool operator==(const UnfilledAllocator&, const UnfilledAllocator&) { return true; }
};

// For trivial T.
template <typename T>
using UnfilledVector = std::vector<T, UnfilledAllocator<T>>;

// Empties a vector and gives its memory back, which `vector = {}` does not.
template <typename Vector>
void ReleaseMemory(Vector* vector) {
  Vector().swap(*vector);
}

}  // namespace awase::orders

#endif  // AWASE_ORDERS_UNFILLED_VECTOR_H_
