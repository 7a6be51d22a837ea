#ifndef AWASE_BENCH_SERVICE_STORED_PAGE_H_
#define AWASE_BENCH_SERVICE_STORED_PAGE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "awase/v1/recommendation.pb.h"

namespace awase::load {

// The keys under which the answers to these requests are stored: "page:" and the product's id.
// kInvalidArgument for a request that asks for anything but the page of one product, with a cart or a customer, say:
// nobody can store the answers to all of these.
absl::StatusOr<std::vector<std::string>> KeysOf(absl::Span<const v1::RecommendRequest> requests);

}  // namespace awase::load

#endif  // AWASE_BENCH_SERVICE_STORED_PAGE_H_
