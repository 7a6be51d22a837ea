#include "awase/service/convert.h"

#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "awase/base/status_macros.h"
#include "service/convert_evidence.h"
#include "service/convert_plans.h"
#include "service/convert_prices.h"

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

v1::SpecDifference::Direction DirectionToProto(engine::SpecDifference::Direction direction) {
  switch (direction) {
    case engine::SpecDifference::Direction::kChanged:
      return v1::SpecDifference::CHANGED;
    case engine::SpecDifference::Direction::kGained:
      return v1::SpecDifference::GAINED;
    case engine::SpecDifference::Direction::kGivenUp:
      return v1::SpecDifference::GIVEN_UP;
  }
  return v1::SpecDifference::DIRECTION_UNSPECIFIED;
}

void BundleToProto(const engine::BundleOffer& bundle, const artefact::Model& model, v1::Bundle* proto) {
  for (const engine::BundleLine& line : bundle.lines) {
    v1::BundleLine* line_proto = proto->add_lines();
    OfferedProductToProto(model, line.product, line_proto->mutable_product());
    MoneyToProto({line.list_price_minor, bundle.list_price.currency}, line_proto->mutable_list_price());
    MoneyToProto({line.set_price_minor, bundle.set_price.currency}, line_proto->mutable_set_price());
    line_proto->set_in_cart(line.in_cart);
  }
  MoneyToProto(bundle.list_price, proto->mutable_list_price());
  MoneyToProto(bundle.set_price, proto->mutable_set_price());
  MoneyToProto({bundle.list_price.minor_units - bundle.set_price.minor_units, bundle.list_price.currency},
               proto->mutable_saving());
}

void ReasonToProto(const engine::Reason& reason, const engine::Answer& answer, v1::Reason* proto) {
  proto->set_source(SourceToProto(reason.source));
  proto->set_text(reason.text);
  for (const std::string& rule_id : reason.rule_ids) proto->add_rule_ids(rule_id);
  proto->set_rule_author(reason.rule_author);
  proto->set_backed_off_to(BackOffToProto(reason.back_off));
  if (!reason.evidence.has_value()) return;
  EvidenceToProto(*reason.evidence, answer, proto->mutable_evidence());
}

void OfferToProto(const engine::Offer& offer, const engine::Answer& answer, engine::Explanation explanation,
                  const artefact::Model& model, v1::Offer* proto) {
  OfferedProductToProto(model, offer.product, proto->mutable_product());
  if (offer.price.has_value()) MoneyToProto(*offer.price, proto->mutable_price());
  if (offer.list_price.has_value()) {
    MoneyToProto(*offer.list_price, proto->mutable_list_price());
    MoneyToProto({offer.list_price->minor_units - offer.price->minor_units, offer.price->currency},
                 proto->mutable_saving());
  }
  proto->set_intent(IntentToProto(offer.intent));
  proto->set_score(offer.score);
  if (offer.price_difference.has_value()) MoneyToProto(*offer.price_difference, proto->mutable_price_difference());
  for (const engine::SpecDifference& difference : offer.differences) {
    SpecDifferenceToProto(difference, proto->add_differences());
  }
  proto->set_rung(offer.rung);
  if (offer.bundle.has_value()) BundleToProto(*offer.bundle, model, proto->mutable_bundle());
  if (offer.plan_change.has_value()) {
    v1::PlanChange* change = proto->mutable_plan_change();
    OfferedProductToProto(model, offer.plan_change->from, change->mutable_from());
    OfferedProductToProto(model, offer.plan_change->to, change->mutable_to());
    PlanChangeToProto(*offer.plan_change, model, change);
  }
  if (explanation != engine::Explanation::kNone) ReasonToProto(offer.reason, answer, proto->mutable_reason());
}

void SlotToProto(const engine::Slot& slot, const engine::Answer& answer, engine::Explanation explanation,
                 const artefact::Model& model, v1::Slot* proto) {
  proto->set_name(slot.name);
  proto->mutable_offers()->Reserve(static_cast<int>(slot.offers.size()));
  for (const engine::Offer& offer : slot.offers) OfferToProto(offer, answer, explanation, model, proto->add_offers());
  for (std::size_t cause = 0; cause < engine::kRemovalCauseCount; ++cause) {
    if (slot.removed[cause] == 0) continue;
    v1::Removal* removal = proto->add_removed();
    removal->set_cause(CauseToProto(static_cast<engine::RemovalCause>(cause)));
    removal->set_count(slot.removed[cause]);
  }
  proto->set_empty_reason(slot.empty_reason);
}

void RestraintToProto(const engine::Restraint& restraint, v1::Restraint* proto) {
  for (const engine::IntentDecision& decision : restraint.intents) {
    v1::IntentDecision* out = proto->add_intents();
    out->set_intent(IntentToProto(decision.intent));
    out->set_closed(decision.closed);
    out->set_rule_id(decision.rule_id);
    out->set_reason(decision.reason);
  }
  for (const std::string& id : restraint.stop_rule_ids) proto->add_stop_rule_ids(id);
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

void AnswerToProto(const engine::Answer& answer, engine::Explanation explanation, const artefact::Model& model,
                   v1::RecommendResponse* proto) {
  proto->mutable_slots()->Reserve(static_cast<int>(answer.slots.size()));
  for (const engine::Slot& slot : answer.slots) SlotToProto(slot, answer, explanation, model, proto->add_slots());
  for (const std::string& id : answer.missing_ids) proto->add_missing_ids(id);
  for (const engine::TraceEntry& entry : answer.trace) {
    v1::RemovedCandidate* candidate = proto->add_trace();
    candidate->set_slot(entry.slot);
    candidate->set_product_id(entry.product_id);
    candidate->set_cause(CauseToProto(entry.cause));
    candidate->set_rule_id(entry.rule_id);
    candidate->set_rule_author(entry.rule_author);
    if (!entry.set.has_value()) continue;
    candidate->mutable_set()->set_rule_id(entry.set->rule_id);
    candidate->mutable_set()->mutable_product_ids()->Assign(entry.set->product_ids.begin(),
                                                            entry.set->product_ids.end());
  }
  proto->set_model_version(answer.model_version);
  proto->set_rule_revision(answer.rule_revision);
  proto->set_degraded(answer.degraded);
  proto->set_language_code(answer.language_code);
  if (answer.cart_price.has_value()) CartPriceToProto(*answer.cart_price, model, proto->mutable_cart_price());
  for (const engine::BenefitOffer& benefit : answer.benefits) BenefitToProto(benefit, model, proto->add_benefits());
  if (answer.restraint != engine::Restraint()) RestraintToProto(answer.restraint, proto->mutable_restraint());
}

// The engine's enums count from zero in the order of the proto's, which start with UNSPECIFIED; tests compare the
// names.
static_assert(static_cast<int>(v1::Removal::Cause_MAX) == static_cast<int>(engine::kRemovalCauseCount));

v1::Intent IntentToProto(engine::Intent intent) { return static_cast<v1::Intent>(static_cast<int>(intent) + 1); }

v1::Reason::Source SourceToProto(engine::Source source) {
  return static_cast<v1::Reason::Source>(static_cast<int>(source) + 1);
}

v1::Removal::Cause CauseToProto(engine::RemovalCause cause) {
  return static_cast<v1::Removal::Cause>(static_cast<int>(cause) + 1);
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
