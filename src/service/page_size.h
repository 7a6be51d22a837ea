#ifndef AWASE_SERVICE_PAGE_SIZE_H_
#define AWASE_SERVICE_PAGE_SIZE_H_

#include "absl/status/statusor.h"

namespace awase::service {

// How many entries a page has, by the page_size of a request: 50 where it says nothing. kInvalidArgument unless it is 1
// to 1,000 then.
absl::StatusOr<int> PageSizeOf(int page_size);

}  // namespace awase::service

#endif  // AWASE_SERVICE_PAGE_SIZE_H_
