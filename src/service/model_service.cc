#include "service/model_service.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "awase/base/files.h"
#include "awase/base/status_macros.h"
#include "awase/promotion/decision.h"
#include "awase/service/convert.h"
#include "awase/service/respond.h"
#include "service/compare_answers.h"
#include "service/convert_rules.h"
#include "service/page_size.h"
#include "service/slow_call.h"

namespace awase::service {
namespace {

void VersionToProto(const artefact::VersionInfo& info, const std::string& model_dir, v1::ModelVersion* proto) {
  proto->set_version(info.version);
  proto->set_active(info.active);
  proto->set_problem(info.problem);
  if (const auto decision = promotion::FindDecision(JoinPath(model_dir, info.version), proto->mutable_problem())) {
    proto->mutable_worse()->Assign(decision->reasons.begin(), decision->reasons.end());
    proto->set_forced(decision->forced);
  }
  absl::Time created;
  if (absl::ParseTime(absl::RFC3339_full, info.created_at, &created, nullptr)) {
    TimeToProto(created, proto->mutable_create_time());
  }
}

void CanaryToProto(const serving::ReloadStatus& status, v1::Canary* proto) {
  proto->set_version(status.canary_version);
  proto->set_share_basis_points(status.canary_share_basis_points);
  proto->set_problem(status.canary_problem);
  proto->set_rule_problem(RuleProblemText({.canary_rule_problem = status.canary_rule_problem}));
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
  methods->Add<v1::StartCanaryRequest, v1::StartCanaryResponse>(
      "awase.v1.ModelService/StartCanary", Pace::kSlow,
      [this](const v1::StartCanaryRequest& request, v1::StartCanaryResponse* response) {
        return DoStartCanary(request, response);
      });
  methods->Add<v1::StopCanaryRequest, v1::StopCanaryResponse>(
      "awase.v1.ModelService/StopCanary", Pace::kSlow,
      [this](const v1::StopCanaryRequest& request, v1::StopCanaryResponse* response) {
        return DoStopCanary(request, response);
      });
  methods->Add<v1::CompareModelsRequest, v1::CompareModelsResponse>(
      "awase.v1.ModelService/Compare", Pace::kSlow,
      [this](const v1::CompareModelsRequest& request, v1::CompareModelsResponse* response) {
        return DoCompare(request, response);
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

grpc::ServerUnaryReactor* ModelService::StartCanary(grpc::CallbackServerContext* context,
                                                    const v1::StartCanaryRequest* request,
                                                    v1::StartCanaryResponse* response) {
  return RunSlowCall(context, *gate_, *pool_, [this, request, response] { return DoStartCanary(*request, response); });
}

grpc::ServerUnaryReactor* ModelService::StopCanary(grpc::CallbackServerContext* context,
                                                   const v1::StopCanaryRequest* request,
                                                   v1::StopCanaryResponse* response) {
  return RunSlowCall(context, *gate_, *pool_, [this, request, response] { return DoStopCanary(*request, response); });
}

grpc::ServerUnaryReactor* ModelService::Compare(grpc::CallbackServerContext* context,
                                                const v1::CompareModelsRequest* request,
                                                v1::CompareModelsResponse* response) {
  return RunSlowCall(context, *gate_, *pool_, [this, request, response] { return DoCompare(*request, response); });
}

// Tokens are the last version of the page before: what is trained meanwhile shifts nothing.
absl::Status ModelService::DoList(const v1::ListModelsRequest& request, v1::ListModelsResponse* response) {
  AWASE_ASSIGN_OR_RETURN(const int page_size, PageSizeOf(request.page_size()));
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
  if (!status.canary_version.empty() || status.has_canary_problem()) CanaryToProto(status, response->mutable_canary());
  for (; next != versions.end() && response->versions_size() < page_size; ++next) {
    v1::ModelVersion* proto = response->add_versions();
    VersionToProto(*next, reloader_->model_path(), proto);
    proto->set_serving(next->version == status.model_version);
    proto->set_canary(next->version == status.canary_version);
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

absl::Status ModelService::DoStartCanary(const v1::StartCanaryRequest& request, v1::StartCanaryResponse* response) {
  AWASE_ASSIGN_OR_RETURN(const serving::Reloader::StartedCanary started,
                         reloader_->StartCanary({request.version(), request.share_basis_points()}, request.etag()));
  response->set_active_version(started.active_version);
  CanaryToProto({.canary_version = request.version(),
                 .canary_share_basis_points = request.share_basis_points(),
                 .canary_rule_problem = started.canary_rule_problem},
                response->mutable_canary());
  return absl::OkStatus();
}

absl::Status ModelService::DoStopCanary(const v1::StopCanaryRequest& request, v1::StopCanaryResponse* response) {
  AWASE_ASSIGN_OR_RETURN(*response->mutable_version(), reloader_->StopCanary(request.etag()));
  return absl::OkStatus();
}

absl::Status ModelService::DoCompare(const v1::CompareModelsRequest& request, v1::CompareModelsResponse* response) {
  if (request.request().record_exposure()) {
    return absl::InvalidArgumentError("request.record_exposure: nobody is shown a comparison");
  }
  AWASE_ASSIGN_OR_RETURN(const serving::Reloader::TwoVersions versions,
                         reloader_->OpenVersions(request.version_a(), request.version_b()));
  const absl::Time now = now_();  // of both
  AWASE_RETURN_IF_ERROR(Respond(*versions.first, exposures_, request.request(), now, response->mutable_answer_a()));
  AWASE_RETURN_IF_ERROR(Respond(*versions.second, exposures_, request.request(), now, response->mutable_answer_b()));
  CompareAnswers(response);
  return absl::OkStatus();
}

}  // namespace awase::service
