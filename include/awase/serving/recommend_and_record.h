#ifndef AWASE_SERVING_RECOMMEND_AND_RECORD_H_
#define AWASE_SERVING_RECOMMEND_AND_RECORD_H_

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "awase/engine/recommend.h"
#include "awase/serving/exposure_store.h"

namespace awase::serving {

// engine::Recommend for a customer of whom the store knows what was offered. Where `is_recorded`, the answer's offers
// are in the store before it returns, so that no number of requests at the same time goes beyond a cap: the answer is
// made again where another one of the customer was recorded in between. After sixteen times nothing is offered that a
// cap in time speaks of. Offers of one answer have one time, which nothing else of the customer has.
//   kInvalidArgument  as engine::Recommend
//   kUnavailable      the store cannot be asked or, in spite of repetition, be written to
// REQUIRES: the request has a customer id. thread-safe.
absl::StatusOr<engine::Answer> RecommendAndRecord(ExposureStore& store, const engine::Snapshot& snapshot,
                                                  engine::Request request, absl::Time now, bool is_recorded);

}  // namespace awase::serving

#endif  // AWASE_SERVING_RECOMMEND_AND_RECORD_H_
