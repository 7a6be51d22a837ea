#include "service/model_service.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "awase/base/files.h"
#include "awase/base/status_macros.h"
#include "awase/promotion/decision.h"
#include "awase/service/convert.h"
#include "service/convert_rules.h"
#include "service/slow_call.h"

namespace awase::service {
namespace {

constexpr int kMaxPage = 1000;
constexpr int kDefaultPage = 50;

void VersionToProto(const artefact::VersionInfo& info, v1::ModelVersion* proto) {
  proto->set_version(info.version);
  proto->set_active(info.active);
  proto->set_problem(info.problem);
  absl::Time created;
  if (absl::ParseTime(absl::RFC3339_full, info.created_at, &created, nullptr)) {
    TimeToProto(created, proto->mutable_create_time());
  }
}

// How the version was judged when it was trained, where it was.
void JudgementToProto(const std::string& version_dir, v1::ModelVersion* proto) {
  const absl::StatusOr<promotion::Decision> decision = promotion::ReadDecision(version_dir);
  if (decision.ok()) {
    proto->mutable_worse()->Assign(decision->reasons.begin(), decision->reasons.end());
    proto->set_forced(decision->forced);
  } else if (!absl::IsNotFound(decision.status()) && proto->problem().empty()) {
    proto->set_problem(std::string(decision.status().message()));
  }
}

void ActivatedToProto(const serving::Reloader::ActivatedModel& activated, v1::ActivateModelResponse* proto) {
  proto->set_version(activated.version);
  proto->set_previous_version(activated.previous_version);
  proto->set_rule_problem(RuleProblemText({.rule_problem = activated.rule_problem}));
}

}  // namespace

void ModelService::AddTo(UnaryMethods* methods) {
  methods->Add<v1::ListModelsRequest, v1::ListModelsResponse>(
      "awase.v1.ModelService/List", Pace::kSlow,
      [this](const v1::ListModelsRequest& request, v1::ListModelsResponse* response) {
        return DoList(request, response);
      });
  methods->Add<v1::ActivateModelRequest, v1::ActivateModelResponse>(
      "awase.v1.ModelService/Activate", Pace::kSlow,
      [this](const v1::ActivateModelRequest& request, v1::ActivateModelResponse* response) {
        return DoActivate(request, response);
      });
  methods->Add<v1::RollbackModelRequest, v1::ActivateModelResponse>(
      "awase.v1.ModelService/Rollback", Pace::kSlow,
      [this](const v1::RollbackModelRequest& request, v1::ActivateModelResponse* response) {
        return DoRollback(request, response);
      });
}

grpc::ServerUnaryReactor* ModelService::List(grpc::CallbackServerContext* context, const v1::ListModelsRequest* request,
                                             v1::ListModelsResponse* response) {
  return RunSlowCall(context, *gate_, *pool_, [this, request, response] { return DoList(*request, response); });
}

grpc::ServerUnaryReactor* ModelService::Activate(grpc::CallbackServerContext* context,
                                                 const v1::ActivateModelRequest* request,
                                                 v1::ActivateModelResponse* response) {
  return RunSlowCall(context, *gate_, *pool_, [this, request, response] { return DoActivate(*request, response); });
}

grpc::ServerUnaryReactor* ModelService::Rollback(grpc::CallbackServerContext* context,
                                                 const v1::RollbackModelRequest* request,
                                                 v1::ActivateModelResponse* response) {
  return RunSlowCall(context, *gate_, *pool_, [this, request, response] { return DoRollback(*request, response); });
}

// Tokens are the last version of the page before: what is trained meanwhile shifts nothing.
absl::Status ModelService::DoList(const v1::ListModelsRequest& request, v1::ListModelsResponse* response) {
  if (request.page_size() < 0 || request.page_size() > kMaxPage) {
    return absl::InvalidArgumentError(absl::StrCat("page_size: want 1 to ", kMaxPage, ", got ", request.page_size()));
  }
  AWASE_ASSIGN_OR_RETURN(const std::vector<artefact::VersionInfo> versions, reloader_->ListModels());
  auto next = versions.begin();
  if (!request.page_token().empty()) {
    next = std::find_if(versions.begin(), versions.end(),
                        [&](const artefact::VersionInfo& info) { return info.version == request.page_token(); });
    if (next == versions.end()) {
      return absl::InvalidArgumentError("page_token: want next_page_token of the page before; it may be gone since");
    }
    ++next;
  }
  const serving::ReloadStatus status = reloader_->status();
  response->set_problem(status.model_problem);
  const int page_size = request.page_size() == 0 ? kDefaultPage : request.page_size();
  for (; next != versions.end() && response->versions_size() < page_size; ++next) {
    v1::ModelVersion* proto = response->add_versions();
    VersionToProto(*next, proto);
    proto->set_serving(next->version == status.model_version);
    JudgementToProto(JoinPath(reloader_->model_path(), next->version), proto);
  }
  if (next != versions.end()) response->set_next_page_token(std::prev(next)->version);
  return absl::OkStatus();
}

absl::Status ModelService::DoActivate(const v1::ActivateModelRequest& request, v1::ActivateModelResponse* response) {
  AWASE_ASSIGN_OR_RETURN(const serving::Reloader::ActivatedModel activated,
                         reloader_->ActivateModel(request.version(), request.etag()));
  ActivatedToProto(activated, response);
  return absl::OkStatus();
}

absl::Status ModelService::DoRollback(const v1::RollbackModelRequest& request, v1::ActivateModelResponse* response) {
  AWASE_ASSIGN_OR_RETURN(const serving::Reloader::ActivatedModel activated, reloader_->RollBackModel(request.etag()));
  ActivatedToProto(activated, response);
  return absl::OkStatus();
}

}  // namespace awase::service
