#include "live/live_state.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "awase/base/status_macros.h"
#include "live/live_record.h"

namespace awase::live {

const HeldProduct* LiveState::Find(absl::string_view product_id) const {
  const auto found = products_.find(product_id);
  return found == products_.end() ? nullptr : &found->second;
}

void LiveState::Put(absl::string_view product_id, const HeldProduct& product) {
  const auto found = products_.find(product_id);
  if (found != products_.end() && found->second.index == kNoProduct) --unknown_;
  if (product.entry.is_blank()) {
    if (found != products_.end()) products_.erase(found);
    return;
  }
  if (product.index == kNoProduct) ++unknown_;
  if (found != products_.end()) {
    found->second = product;
  } else {
    products_.emplace(std::string(product_id), product);
  }
}

std::vector<LiveChange> LiveState::Rebind(const FindProduct& find) {
  std::vector<LiveChange> live;
  unknown_ = 0;
  for (auto& [product_id, product] : products_) {
    product.index = find(product_id).value_or(kNoProduct);
    if (product.index == kNoProduct) {
      ++unknown_;
    } else if (const LiveValues values = product.entry.values(); !values.empty()) {
      live.push_back({product.index, values});
    }
  }
  return live;
}

std::vector<LiveChange> LiveState::LiveOf(const FindProduct& find) const {
  std::vector<LiveChange> live;
  for (const auto& [product_id, product] : products_) {
    const LiveValues values = product.entry.values();
    if (values.empty()) continue;
    if (const std::optional<ProductIndex> index = find(product_id)) live.push_back({*index, values});
  }
  return live;
}

const HeldProduct* StagedUpdates::Find(const std::string& product_id) const {
  const auto found = staged_.find(product_id);
  return found != staged_.end() ? &found->second : state_.Find(product_id);
}

HeldProduct& StagedUpdates::Stage(const std::string& product_id, Staged& call) const {
  const auto [place, is_new] = call.try_emplace(product_id);
  HeldProduct& product = place->second;
  if (!is_new) return product;
  if (const HeldProduct* held = Find(product_id); held != nullptr) {
    product = *held;
  } else if (find_) {
    product.index = find_(product_id).value_or(kNoProduct);
  }
  return product;
}

absl::Status StagedUpdates::CheckRoom(const Staged& call) const {
  if (state_.size() + staged_.size() + call.size() <= max_products_) return absl::OkStatus();
  std::size_t held = state_.size();
  const auto count = [&](const std::string& product_id, const HeldProduct& product) {
    if (state_.Find(product_id) != nullptr) --held;
    if (!product.entry.is_blank()) ++held;
  };
  for (const auto& [product_id, product] : staged_) {
    if (!call.contains(product_id)) count(product_id, product);
  }
  for (const auto& [product_id, product] : call) count(product_id, product);
  if (held <= max_products_) return absl::OkStatus();
  return absl::ResourceExhaustedError(
      absl::StrCat("live values of ", held, " products would be held, and ", max_products_,
                   " is the limit: reset products that are gone, without a sequence, so that nothing is kept of them"));
}

absl::StatusOr<LiveCatalogue::Outcome> StagedUpdates::Add(absl::Span<const ProductUpdate> updates) {
  LiveCatalogue::Outcome outcome;
  Staged call;
  for (const ProductUpdate& update : updates) {
    HeldProduct& product = Stage(update.product_id, call);
    if (!Apply(update, product.entry)) {
      ++outcome.late;
      continue;
    }
    ++outcome.applied;
    if (product.index == kNoProduct) ++outcome.unknown;
  }
  AWASE_RETURN_IF_ERROR(CheckRoom(call));
  if (staged_.empty()) {
    staged_ = std::move(call);
  } else {
    for (auto& [product_id, product] : call) staged_.insert_or_assign(product_id, product);
  }
  return outcome;
}

bool StagedUpdates::IsChanged(const std::string& product_id, const HeldProduct& product) const {
  const HeldProduct* const held = state_.Find(product_id);
  return held == nullptr ? !product.entry.is_blank() : held->entry != product.entry;
}

std::string StagedUpdates::Records() const {
  std::string records;
  for (const auto& [product_id, product] : staged_) {
    if (IsChanged(product_id, product)) AppendRecord(product_id, product.entry, records);
  }
  return records;
}

std::vector<LiveChange> StagedUpdates::Changes() const {
  std::vector<LiveChange> changes;
  for (const auto& [product_id, product] : staged_) {
    if (product.index == kNoProduct || !IsChanged(product_id, product)) continue;
    changes.push_back({product.index, product.entry.values()});
  }
  return changes;
}

std::vector<LiveChange> StagedUpdates::ChangesOf(const FindProduct& find) const {
  std::vector<LiveChange> changes;
  for (const auto& [product_id, product] : staged_) {
    if (!IsChanged(product_id, product)) continue;
    if (const std::optional<ProductIndex> index = find(product_id)) changes.push_back({*index, product.entry.values()});
  }
  return changes;
}

void StagedUpdates::PutInto(LiveState& state) const {
  for (const auto& [product_id, product] : staged_) state.Put(product_id, product);
}

}  // namespace awase::live
