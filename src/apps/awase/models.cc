#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "apps/awase/canary_text.h"
#include "apps/awase/commands.h"
#include "apps/awase/flag_checks.h"
#include "apps/awase/models_actions.h"
#include "apps/awase/print_decision.h"
#include "apps/awase/print_json.h"
#include "apps/awase/server_flags.h"
#include "awase/artefact/canary.h"
#include "awase/artefact/model.h"
#include "awase/artefact/writer.h"
#include "awase/base/files.h"
#include "awase/base/status_macros.h"
#include "awase/promotion/decision.h"
#include "awase/service/client.h"

namespace awase::apps {
namespace {

struct ModelsFlags {
  std::string model;   // one of these two
  ServerFlags server;  // …
  std::string version;
  std::string etag;
  std::string format = "text";
};

nlohmann::json VersionToJson(const artefact::VersionInfo& info, const std::optional<promotion::Decision>& decision,
                             bool is_canary) {
  nlohmann::json json = {{"version", info.version},
                         {"created_at", info.created_at},
                         {"active", info.active},
                         {"canary", is_canary},
                         {"problem", info.problem}};
  if (decision.has_value()) json["promotion"] = nlohmann::json::parse(promotion::DecisionToJson(*decision));
  return json;
}

// A large version takes the server some seconds to verify, and rules that it publishes meanwhile come first.
constexpr absl::Duration kDeadline = absl::Minutes(5);

std::string StateText(const v1::ModelVersion& version) {
  std::vector<std::string> states;
  if (version.serving()) states.emplace_back("serving");
  if (version.active()) states.emplace_back("active");
  if (version.canary()) states.emplace_back("canary");
  if (states.empty() && !version.worse().empty() && version.forced().empty()) states.emplace_back("kept inactive");
  if (!version.problem().empty()) states.push_back(version.problem());
  return absl::StrJoin(states, ", ");
}

absl::StatusOr<v1::ListModelsResponse> AskForAll(const ModelsFlags& flags) {
  AWASE_ASSIGN_OR_RETURN(const std::unique_ptr<service::Client> client, MakeClient(flags.server, kDeadline));
  v1::ListModelsResponse all;
  v1::ListModelsRequest request;
  do {
    AWASE_ASSIGN_OR_RETURN(const v1::ListModelsResponse page, client->ListModels(request));
    all.clear_canary();  // the same on every page
    all.MergeFrom(page);
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  all.clear_next_page_token();
  return all;
}

absl::Status ListThere(const ModelsFlags& flags) {
  AWASE_ASSIGN_OR_RETURN(const v1::ListModelsResponse all, AskForAll(flags));
  if (flags.format == "json") return PrintJson(all);
  for (const v1::ModelVersion& version : all.versions()) {
    const std::string created =
        version.has_create_time()
            ? absl::FormatTime(absl::RFC3339_sec, absl::FromUnixSeconds(version.create_time().seconds()),
                               absl::UTCTimeZone())
            : "";
    std::printf("%s  %-20s  %s\n", version.version().c_str(), created.c_str(), StateText(version).c_str());
    PrintDecision({version.worse().begin(), version.worse().end()}, version.forced());
  }
  if (!all.problem().empty()) std::printf("the active version does not serve: %s\n", all.problem().c_str());
  if (all.has_canary()) std::fputs(CanaryText(all.canary()).c_str(), stdout);
  return absl::OkStatus();
}

absl::Status PrintActivated(const v1::ActivateModelResponse& activated) {
  std::printf("%s serves now, in place of %s\n", activated.version().c_str(), activated.previous_version().c_str());
  if (!activated.rule_problem().empty()) std::printf("%s\n", activated.rule_problem().c_str());
  return absl::OkStatus();
}

absl::Status ActivateThere(const ModelsFlags& flags) {
  v1::ActivateModelRequest request;
  request.set_version(flags.version);
  request.set_etag(flags.etag);
  AWASE_ASSIGN_OR_RETURN(const std::unique_ptr<service::Client> client, MakeClient(flags.server, kDeadline));
  AWASE_ASSIGN_OR_RETURN(const v1::ActivateModelResponse activated, client->ActivateModel(request));
  return PrintActivated(activated);
}

absl::Status RollBackThere(const ModelsFlags& flags) {
  v1::RollbackModelRequest request;
  request.set_etag(flags.etag);
  AWASE_ASSIGN_OR_RETURN(const std::unique_ptr<service::Client> client, MakeClient(flags.server, kDeadline));
  AWASE_ASSIGN_OR_RETURN(const v1::ActivateModelResponse activated, client->RollbackModel(request));
  return PrintActivated(activated);
}

absl::Status List(const ModelsFlags& flags) {
  if (!flags.server.address.empty()) return ListThere(flags);
  AWASE_ASSIGN_OR_RETURN(std::vector<artefact::VersionInfo> versions, artefact::ListVersions(flags.model));
  const absl::StatusOr<std::optional<artefact::Canary>> read = artefact::ReadCanary(flags.model);
  const std::optional<artefact::Canary> canary = read.ok() ? *read : std::nullopt;
  nlohmann::json json = nlohmann::json::array();
  for (artefact::VersionInfo& info : versions) {
    const std::optional<promotion::Decision> decision =
        promotion::FindDecision(JoinPath(flags.model, info.version), &info.problem);
    const bool is_canary = canary.has_value() && canary->version == info.version && !info.active;
    if (flags.format == "json") {
      json.push_back(VersionToJson(info, decision, is_canary));
      continue;
    }
    std::string state = info.active ? "active" : decision.has_value() && !decision->passes() ? "kept inactive" : "";
    if (is_canary) state = absl::StrCat("canary, ", artefact::ShareText(canary->share_basis_points));
    if (!info.problem.empty()) state = info.problem;
    std::printf("%s  %-20s  %s\n", info.version.c_str(), info.created_at.c_str(), state.c_str());
    if (decision.has_value()) PrintDecision(decision->reasons, decision->forced);
  }
  if (flags.format == "json") {
    std::printf("%s\n", json.dump(2).c_str());
  } else if (versions.empty()) {
    std::printf("no versions in %s: make one with awase train --out\n", flags.model.c_str());
  }
  return read.status();  // below what there is
}

absl::Status Activate(const ModelsFlags& flags) {
  if (!flags.server.address.empty()) return ActivateThere(flags);
  AWASE_RETURN_IF_ERROR(artefact::ActivateVersion(flags.model, flags.version));
  std::printf("%s is now active in %s\n", flags.version.c_str(), flags.model.c_str());
  return absl::OkStatus();
}

absl::Status RollBack(const ModelsFlags& flags) {
  if (!flags.server.address.empty()) return RollBackThere(flags);
  AWASE_ASSIGN_OR_RETURN(const std::string was, artefact::ReadActiveVersion(flags.model));
  AWASE_ASSIGN_OR_RETURN(const std::string version, artefact::RollBackVersion(flags.model));
  std::printf("%s is active again in %s, in place of %s\n", version.c_str(), flags.model.c_str(), was.c_str());
  return absl::OkStatus();
}

absl::Status Verify(const ModelsFlags& flags) {
  const std::string path = flags.version.empty() ? flags.model : JoinPath(flags.model, flags.version);
  AWASE_ASSIGN_OR_RETURN(const std::shared_ptr<const artefact::Model> model, artefact::Model::Open(path));
  std::printf("%s: every checksum and every bound is right, %zu products\n", model->version().c_str(),
              model->product_count());
  return absl::OkStatus();
}

using Action = absl::Status (*)(const ModelsFlags&);

CLI::App* AddAction(CLI::App* parent, const char* name, const char* description, Action action,
                    const std::shared_ptr<ModelsFlags>& flags, int* exit_code) {
  CLI::App* command = parent->add_subcommand(name, description);
  command->add_option("--model", flags->model, "Model directory")->type_name("DIR");
  command->callback([flags, exit_code, action, command] {
    if (flags->model.empty() && flags->server.address.empty()) {
      const bool takes_server = command->get_option_no_throw("--server") != nullptr;
      throw CLI::RequiredError(takes_server ? "--model DIR or --server HOST:PORT" : "--model DIR");
    }
    *exit_code = ExitCodeOf(action(*flags));
  });
  return command;
}

// Of the actions that a server takes as well.
void AddServer(CLI::App* command, const std::shared_ptr<ModelsFlags>& flags) {
  AddServerFlags(command, &flags->server, "In place of --model: the directory of this server, which then serves it")
      ->excludes(command->get_option("--model"));
}

void AddEtag(CLI::App* command, const std::shared_ptr<ModelsFlags>& flags) {
  command->add_option("--etag", flags->etag, "Only if this version serves")->type_name("VERSION")->needs("--server");
}

}  // namespace

void AddModelsCommand(CLI::App* app, int* exit_code) {
  CLI::App* command = app->add_subcommand("models", "The versions of a model directory");
  command->require_subcommand(1);
  auto flags = std::make_shared<ModelsFlags>();
  CLI::App* list = AddAction(command, "list", "All versions, newest first", List, flags, exit_code);
  AddServer(list, flags);
  list->add_option("--format", flags->format, "Output")->check(OneOf({"text", "json"}))->capture_default_str();
  CLI::App* activate =
      AddAction(command, "activate", "Make a version the live one, once it verifies", Activate, flags, exit_code);
  activate->add_option("version", flags->version, "Version id, as models list shows it")->required();
  CLI::App* rollback = AddAction(command, "rollback", "Make the version live again that was live before the active one",
                                 RollBack, flags, exit_code);
  for (CLI::App* change : {activate, rollback}) {
    AddServer(change, flags);
    AddEtag(change, flags);
  }
  AddModelsCanary(command, exit_code);
  AddModelsCompare(command, exit_code);
  CLI::App* verify = AddAction(command, "verify", "Check all bytes of a version", Verify, flags, exit_code);
  verify->add_option("version", flags->version, "Version id; the active one when not given");
}

}  // namespace awase::apps
