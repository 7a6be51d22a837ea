#include "awase/relations/relation.h"

namespace awase::relations {

absl::string_view RelationName(RelationKind kind) {
  switch (kind) {
    case RelationKind::kBoughtTogether:
      return "bought_together";
    case RelationKind::kAlsoBought:
      return "also_bought";
  }
  return "unknown";
}

}  // namespace awase::relations
