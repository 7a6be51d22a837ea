#include "apps/awase/rules_diff.h"

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "apps/awase/commands.h"
#include "apps/awase/comparison_text.h"
#include "apps/awase/flag_checks.h"
#include "apps/awase/print_json.h"
#include "apps/awase/request_file.h"
#include "apps/awase/server_flags.h"
#include "awase/artefact/model.h"
#include "awase/base/parallel.h"
#include "awase/base/status_macros.h"
#include "awase/config/server_config.h"
#include "awase/engine/recommend.h"
#include "awase/rules/load_rules.h"
#include "awase/service/client.h"
#include "awase/service/comparison.h"
#include "awase/service/convert.h"
#include "awase/serving/catalogue_facts.h"
#include "awase/serving/reloader.h"
#include "awase/whatif/compare.h"
#include "awase/whatif/sample.h"

namespace awase::apps {
namespace {

struct DiffFlags {
  std::string draft;
  std::string model;
  std::string rules;   // one of these two says what serves
  ServerFlags server;  // …
  std::string requests;
  bool recorded = false;
  std::string config;
  std::int64_t sample = 20'000;
  std::int64_t top = 50;
  std::int64_t threads = 0;
  std::string format = "text";
};

absl::StatusOr<std::vector<rules::RuleFile>> ServingFiles(const DiffFlags& flags) {
  if (flags.server.address.empty()) return rules::ReadRuleFolder(flags.rules);
  AWASE_ASSIGN_OR_RETURN(const std::unique_ptr<service::Client> client, MakeClient(flags.server));
  std::vector<rules::RuleFile> files;
  const absl::StatusOr<v1::RuleRevision> revision = client->GetRuleRevision({});
  if (absl::IsNotFound(revision.status())) return files;  // none have served there yet
  if (!revision.ok()) return revision.status();
  for (const v1::RuleFile& file : revision->files()) files.push_back(service::RuleFileFromProto(file));
  return files;
}

absl::StatusOr<rules::LoadResult> Load(const std::vector<rules::RuleFile>& files, const rules::CatalogueFacts& facts,
                                       absl::Time now, const std::string& what) {
  rules::LoadResult loaded = rules::LoadRules(files, &facts, now);
  if (loaded.rules != nullptr) return loaded;
  return absl::InvalidArgumentError(
      absl::StrCat(what, ": these rules would not serve with this model\n", loaded.ToString()));
}

// By this process, with a model that it opens.
absl::StatusOr<v1::RuleComparison> CompareHere(const DiffFlags& flags) {
  const absl::Time now = absl::Now();
  AWASE_ASSIGN_OR_RETURN(const std::vector<rules::RuleFile> draft_files, rules::ReadSomeRules(flags.draft));
  AWASE_ASSIGN_OR_RETURN(const std::shared_ptr<const artefact::Model> model, artefact::Model::Open(flags.model));
  config::ServerConfig config;
  if (!flags.config.empty()) {
    AWASE_ASSIGN_OR_RETURN(config, config::ReadServerConfig(flags.config));
  }
  rules::CatalogueFacts facts = serving::FactsOf(model);
  facts.placements = config.placements->names();
  AWASE_ASSIGN_OR_RETURN(const rules::LoadResult draft, Load(draft_files, facts, now, flags.draft));
  AWASE_ASSIGN_OR_RETURN(const std::vector<rules::RuleFile> serving_files, ServingFiles(flags));
  AWASE_ASSIGN_OR_RETURN(
      const rules::LoadResult serving,
      Load(serving_files, facts, now,
           flags.server.address.empty() ? flags.rules : absl::StrCat("serving at ", flags.server.address)));
  const std::shared_ptr<const engine::Snapshot> before =
      engine::Snapshot::Create(model, serving.rules, config.placements);
  const std::shared_ptr<const engine::Snapshot> after = before->WithRules(draft.rules);
  std::vector<whatif::ReplayedRequest> requests;
  if (flags.requests.empty()) {
    requests = whatif::GenerateSample(*before, *after, {.size = static_cast<std::size_t>(flags.sample), .now = now});
  } else {
    AWASE_ASSIGN_OR_RETURN(requests, ReadRequestFile(flags.requests, now));
  }
  AWASE_ASSIGN_OR_RETURN(
      whatif::Comparison compared,
      whatif::Compare(*before, *after, requests,
                      {.threads = flags.threads == 0 ? HardwareThreads() : static_cast<std::size_t>(flags.threads),
                       .top = static_cast<std::size_t>(flags.top)}));
  v1::RuleComparison comparison;
  service::ComparisonToProto({.model = *model,
                              .requests = requests,
                              .requests_from = flags.requests.empty() ? service::kGeneratedSample : flags.requests,
                              .before_revision = serving.rules->revision,
                              .after_revision = draft.rules->revision,
                              .findings = draft.diagnostics,
                              .finding_count = draft.warning_count,
                              .comparison = std::move(compared)},
                             &comparison);
  return comparison;
}

// By the server, with its model, on its recording or a sample.
absl::StatusOr<v1::RuleComparison> CompareThere(const DiffFlags& flags) {
  AWASE_ASSIGN_OR_RETURN(const std::vector<rules::RuleFile> draft_files, rules::ReadSomeRules(flags.draft));
  v1::DiffRulesRequest request;
  for (const rules::RuleFile& file : draft_files) service::RuleFileToProto(file, request.add_files());
  request.set_recorded(flags.recorded);
  if (!flags.recorded) request.set_max_requests(static_cast<std::uint32_t>(flags.sample));
  request.set_max_differences(static_cast<std::uint32_t>(flags.top));
  AWASE_ASSIGN_OR_RETURN(const std::unique_ptr<service::Client> client, MakeClient(flags.server, absl::Minutes(10)));
  return client->DiffRules(request);
}

absl::Status Diff(const DiffFlags& flags) {
  AWASE_ASSIGN_OR_RETURN(const v1::RuleComparison comparison,
                         flags.model.empty() ? CompareThere(flags) : CompareHere(flags));
  if (flags.format == "json") return PrintJson(comparison);
  std::fputs(ComparisonText(comparison).c_str(), stdout);
  return absl::OkStatus();
}

}  // namespace

void AddRulesDiffCommand(CLI::App* rules, int* exit_code) {
  CLI::App* command = rules->add_subcommand(
      "diff", "Show what a folder of rules would change: requests are answered under it and under what serves");
  auto flags = std::make_shared<DiffFlags>();
  command->add_option("draft", flags->draft, "Folder of rule files (*.yaml, *.yml)")->required();
  command
      ->add_option("--model", flags->model,
                   "Model directory (its ACTIVE version) or one version directory; missing: the server compares")
      ->type_name("DIR");
  CLI::Option* folder =
      command->add_option("--rules", flags->rules, "Compare with the rules of this folder")->type_name("DIR");
  CLI::Option* server = AddServerFlags(command, &flags->server, "Compare with the rules that this server serves");
  folder->excludes(server);
  CLI::Option* requests =
      command->add_option("--requests", flags->requests, "Requests of the past: an awase.v1.RecommendRequest per line")
          ->type_name("FILE");
  CLI::Option* recorded =
      command->add_flag("--recorded", flags->recorded, "The requests that the server has recorded")->needs(server);
  command->add_option("--config", flags->config, "Configuration of awase serve, with placements of the shop's own")
      ->type_name("FILE");
  command->add_option("--sample", flags->sample, "Make up that many requests instead")
      ->check(WholeIn(1, 1'000'000))
      ->capture_default_str()
      ->excludes(requests)
      ->excludes(recorded);
  command->add_option("--top", flags->top, "How many differences are shown")
      ->check(WholeIn(0, 1'000))
      ->capture_default_str();
  command->add_option("--threads", flags->threads, "0: all there are")->check(WholeIn(0, 1024))->capture_default_str();
  command->add_option("--format", flags->format, "Output")->check(OneOf({"text", "json"}))->capture_default_str();
  command->callback([flags, exit_code] {
    if (flags->rules.empty() && flags->server.address.empty()) {
      throw CLI::RequiredError("--rules DIR or --server HOST:PORT, for what serves now,");
    }
    if (flags->model.empty() && (flags->server.address.empty() || !flags->requests.empty())) {
      throw CLI::RequiredError("--model DIR");
    }
    if (!flags->model.empty() && flags->recorded) {
      throw CLI::ExcludesError("--recorded", "--model: the server compares on its recording");
    }
    *exit_code = ExitCodeOf(Diff(*flags));
  });
}

}  // namespace awase::apps
