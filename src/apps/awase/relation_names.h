#ifndef AWASE_APPS_AWASE_RELATION_NAMES_H_
#define AWASE_APPS_AWASE_RELATION_NAMES_H_

#include <string>
#include <vector>

#include "awase/relations/relation.h"

namespace awase::apps {

// The names of all relations, for flags that take one.
inline std::vector<std::string> RelationNames() {
  std::vector<std::string> names;
  for (const relations::RelationKind kind : relations::kAllRelationKinds) {
    names.emplace_back(relations::RelationName(kind));
  }
  return names;
}

}  // namespace awase::apps

#endif  // AWASE_APPS_AWASE_RELATION_NAMES_H_
