#include "apps/awase/request_flags.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "apps/awase/customer_file.h"
#include "apps/awase/flag_checks.h"
#include "awase/base/money.h"
#include "awase/base/status_macros.h"
#include "awase/engine/request.h"
#include "awase/service/convert.h"

namespace awase::apps {
namespace {

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

// A list flag: ids by commas, or the flag several times.
void AddIds(CLI::App* command, const char* flag, std::vector<std::string>* ids, const char* help) {
  command->add_option(flag, *ids, help)
      ->delimiter(',')
      ->transform(Trimmed())
      ->allow_extra_args(false)
      ->type_name("ID,ID");
}

}  // namespace

void AddRequestFlags(CLI::App* command, RequestFlags* flags) {
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
  command->add_option("--language", flags->language, "Of the reasons, BCP 47: ja, or English");
  command->add_option("--channel", flags->channel, "Where it is shown, for conditions of rules: app, web, …")
      ->type_name("WORD");
  command->add_flag("--evidence-only", flags->evidence_only,
                    "Nothing that is backed off to the product's kind, author, series or brand");
}

absl::StatusOr<v1::RecommendRequest> RequestOf(const RequestFlags& flags) {
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

absl::Status InWordsOf(const RequestFlags& flags, const absl::Status& refusal) {
  return flags.customer_file.empty() ? refusal : ByCustomerFile(refusal, flags.customer_file);
}

}  // namespace awase::apps
