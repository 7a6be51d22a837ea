#ifndef AWASE_ENGINE_PRODUCT_PLACES_H_
#define AWASE_ENGINE_PRODUCT_PLACES_H_

// Rules found by a product that they name: a shop may have a rule for each of its products.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/inlined_vector.h"
#include "absl/types/span.h"
#include "awase/base/product_index.h"

namespace awase::engine {

// Immutable once filled; thread-safe to read. Most products that a request asks about have no rule: a few bits for each
// product, which stay in the cache where the table of thousands does not, answer for seven in eight of those.
class ProductPlaces {
 public:
  // `place` is the caller's number of a rule; it never falls from call to call. A product added twice for one place is
  // there once. Amortised O(1).
  void Add(ProductIndex product, std::uint32_t place);

  // Ascending; empty for a product without any. O(1).
  absl::Span<const std::uint32_t> Of(ProductIndex product) const {
    if (!MayHave(product)) return {};
    const auto found = places_.find(product);
    if (found == places_.end()) return {};
    return found->second;
  }

 private:
  static constexpr std::size_t kBitsPerProduct = 8;

  bool MayHave(ProductIndex product) const {
    if (marks_.empty()) return false;
    const std::size_t bit = BitOf(product);
    return (marks_[bit / 64] >> bit % 64 & 1) != 0;
  }
  // Neighbours in the catalogue are scattered: a rule names the variants of a product together.
  std::size_t BitOf(ProductIndex product) const {
    return (static_cast<std::uint32_t>(product) * std::uint64_t{0x9E3779B97F4A7C15}) >> shift_;
  }
  void Mark(ProductIndex product);
  void MarkAllInTwiceTheRoom();

  absl::flat_hash_map<ProductIndex, absl::InlinedVector<std::uint32_t, 2>> places_;
  std::vector<std::uint64_t> marks_;  // a power of two of bits
  int shift_ = 64;                    // leaves so many bits of 64 that they number one of the marks
};

}  // namespace awase::engine

#endif  // AWASE_ENGINE_PRODUCT_PLACES_H_
