#ifndef AWASE_RULES_INTERNAL_CONVERT_SELECTION_H_
#define AWASE_RULES_INTERNAL_CONVERT_SELECTION_H_

// The actions that choose among candidates, as convert.h converts rules.

#include "awase/rules/rule_set.h"
#include "awase/v1/rule_set.pb.h"

namespace awase::rules_internal {

// Never fail: what cannot be read has the default, and validation says so.
rules::Boost ToBoost(const v1::BoostAction& proto);
rules::Bury ToBury(const v1::BuryAction& proto);
rules::Require ToRequire(const v1::RequireAction& proto);
rules::DoNotAssociate ToDoNotAssociate(const v1::DoNotAssociateAction& proto);
rules::PriceBand ToPriceBand(const v1::PriceBandAction& proto);
rules::Quota ToQuota(const v1::QuotaAction& proto);

// One form of all that mean the same. REQUIRES: the rule is valid.
void MakeSelectionCanonical(v1::Rule* rule);

}  // namespace awase::rules_internal

#endif  // AWASE_RULES_INTERNAL_CONVERT_SELECTION_H_
