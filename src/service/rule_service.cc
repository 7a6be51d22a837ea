#include "service/rule_service.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "awase/base/status_macros.h"
#include "awase/service/convert.h"
#include "service/slow_call.h"

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

}  // namespace

grpc::ServerUnaryReactor* RuleService::Publish(grpc::CallbackServerContext* context,
                                               const v1::PublishRulesRequest* request,
                                               v1::PublishRulesResponse* response) {
  return RunSlowCall(context, *gate_, *pool_, [this, request, response] { return DoPublish(*request, response); });
}

grpc::ServerUnaryReactor* RuleService::Validate(grpc::CallbackServerContext* context,
                                                const v1::ValidateRulesRequest* request,
                                                v1::ValidateRulesResponse* response) {
  return RunSlowCall(context, *gate_, *pool_, [this, request, response] { return DoValidate(*request, response); });
}

absl::Status RuleService::DoPublish(const v1::PublishRulesRequest& request, v1::PublishRulesResponse* response) {
  serving::Reloader::Publication publication;
  AWASE_ASSIGN_OR_RETURN(publication.files, FilesFromProto(request.files()));
  publication.etag = request.etag();
  publication.validate_only = request.validate_only();
  AWASE_ASSIGN_OR_RETURN(const serving::Reloader::Published published, reloader_->Publish(publication));
  response->set_revision(published.revision);
  response->set_rule_count(static_cast<std::uint32_t>(published.rule_count));
  for (const rules::Diagnostic& warning : published.warnings) DiagnosticToProto(warning, response->add_warnings());
  return absl::OkStatus();
}

absl::Status RuleService::DoValidate(const v1::ValidateRulesRequest& request, v1::ValidateRulesResponse* response) {
  AWASE_ASSIGN_OR_RETURN(const std::vector<rules::RuleFile> files, FilesFromProto(request.files()));
  const rules::LoadResult loaded = reloader_->Validate(files);
  for (const rules::Diagnostic& finding : loaded.diagnostics) DiagnosticToProto(finding, response->add_diagnostics());
  if (loaded.rules != nullptr) response->set_rule_count(static_cast<std::uint32_t>(loaded.rules->rules.size()));
  return absl::OkStatus();
}

}  // namespace awase::service
