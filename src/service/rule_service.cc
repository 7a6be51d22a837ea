#include "service/rule_service.h"

#include <limits>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "awase/base/status_macros.h"
#include "awase/service/convert.h"
#include "service/call_context.h"
#include "service/convert_rules.h"
#include "service/diff_rules.h"
#include "service/page_size.h"
#include "service/slow_call.h"
#include "service/status.h"

namespace awase::service {
namespace {

constexpr std::size_t kMaxNameBytes = 255;                 // as file systems have it
constexpr std::size_t kMaxContentBytes = 4 * 1024 * 1024;  // as in rules::ReadRuleFolder
// A file costs some kB and a parser however little is in it: a request of 16 MiB could hold a million of them.
constexpr int kMaxFiles = 1000;

using RuleFiles = google::protobuf::RepeatedPtrField<v1::RuleFile>;

absl::StatusOr<std::vector<rules::RuleFile>> FilesFromProto(const RuleFiles& protos) {
  if (protos.size() > kMaxFiles) {
    return absl::InvalidArgumentError(
        absl::StrCat("files: ", protos.size(), " are more than ", kMaxFiles, ": put more rules into a file"));
  }
  std::vector<rules::RuleFile> files;
  std::set<std::string> names;
  for (int i = 0; i < protos.size(); ++i) {
    const v1::RuleFile& proto = protos[i];
    const std::string field = absl::StrCat("files[", i, "]");
    if (proto.name().empty() || proto.name().size() > kMaxNameBytes || absl::StrContains(proto.name(), '/')) {
      return absl::InvalidArgumentError(absl::StrCat(field, ".name: want 1 to ", kMaxNameBytes, " bytes without '/'"));
    }
    if (!rules::IsRuleFileName(proto.name())) {
      return absl::InvalidArgumentError(absl::StrCat(field, ".name: want NAME.yaml or NAME.yml, as in a folder"));
    }
    if (!names.insert(proto.name()).second) {
      return absl::InvalidArgumentError(absl::StrCat(field, ".name: '", proto.name(), "' occurs twice"));
    }
    if (proto.content().size() > kMaxContentBytes) {
      return absl::InvalidArgumentError(
          absl::StrCat(field, ".content: ", proto.content().size(), " bytes are more than ", kMaxContentBytes));
    }
    files.push_back(RuleFileFromProto(proto));
  }
  return files;
}

// What PublishRulesRequest and RollbackRulesRequest have in common.
template <typename Request>
serving::Reloader::Change ChangeOf(const Request& request, const std::string& caller) {
  return {.etag = request.etag(),
          .validate_only = request.validate_only(),
          .author = request.author(),
          .published_by = caller,
          .comment = request.comment()};
}

}  // namespace

void RuleService::AddTo(UnaryMethods* methods) {
  methods->AddKnowing<v1::PublishRulesRequest, v1::PublishRulesResponse>(
      "awase.v1.RuleService/Publish", Pace::kSlow,
      [this](const v1::PublishRulesRequest& request, const CallFacts& call, v1::PublishRulesResponse* response) {
        return DoPublish(request, call.caller, response);
      });
  methods->Add<v1::ValidateRulesRequest, v1::ValidateRulesResponse>(
      "awase.v1.RuleService/Validate", Pace::kSlow,
      [this](const v1::ValidateRulesRequest& request, v1::ValidateRulesResponse* response) {
        return DoValidate(request, response);
      });
  methods->AddKnowing<v1::DiffRulesRequest, v1::RuleComparison>(
      "awase.v1.RuleService/Diff", Pace::kSlow,
      [this](const v1::DiffRulesRequest& request, const CallFacts& call, v1::RuleComparison* response) {
        return DoDiff(request, call.still_wanted, response);
      });
  methods->AddKnowing<v1::RollbackRulesRequest, v1::PublishRulesResponse>(
      "awase.v1.RuleService/Rollback", Pace::kSlow,
      [this](const v1::RollbackRulesRequest& request, const CallFacts& call, v1::PublishRulesResponse* response) {
        return DoRollback(request, call.caller, response);
      });
  methods->Add<v1::ListRuleRevisionsRequest, v1::ListRuleRevisionsResponse>(
      "awase.v1.RuleService/ListRevisions", Pace::kSlow,
      [this](const v1::ListRuleRevisionsRequest& request, v1::ListRuleRevisionsResponse* response) {
        return DoListRevisions(request, response);
      });
  methods->Add<v1::GetRuleRevisionRequest, v1::RuleRevision>(
      "awase.v1.RuleService/Get", Pace::kSlow,
      [this](const v1::GetRuleRevisionRequest& request, v1::RuleRevision* response) {
        return DoGet(request, response);
      });
}

grpc::ServerUnaryReactor* RuleService::Publish(grpc::CallbackServerContext* context,
                                               const v1::PublishRulesRequest* request,
                                               v1::PublishRulesResponse* response) {
  return RunSlowCall(context, *gate_, *pool_, [this, context, request, response]() -> absl::Status {
    AWASE_ASSIGN_OR_RETURN(const std::string caller, CheckCaller(*context));
    return DoPublish(*request, caller, response);
  });
}

grpc::ServerUnaryReactor* RuleService::Rollback(grpc::CallbackServerContext* context,
                                                const v1::RollbackRulesRequest* request,
                                                v1::PublishRulesResponse* response) {
  return RunSlowCall(context, *gate_, *pool_, [this, context, request, response]() -> absl::Status {
    AWASE_ASSIGN_OR_RETURN(const std::string caller, CheckCaller(*context));
    return DoRollback(*request, caller, response);
  });
}

grpc::ServerUnaryReactor* RuleService::ListRevisions(grpc::CallbackServerContext* context,
                                                     const v1::ListRuleRevisionsRequest* request,
                                                     v1::ListRuleRevisionsResponse* response) {
  return RunSlowCall(context, *gate_, *pool_,
                     [this, request, response] { return DoListRevisions(*request, response); });
}

grpc::ServerUnaryReactor* RuleService::Get(grpc::CallbackServerContext* context,
                                           const v1::GetRuleRevisionRequest* request, v1::RuleRevision* response) {
  return RunSlowCall(context, *gate_, *pool_, [this, request, response] { return DoGet(*request, response); });
}

grpc::ServerUnaryReactor* RuleService::Validate(grpc::CallbackServerContext* context,
                                                const v1::ValidateRulesRequest* request,
                                                v1::ValidateRulesResponse* response) {
  return RunSlowCall(context, *gate_, *pool_, [this, request, response] { return DoValidate(*request, response); });
}

grpc::ServerUnaryReactor* RuleService::Diff(grpc::CallbackServerContext* context, const v1::DiffRulesRequest* request,
                                            v1::RuleComparison* response) {
  return RunSlowCall(context, *gate_, *pool_, [this, context, request, response] {
    return DoDiff(*request, [context] { return StillWanted(*context); }, response);
  });
}

absl::Status RuleService::DoPublish(const v1::PublishRulesRequest& request, const std::string& caller,
                                    v1::PublishRulesResponse* response) {
  AWASE_ASSIGN_OR_RETURN(const std::vector<rules::RuleFile> files, FilesFromProto(request.files()));
  AWASE_ASSIGN_OR_RETURN(const serving::Reloader::Published published,
                         reloader_->Publish(files, ChangeOf(request, caller)));
  PublishedToProto(published, response);
  return absl::OkStatus();
}

absl::Status RuleService::DoRollback(const v1::RollbackRulesRequest& request, const std::string& caller,
                                     v1::PublishRulesResponse* response) {
  AWASE_ASSIGN_OR_RETURN(const serving::Reloader::Published published,
                         reloader_->RollBack(request.revision(), ChangeOf(request, caller)));
  PublishedToProto(published, response);
  return absl::OkStatus();
}

// Tokens are the number below which the next page begins: what is published meanwhile shifts nothing.
absl::Status RuleService::DoListRevisions(const v1::ListRuleRevisionsRequest& request,
                                          v1::ListRuleRevisionsResponse* response) {
  AWASE_ASSIGN_OR_RETURN(const int page_size, PageSizeOf(request.page_size()));
  std::uint64_t below = std::numeric_limits<std::uint64_t>::max();
  if (!request.page_token().empty() && !absl::SimpleAtoi(request.page_token(), &below)) {
    return absl::InvalidArgumentError("page_token: want next_page_token of the page before");
  }
  const serving::Reloader::HistoryPage page = reloader_->History(below, static_cast<std::size_t>(page_size));
  for (const serving::RevisionInfo& info : page.revisions) {
    RevisionToProto(info, info.number == page.serving, response->add_revisions());
  }
  if (page.has_more) response->set_next_page_token(absl::StrCat(page.revisions.back().number));
  response->set_problem(RuleProblemText(reloader_->status()));
  return absl::OkStatus();
}

absl::Status RuleService::DoGet(const v1::GetRuleRevisionRequest& request, v1::RuleRevision* response) {
  AWASE_ASSIGN_OR_RETURN(const serving::Reloader::FoundRevision found, reloader_->FindRevision(request.revision()));
  RevisionToProto(found.revision.info, found.is_serving, response);
  for (const rules::RuleFile& file : found.revision.files) RuleFileToProto(file, response->add_files());
  return absl::OkStatus();
}

absl::Status RuleService::DoDiff(const v1::DiffRulesRequest& request, const WantedCheck& still_wanted,
                                 v1::RuleComparison* response) {
  if (request.files().empty() == request.revision().empty()) {
    return absl::InvalidArgumentError("files: want the files of a draft, or the revision of a set that has served");
  }
  std::vector<rules::RuleFile> draft;
  if (request.files().empty()) {
    AWASE_ASSIGN_OR_RETURN(serving::Reloader::FoundRevision found, reloader_->FindRevision(request.revision()));
    draft = std::move(found.revision.files);
  } else {
    AWASE_ASSIGN_OR_RETURN(draft, FilesFromProto(request.files()));
  }
  return DiffRules(*reloader_, recorder_, draft, request, now_(), still_wanted, response);
}

absl::Status RuleService::DoValidate(const v1::ValidateRulesRequest& request, v1::ValidateRulesResponse* response) {
  AWASE_ASSIGN_OR_RETURN(const std::vector<rules::RuleFile> files, FilesFromProto(request.files()));
  const rules::LoadResult loaded = reloader_->Validate(files);
  FindingsToProto(loaded, response);
  return absl::OkStatus();
}

}  // namespace awase::service
