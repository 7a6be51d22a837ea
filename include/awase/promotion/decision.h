#ifndef AWASE_PROMOTION_DECISION_H_
#define AWASE_PROMOTION_DECISION_H_

// Whether a new version may take the place of the active one (docs/operations.md, "Promotion"): how much worse it may
// be, in which respects it is worse than that, and who said that it shall go live all the same.

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "awase/promotion/comparison.h"

namespace awase::promotion {

// How much worse than the active version a new one may be. Losses are shares of what the active version has.
struct Bounds {
  double max_quality_loss = 0.1;   // of NDCG@10; only a loss that is not chance counts
  double max_coverage_loss = 0.2;  // of coverage@10
  double max_empty_rise = 0.05;    // of the share of products without a list: 0.01 → 0.06 is a rise of 0.05
  double max_claim_loss = 0.3;     // of the share of frequent products with a claim
  double max_churn = 0.5;

  friend bool operator==(const Bounds&, const Bounds&) = default;
};

// kInvalidArgument for a bound outside [0, 1].
absl::Status CheckBounds(const Bounds& bounds);

// In what the new version passes the bounds: one sentence each with both figures, the bound, and the flag that sets it.
// A figure exactly at its bound is within.
std::vector<std::string> Violations(const Comparison& comparison, const Bounds& bounds);

struct Decision {
  std::string compared_with;             // the active version; empty when there was none
  std::optional<Comparison> comparison;  // not of a first version, the active one itself, and one that cannot be read
  Bounds bounds;
  std::vector<std::string> reasons;  // why the new version should not go live; empty = it may
  std::string forced;                // what was said when it was to go live in spite of them

  // No reasons, or forced.
  bool passes() const { return reasons.empty() || !forced.empty(); }
};

// One JSON object and back. kDataLoss for anything else.
std::string DecisionToJson(const Decision& decision);
absl::StatusOr<Decision> DecisionFromJson(const std::string& json);

// Kept as promotion.json in the version's directory, which is no part of what the version id is made of: the same bytes
// may be judged several times. The errors of ReplaceFile and ReadFile (kNotFound: the version was never judged), and of
// DecisionFromJson.
absl::Status KeepDecision(const std::string& version_dir, const Decision& decision);
absl::StatusOr<Decision> ReadDecision(const std::string& version_dir);

// ReadDecision of a version that may never have been judged, by an older awase for example: nothing then. Why it cannot
// be read goes to `problem`, unless that says something already.
std::optional<Decision> FindDecision(const std::string& version_dir, std::string* problem);

}  // namespace awase::promotion

#endif  // AWASE_PROMOTION_DECISION_H_
