#ifndef AWASE_ENGINE_RESOLVER_H_
#define AWASE_ENGINE_RESOLVER_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "awase/artefact/model.h"
#include "awase/base/product_index.h"

namespace awase::engine {

// Finds the ids of one request and keeps account of those that are unknown: each comes to `missing_ids` once. Borrows
// the model and the request's ids.
class Resolver {
 public:
  Resolver(const artefact::Model& model, std::vector<std::string>& missing_ids)
      : model_(model), missing_ids_(missing_ids) {}

  std::optional<ProductIndex> Find(const std::string& id) {
    const std::optional<ProductIndex> product = model_.Find(id);
    if (!product.has_value() && missing_.insert(id).second) missing_ids_.push_back(id);
    return product;
  }

 private:
  const artefact::Model& model_;
  std::vector<std::string>& missing_ids_;
  absl::flat_hash_set<absl::string_view> missing_;  // allocates nothing while empty
};

}  // namespace awase::engine

#endif  // AWASE_ENGINE_RESOLVER_H_
