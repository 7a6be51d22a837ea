#ifndef AWASE_LADDER_INTERNAL_FAMILIES_H_
#define AWASE_LADDER_INTERNAL_FAMILIES_H_

// Which products are compared with each other: families of roots, by value.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "awase/base/product_index.h"
#include "awase/catalog/catalog.h"
#include "awase/ladder/rung.h"
#include "ladder/internal/problem_tally.h"

namespace awase::ladder_internal {

// What catalog::FamilyName is read from.
ladder::FamilySource FamilySourceOf(const catalog::Product& product);

// The unit of what a pack holds; empty where that is not known.
absl::string_view PackUnitOf(const catalog::Product& product);

// Minor units, per unit of content where packs are known: no finite number above zero where the pack is of no size that
// makes sense, 0 for a free plan. REQUIRES: the product has a price.
double ValueOf(const catalog::Product& product);

// A root, as the product of it that speaks for it: its best-selling visible variant with a price.
struct Member {
  double value;  // minor units, per unit of content where packs are known; of a free plan the family's free_value
  std::int64_t price_minor;
  std::uint64_t popularity;  // of all variants together
  std::uint64_t title_hash;  // 0 = without a title; here, since looking it up costs a cache miss for every comparison
  ProductIndex product;
  ProductIndex root;
  std::uint32_t family;

  bool is_free() const { return price_minor == 0; }  // nothing else has that price here
};

// Members [first, last), by value, then product.
struct Family {
  std::uint32_t first;
  std::uint32_t last;
  ladder::FamilySource source;
  double free_value;  // of its free plans, also of one that speaks for no root: just below the cheapest that is paid

  std::size_t size() const { return last - first; }
};

inline constexpr std::uint32_t kNoMember = std::numeric_limits<std::uint32_t>::max();

struct Families {
  std::vector<Family> families;  // in the order of their names' first products
  std::vector<Member> members;
  std::vector<std::uint32_t> member_of_root;  // per product; kNoMember for variants and what takes no part

  absl::Span<const Member> of(const Family& family) const {
    return absl::MakeConstSpan(members).subspan(family.first, family.size());
  }
};

// By the family column, else the product_type, else the last step of the category, and within these by currency, pack
// unit and what the price is paid for (name_groups.h): from a single purchase a step may lead to a cheaper subscription
// (pack_steps.h), so that no ladder of models may lead back. A product_type falls into its series where that divides it
// nearly whole into ladders of their own: at least four of five products have a series, and four of five of these one
// with three products at different prices. `popularity` is per product. O(n log n).
Families GatherFamilies(const catalog::Catalog& catalog, absl::Span<const std::uint32_t> popularity, double min_step,
                        ProblemTally* problems);

}  // namespace awase::ladder_internal

#endif  // AWASE_LADDER_INTERNAL_FAMILIES_H_
