#include "trainer/internal/memory.h"

#include <algorithm>
#include <limits>

#include "awase/base/process_memory.h"

namespace awase::trainer_internal {
namespace {

// What counting takes beside the index, at most: see relations::BuildRelation. How full lists will be is not known
// before.
constexpr std::uint64_t kBytesPerLine = 4;
constexpr std::uint64_t kBytesPerBasket = 16;
constexpr std::uint64_t kBytesPerProduct = 78;
constexpr std::uint64_t kBytesPerProductAndThread = 48;
constexpr std::uint64_t kBytesPerThread = std::uint64_t{1} << 19;
constexpr std::uint64_t kBytesPerListEntry = 32;
constexpr std::uint64_t kLeastListEntries = 16;

constexpr std::uint64_t kIndexBytesPerLine = 4;
constexpr std::uint64_t kMostPasses = 32;
constexpr std::uint64_t kLeastIndexBytes = std::uint64_t{1} << 20;

std::uint64_t BytesBesideTheIndex(const orders::BasketSet& baskets, std::uint64_t top_k, std::uint64_t threads) {
  const std::uint64_t products = baskets.product_count;
  const std::uint64_t entries = std::max(std::min(top_k, products), kLeastListEntries);
  return kBytesPerLine * baskets.products.size() + kBytesPerBasket * baskets.size() +
         products * (kBytesPerProduct + kBytesPerListEntry * entries + kBytesPerProductAndThread * threads) +
         kBytesPerThread * threads;
}

}  // namespace

std::uint64_t IndexBytesWithin(std::uint64_t memory_limit_bytes, const orders::BasketSet& baskets, std::size_t top_k,
                               std::size_t threads) {
  if (memory_limit_bytes == 0) return std::numeric_limits<std::uint64_t>::max();
  const std::uint64_t taken = CurrentRssBytes() + BytesBesideTheIndex(baskets, top_k, threads);
  const std::uint64_t left = memory_limit_bytes > taken ? memory_limit_bytes - taken : 0;
  const std::uint64_t all = kIndexBytesPerLine * baskets.products.size();
  return std::max({left, all / kMostPasses, kLeastIndexBytes});
}

}  // namespace awase::trainer_internal
