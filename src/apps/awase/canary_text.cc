#include "apps/awase/canary_text.h"

#include "absl/strings/str_cat.h"
#include "awase/artefact/canary.h"

namespace awase::apps {

std::string CanaryText(const v1::Canary& canary) {
  std::string text;
  if (!canary.version().empty()) {
    absl::StrAppend(&text, canary.version(), " is tried out on ", artefact::ShareText(canary.share_basis_points()),
                    " of the customers\n");
  }
  if (!canary.problem().empty()) absl::StrAppend(&text, "the canary is refused: ", canary.problem(), "\n");
  if (!canary.rule_problem().empty()) absl::StrAppend(&text, canary.rule_problem(), "\n");
  return text;
}

}  // namespace awase::apps
