#include "apps/awase/published_rules.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/time/time.h"
#include "apps/awase/commands.h"
#include "apps/awase/counted.h"
#include "apps/awase/flag_checks.h"
#include "apps/awase/print_json.h"
#include "apps/awase/server_flags.h"
#include "awase/base/files.h"
#include "awase/base/status_macros.h"
#include "awase/rules/load_rules.h"
#include "awase/service/client.h"
#include "awase/service/convert.h"

namespace awase::apps {
namespace {

struct PublishedFlags {
  ServerFlags server;
  std::string folder;    // of publish
  std::string revision;  // of rollback and show
  std::string out;       // of show
  std::string author;
  std::string comment;
  std::string etag;
  bool dry_run = false;
  std::int64_t top = 20;
  std::string format = "text";
};

// 100,000 rules take the server some seconds, and a model that it opens meanwhile comes first.
constexpr absl::Duration kDeadline = absl::Minutes(5);

std::string RevisionText(const v1::RuleRevision& revision) {
  return absl::StrCat("#", revision.number(), " ", revision.revision());
}

// Fills in what publish and rollback have in common.
template <typename Request>
void SetChange(const PublishedFlags& flags, Request* request) {
  request->set_etag(flags.etag);
  request->set_validate_only(flags.dry_run);
  request->set_author(flags.author);
  request->set_comment(flags.comment);
}

const char* SourceText(const v1::RuleRevision& revision) {
  switch (revision.source()) {
    case v1::RuleRevision::FOLDER:
      return "folder";
    case v1::RuleRevision::PUBLISHED:
      return "published";
    case v1::RuleRevision::ROLLED_BACK:
      return "rolled back";
    case v1::RuleRevision::START:
      return "start";
    default:
      return "";
  }
}

void PrintRevision(const v1::RuleRevision& revision) {
  const absl::Time when = absl::FromUnixSeconds(revision.publish_time().seconds());
  std::printf("%s%s  %s UTC  %s  %s", RevisionText(revision).c_str(), revision.serving() ? " (serving)" : "",
              absl::FormatTime("%Y-%m-%d %H:%M:%S", when, absl::UTCTimeZone()).c_str(),
              Counted(revision.rule_count(), "rule").c_str(), SourceText(revision));
  if (revision.restored_number() != 0) std::printf(" to #%s", absl::StrCat(revision.restored_number()).c_str());
  if (!revision.author().empty()) std::printf("  by %s", revision.author().c_str());
  if (!revision.comment().empty()) {
    std::printf("\n    %s", absl::StrReplaceAll(revision.comment(), {{"\n", "\n    "}}).c_str());
  }
  std::printf("\n");
}

absl::Status PrintPublished(const PublishedFlags& flags, const v1::PublishRulesResponse& published) {
  if (flags.format == "json") return PrintJson(published);
  for (const v1::RuleDiagnostic& warning : published.warnings()) {
    std::printf("%s\n", service::DiagnosticFromProto(warning).ToString().c_str());
  }
  const auto kept = static_cast<std::uint32_t>(published.warnings_size());
  if (published.warning_count() > kept) {
    std::printf("%s\n", rules::LeftOutText(0, published.warning_count() - kept).c_str());
  }
  const std::string rules = Counted(published.rule_count(), "rule");
  const std::string number = flags.dry_run ? "" : absl::StrCat("#", published.number(), ", ");
  std::printf("%s: %srevision %s, %s%s\n", flags.dry_run ? "would serve" : "serving", number.c_str(),
              published.revision().c_str(), rules.c_str(), published.has_restored() ? ", those of" : "");
  if (published.has_restored()) PrintRevision(published.restored());
  return absl::OkStatus();
}

absl::Status Publish(const PublishedFlags& flags) {
  AWASE_ASSIGN_OR_RETURN(const std::vector<rules::RuleFile> files, rules::ReadSomeRules(flags.folder));
  v1::PublishRulesRequest request;
  for (const rules::RuleFile& file : files) service::RuleFileToProto(file, request.add_files());
  SetChange(flags, &request);
  AWASE_ASSIGN_OR_RETURN(const std::unique_ptr<service::Client> client, MakeClient(flags.server, kDeadline));
  AWASE_ASSIGN_OR_RETURN(const v1::PublishRulesResponse published, client->PublishRules(request));
  return PrintPublished(flags, published);
}

absl::Status RollBack(const PublishedFlags& flags) {
  v1::RollbackRulesRequest request;
  request.set_revision(flags.revision);
  SetChange(flags, &request);
  AWASE_ASSIGN_OR_RETURN(const std::unique_ptr<service::Client> client, MakeClient(flags.server, kDeadline));
  AWASE_ASSIGN_OR_RETURN(const v1::PublishRulesResponse published, client->RollbackRules(request));
  return PrintPublished(flags, published);
}

absl::Status History(const PublishedFlags& flags) {
  v1::ListRuleRevisionsRequest request;
  request.set_page_size(static_cast<int>(flags.top));
  AWASE_ASSIGN_OR_RETURN(const std::unique_ptr<service::Client> client, MakeClient(flags.server, kDeadline));
  AWASE_ASSIGN_OR_RETURN(const v1::ListRuleRevisionsResponse history, client->ListRuleRevisions(request));
  if (flags.format == "json") return PrintJson(history);
  if (!history.problem().empty()) {
    std::printf("problem: %s\n", absl::StrReplaceAll(history.problem(), {{"\n", "\n    "}}).c_str());
  }
  for (const v1::RuleRevision& revision : history.revisions()) PrintRevision(revision);
  if (history.revisions().empty()) std::printf("no rules have served there yet\n");
  if (!history.next_page_token().empty()) std::printf("older ones with --top N\n");
  return absl::OkStatus();
}

absl::Status Show(const PublishedFlags& flags) {
  v1::GetRuleRevisionRequest request;
  request.set_revision(flags.revision);
  AWASE_ASSIGN_OR_RETURN(const std::unique_ptr<service::Client> client, MakeClient(flags.server, kDeadline));
  AWASE_ASSIGN_OR_RETURN(const v1::RuleRevision revision, client->GetRuleRevision(request));
  if (flags.format == "json") return PrintJson(revision);
  if (flags.out.empty()) {
    PrintRevision(revision);
    for (const v1::RuleFile& file : revision.files()) {
      std::printf("\n# --- %s\n%s", file.name().c_str(), file.content().c_str());
      if (!file.content().empty() && file.content().back() != '\n') std::printf("\n");
    }
    return absl::OkStatus();
  }
  if (PathExists(flags.out)) {
    return absl::AlreadyExistsError(absl::StrCat(flags.out, ": is there already: name a new folder"));
  }
  AWASE_RETURN_IF_ERROR(MakeDirectories(flags.out));
  for (const v1::RuleFile& file : revision.files()) {
    AWASE_RETURN_IF_ERROR(WriteFile(JoinPath(flags.out, file.name()), file.content()));
  }
  std::printf("%s: %s in %s\n", RevisionText(revision).c_str(),
              Counted(static_cast<std::size_t>(revision.files_size()), "file").c_str(), flags.out.c_str());
  return absl::OkStatus();
}

using Action = absl::Status (*)(const PublishedFlags& flags);

CLI::App* AddCommand(CLI::App* rules, int* exit_code, const char* name, const char* help,
                     const std::shared_ptr<PublishedFlags>& flags, Action action) {
  CLI::App* command = rules->add_subcommand(name, help);
  AddServerFlags(command, &flags->server, "The server")->required();
  command->add_option("--format", flags->format, "Output")->check(OneOf({"text", "json"}))->capture_default_str();
  command->callback([flags, exit_code, action] { *exit_code = ExitCodeOf(action(*flags)); });
  return command;
}

void AddChangeFlags(CLI::App* command, const std::shared_ptr<PublishedFlags>& flags) {
  const char* user = std::getenv("USER");
  if (user != nullptr) flags->author = user;
  command->add_option("--author", flags->author, "Who says so; kept in the history")->capture_default_str();
  command->add_option("--comment", flags->comment, "Why; kept in the history");
  command->add_option("--etag", flags->etag, "Only if this revision is serving: nobody else has published meanwhile")
      ->check(NotEmpty());
  command->add_flag("--dry-run", flags->dry_run, "Check as publishing does, and change nothing");
}

constexpr char kRevisionHelp[] = "Revision, or a number of the history";

}  // namespace

void AddPublishedRulesCommands(CLI::App* rules, int* exit_code) {
  auto publish_flags = std::make_shared<PublishedFlags>();
  CLI::App* publish = AddCommand(rules, exit_code, "publish", "Make the rules of a folder those that a server serves",
                                 publish_flags, Publish);
  publish->add_option("folder", publish_flags->folder, "Folder of rule files (*.yaml, *.yml)")->required();
  AddChangeFlags(publish, publish_flags);

  auto rollback_flags = std::make_shared<PublishedFlags>();
  CLI::App* rollback =
      AddCommand(rules, exit_code, "rollback", "Bring rules back that have served before", rollback_flags, RollBack);
  rollback->add_option(
      "revision", rollback_flags->revision,
      absl::StrCat(kRevisionHelp, "; without one the last before what serves that differs and was not rolled back"));
  AddChangeFlags(rollback, rollback_flags);

  auto history_flags = std::make_shared<PublishedFlags>();
  CLI::App* history = AddCommand(rules, exit_code, "history", "List the rule sets that have served, the newest first",
                                 history_flags, History);
  history->add_option("--top", history_flags->top, "How many")->check(WholeIn(1, 1000))->capture_default_str();

  auto show_flags = std::make_shared<PublishedFlags>();
  CLI::App* show =
      AddCommand(rules, exit_code, "show", "Print the files of a rule set that serves or has served", show_flags, Show);
  show->add_option("revision", show_flags->revision, absl::StrCat(kRevisionHelp, "; without one the serving one"));
  show->add_option("--out", show_flags->out, "Write the files into this new folder instead");
}

}  // namespace awase::apps
