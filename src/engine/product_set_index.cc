#include "product_set_index.h"

#include <algorithm>
#include <cstddef>

namespace awase::engine {

bool ProductSetIndex::Add(std::uint32_t place, const BoundSet& set) {
  std::vector<Access> accesses = AccessesOf(set);
  if (accesses.empty()) return false;
  added_.push_back({place, std::move(accesses)});
  return true;
}

void ProductSetIndex::Seal() {
  absl::flat_hash_map<Key, std::size_t> frequency;
  for (const auto& [place, accesses] : added_) {
    for (const Access& access : accesses) {
      for (const Key key : access.keys) ++frequency[key];
    }
  }
  const auto crowd = [&frequency](const Access& access) {
    std::size_t sets = 0;
    for (const Key key : access.keys) sets += frequency.at(key);
    return sets;
  };
  for (const auto& [place, accesses] : added_) {
    const auto best = std::min_element(accesses.begin(), accesses.end(),
                                       [&crowd](const Access& a, const Access& b) { return crowd(a) < crowd(b); });
    key_kinds_ |= best->kinds;
    for (const Key key : best->keys) by_key_[key].push_back(place);
  }
  added_ = {};
}

absl::InlinedVector<std::uint32_t, 8> ProductSetIndex::MayHave(const artefact::Model& model,
                                                               ProductIndex product) const {
  absl::InlinedVector<std::uint32_t, 8> found(for_all_.begin(), for_all_.end());
  if (by_key_.empty()) return found;
  for (const Key key : KeysOf(model, product, key_kinds_)) {
    const auto places = by_key_.find(key);
    if (places != by_key_.end()) found.insert(found.end(), places->second.begin(), places->second.end());
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace awase::engine
