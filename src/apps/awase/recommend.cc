#include <sys/ioctl.h>
#include <unistd.h>

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
#include "absl/time/time.h"
#include "apps/awase/commands.h"
#include "apps/awase/customer_file.h"
#include "apps/awase/explanation_text.h"
#include "apps/awase/flag_checks.h"
#include "apps/awase/page.h"
#include "apps/awase/print_json.h"
#include "apps/awase/server_flags.h"
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
  std::vector<std::string> products;
  std::vector<std::string> cart;
  std::vector<std::string> owned;
  std::vector<std::string> shown;
  std::string placement = "product_page";
  std::string customer_file;
  std::string currency;
  std::string at;
  std::optional<std::uint32_t> max_offers_per_slot;
  std::optional<std::uint32_t> max_offers_in_all;
  ServerFlags server;
  std::string model;
  std::string rules;
  std::string config;
  std::string language;
  std::string channel;
  bool evidence_only = false;
  bool explain = false;
  std::string why;
  std::string format = "text";
};

std::optional<absl::Time> ParseAt(const std::string& text) {
  absl::Time time;
  std::string error;
  if (absl::ParseTime(absl::RFC3339_full, text, &time, &error) || absl::ParseTime("%Y-%m-%d", text, &time, &error)) {
    return time;
  }
  return std::nullopt;
}

std::string CheckAt(const std::string& text) {
  if (ParseAt(text).has_value()) return "";
  return absl::StrCat("'", text, "' is no date (2026-07-01) and no RFC 3339 time (2026-07-01T12:00:00Z)");
}

absl::StatusOr<v1::RecommendRequest> RequestOf(const RecommendFlags& flags) {
  engine::Request request;
  request.placement = flags.placement;
  request.product_ids = flags.products;
  for (const std::string& id : flags.cart) request.cart.push_back({id, 1});
  request.customer.owned_product_ids = flags.owned;
  request.already_shown_ids = flags.shown;
  request.max_offers_per_slot = flags.max_offers_per_slot;
  request.max_offers = flags.max_offers_in_all;
  request.language_code = flags.language;
  request.channel = flags.channel;
  request.evidence_only = flags.evidence_only;
  if (flags.explain) request.explanation = engine::Explanation::kTrace;
  if (!flags.currency.empty()) request.currency = *CurrencyCode::Parse(flags.currency);
  v1::RecommendRequest proto;
  service::RequestToProto(request, &proto);
  if (!flags.customer_file.empty()) {
    AWASE_ASSIGN_OR_RETURN(v1::Customer customer, ReadCustomerFile(flags.customer_file));
    customer.MergeFrom(proto.customer());  // behind the file's, whose fields keep their numbers
    *proto.mutable_customer() = std::move(customer);
  }
  if (!flags.at.empty()) service::TimeToProto(*ParseAt(flags.at), proto.mutable_at_time());
  return proto;
}

// The answer, and what the page is about where the model knows it.
struct Answered {
  v1::RecommendResponse response;
  std::optional<v1::Product> anchor;
};

absl::StatusOr<Answered> AskServer(const RecommendFlags& flags, const v1::RecommendRequest& request) {
  AWASE_ASSIGN_OR_RETURN(const std::unique_ptr<service::Client> client, MakeClient(flags.server));
  Answered answered;
  AWASE_ASSIGN_OR_RETURN(answered.response, client->Recommend(request));
  if (flags.products.empty() || flags.format == "json") return answered;
  absl::StatusOr<v1::Product> anchor = client->GetProduct(flags.products.front());
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
  if (flags.products.empty()) return answered;
  if (const auto index = snapshot->model().Find(flags.products.front())) {
    service::ProductToProto(snapshot->model(), *index, &answered.anchor.emplace());
  }
  return answered;
}

