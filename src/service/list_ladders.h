#ifndef AWASE_SERVICE_LIST_LADDERS_H_
#define AWASE_SERVICE_LIST_LADDERS_H_

#include <cstddef>

#include "absl/status/status.h"
#include "awase/artefact/model.h"
#include "awase/v1/catalog.pb.h"

namespace awase::service {

// CatalogService.ListLadders on one model, without a wire. At most `most_visited` products are looked at for one page,
// whatever the filters: a page of few ladders costs no more than others. Pure and thread-safe. `response` is expected
// empty.
//   kInvalidArgument  as catalog.proto says, naming the field
absl::Status ListLadders(const artefact::Model& model, const v1::ListLaddersRequest& request,
                         v1::ListLaddersResponse* response, std::size_t most_visited = 100'000);

}  // namespace awase::service

#endif  // AWASE_SERVICE_LIST_LADDERS_H_
