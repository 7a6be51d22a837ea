#include "awase/service/convert.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "awase/base/status_macros.h"
#include "service/convert_answer.h"
#include "service/convert_plans.h"

namespace awase::service {
namespace {

std::string Text(absl::string_view view) { return std::string(view); }

absl::StatusOr<engine::Explanation> ExplanationFromProto(v1::RecommendRequest::Explanation proto) {
  switch (proto) {
    case v1::RecommendRequest::EXPLANATION_UNSPECIFIED:
    case v1::RecommendRequest::REASON:
      return engine::Explanation::kReason;
    case v1::RecommendRequest::NONE:
      return engine::Explanation::kNone;
    case v1::RecommendRequest::TRACE:
      return engine::Explanation::kTrace;
    default:
      return absl::InvalidArgumentError(
          absl::StrCat("explanation: ", static_cast<int>(proto), " is not one of NONE, REASON, TRACE"));
  }
}

v1::RecommendRequest::Explanation ExplanationToProto(engine::Explanation explanation) {
  switch (explanation) {
    case engine::Explanation::kNone:
      return v1::RecommendRequest::NONE;
    case engine::Explanation::kReason:
      return v1::RecommendRequest::REASON;
    case engine::Explanation::kTrace:
      return v1::RecommendRequest::TRACE;
  }
  return v1::RecommendRequest::EXPLANATION_UNSPECIFIED;
}

}  // namespace

void OfferedProductToProto(const artefact::Model& model, ProductIndex index, v1::OfferedProduct* proto) {
  const artefact::ProductView product = model.product(index);
  proto->set_product_id(Text(product.product_id()));
  proto->set_title(Text(product.title()));
  if (product.price().has_value()) MoneyToProto(*product.price(), proto->mutable_price());
  proto->set_image_url(Text(product.image_url()));
  proto->set_url(Text(product.url()));
}

void SpecDifferenceToProto(const engine::SpecDifference& difference, v1::SpecDifference* proto) {
  proto->set_name(difference.name);
  proto->set_anchor_value(difference.anchor_value);
  proto->set_offer_value(difference.offer_value);
  proto->set_direction(DirectionToProto(difference.direction));
}

void MoneyToProto(const Money& money, v1::Money* proto) {
  proto->set_currency_code(Text(money.currency.text()));
  proto->set_minor_units(money.minor_units);
}

absl::StatusOr<Money> MoneyFromProto(const v1::Money& proto) {
  AWASE_ASSIGN_OR_RETURN(const CurrencyCode currency, CurrencyCode::Parse(proto.currency_code()));
  return Money{proto.minor_units(), currency};
}

absl::StatusOr<TimedRequest> RequestFromProto(const v1::RecommendRequest& proto, absl::Time now) {
  TimedRequest timed;
  timed.time = now;
  engine::Request& request = timed.request;
  if (!proto.placement().empty()) request.placement = proto.placement();
  request.product_ids.assign(proto.product_ids().begin(), proto.product_ids().end());
  request.cart.reserve(static_cast<std::size_t>(proto.cart_size()));
  for (const v1::CartLine& line : proto.cart()) {
    request.cart.push_back({line.product_id(), line.has_quantity() ? line.quantity() : 1});
  }
  AWASE_ASSIGN_OR_RETURN(request.customer, CustomerFromProto(proto.customer()));
  if (!proto.currency_code().empty()) {
    absl::StatusOr<CurrencyCode> currency = CurrencyCode::Parse(proto.currency_code());
    if (!currency.ok()) return Annotate(currency.status(), "currency_code");
    request.currency = *currency;
  }
  request.already_shown_ids.assign(proto.already_shown_ids().begin(), proto.already_shown_ids().end());
  if (proto.has_max_offers_per_slot()) request.max_offers_per_slot = proto.max_offers_per_slot();
  if (proto.has_max_offers()) request.max_offers = proto.max_offers();
  request.evidence_only = proto.evidence_only();
  request.language_code = proto.language_code();
  request.channel = proto.channel();
  request.session_id = proto.session_id();
  AWASE_ASSIGN_OR_RETURN(request.explanation, ExplanationFromProto(proto.explanation()));
  if (proto.has_at_time()) {
    AWASE_ASSIGN_OR_RETURN(timed.time, TimeFromProto("at_time", proto.at_time()));
  }
  return timed;
}

void RequestToProto(const engine::Request& request, v1::RecommendRequest* proto) {
  proto->set_placement(request.placement);
  for (const std::string& id : request.product_ids) proto->add_product_ids(id);
  for (const engine::CartLine& line : request.cart) {
    v1::CartLine* line_proto = proto->add_cart();
    line_proto->set_product_id(line.product_id);
    line_proto->set_quantity(line.quantity);
  }
  CustomerToProto(request.customer, proto->mutable_customer());
  if (request.currency.has_value()) proto->set_currency_code(Text(request.currency->text()));
  for (const std::string& id : request.already_shown_ids) proto->add_already_shown_ids(id);
  if (request.max_offers_per_slot.has_value()) proto->set_max_offers_per_slot(*request.max_offers_per_slot);
  if (request.max_offers.has_value()) proto->set_max_offers(*request.max_offers);
  proto->set_evidence_only(request.evidence_only);
  proto->set_language_code(request.language_code);
  proto->set_channel(request.channel);
  proto->set_session_id(request.session_id);
  proto->set_explanation(ExplanationToProto(request.explanation));
}

void ProductToProto(const artefact::Model& model, ProductIndex index, v1::Product* proto) {
  const artefact::ProductView product = model.product(index);
  proto->set_product_id(Text(product.product_id()));
  proto->set_title(Text(product.title()));
  proto->set_category(Text(product.category()));
  proto->set_product_type(Text(product.product_type()));
  proto->set_brand(Text(product.brand()));
  proto->set_author(Text(product.author()));
  proto->set_series(Text(product.series()));
  if (product.parent().has_value()) proto->set_parent_id(Text(model.product(*product.parent()).product_id()));
  proto->set_family(Text(product.family()));
  proto->set_tier(Text(product.tier()));
  if (product.price().has_value()) MoneyToProto(*product.price(), proto->mutable_price());
  if (product.stock().has_value()) proto->set_stock(*product.stock());
  proto->set_visible(product.visible());
  if (product.pack_quantity().has_value()) proto->set_pack_quantity(*product.pack_quantity());
  proto->set_pack_unit(Text(product.pack_unit()));
  proto->set_subscription_interval(Text(product.subscription_interval()));
  for (const absl::string_view tag : absl::StrSplit(product.tags(), ',', absl::SkipEmpty())) proto->add_tags(Text(tag));
  proto->set_url(Text(product.url()));
  proto->set_image_url(Text(product.image_url()));
  for (std::size_t i = 0; i < product.attribute_count(); ++i) {
    const artefact::AttributeView attribute = product.attribute(i);
    v1::Attribute* attribute_proto = proto->add_attributes();
    attribute_proto->set_name(Text(attribute.name));
    attribute_proto->set_text(Text(attribute.text));
    if (attribute.number.has_value()) attribute_proto->set_number(*attribute.number);
  }
  for (const ProductIndex variant : model.variants(model.root(index))) {
    if (variant != index) proto->add_variant_ids(Text(model.product(variant).product_id()));
  }
}

void FindingsToProto(const rules::LoadResult& loaded, v1::ValidateRulesResponse* response) {
  for (const rules::Diagnostic& finding : loaded.diagnostics) DiagnosticToProto(finding, response->add_diagnostics());
  if (loaded.rules != nullptr) response->set_rule_count(static_cast<std::uint32_t>(loaded.rules->rules.size()));
  response->set_error_count(static_cast<std::uint32_t>(loaded.error_count));
  response->set_warning_count(static_cast<std::uint32_t>(loaded.warning_count));
}

void DiagnosticToProto(const rules::Diagnostic& diagnostic, v1::RuleDiagnostic* proto) {
  proto->set_severity(diagnostic.severity == rules::Severity::kError ? v1::RuleDiagnostic::ERROR
                                                                     : v1::RuleDiagnostic::WARNING);
  proto->set_file(diagnostic.file);
  proto->set_line(diagnostic.line);
  proto->set_column(diagnostic.column);
  proto->set_path(diagnostic.path);
  proto->set_message(diagnostic.message);
}

rules::Diagnostic DiagnosticFromProto(const v1::RuleDiagnostic& proto) {
  return {
      .severity = proto.severity() == v1::RuleDiagnostic::WARNING ? rules::Severity::kWarning : rules::Severity::kError,
      .file = proto.file(),
      .line = proto.line(),
      .column = proto.column(),
      .path = proto.path(),
      .message = proto.message()};
}

rules::RuleFile RuleFileFromProto(const v1::RuleFile& proto) { return {proto.name(), proto.content()}; }

void RuleFileToProto(const rules::RuleFile& file, v1::RuleFile* proto) {
  proto->set_name(file.name);
  proto->set_content(file.content);
}

void TimeToProto(absl::Time time, google::protobuf::Timestamp* proto) {
  const std::int64_t seconds = absl::ToUnixSeconds(time);
  proto->set_seconds(seconds);
  proto->set_nanos(static_cast<std::int32_t>(absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(seconds))));
}

}  // namespace awase::service
