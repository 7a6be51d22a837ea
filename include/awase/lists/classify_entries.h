#ifndef AWASE_LISTS_CLASSIFY_ENTRIES_H_
#define AWASE_LISTS_CLASSIFY_ENTRIES_H_

// Says of every entry of ranked lists what it is to its product: complement, substitute, multi-pack, variant. The rule
// is relations::ClassifyPair; here its facts are put together.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "awase/base/product_index.h"
#include "awase/lists/product_types.h"
#include "awase/relations/relation.h"

namespace awase::lists {

// What each product is bought with, as a sparse vector over the entries of its list: weight = ln(lift / chance), where
// that is above 0. What everybody buys would make all profiles alike; as a lift it weighs nothing. Immutable;
// thread-safe. Borrows the relation.
class Profiles {
 public:
  // `together`: of kBoughtTogether. O(entries · log list length). Memory: 12 bytes an entry, 4 a product.
  explicit Profiles(const relations::Relation& together, std::size_t threads = 1);

  // Cosine of the two, in [0, 1]; 0 when one of them is bought with nothing. O(length of both lists).
  double Likeness(ProductIndex a, ProductIndex b) const;

  // The counted entry of the pair in the list of one of them, or null: then too few people bought both in one order, or
  // so few that both lists are full of others. O(log list length).
  const relations::RelationEntry* Find(ProductIndex a, ProductIndex b) const;

  // ChanceOf the relation.
  double chance() const { return chance_; }

 private:
  struct Part {
    ProductIndex other;
    float weight;
    std::uint32_t place;  // in the list
  };
  absl::Span<const Part> PartsOf(ProductIndex product) const;
  const relations::RelationEntry* FindIn(ProductIndex list_of, ProductIndex other) const;

  const relations::Relation& together_;
  double chance_;
  std::vector<Part> parts_;   // in the rows of together_, by other
  std::vector<float> norms_;  // per product
};

// Sets the class of all entries of `relation`. `together` are the profiles of bought_together, of the same products;
// null will do where no product has a type. `roots` holds the root of each product. The result does not depend on
// `threads`.
// O(entries · log list length + pairs of one type that are not bought together more than by chance · list length).
void ClassifyEntries(const Profiles* together, const ProductTypes& types, absl::Span<const ProductIndex> roots,
                     relations::Relation* relation, std::size_t threads = 1);

}  // namespace awase::lists

#endif  // AWASE_LISTS_CLASSIFY_ENTRIES_H_
