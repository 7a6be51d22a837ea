// awase models canary: a version for a share of the customers, by way of a server or of the file CANARY.

#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "CLI/CLI.hpp"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "apps/awase/canary_text.h"
#include "apps/awase/commands.h"
#include "apps/awase/models_actions.h"
#include "apps/awase/server_flags.h"
#include "awase/artefact/canary.h"
#include "awase/base/status_macros.h"
#include "awase/service/client.h"

namespace awase::apps {
namespace {

struct CanaryFlags {
  std::string model;   // one of these two
  ServerFlags server;  // …
  std::string version;
  std::string share;
  std::string etag;
  bool stop = false;
};

std::string CheckShare(const std::string& text) {
  if (artefact::ParseShare(text).has_value()) return "";
  return absl::StrCat("'", text,
                      "' is no share: want 0.01 to 100, in percent, with two digits behind the point at most");
}

// A large version takes the server some seconds to verify.
constexpr absl::Duration kDeadline = absl::Minutes(5);

absl::Status StartThere(const CanaryFlags& flags) {
  v1::StartCanaryRequest request;
  request.set_version(flags.version);
  request.set_share_basis_points(*artefact::ParseShare(flags.share));
  request.set_etag(flags.etag);
  AWASE_ASSIGN_OR_RETURN(const std::unique_ptr<service::Client> client, MakeClient(flags.server, kDeadline));
  AWASE_ASSIGN_OR_RETURN(const v1::StartCanaryResponse started, client->StartCanary(request));
  std::printf("%s%s serves the others\n", CanaryText(started.canary()).c_str(), started.active_version().c_str());
  return absl::OkStatus();
}

absl::Status StopThere(const CanaryFlags& flags) {
  v1::StopCanaryRequest request;
  request.set_etag(flags.etag);
  AWASE_ASSIGN_OR_RETURN(const std::unique_ptr<service::Client> client, MakeClient(flags.server, kDeadline));
  AWASE_ASSIGN_OR_RETURN(const v1::StopCanaryResponse stopped, client->StopCanary(request));
  std::printf("%s is not tried out any more\n",
              stopped.version().empty() ? "what CANARY named" : stopped.version().c_str());
  return absl::OkStatus();
}

absl::Status ShowThere(const CanaryFlags& flags) {
  AWASE_ASSIGN_OR_RETURN(const std::unique_ptr<service::Client> client, MakeClient(flags.server, kDeadline));
  v1::ListModelsRequest request;
  request.set_page_size(1);
  AWASE_ASSIGN_OR_RETURN(const v1::ListModelsResponse list, client->ListModels(request));
  std::fputs(list.has_canary() ? CanaryText(list.canary()).c_str() : "no version is tried out there\n", stdout);
  return absl::OkStatus();
}

absl::Status Start(const CanaryFlags& flags) {
  if (!flags.server.address.empty()) return StartThere(flags);
  AWASE_RETURN_IF_ERROR(artefact::WriteCanary(flags.model, {flags.version, *artefact::ParseShare(flags.share)}));
  std::printf("%s is to be tried out on %s of the customers by servers of %s\n", flags.version.c_str(),
              artefact::ShareText(*artefact::ParseShare(flags.share)).c_str(), flags.model.c_str());
  return absl::OkStatus();
}

absl::Status Stop(const CanaryFlags& flags) {
  if (!flags.server.address.empty()) return StopThere(flags);
  AWASE_RETURN_IF_ERROR(artefact::RemoveCanary(flags.model));
  std::printf("no version is to be tried out by servers of %s any more\n", flags.model.c_str());
  return absl::OkStatus();
}

absl::Status Show(const CanaryFlags& flags) {
  if (!flags.server.address.empty()) return ShowThere(flags);
  AWASE_ASSIGN_OR_RETURN(const std::optional<artefact::Canary> canary, artefact::ReadCanary(flags.model));
  if (canary.has_value()) {
    std::printf("%s is to be tried out on %s of the customers\n", canary->version.c_str(),
                artefact::ShareText(canary->share_basis_points).c_str());
  } else {
    std::printf("no version is to be tried out\n");
  }
  return absl::OkStatus();
}

absl::Status Run(const CanaryFlags& flags) {
  if (flags.stop) return Stop(flags);
  return flags.version.empty() ? Show(flags) : Start(flags);
}

}  // namespace

void AddModelsCanary(CLI::App* models, int* exit_code) {
  CLI::App* command = models->add_subcommand(
      "canary", "Try a version out on a share of the customers; without a version, show which one is");
  auto flags = std::make_shared<CanaryFlags>();
  CLI::Option* version = command->add_option("version", flags->version, "Version id, as models list shows it");
  CLI::Option* share = command
                           ->add_option("--share", flags->share,
                                        "Of the customers, in percent: 0.01 to 100. Again with a larger one it grows")
                           ->check(CLI::Validator(CheckShare, ""))
                           ->type_name("PERCENT")
                           ->needs(version);
  version->needs(share);
  command->add_flag("--stop", flags->stop, "The active version serves everybody again")->excludes(version);
  CLI::Option* model = command->add_option("--model", flags->model, "Model directory")->type_name("DIR");
  AddServerFlags(command, &flags->server, "In place of --model: the directory of this server")->excludes(model);
  command
      ->add_option("--etag", flags->etag, "Only if this version serves; with --stop, only if this version is tried out")
      ->type_name("VERSION")
      ->needs("--server");
  command->callback([flags, exit_code] {
    if (flags->model.empty() && flags->server.address.empty()) {
      throw CLI::RequiredError("--model DIR or --server HOST:PORT");
    }
    *exit_code = ExitCodeOf(Run(*flags));
  });
}

}  // namespace awase::apps
