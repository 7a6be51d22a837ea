#ifndef AWASE_TESTS_TESTING_ANSWER_PROMISES_H_
#define AWASE_TESTS_TESTING_ANSWER_PROMISES_H_

#include <string>

#include "awase/artefact/model.h"
#include "awase/v1/recommendation.pb.h"

namespace awase::testing {

// The first of what docs say of every answer that does not hold of this one to `request`; empty: all holds. That what
// is offered can be sold, and is not in the cart, owned, asked for or shown; that limits are kept; that amounts add up;
// that what is empty says why.
std::string BrokenPromises(const artefact::Model& model, const v1::RecommendRequest& request,
                           const v1::RecommendResponse& response);

}  // namespace awase::testing

#endif  // AWASE_TESTS_TESTING_ANSWER_PROMISES_H_
