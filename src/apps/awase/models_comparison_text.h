#ifndef AWASE_APPS_AWASE_MODELS_COMPARISON_TEXT_H_
#define AWASE_APPS_AWASE_MODELS_COMPARISON_TEXT_H_

#include <string>

#include "apps/awase/page.h"
#include "awase/v1/models.pb.h"

namespace awase::apps {

// Both answers beside each other, in options.width columns (at least 83 are used), and below them what differs.
std::string ModelsComparisonText(const v1::CompareModelsResponse& compared, const PageOptions& options);

}  // namespace awase::apps

#endif  // AWASE_APPS_AWASE_MODELS_COMPARISON_TEXT_H_
