#include "awase/orders/unfilled_vector.h"

#include <sys/mman.h>

#include <cstdint>

namespace awase::orders {
namespace {

constexpr std::size_t kHugePage = std::size_t{2} << 20;

std::size_t RoundUp(std::size_t bytes) { return (bytes + kHugePage - 1) / kHugePage * kHugePage; }

}  // namespace

void* AllocateLargeMemory(std::size_t bytes) {
  bytes = RoundUp(bytes);
  void* const mapped = mmap(nullptr, bytes + kHugePage, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapped == MAP_FAILED) throw std::bad_alloc();
  // Gives back what is before the first border and behind the last one.
  char* const first = static_cast<char*>(mapped);
  const std::size_t before = (kHugePage - reinterpret_cast<std::uintptr_t>(first) % kHugePage) % kHugePage;
  char* const memory = first + before;
  if (before > 0) munmap(first, before);
  if (before < kHugePage) munmap(memory + bytes, kHugePage - before);
  madvise(memory, bytes, MADV_HUGEPAGE);  // a system without huge pages works on with small ones
  return memory;
}

void FreeLargeMemory(void* memory, std::size_t bytes) noexcept { munmap(memory, RoundUp(bytes)); }

}  // namespace awase::orders
