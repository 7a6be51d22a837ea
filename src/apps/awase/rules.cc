#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "apps/awase/commands.h"
#include "apps/awase/counted.h"
#include "apps/awase/flag_checks.h"
#include "apps/awase/print_json.h"
#include "apps/awase/published_rules.h"
#include "apps/awase/rules_diff.h"
#include "awase/artefact/model.h"
#include "awase/base/status_macros.h"
#include "awase/config/server_config.h"
#include "awase/rules/load_rules.h"
#include "awase/rules/rule_schema.h"
#include "awase/service/convert.h"
#include "awase/serving/catalogue_facts.h"
#include "awase/serving/file_exposure_store.h"

namespace awase::apps {
namespace {

struct ValidateFlags {
  std::string folder;
  std::string model;
  std::string config;
  std::string format = "text";
};

void PrintText(const rules::LoadResult& loaded, std::size_t file_count) {
  if (!loaded.diagnostics.empty()) std::printf("%s\n", loaded.ToString().c_str());
  std::string summary = absl::StrCat(Counted(file_count, "file"), ", ", Counted(loaded.error_count, "error"), ", ",
                                     Counted(loaded.warning_count, "warning"));
  if (loaded.rules != nullptr) {
    absl::StrAppend(&summary, "; ", Counted(loaded.rules->rules.size(), "rule"), ", revision ", loaded.rules->revision);
  }
  std::printf("%s\n", summary.c_str());
}

absl::Status PrintFindings(const rules::LoadResult& loaded) {
  v1::ValidateRulesResponse response;
  service::FindingsToProto(loaded, &response);
  return PrintJson(response);
}

absl::Status Validate(const ValidateFlags& flags) {
  AWASE_ASSIGN_OR_RETURN(const std::vector<rules::RuleFile> files, rules::ReadSomeRules(flags.folder));
  rules::CatalogueFacts facts;
  facts.kept_exposures = serving::FileExposureStore::kMostOfCustomer;
  if (!flags.model.empty()) {
    AWASE_ASSIGN_OR_RETURN(std::shared_ptr<const artefact::Model> model, artefact::Model::Open(flags.model));
    facts = serving::FactsOf(model);
  }
  if (!flags.config.empty()) {
    AWASE_ASSIGN_OR_RETURN(const config::ServerConfig config, config::ReadServerConfig(flags.config));
    facts.placements = config.placements->names();
  }
  const rules::LoadResult loaded = rules::LoadRules(files, &facts, absl::Now());
  if (flags.format == "json") {
    AWASE_RETURN_IF_ERROR(PrintFindings(loaded));
  } else {
    PrintText(loaded, files.size());
  }
  if (loaded.rules != nullptr) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(flags.folder, ": these rules would not serve"));
}

}  // namespace

void AddRulesCommand(CLI::App* app, int* exit_code) {
  CLI::App* command = app->add_subcommand("rules", "Merchandisers' rules");
  command->require_subcommand(1);
  CLI::App* validate = command->add_subcommand("validate", "Check a folder of rule files; all findings at once");
  auto flags = std::make_shared<ValidateFlags>();
  validate->add_option("folder", flags->folder, "Folder of rule files (*.yaml, *.yml)")->required();
  validate->add_option("--model", flags->model, "Also check products and prices against this model");
  validate->add_option("--config", flags->config, "Also check placements against this configuration of awase serve")
      ->type_name("FILE");
  validate->add_option("--format", flags->format, "Output")->check(OneOf({"text", "json"}))->capture_default_str();
  validate->callback([flags, exit_code] { *exit_code = ExitCodeOf(Validate(*flags)); });
  CLI::App* schema = command->add_subcommand("schema", "Print the JSON Schema of rule files, for editors");
  schema->callback([exit_code] {
    std::fputs(rules::RuleFileSchema().c_str(), stdout);
    *exit_code = 0;
  });
  AddRulesDiffCommand(command, exit_code);
  AddPublishedRulesCommands(command, exit_code);
}

}  // namespace awase::apps
