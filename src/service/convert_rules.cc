#include "service/convert_rules.h"

#include <cstddef>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "awase/service/convert.h"
#include "service/status.h"

namespace awase::service {
namespace {

// Callers take answers of 4 MiB by default, a thousand revisions with their comments are half of that.
constexpr std::size_t kMaxProblemBytes = 64 * 1024;

v1::RuleRevision::Source SourceToProto(serving::RevisionInfo::Source source) {
  switch (source) {
    case serving::RevisionInfo::Source::kFolder:
      return v1::RuleRevision::FOLDER;
    case serving::RevisionInfo::Source::kPublished:
      return v1::RuleRevision::PUBLISHED;
    case serving::RevisionInfo::Source::kRolledBack:
      return v1::RuleRevision::ROLLED_BACK;
    case serving::RevisionInfo::Source::kStart:
      return v1::RuleRevision::START;
  }
  return v1::RuleRevision::SOURCE_UNSPECIFIED;
}

}  // namespace

void PublishedToProto(const serving::Reloader::Published& published, v1::PublishRulesResponse* response) {
  response->set_revision(published.revision);
  response->set_number(published.number);
  response->set_rule_count(static_cast<std::uint32_t>(published.rule_count));
  for (const rules::Diagnostic& warning : published.warnings) DiagnosticToProto(warning, response->add_warnings());
  response->set_warning_count(static_cast<std::uint32_t>(published.warning_count));
  if (!published.restored.has_value()) return;
  RevisionToProto(*published.restored, /*is_serving=*/false, response->mutable_restored());
}

void RevisionToProto(const serving::RevisionInfo& info, bool is_serving, v1::RuleRevision* proto) {
  proto->set_number(info.number);
  proto->set_revision(info.revision);
  proto->set_source(SourceToProto(info.source));
  proto->set_restored_number(info.restored);
  proto->set_author(info.author);
  proto->set_published_by(info.published_by);
  proto->set_comment(info.comment);
  TimeToProto(info.published_at, proto->mutable_publish_time());
  proto->set_rule_count(info.rule_count);
  proto->set_serving(is_serving);
}

std::string RuleProblemText(const serving::ReloadStatus& status) {
  std::vector<std::string> problems;
  if (!status.folder_problem.empty()) {
    problems.push_back(
        absl::StrCat("the rules in the folder are refused, older ones go on serving:\n", status.folder_problem));
  }
  if (!status.rule_problem.empty()) problems.push_back(absl::StrCat("the serving rules ", status.rule_problem));
  if (!status.canary_rule_problem.empty()) {
    problems.push_back(absl::StrCat("the serving rules, with the canary, ", status.canary_rule_problem));
  }
  return CutText(absl::StrJoin(problems, "\n"), kMaxProblemBytes);
}

}  // namespace awase::service
