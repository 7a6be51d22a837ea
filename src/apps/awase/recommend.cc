#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "apps/awase/commands.h"
#include "apps/awase/customer_file.h"
#include "apps/awase/explanation_text.h"
#include "apps/awase/flag_checks.h"
#include "apps/awase/page.h"
#include "apps/awase/print_json.h"
#include "apps/awase/request_flags.h"
#include "apps/awase/server_flags.h"
#include "apps/awase/terminal_options.h"
#include "awase/artefact/model.h"
#include "awase/base/status_macros.h"
#include "awase/config/server_config.h"
#include "awase/rules/nearest_product.h"
#include "awase/service/client.h"
#include "awase/service/convert.h"
#include "awase/service/respond.h"
#include "awase/serving/reloader.h"

namespace awase::apps {
namespace {

struct RecommendFlags {
  RequestFlags request;
  ServerFlags server;
  std::string model;
  std::string rules;
  std::string config;
  bool explain = false;
  std::string why;
  std::string format = "text";
};

// The answer, and what the page is about where the model knows it.
struct Answered {
  v1::RecommendResponse response;
  std::optional<v1::Product> anchor;
};

absl::StatusOr<Answered> AskServer(const RecommendFlags& flags, const v1::RecommendRequest& request) {
  AWASE_ASSIGN_OR_RETURN(const std::unique_ptr<service::Client> client, MakeClient(flags.server));
  Answered answered;
  AWASE_ASSIGN_OR_RETURN(answered.response, client->Recommend(request));
  if (flags.request.products.empty() || flags.format == "json") return answered;
  absl::StatusOr<v1::Product> anchor = client->GetProduct(flags.request.products.front());
  if (anchor.ok()) {
    answered.anchor = *std::move(anchor);
  } else if (anchor.status().code() != absl::StatusCode::kNotFound) {
    return anchor.status();
  }
  return answered;
}

absl::StatusOr<std::shared_ptr<const engine::Snapshot>> OpenSnapshot(const RecommendFlags& flags) {
  serving::Reloader::Options options;
  options.model_path = flags.model;
  options.rule_folder = flags.rules;
  options.log = [](serving::LogLevel, const std::string& sentence) { std::fprintf(stderr, "%s\n", sentence.c_str()); };
  if (!flags.config.empty()) {
    AWASE_ASSIGN_OR_RETURN(const config::ServerConfig config, config::ReadServerConfig(flags.config));
    options.placements = config.placements;
  }
  AWASE_ASSIGN_OR_RETURN(const std::unique_ptr<serving::Reloader> reloader, serving::Reloader::Create(options));
  return reloader->snapshot();
}

// "did you mean", of the request's ids that are not known.
void AddHints(const v1::RecommendResponse& response, const artefact::Model& model, std::vector<std::string>* notes) {
  const auto knows = [&model](absl::string_view id) { return model.Find(id).has_value(); };
  for (const std::string& id : response.missing_ids()) {
    const std::string nearest = rules::NearestProduct(id, knows);
    if (!nearest.empty()) notes->push_back(absl::StrCat("unknown product ", id, "; did you mean ", nearest, "?"));
  }
}

absl::StatusOr<Answered> AskModel(const RecommendFlags& flags, const v1::RecommendRequest& request) {
  AWASE_ASSIGN_OR_RETURN(const std::shared_ptr<const engine::Snapshot> snapshot, OpenSnapshot(flags));
  Answered answered;
  AWASE_RETURN_IF_ERROR(service::Respond(*snapshot, /*exposures=*/nullptr, request, absl::Now(), &answered.response));
  std::vector<std::string> notes = UnknownIdsOf(request.customer(), *snapshot);
  AddHints(answered.response, snapshot->model(), &notes);
  for (const std::string& note : notes) std::fprintf(stderr, "awase: %s\n", note.c_str());
  if (flags.request.products.empty()) return answered;
  if (const auto index = snapshot->model().Find(flags.request.products.front())) {
    service::ProductToProto(snapshot->model(), *index, &answered.anchor.emplace());
  }
  return answered;
}

absl::StatusOr<v1::ExplainResponse> AskWhy(const RecommendFlags& flags, const v1::ExplainRequest& request) {
  if (!flags.server.address.empty()) {
    AWASE_ASSIGN_OR_RETURN(const std::unique_ptr<service::Client> client, MakeClient(flags.server));
    return client->Explain(request);
  }
  AWASE_ASSIGN_OR_RETURN(const std::shared_ptr<const engine::Snapshot> snapshot, OpenSnapshot(flags));
  v1::ExplainResponse response;
  AWASE_RETURN_IF_ERROR(service::Explain(*snapshot, nullptr, request, absl::Now(), &response));
  return response;
}

absl::Status Explain(const RecommendFlags& flags, const v1::RecommendRequest& asked) {
  v1::ExplainRequest request;
  *request.mutable_request() = asked;
  request.set_product_id(flags.why);
  const absl::StatusOr<v1::ExplainResponse> explanation = AskWhy(flags, request);
  if (!explanation.ok()) return InWordsOf(flags.request, explanation.status());
  if (flags.format == "json") return PrintJson(*explanation);
  std::fputs(ExplanationText(*explanation, flags.why).c_str(), stdout);
  return absl::OkStatus();
}

absl::Status Recommend(const RecommendFlags& flags) {
  AWASE_ASSIGN_OR_RETURN(v1::RecommendRequest request, RequestOf(flags.request));
  if (flags.explain) request.set_explanation(v1::RecommendRequest::TRACE);
  if (!flags.why.empty()) return Explain(flags, request);
  const absl::StatusOr<Answered> answer =
      flags.server.address.empty() ? AskModel(flags, request) : AskServer(flags, request);
  if (!answer.ok()) return InWordsOf(flags.request, answer.status());
  const Answered& answered = *answer;
  if (flags.format == "json") return PrintJson(answered.response);
  PageOptions options = TerminalOptions();
  options.explain = flags.explain;
  options.currency = request.currency_code();
  const v1::Product* anchor = answered.anchor.has_value() ? &*answered.anchor : nullptr;
  std::fputs(RenderPage(answered.response, anchor, options).c_str(), stdout);
  return absl::OkStatus();
}

}  // namespace

void AddRecommendCommand(CLI::App* app, int* exit_code) {
  CLI::App* command = app->add_subcommand("recommend", "Show what a page would offer, by a server or from a model");
  auto flags = std::make_shared<RecommendFlags>();
  AddRequestFlags(command, &flags->request);
  CLI::Option* server = AddServerFlags(command, &flags->server, "Ask this server");
  CLI::Option* model = command->add_option("--model", flags->model, "Answer from this model")->type_name("DIR");
  command->add_option("--rules", flags->rules, "Rule folder to go with --model")->type_name("DIR")->needs(model);
  command->add_option("--config", flags->config, "Configuration to go with --model, as of awase serve")
      ->type_name("FILE")
      ->needs(model);
  server->excludes(model);
  command->add_flag("--explain", flags->explain, "Also show what was removed, and why");
  command->add_option("--why", flags->why, "Instead of the page: why it offers this product, or why not")
      ->type_name("ID");
  command->add_option("--format", flags->format, "Output; json is an awase.v1.RecommendResponse")
      ->check(OneOf({"text", "json"}))
      ->capture_default_str();
  command->callback([flags, exit_code] {
    if (flags->server.address.empty() && flags->model.empty()) {
      throw CLI::RequiredError("--server HOST:PORT or --model DIR");
    }
    *exit_code = ExitCodeOf(Recommend(*flags));
  });
}

}  // namespace awase::apps
