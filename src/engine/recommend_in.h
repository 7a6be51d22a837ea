#ifndef AWASE_ENGINE_RECOMMEND_IN_H_
#define AWASE_ENGINE_RECOMMEND_IN_H_

#include <string>
#include <vector>

#include "awase/engine/answer.h"
#include "context.h"

namespace awase::engine {

// Recommend() behind stage 1: stages 2 to 11 in a context that ResolveContext has filled in, together with
// `missing_ids`. Later stages add to the context what they offer, so it answers once.
Answer RecommendIn(Context& context, std::vector<std::string> missing_ids);

}  // namespace awase::engine

#endif  // AWASE_ENGINE_RECOMMEND_IN_H_
