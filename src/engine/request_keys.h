#ifndef AWASE_ENGINE_REQUEST_KEYS_H_
#define AWASE_ENGINE_REQUEST_KEYS_H_

// What a request says, and what conditions name, as keys that are equal where the two are: those of condition_index.h
// and product_set_index.h.

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "absl/hash/hash.h"
#include "absl/strings/string_view.h"
#include "condition_book.h"

namespace awase::engine {

struct Context;

// One bit per kind of key.
using KeyKinds = std::uint64_t;

// A word, a category with those above it, or a product; and whose it is, or in which column it stands.
struct KeyView {
  unsigned kind;  // number of its bit in KeyKinds
  absl::string_view text;

  friend bool operator==(const KeyView&, const KeyView&) = default;
};

struct Key {
  unsigned kind;
  std::string text;

  KeyView view() const { return {kind, text}; }
};

struct KeyHash {
  using is_transparent = void;
  std::size_t operator()(const Key& key) const { return (*this)(key.view()); }
  std::size_t operator()(const KeyView& key) const {
    return absl::Hash<std::pair<unsigned, absl::string_view>>()({key.kind, key.text});
  }
};

struct KeyEqual {
  using is_transparent = void;
  bool operator()(const Key& a, const Key& b) const { return a.view() == b.view(); }
  bool operator()(const Key& a, const KeyView& b) const { return a.view() == b; }
};

template <typename T>
using KeyMap = absl::flat_hash_map<Key, T, KeyHash, KeyEqual>;

// One way to find a question: what answers it with yes has one of the keys.
struct Access {
  KeyKinds kinds = 0;
  std::vector<Key> keys;
  bool is_answer = false;  // and what has one of the keys answers it with yes
};

// All ways; none for a question that is not about words and products. O(words of the question).
std::vector<Access> AccessesOf(const ConditionBook& book, const Question& question);

// The same of a set of products. A product in it has one of the keys.
std::vector<Access> AccessesOf(const BoundSet& set);

// Of each list of ways the one whose keys stand in the fewest lists; null for an empty one. O(keys).
std::vector<const Access*> RarestAccesses(const std::vector<std::vector<Access>>& lists);

// Visits the keys of one product, of the kinds asked for. O(its words).
void ForEachKey(const artefact::Model& model, ProductIndex product, KeyKinds kinds,
                absl::FunctionRef<void(const KeyView& key)> visit);

// Those of a request; some more than once. O(products of the request and their words).
void ForEachKey(const Context& context, KeyKinds kinds, absl::FunctionRef<void(const KeyView& key)> visit);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_REQUEST_KEYS_H_
