#ifndef AWASE_LADDER_INTERNAL_CLASS_ORDER_H_
#define AWASE_LADDER_INTERNAL_CLASS_ORDER_H_

// The order of classes that are given as text: L < M < H, bronze < silver < gold, or learned by price.

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/types/span.h"

namespace awase::ladder_internal {

// One product's class, by its text in lower case, with the logarithm of the product's price.
struct ClassMember {
  std::string name;
  double log_price;
};

struct ClassOrder {
  // Only of a scale of quality more is better by meaning: a size has to fit.
  enum class Source : std::uint8_t { kQualityScale, kSize, kYesNo, kPrice };
  Source source;
  std::map<std::string, std::uint32_t> ranks;  // 0 = the lowest
};

// By a scale that everybody knows, if just one order of just these words is known: sizes, grades, metals, Roman
// numerals, good/better/best. {L, M} alone may be large and medium or low and medium: no order.
std::optional<ClassOrder> RecogniseClasses(absl::Span<const ClassMember> members);

// In which share of all pairs the one of `higher` is above the one of `lower`; ties count half. Both ascend; neither is
// empty. O(|higher| · log |lower|).
double ShareAbove(const std::vector<double>& lower, const std::vector<double>& higher);

// By the classes' median prices, when each class has at least `min_members` and a product of the higher one of two
// neighbours is the dearer one at least in the share `min_share` of all comparisons. O(n log n).
std::optional<ClassOrder> LearnClasses(absl::Span<const ClassMember> members, std::size_t min_members,
                                       double min_share);

}  // namespace awase::ladder_internal

#endif  // AWASE_LADDER_INTERNAL_CLASS_ORDER_H_
