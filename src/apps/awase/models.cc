#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/str_cat.h"
#include "apps/awase/commands.h"
#include "apps/awase/flag_checks.h"
#include "apps/awase/print_decision.h"
#include "awase/artefact/model.h"
#include "awase/artefact/writer.h"
#include "awase/base/files.h"
#include "awase/base/status_macros.h"
#include "awase/promotion/decision.h"

namespace awase::apps {
namespace {

struct ModelsFlags {
  std::string model;
  std::string version;
  std::string format = "text";
};

// How the version was judged when it was trained; nothing when it was not, by an older awase for example. What cannot
// be read is a problem of the version.
std::optional<promotion::Decision> DecisionAbout(const std::string& model_dir, artefact::VersionInfo* info) {
  absl::StatusOr<promotion::Decision> decision = promotion::ReadDecision(JoinPath(model_dir, info->version));
  if (decision.ok()) return *std::move(decision);
  if (!absl::IsNotFound(decision.status()) && info->problem.empty()) {
    info->problem = std::string(decision.status().message());
  }
  return std::nullopt;
}

nlohmann::json VersionToJson(const artefact::VersionInfo& info, const std::optional<promotion::Decision>& decision) {
  nlohmann::json json = {
      {"version", info.version}, {"created_at", info.created_at}, {"active", info.active}, {"problem", info.problem}};
  if (decision.has_value()) json["promotion"] = nlohmann::json::parse(promotion::DecisionToJson(*decision));
  return json;
}

absl::Status List(const ModelsFlags& flags) {
  AWASE_ASSIGN_OR_RETURN(std::vector<artefact::VersionInfo> versions, artefact::ListVersions(flags.model));
  nlohmann::json json = nlohmann::json::array();
  for (artefact::VersionInfo& info : versions) {
    const std::optional<promotion::Decision> decision = DecisionAbout(flags.model, &info);
    if (flags.format == "json") {
      json.push_back(VersionToJson(info, decision));
      continue;
    }
    const char* state = info.active ? "active" : decision.has_value() && !decision->passes() ? "kept inactive" : "";
    std::printf("%s  %-20s  %s\n", info.version.c_str(), info.created_at.c_str(),
                info.problem.empty() ? state : info.problem.c_str());
    if (decision.has_value()) PrintDecision(*decision);
  }
  if (flags.format == "json") {
    std::printf("%s\n", json.dump(2).c_str());
  } else if (versions.empty()) {
    std::printf("no versions in %s: make one with awase train --out\n", flags.model.c_str());
  }
  return absl::OkStatus();
}

absl::Status Activate(const ModelsFlags& flags) {
  AWASE_RETURN_IF_ERROR(artefact::ActivateVersion(flags.model, flags.version));
  std::printf("%s is now active in %s\n", flags.version.c_str(), flags.model.c_str());
  return absl::OkStatus();
}

absl::Status RollBack(const ModelsFlags& flags) {
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
  command->add_option("--model", flags->model, "Model directory")->required();
  command->callback([flags, exit_code, action] { *exit_code = ExitCodeOf(action(*flags)); });
  return command;
}

}  // namespace

void AddModelsCommand(CLI::App* app, int* exit_code) {
  CLI::App* command = app->add_subcommand("models", "The versions of a model directory");
  command->require_subcommand(1);
  auto flags = std::make_shared<ModelsFlags>();
  CLI::App* list = AddAction(command, "list", "All versions, newest first", List, flags, exit_code);
  list->add_option("--format", flags->format, "Output")->check(OneOf({"text", "json"}))->capture_default_str();
  CLI::App* activate =
      AddAction(command, "activate", "Make a version the live one, once it verifies", Activate, flags, exit_code);
  activate->add_option("version", flags->version, "Version id, as models list shows it")->required();
  AddAction(command, "rollback", "Make the version live again that was live before the active one", RollBack, flags,
            exit_code);
  CLI::App* verify = AddAction(command, "verify", "Check all bytes of a version", Verify, flags, exit_code);
  verify->add_option("version", flags->version, "Version id; the active one when not given");
}

}  // namespace awase::apps