PageOptions TerminalOptions() {
  PageOptions options;
  if (isatty(STDOUT_FILENO) == 0) return options;
  options.emphasis = true;
  winsize size = {};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) options.width = size.ws_col;
  return options;
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
  if (!explanation.ok()) {
    return flags.customer_file.empty() ? explanation.status()
                                       : ByCustomerFile(explanation.status(), flags.customer_file);
  }
  if (flags.format == "json") return PrintJson(*explanation);
  std::fputs(ExplanationText(*explanation, flags.why).c_str(), stdout);
  return absl::OkStatus();
}

absl::Status Recommend(const RecommendFlags& flags) {
  AWASE_ASSIGN_OR_RETURN(const v1::RecommendRequest request, RequestOf(flags));
  if (!flags.why.empty()) return Explain(flags, request);
  const absl::StatusOr<Answered> answer =
      flags.server.address.empty() ? AskModel(flags, request) : AskServer(flags, request);
  if (!answer.ok()) {
    return flags.customer_file.empty() ? answer.status() : ByCustomerFile(answer.status(), flags.customer_file);
  }
  const Answered& answered = *answer;
  if (flags.format == "json") return PrintJson(answered.response);
  PageOptions options = TerminalOptions();
  options.explain = flags.explain;
  options.currency = request.currency_code();
  const v1::Product* anchor = answered.anchor.has_value() ? &*answered.anchor : nullptr;
  std::fputs(RenderPage(answered.response, anchor, options).c_str(), stdout);
  return absl::OkStatus();
}

// A list flag: ids by commas, or the flag several times.
void AddIds(CLI::App* command, const char* flag, std::vector<std::string>* ids, const char* help) {
  command->add_option(flag, *ids, help)
      ->delimiter(',')
      ->transform(Trimmed())
      ->allow_extra_args(false)
      ->type_name("ID,ID");
}

}  // namespace

void AddRecommendCommand(CLI::App* app, int* exit_code) {
  CLI::App* command = app->add_subcommand("recommend", "Show what a page would offer, by a server or from a model");
  auto flags = std::make_shared<RecommendFlags>();
  command->add_option("--product", flags->products, "What the page is about")
      ->transform(Trimmed())
      ->allow_extra_args(false)
      ->type_name("ID");
  command->add_option("--placement", flags->placement, "Where and when")->capture_default_str();
  AddIds(command, "--cart", &flags->cart, "What lies in the cart; an id twice is two pieces");
  AddIds(command, "--owned", &flags->owned, "What the customer has");
  AddIds(command, "--shown", &flags->shown, "What the page shows elsewhere");
  command->add_option("--customer", flags->customer_file, "JSON file: an awase.v1.Customer")->type_name("FILE");
  command->add_option("--currency", flags->currency, "Default: the product's")->check(IsCurrency());
  command->add_option("--at", flags->at, "Answer as if it were this date or time (RFC 3339; a date is UTC)")
      ->check(CLI::Validator(CheckAt, ""));
  command->add_option("--max-offers", flags->max_offers_per_slot, "Per slot")->check(WholeIn(1, 50));
  command->add_option("--max-offers-in-all", flags->max_offers_in_all, "In the whole answer")->check(WholeIn(1, 200));
  CLI::Option* server = AddServerFlags(command, &flags->server, "Ask this server");
  CLI::Option* model = command->add_option("--model", flags->model, "Answer from this model")->type_name("DIR");
  command->add_option("--rules", flags->rules, "Rule folder to go with --model")->type_name("DIR")->needs(model);
  command->add_option("--config", flags->config, "Configuration to go with --model, as of awase serve")
      ->type_name("FILE")
      ->needs(model);
  server->excludes(model);
  command->add_option("--language", flags->language, "Of the reasons, BCP 47: ja, or English");
  command->add_option("--channel", flags->channel, "Where it is shown, for conditions of rules: app, web, …")
      ->type_name("WORD");
  command->add_flag("--evidence-only", flags->evidence_only,
                    "Nothing that is backed off to the product's kind, author, series or brand");
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
