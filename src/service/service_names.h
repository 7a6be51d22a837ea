#ifndef AWASE_SERVICE_SERVICE_NAMES_H_
#define AWASE_SERVICE_SERVICE_NAMES_H_

#include <string>
#include <vector>

#include "awase/v1/catalog.pb.h"
#include "awase/v1/feedback.pb.h"
#include "awase/v1/models.pb.h"
#include "awase/v1/recommendation.pb.h"
#include "awase/v1/rules.pb.h"

namespace awase::service {

// The services of a server by their full names, health and reflection apart: all that their .proto files have.
inline std::vector<std::string> ServiceNames() {
  std::vector<std::string> names;
  for (const google::protobuf::FileDescriptor* file :
       {v1::RecommendRequest::descriptor()->file(), v1::GetProductRequest::descriptor()->file(),
        v1::PublishRulesRequest::descriptor()->file(), v1::ReportExposuresRequest::descriptor()->file(),
        v1::ListModelsRequest::descriptor()->file()}) {
    for (int i = 0; i < file->service_count(); ++i) names.push_back(file->service(i)->full_name());
  }
  return names;
}

}  // namespace awase::service

#endif  // AWASE_SERVICE_SERVICE_NAMES_H_
