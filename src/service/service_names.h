#ifndef AWASE_SERVICE_SERVICE_NAMES_H_
#define AWASE_SERVICE_SERVICE_NAMES_H_

#include <string>
#include <vector>

#include "awase/v1/catalog.grpc.pb.h"
#include "awase/v1/feedback.grpc.pb.h"
#include "awase/v1/recommendation.grpc.pb.h"
#include "awase/v1/rules.grpc.pb.h"

namespace awase::service {

// The services of a server by their full names, health and reflection apart.
inline std::vector<std::string> ServiceNames() {
  return {v1::RecommendationService::service_full_name(), v1::CatalogService::service_full_name(),
          v1::RuleService::service_full_name(), v1::FeedbackService::service_full_name()};
}

}  // namespace awase::service

#endif  // AWASE_SERVICE_SERVICE_NAMES_H_
