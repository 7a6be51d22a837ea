#include "awase/base/huge_array.h"

#include <sys/mman.h>

#include <new>

namespace awase::base_internal {

void* MapHuge(std::size_t bytes) {
  if (bytes == 0) return nullptr;
  void* const memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  constexpr std::size_t kWorthIt = std::size_t{4} << 20;  // below, rounding up to 2 MiB pages would only waste them
  if (bytes >= kWorthIt) madvise(memory, bytes, MADV_HUGEPAGE);
  return memory;
}

void UnmapHuge(void* memory, std::size_t bytes) {
  if (memory != nullptr) munmap(memory, bytes);
}

}  // namespace awase::base_internal
