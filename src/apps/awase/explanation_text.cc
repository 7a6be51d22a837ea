#include "apps/awase/explanation_text.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "apps/awase/terminal_text.h"
#include "awase/base/money.h"

namespace awase::apps {
namespace {

constexpr std::size_t kMostId = 60;

std::string MentionText(const v1::ListMention& mention) {
  const std::string place = absl::StrCat(mention.relation(), " of ", FitTo(mention.product_id(), kMostId), ": number ",
                                         mention.rank(), " of its list, ");
  if (!mention.has_evidence()) {
    return absl::StrCat(place, "without counts of its own (backed off to ",
                        absl::AsciiStrToLower(v1::Reason::BackOff_Name(mention.backed_off_to())), ")");
  }
  const v1::Evidence& evidence = mention.evidence();
  return absl::StrCat(place, "together ", GroupThousands(evidence.units_together()), " times of ",
                      GroupThousands(evidence.units_anchor()), " and ", GroupThousands(evidence.units_other()),
                      absl::StrFormat(", lift %.2f", evidence.lift()), evidence.claim() ? ", a claim" : ", no claim");
}

}  // namespace

std::string ExplanationText(const v1::ExplainResponse& explanation, const std::string& product_id) {
  const std::string shown_id = FitTo(product_id, kMostId);
  if (!explanation.known()) return absl::StrCat("The model does not know the product ", shown_id, ".\n");
  std::string text = absl::StrCat(shown_id, "\n");
  std::size_t width = 0;
  for (const v1::SlotVerdict& slot : explanation.slots()) width = std::max(width, slot.slot().size());
  for (const v1::SlotVerdict& slot : explanation.slots()) {
    const std::string variant =
        slot.product_id() == product_id ? "" : absl::StrCat("its variant ", FitTo(slot.product_id(), kMostId), " ");
    absl::StrAppend(&text, "  ", PadRight(slot.slot(), width), "  ", variant, slot.text(), "\n");
    for (const v1::IdleRule& idle : slot.idle_rules()) {
      absl::StrAppend(&text, std::string(width + 4, ' '), "rule ", idle.rule_id(),
                      " speaks for it here, but does not apply: ", idle.text(), "\n");
    }
  }
  if (explanation.mentions().empty()) {
    absl::StrAppend(&text,
                    "No list of the request's products names it: too few bought the two, or others are bought "
                    "with them more.\n");
  }
  for (const v1::ListMention& mention : explanation.mentions())
    absl::StrAppend(&text, "  ", MentionText(mention), "\n");
  return text;
}

}  // namespace awase::apps
