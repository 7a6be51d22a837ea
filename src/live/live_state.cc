#include "live/live_state.h"

#include "absl/container/flat_hash_set.h"
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

absl::Status StagedUpdates::CheckRoom(absl::Span<const ProductUpdate> updates) const {
  if (state_.size() + staged_.size() + updates.size() <= max_products_) return absl::OkStatus();
  absl::flat_hash_set<absl::string_view> added;
  const auto add_new = [&](absl::string_view product_id) {
    if (state_.Find(product_id) == nullptr) added.insert(product_id);
  };
  for (const auto& [product_id, product] : staged_) add_new(product_id);
  for (const ProductUpdate& update : updates) add_new(update.product_id);
  if (state_.size() + added.size() <= max_products_) return absl::OkStatus();
  return absl::ResourceExhaustedError(absl::StrCat("live values of ", state_.size(), " products are held, and ",
                                                   max_products_,
                                                   " is the limit: reset those that are gone, or raise the limit"));
}

HeldProduct& StagedUpdates::Stage(const std::string& product_id) {
  const auto [place, is_new] = staged_.try_emplace(product_id);
  HeldProduct& product = place->second;
  if (!is_new) return product;
  if (const HeldProduct* held = state_.Find(product_id); held != nullptr) {
    product = *held;
  } else if (find_) {
    product.index = find_(product_id).value_or(kNoProduct);
  }
  return product;
}

absl::StatusOr<LiveCatalogue::Outcome> StagedUpdates::Add(absl::Span<const ProductUpdate> updates) {
  AWASE_RETURN_IF_ERROR(CheckRoom(updates));
  LiveCatalogue::Outcome outcome;
  for (const ProductUpdate& update : updates) {
    HeldProduct& product = Stage(update.product_id);
    if (!Apply(update, product.entry)) {
      ++outcome.late;
      continue;
    }
    ++outcome.applied;
    if (product.index == kNoProduct) ++outcome.unknown;
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

void StagedUpdates::PutInto(LiveState& state) const {
  for (const auto& [product_id, product] : staged_) state.Put(product_id, product);
}

}  // namespace awase::live
