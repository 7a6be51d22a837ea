#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/str_cat.h"
#include "apps/awase/commands.h"
#include "awase/artefact/model.h"
#include "awase/artefact/writer.h"
#include "awase/base/files.h"
#include "awase/base/status_macros.h"

namespace awase::apps {
namespace {

struct ModelsFlags {
  std::string model;
  std::string version;
  std::string format = "text";
};

absl::Status List(const ModelsFlags& flags) {
  AWASE_ASSIGN_OR_RETURN(const std::vector<artefact::VersionInfo> versions, artefact::ListVersions(flags.model));
  if (flags.format == "json") {
    nlohmann::json json = nlohmann::json::array();
    for (const artefact::VersionInfo& info : versions) {
      json.push_back({{"version", info.version},
                      {"created_at", info.created_at},
                      {"active", info.active},
                      {"problem", info.problem}});
    }
    std::printf("%s\n", json.dump(2).c_str());
    return absl::OkStatus();
  }
  for (const artefact::VersionInfo& info : versions) {
    std::printf("%s  %-20s  %s\n", info.version.c_str(), info.created_at.c_str(),
                !info.problem.empty() ? info.problem.c_str()
                : info.active         ? "active"
                                      : "");
  }
  if (versions.empty()) std::printf("no versions in %s: make one with awase train --out\n", flags.model.c_str());
  return absl::OkStatus();
}

absl::Status Activate(const ModelsFlags& flags) {
  AWASE_RETURN_IF_ERROR(artefact::ActivateVersion(flags.model, flags.version));
  std::printf("%s is now active in %s\n", flags.version.c_str(), flags.model.c_str());
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
  list->add_option("--format", flags->format, "Output")->check(CLI::IsMember({"text", "json"}))->capture_default_str();
  CLI::App* activate =
      AddAction(command, "activate", "Make a version the live one, once it verifies", Activate, flags, exit_code);
  activate->add_option("version", flags->version, "Version id, as models list shows it")->required();
  CLI::App* verify = AddAction(command, "verify", "Check all bytes of a version", Verify, flags, exit_code);
  verify->add_option("version", flags->version, "Version id; the active one when not given");
}

}  // namespace awase::apps
