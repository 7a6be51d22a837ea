#ifndef AWASE_RULES_INTERNAL_ACTION_CHECK_H_
#define AWASE_RULES_INTERNAL_ACTION_CHECK_H_

// What the checks of one rule's action share: where it stands, what is known of the products, where findings go.

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "awase/rules/load_rules.h"
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

  void Error(absl::string_view below, absl::string_view message) const { report_->Error(rule_, below, message); }
  void Warn(absl::string_view below, absl::string_view message) const { report_->Warn(rule_, below, message); }

  // That the id is none, or one that the catalogue does not have.
  void Product(absl::string_view below, const std::string& id) const;

  // Each of a list of ids, and that none is there twice.
  void Products(absl::string_view below, const std::vector<std::string>& ids, rules::Severity repeated) const;

 private:
  const SourceRule& rule_;
  const rules::CatalogueFacts* facts_;
  Report* report_;
};

// rung; in validate_rung.cc.
void CheckRung(const ActionCheck& check, const rules::Rung& rung);

}  // namespace awase::rules_internal

#endif  // AWASE_RULES_INTERNAL_ACTION_CHECK_H_
