#include <string>

#include "awase/relations/relation.h"
#include "awase/service/convert.h"
#include "service/convert_evidence.h"

namespace awase::service {

void ExplanationToProto(const engine::ProductExplanation& explanation, const artefact::Model& model,
                        v1::ExplainResponse* proto) {
  proto->set_known(explanation.is_known);
  for (const engine::SlotVerdict& verdict : explanation.slots) {
    v1::SlotVerdict* slot = proto->add_slots();
    slot->set_slot(verdict.slot);
    slot->set_outcome(static_cast<v1::SlotVerdict::Outcome>(static_cast<int>(verdict.outcome) + 1));
    slot->set_position(verdict.position);
    if (verdict.cause.has_value()) slot->set_cause(CauseToProto(*verdict.cause));
    slot->set_product_id(verdict.product_id);
    slot->mutable_rule_ids()->Assign(verdict.rule_ids.begin(), verdict.rule_ids.end());
    slot->set_text(verdict.text);
    for (const engine::IdleRule& idle : verdict.idle_rules) {
      v1::IdleRule* rule = slot->add_idle_rules();
      rule->set_rule_id(idle.rule_id);
      rule->set_why(static_cast<v1::IdleRule::Why>(static_cast<int>(idle.why) + 1));
      rule->set_stop_rule_id(idle.stop_rule_id);
      rule->set_text(idle.text);
    }
  }
  for (const engine::ListMention& mention : explanation.mentions) {
    v1::ListMention* list = proto->add_mentions();
    list->set_product_id(std::string(model.product(mention.product).product_id()));
    list->set_relation(std::string(relations::RelationName(mention.relation)));
    list->set_rank(mention.rank);
    if (mention.evidence.has_value()) EvidenceToProto(*mention.evidence, explanation.answer, list->mutable_evidence());
    list->set_backed_off_to(BackOffToProto(mention.back_off));
  }
  for (const std::string& id : explanation.answer.missing_ids) proto->add_missing_ids(id);
  proto->set_model_version(explanation.answer.model_version);
  proto->set_rule_revision(explanation.answer.rule_revision);
}

}  // namespace awase::service
