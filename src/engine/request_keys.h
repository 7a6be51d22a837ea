#ifndef AWASE_ENGINE_REQUEST_KEYS_H_
#define AWASE_ENGINE_REQUEST_KEYS_H_

// What a request says, and what conditions name, as numbers that are equal where the two are: the keys of
// condition_index.h.

#include <cstdint>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "condition_book.h"

namespace awase::engine {

struct Context;

// The hash of a kind and a word. Two words may have one key: what is found by a key is to be looked at.
using Key = std::uint64_t;
// One bit per kind of key.
using KeyKinds = std::uint64_t;

// One way to find a question: a request that answers it with yes has one of the keys.
struct Access {
  KeyKinds kinds = 0;
  std::vector<Key> keys;
};

// All ways; none for a question that is not about words and products. O(words of the question).
std::vector<Access> AccessesOf(const ConditionBook& book, const Question& question);

// The same of a set of products; none for one that names no words. A product in it has one of the keys.
std::vector<Access> AccessesOf(const BoundSet& set);

// The keys of one product. O(its words).
absl::InlinedVector<Key, 32> KeysOf(const artefact::Model& model, ProductIndex product, KeyKinds kinds);

// Those of the kinds asked for; some more than once. O(products of the request and their words).
absl::InlinedVector<Key, 32> KeysOf(const Context& context, KeyKinds kinds);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_REQUEST_KEYS_H_
