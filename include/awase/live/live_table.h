#ifndef AWASE_LIVE_LIVE_TABLE_H_
#define AWASE_LIVE_LIVE_TABLE_H_

// What a shop says of its products now, where that differs from what the model was trained with: one immutable table
// for one model. A new table shares what has not changed with the one that it was made of.
//
//   LiveTable table(model.product_count());
//   table = table.With({{product, {.stock = 0}}});
//   if (const LiveValues* live = table.Find(product); live != nullptr && live->stock == 0) …

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

#include "absl/types/span.h"
#include "awase/base/money.h"
#include "awase/base/product_index.h"

namespace awase::live {

// Of one product. What is not there is as the model says.
struct LiveValues {
  std::optional<Money> price;
  std::optional<std::int64_t> stock;  // pieces, ≥ 0
  std::optional<bool> visible;

  bool empty() const { return !price.has_value() && !stock.has_value() && !visible.has_value(); }
  friend bool operator==(const LiveValues&, const LiveValues&) = default;
};

// All that is live of the product from now on; without any value the product is as the model says.
struct LiveChange {
  ProductIndex product;
  LiveValues values;
};

// Immutable and thread-safe: reading takes no lock. Copies are cheap and share everything.
class LiveTable {
 public:
  // No product has live values. REQUIRES: product_count < 2^32.
  explicit LiveTable(std::size_t product_count = 0);

  // Null for a product without live values; else valid as long as a table that has them. One load where nothing near
  // the product is live, and one more for each factor of 64 in the number of products. REQUIRES: product is one of the
  // product_count.
  const LiveValues* Find(ProductIndex product) const;

  // This table after the changes; of several for one product the last one counts. Copies at most one node for each
  // change and level, and each node once: O(changes · log product_count). REQUIRES: as Find.
  LiveTable With(absl::Span<const LiveChange> changes) const;

  std::size_t product_count() const { return product_count_; }
  // Of products with live values.
  std::size_t size() const { return size_; }

 private:
  // ---- Everything from here on is detail. ----
  // A tree of which only the branches with live values are there. 16 products of 48 bytes and 64 pointers of 16 bytes
  // are about 1 KiB each: what one update copies per level.
  static constexpr int kLeafBits = 4;
  static constexpr int kInnerBits = 6;
  struct Node {};
  struct Leaf;
  struct Inner;
  using NodePointer = std::shared_ptr<const Node>;
  struct Editor;

  std::size_t product_count_;
  std::size_t size_ = 0;
  int root_shift_ = 0;  // how many bits of a slot are below the root's children; 0 = the root is a leaf
  NodePointer root_;
};

struct LiveTable::Leaf : Node {
  std::array<LiveValues, std::size_t{1} << kLeafBits> values;
};
struct LiveTable::Inner : Node {
  std::array<NodePointer, std::size_t{1} << kInnerBits> children;
};

inline const LiveValues* LiveTable::Find(ProductIndex product) const {
  const std::size_t slot = Slot(product);
  const Node* node = root_.get();
  for (int shift = root_shift_; node != nullptr && shift > 0; shift -= shift == kLeafBits ? kLeafBits : kInnerBits) {
    const auto& children = static_cast<const Inner*>(node)->children;
    node = children[(slot >> shift) % children.size()].get();
  }
  if (node == nullptr) return nullptr;
  const auto& values = static_cast<const Leaf*>(node)->values;
  const LiveValues& found = values[slot % values.size()];
  return found.empty() ? nullptr : &found;
}

}  // namespace awase::live

#endif  // AWASE_LIVE_LIVE_TABLE_H_
