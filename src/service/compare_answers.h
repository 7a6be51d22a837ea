#ifndef AWASE_SERVICE_COMPARE_ANSWERS_H_
#define AWASE_SERVICE_COMPARE_ANSWERS_H_

#include "awase/v1/models.pb.h"

namespace awase::service {

// Fills in how answer_b differs from answer_a, both of the same request. By product ids: versions number their products
// differently, so that whatif's comparison of one version's answers, which goes by numbers, is of no use here.
// O(offers²) of each slot, of which it has at most 50.
void CompareAnswers(v1::CompareModelsResponse* compared);

}  // namespace awase::service

#endif  // AWASE_SERVICE_COMPARE_ANSWERS_H_
