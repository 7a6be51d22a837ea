#include "service/convert_evidence.h"

namespace awase::service {

void EvidenceToProto(const engine::Evidence& evidence, const engine::Answer& answer, v1::Evidence* proto) {
  proto->set_units_together(evidence.units_together);
  proto->set_units_anchor(evidence.units_anchor);
  proto->set_units_other(evidence.units_other);
  proto->set_units_total(evidence.units_total);
  proto->set_buyers_together(evidence.buyers_together);
  proto->set_expected_together(evidence.expected_together);
  proto->set_lift(evidence.lift);
  proto->set_lift_low(evidence.lift_low);
  proto->set_lift_high(evidence.lift_high);
  proto->set_claim(evidence.claim);
  static_assert(v1::Evidence::VARIANT == static_cast<int>(relations::EntryClass::kVariant));
  proto->set_entry_class(static_cast<v1::Evidence::Class>(evidence.entry_class));
  proto->set_first_day(answer.first_day);
  proto->set_last_day(answer.last_day);
}

v1::Reason::BackOff BackOffToProto(relations::EntrySource source) {
  static_assert(v1::Reason::FAMILY == static_cast<int>(relations::EntrySource::kFamily) &&
                v1::Reason::POPULARITY == static_cast<int>(relations::EntrySource::kPopularity));
  return static_cast<v1::Reason::BackOff>(source);
}

}  // namespace awase::service
