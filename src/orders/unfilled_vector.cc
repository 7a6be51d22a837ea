#include "awase/orders/unfilled_vector.h"

#include <sys/mman.h>

namespace awase::orders {

void* AllocateLargeMemory(std::size_t bytes) {
  void* const memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  return memory;
}

void FreeLargeMemory(void* memory, std::size_t bytes) noexcept { munmap(memory, bytes); }

}  // namespace awase::orders
