#include "service/convert_rules.h"

#include "awase/service/convert.h"

namespace awase::service {
namespace {

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
}

void RevisionToProto(const serving::RevisionInfo& info, bool is_serving, v1::RuleRevision* proto) {
  proto->set_number(info.number);
  proto->set_revision(info.revision);
  proto->set_source(SourceToProto(info.source));
  proto->set_restored_number(info.restored);
  proto->set_author(info.author);
  proto->set_comment(info.comment);
  TimeToProto(info.published_at, proto->mutable_publish_time());
  proto->set_rule_count(info.rule_count);
  proto->set_serving(is_serving);
}

}  // namespace awase::service
