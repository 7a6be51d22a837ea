#ifndef AWASE_SERVICE_CONVERT_H_
#define AWASE_SERVICE_CONVERT_H_

// awase.v1 messages ⇄ domain types. Nothing else knows both. All functions are pure and thread-safe.

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "awase/artefact/model.h"
#include "awase/base/money.h"
#include "awase/engine/answer.h"
#include "awase/engine/explain_product.h"
#include "awase/engine/request.h"
#include "awase/rules/load_rules.h"
#include "awase/v1/catalog.pb.h"
#include "awase/v1/money.pb.h"
#include "awase/v1/recommendation.pb.h"
#include "awase/v1/rules.pb.h"
#include "google/protobuf/timestamp.pb.h"

namespace awase::service {

void MoneyToProto(const Money& money, v1::Money* proto);

// kInvalidArgument unless currency_code is three letters.
absl::StatusOr<Money> MoneyFromProto(const v1::Money& proto);

// What a page needs in order to show a product.
void OfferedProductToProto(const artefact::Model& model, ProductIndex index, v1::OfferedProduct* proto);

// What the engine is asked, and for which time.
struct TimedRequest {
  engine::Request request;
  absl::Time time;
};

// `now` is taken where the message has no at_time. kInvalidArgument, naming the field, for what the domain type cannot
// hold: an unknown enum value, a malformed currency, an impossible time. The engine checks the ranges.
absl::StatusOr<TimedRequest> RequestFromProto(const v1::RecommendRequest& proto, absl::Time now);

// Without at_time.
void RequestToProto(const engine::Request& request, v1::RecommendRequest* proto);

// `answer` must be of `model`: titles and links come from there. Fills everything but token. `proto` is expected empty.
void AnswerToProto(const engine::Answer& answer, engine::Explanation explanation, const artefact::Model& model,
                   v1::RecommendResponse* proto);

// `proto` is expected empty.
void ExplanationToProto(const engine::ProductExplanation& explanation, const artefact::Model& model,
                        v1::ExplainResponse* proto);

v1::Intent IntentToProto(engine::Intent intent);
v1::Reason::Source SourceToProto(engine::Source source);
v1::Removal::Cause CauseToProto(engine::RemovalCause cause);

void SpecDifferenceToProto(const engine::SpecDifference& difference, v1::SpecDifference* proto);

void ProductToProto(const artefact::Model& model, ProductIndex index, v1::Product* proto);

// What rules::LoadRules found.
void FindingsToProto(const rules::LoadResult& loaded, v1::ValidateRulesResponse* response);

void DiagnosticToProto(const rules::Diagnostic& diagnostic, v1::RuleDiagnostic* proto);
rules::Diagnostic DiagnosticFromProto(const v1::RuleDiagnostic& proto);
rules::RuleFile RuleFileFromProto(const v1::RuleFile& proto);
void RuleFileToProto(const rules::RuleFile& file, v1::RuleFile* proto);

// REQUIRES: in the years 1 to 9999.
void TimeToProto(absl::Time time, google::protobuf::Timestamp* proto);

}  // namespace awase::service

#endif  // AWASE_SERVICE_CONVERT_H_
