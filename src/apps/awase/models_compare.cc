// awase models compare: one request, answered by two versions of a server's directory.

#include <cstdio>
#include <memory>
#include <string>
#include <utility>

#include "CLI/CLI.hpp"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "apps/awase/commands.h"
#include "apps/awase/flag_checks.h"
#include "apps/awase/models_actions.h"
#include "apps/awase/models_comparison_text.h"
#include "apps/awase/print_json.h"
#include "apps/awase/request_flags.h"
#include "apps/awase/server_flags.h"
#include "apps/awase/terminal_options.h"
#include "awase/base/status_macros.h"
#include "awase/service/client.h"

namespace awase::apps {
namespace {

struct CompareFlags {
  RequestFlags request;
  ServerFlags server;
  std::string version_a;
  std::string version_b;
  std::string format = "text";
};

absl::Status Compare(const CompareFlags& flags) {
  v1::CompareModelsRequest request;
  AWASE_ASSIGN_OR_RETURN(*request.mutable_request(), RequestOf(flags.request));
  request.set_version_a(flags.version_a);
  request.set_version_b(flags.version_b);
  // The server may have to open both.
  AWASE_ASSIGN_OR_RETURN(const std::unique_ptr<service::Client> client, MakeClient(flags.server, absl::Minutes(5)));
  const absl::StatusOr<v1::CompareModelsResponse> compared = client->CompareModels(request);
  if (!compared.ok()) return InWordsOf(flags.request, compared.status());
  if (flags.format == "json") return PrintJson(*compared);
  std::fputs(ModelsComparisonText(*compared, TerminalOptions()).c_str(), stdout);
  return absl::OkStatus();
}

}  // namespace

void AddModelsCompare(CLI::App* models, int* exit_code) {
  CLI::App* command = models->add_subcommand("compare", "Two versions' answers to one request, side by side");
  auto flags = std::make_shared<CompareFlags>();
  CLI::Option* a = command->add_option("a", flags->version_a, "Version id. Default: the version that serves");
  command->add_option("b", flags->version_b, "Version id. Default: the canary")->needs(a);
  AddServerFlags(command, &flags->server, "Server that has the versions")->required();
  AddRequestFlags(command, &flags->request);
  command->add_option("--format", flags->format, "Output; json is an awase.v1.CompareModelsResponse")
      ->check(OneOf({"text", "json"}))
      ->capture_default_str();
  command->callback([flags, exit_code] { *exit_code = ExitCodeOf(Compare(*flags)); });
}

}  // namespace awase::apps
