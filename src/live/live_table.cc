#include "awase/live/live_table.h"

#include <algorithm>
#include <vector>

namespace awase::live {

// Changes sorted by product go down the tree together, so that each node on their ways is copied once.
struct LiveTable::Editor {
  using Changes = absl::Span<const LiveChange>;

  std::size_t size;  // of products with live values, kept up to date

  // What takes the place of `old`, which may be null; null when nothing is live below it.
  NodePointer Edit(const Node* old, int shift, Changes changes) {
    return shift == 0 ? EditLeaf(static_cast<const Leaf*>(old), changes)
                      : EditInner(static_cast<const Inner*>(old), shift, changes);
  }

  NodePointer EditLeaf(const Leaf* old, Changes changes) {
    const auto leaf = old == nullptr ? std::make_shared<Leaf>() : std::make_shared<Leaf>(*old);
    for (const LiveChange& change : changes) {
      LiveValues& values = leaf->values[Slot(change.product) % leaf->values.size()];
      size -= values.empty() ? 0 : 1;
      size += change.values.empty() ? 0 : 1;
      values = change.values;
    }
    const bool is_empty = std::all_of(leaf->values.begin(), leaf->values.end(), [](auto& v) { return v.empty(); });
    return is_empty ? nullptr : leaf;
  }

  NodePointer EditInner(const Inner* old, int shift, Changes changes) {
    const auto inner = old == nullptr ? std::make_shared<Inner>() : std::make_shared<Inner>(*old);
    auto& children = inner->children;
    const int below = shift - (shift == kLeafBits ? kLeafBits : kInnerBits);
    while (!changes.empty()) {
      const std::size_t child = Slot(changes.front().product) >> shift;
      const auto end = std::find_if(changes.begin(), changes.end(),
                                    [&](const LiveChange& change) { return Slot(change.product) >> shift != child; });
      const auto count = static_cast<std::size_t>(end - changes.begin());
      NodePointer& pointer = children[child % children.size()];
      pointer = Edit(pointer.get(), below, changes.first(count));
      changes.remove_prefix(count);
    }
    const bool is_empty = std::all_of(children.begin(), children.end(), [](auto& c) { return c == nullptr; });
    return is_empty ? nullptr : inner;
  }
};

LiveTable::LiveTable(std::size_t product_count) : product_count_(product_count) {
  for (int bits = kLeafBits; (product_count >> bits) > 0 && product_count != std::size_t{1} << bits;
       bits += kInnerBits) {
    root_shift_ = bits;
  }
}

LiveTable LiveTable::With(absl::Span<const LiveChange> changes) const {
  if (changes.empty()) return *this;
  std::vector<LiveChange> sorted(changes.begin(), changes.end());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const LiveChange& a, const LiveChange& b) { return a.product < b.product; });
  LiveTable table = *this;
  Editor editor{size_};
  table.root_ = editor.Edit(root_.get(), root_shift_, sorted);
  table.size_ = editor.size;
  return table;
}

}  // namespace awase::live
