#ifndef AWASE_LIVE_LIVE_STATE_H_
#define AWASE_LIVE_LIVE_STATE_H_

// What is held of all products, by id, and what a group of updates would make of it.

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "awase/base/product_index.h"
#include "awase/live/live_catalogue.h"
#include "awase/live/live_table.h"
#include "awase/live/product_update.h"
#include "live/live_entry.h"

namespace awase::live {

using FindProduct = LiveCatalogue::FindProduct;

// Of one product.
struct HeldProduct {
  LiveEntry entry;
  ProductIndex index = kNoProduct;  // in the bound model, if it has the product
};

// thread-compatible.
class LiveState {
 public:
  // In the order of ids, and never moved as a whole: calls would wait for the rehashing of a million products.
  using Products = absl::btree_map<std::string, HeldProduct>;

  // Null when nothing is held of the product.
  const HeldProduct* Find(absl::string_view product_id) const;

  // Of a blank entry nothing is held any more.
  void Put(absl::string_view product_id, const HeldProduct& product);

  // Looks all products up; returns what is live of those that are found. O(size() · find).
  std::vector<LiveChange> Rebind(const FindProduct& find);
  // What is live of the products that `find` finds, which are not bound to it. O(size() · find).
  std::vector<LiveChange> LiveOf(const FindProduct& find) const;

  const Products& products() const { return products_; }
  std::size_t size() const { return products_.size(); }
  std::size_t unknown() const { return unknown_; }  // of these, without an index

 private:
  Products products_;
  std::size_t unknown_ = 0;
};

// Updates that are not on disk yet: they see each other, and the state does not see them. single-thread.
class StagedUpdates {
 public:
  // Null for `find`: no model is bound. REQUIRES: the state outlives this and is not changed before PutInto.
  StagedUpdates(const LiveState& state, const FindProduct& find, std::size_t max_products)
      : state_(state), find_(find), max_products_(max_products) {}

  // All of them, in their order. kResourceExhausted, with none of them, when more than max_products would be held
  // after them.
  absl::StatusOr<LiveCatalogue::Outcome> Add(absl::Span<const ProductUpdate> updates);

  // Of the products that are not as they were, by id: their records, and what is live of those that the model has.
  std::string Records() const;
  std::vector<LiveChange> Changes() const;
  // The same of another model, that has those which `find` finds. O(products · find).
  std::vector<LiveChange> ChangesOf(const FindProduct& find) const;
  void PutInto(LiveState& state) const;

 private:
  using Staged = absl::btree_map<std::string, HeldProduct>;

  // Null when nothing is held of the product, not even by updates that are staged.
  const HeldProduct* Find(const std::string& product_id) const;
  HeldProduct& Stage(const std::string& product_id, Staged& call) const;
  absl::Status CheckRoom(const Staged& call) const;
  bool IsChanged(const std::string& product_id, const HeldProduct& product) const;

  const LiveState& state_;
  const FindProduct& find_;
  const std::size_t max_products_;
  Staged staged_;
};

}  // namespace awase::live

#endif  // AWASE_LIVE_LIVE_STATE_H_
