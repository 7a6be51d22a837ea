#include "awase/relations/relation.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace awase::relations {

absl::string_view RelationName(RelationKind kind) {
  switch (kind) {
    case RelationKind::kBoughtTogether:
      return "bought_together";
    case RelationKind::kAlsoBought:
      return "also_bought";
    case RelationKind::kBoughtAfter:
      return "bought_after";
    case RelationKind::kViewedTogether:
      return "viewed_together";
    case RelationKind::kViewedBought:
      return "viewed_bought";
  }
  return "unknown";
}

std::optional<RelationKind> ParseRelationName(absl::string_view name) {
  const auto* const kind = std::find_if(std::begin(kAllRelationKinds), std::end(kAllRelationKinds),
                                        [name](RelationKind known) { return RelationName(known) == name; });
  return kind == std::end(kAllRelationKinds) ? std::nullopt : std::optional<RelationKind>(*kind);
}

absl::string_view RelationUnits(RelationKind kind) {
  switch (kind) {
    case RelationKind::kBoughtTogether:
      return "orders";
    case RelationKind::kAlsoBought:
    case RelationKind::kBoughtAfter:
      return "customers";
    case RelationKind::kViewedTogether:
    case RelationKind::kViewedBought:
      return "sessions";
  }
  return "units";
}

double ChanceOf(const Relation& relation) { return std::max(1.0, relation.claims.basket_size_factor); }

double PositiveAssociation(const RelationEntry& entry, double chance) {
  const double ratio = static_cast<double>(entry.lift) / chance;
  return ratio > 1 ? std::log(ratio) : 0;
}

}  // namespace awase::relations
