#ifndef AWASE_SERVING_EXPOSURE_STORE_H_
#define AWASE_SERVING_EXPOSURE_STORE_H_

// What customers were offered, for caps in time: read before an answer is made, and written only if nobody wrote in
// between.

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "awase/engine/request.h"

namespace awase::serving {

// What the store has of one customer.
struct CustomerHistory {
  std::vector<engine::Exposure> exposures;  // in the order in which they were written
  // Of this state; no other state of the customer has or had it but that of having nothing, which is 0.
  std::uint64_t version = 0;
};

// Embedded in the server (file_exposure_store.h), or shared by several. thread-safe.
class ExposureStore {
 public:
  virtual ~ExposureStore() = default;

  // Of an unknown customer nothing. kUnavailable when the store cannot be asked.
  virtual absl::StatusOr<CustomerHistory> Read(absl::string_view customer_id, absl::Time now) = 0;

  // Adds the exposures, all or none, if the customer's state is still that of `version`. They count from the return on.
  //   kAborted  it is another one: read again
  //   else      as Read
  virtual absl::Status Commit(absl::string_view customer_id, std::uint64_t version,
                              absl::Span<const engine::Exposure> exposures) = 0;

  // Forgets the customer.
  virtual absl::Status Erase(absl::string_view customer_id) = 0;
};

}  // namespace awase::serving

#endif  // AWASE_SERVING_EXPOSURE_STORE_H_
