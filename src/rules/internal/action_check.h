#ifndef AWASE_RULES_INTERNAL_ACTION_CHECK_H_
#define AWASE_RULES_INTERNAL_ACTION_CHECK_H_

// What the checks of one rule's action share: where it stands, what is known of the products, where findings go.

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "awase/rules/load_rules.h"
#include "rules/internal/condition_check.h"
#include "rules/internal/report.h"
#include "rules/internal/source_rule.h"

namespace awase::rules_internal {

// Borrows all three. single-thread.
class ActionCheck {
 public:
  // `facts` may be null.
  ActionCheck(const SourceRule& rule, const rules::CatalogueFacts* facts, Report* report)
      : rule_(rule), facts_(facts), report_(report) {}

  const SourceRule& rule() const { return rule_; }
  const rules::CatalogueFacts* facts() const { return facts_; }

  // Checks of the same rule for what actions and conditions have in common.
  ConditionCheck conditions() const { return {rule_, facts_, report_}; }

  void Error(absl::string_view below, absl::string_view message) const { report_->Error(rule_, below, message); }
  void Warn(absl::string_view below, absl::string_view message) const { report_->Warn(rule_, below, message); }

  // Report::MayCount.
  bool MayCount() const { return report_->MayCount(); }

  // That the id is none, or one that the catalogue does not have.
  void Product(absl::string_view below, const std::string& id) const;

  // That the product at `below` cannot be sold now, with what comes of it: "the set is not offered".
  void Sold(absl::string_view below, const std::string& id, absl::string_view result) const;

  // Each of a list of words that must be some of `known`; a word that is named twice is a warning. `what` says what
  // they are: "intent".
  void Words(absl::string_view below, const std::vector<std::string>& words, absl::Span<const absl::string_view> known,
             absl::string_view what) const;

  // Each of a list of ids, and that none is there twice.
  void Products(absl::string_view below, const std::vector<std::string>& ids, rules::Severity repeated) const;

 private:
  const SourceRule& rule_;
  const rules::CatalogueFacts* facts_;
  Report* report_;
};

// Which products the action at `below` is about: either its list `products` or the set `matching`, of at least one
// product; in validate_subject.cc.
void CheckSubject(const ActionCheck& check, absl::string_view below, const ProtoWords& products,
                  const v1::ProductSet& matching);

// The slots that there are, what is wrong with the name of one (nothing: ""), and the check of a list of them; in
// validate_slots.cc.
absl::Span<const std::string> SlotNames();
std::string SlotProblem(const std::string& name);
void CheckSlots(const ActionCheck& check, absl::string_view below, const ProtoWords& slots);

// The slot that a quota may name, the rows that a cap may name, and which way prices are rounded; in the files of these
// actions.
inline constexpr char kQuotaSlot[] = "also_bought";
absl::Span<const std::string> CappedRows();
absl::Span<const std::string> RoundingDirections();

// rung; in validate_rung.cc.
void CheckRung(const ActionCheck& check, const rules::Rung& rung);

// boost and bury; in validate_weights.cc.
void CheckBoost(const ActionCheck& check, const v1::BoostAction& boost);
void CheckBury(const ActionCheck& check, const v1::BuryAction& bury);

// require; in validate_require.cc.
void CheckRequire(const ActionCheck& check, const v1::RequireAction& require);

// do_not_associate; in validate_do_not_associate.cc.
void CheckDoNotAssociate(const ActionCheck& check, const v1::DoNotAssociateAction& apart);

// price_band; in validate_price_band.cc.
void CheckPriceBand(const ActionCheck& check, const v1::PriceBandAction& band);

// quota; in validate_quota.cc.
void CheckQuota(const ActionCheck& check, const v1::QuotaAction& quota);

// What a bundle says beyond its products and its price; in validate_bundle_groups.cc.
void CheckGroupsAndMargin(const SourceRule& rule, const rules::CatalogueFacts* facts, Report* report);

// What the catalogue says of its lines; in validate_bundle_lines.cc.
void CheckBundleLines(const ActionCheck& check, const rules::Bundle& bundle);

// What prices say of a sound discount; in validate_discount_prices.cc.
void CheckReducedPrices(const ActionCheck& check, const rules::Discount& discount);

// discount and benefit; in files of their names. A discount has product sets, whose checks are those of conditions.
void CheckDiscount(const SourceRule& rule, const rules::CatalogueFacts* facts, Report* report);
void CheckBenefit(const ActionCheck& check, const v1::BenefitAction& proto, const rules::Benefit& benefit);

// cap; in validate_cap.cc.
void CheckCap(const ActionCheck& check, const ConditionCheck& sets, const rules::Cap& cap);

// gate; in validate_gate.cc.
void CheckGate(const ActionCheck& check, const rules::Gate& gate);

// stop; in validate_stop.cc.
void CheckStop(const ActionCheck& check, const rules::Stop& stop);

}  // namespace awase::rules_internal

#endif  // AWASE_RULES_INTERNAL_ACTION_CHECK_H_
