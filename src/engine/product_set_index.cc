#include "product_set_index.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace awase::engine {

bool ProductSetIndex::Add(std::uint32_t place, const BoundSet& set) {
  std::vector<Access> accesses = AccessesOf(set);
  if (accesses.empty()) return false;
  added_.push_back(place);
  added_accesses_.push_back(std::move(accesses));
  return true;
}

void ProductSetIndex::Seal() {
  const std::vector<const Access*> rarest = RarestAccesses(added_accesses_);
  for (std::size_t i = 0; i < added_.size(); ++i) {
    key_kinds_ |= rarest[i]->kinds;
    for (const Key& key : rarest[i]->keys) by_key_[key].push_back(added_[i]);
  }
  added_ = {};
  added_accesses_ = {};
}

absl::InlinedVector<std::uint32_t, 8> ProductSetIndex::MayHave(const artefact::Model& model,
                                                               ProductIndex product) const {
  absl::InlinedVector<std::uint32_t, 8> found(for_all_.begin(), for_all_.end());
  if (by_key_.empty()) return found;
  ForEachKey(model, product, key_kinds_, [&](const KeyView& key) {
    const auto places = by_key_.find(key);
    if (places != by_key_.end()) found.insert(found.end(), places->second.begin(), places->second.end());
  });
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace awase::engine
