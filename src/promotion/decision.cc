#include "awase/promotion/decision.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "awase/base/money.h"

namespace awase::promotion {
namespace {

// Shares are sums of floating point: what is at its bound is not beyond it for the last bit.
constexpr double kSlack = 1e-9;

std::string Percent(double share) { return absl::StrFormat("%.4g %%", 100 * share); }

void CheckQuality(const QualityComparison& quality, double bound, std::vector<std::string>* violations) {
  using Basis = QualityComparison::Basis;
  if (quality.basis == Basis::kNone || quality.active <= 0) return;
  const double loss = 1 - quality.next / quality.active;
  if (loss <= bound + kSlack || quality.ratio_high >= 1) return;
  const std::string basis = quality.basis == Basis::kSameOrders ? absl::StrCat("on ", GroupThousands(quality.questions),
                                                                               " orders that neither has learned from")
                                                                : "each on the last tenth of its own orders";
  violations->push_back(absl::StrFormat(
      "quality: NDCG@10 is %.4f, the active version has %.4f (%s): %s less, the bound is %s (--max-quality-loss)",
      quality.next, quality.active, basis, Percent(loss), Percent(bound)));
}

struct Figure {
  const char* name;  // as a sentence begins
  const char* flag;
  double active;
  double next;
  double bound;
};

void CheckLoss(const Figure& figure, std::vector<std::string>* violations) {
  if (figure.active <= 0) return;
  const double loss = 1 - figure.next / figure.active;
  if (loss <= figure.bound + kSlack) return;
  violations->push_back(absl::StrFormat("%s is %s, the active version has %s: %s less, the bound is %s (%s)",
                                        figure.name, Percent(figure.next), Percent(figure.active), Percent(loss),
                                        Percent(figure.bound), figure.flag));
}

void CheckRise(const Figure& figure, std::vector<std::string>* violations) {
  const double rise = figure.next - figure.active;
  if (rise <= figure.bound + kSlack) return;
  violations->push_back(absl::StrFormat("%s is %s, the active version has %s: %.4g points more, the bound is %.4g (%s)",
                                        figure.name, Percent(figure.next), Percent(figure.active), 100 * rise,
                                        100 * figure.bound, figure.flag));
}

}  // namespace

absl::Status CheckBounds(const Bounds& bounds) {
  const auto check = [](const char* name, double value) {
    if (value >= 0 && value <= 1) return absl::OkStatus();
    return absl::InvalidArgumentError(absl::StrCat(name, ": ", value, " is out of range, want a share from 0 to 1"));
  };
  absl::Status status;
  status.Update(check("max_quality_loss", bounds.max_quality_loss));
  status.Update(check("max_coverage_loss", bounds.max_coverage_loss));
  status.Update(check("max_empty_rise", bounds.max_empty_rise));
  status.Update(check("max_claim_loss", bounds.max_claim_loss));
  status.Update(check("max_churn", bounds.max_churn));
  return status;
}

std::vector<std::string> Violations(const Comparison& comparison, const Bounds& bounds) {
  std::vector<std::string> violations;
  const ListFigures& active = comparison.active;
  const ListFigures& next = comparison.next;
  CheckQuality(comparison.quality, bounds.max_quality_loss, &violations);
  CheckLoss({"coverage: the share of the ordered products that any list shows among its first ten",
             "--max-coverage-loss", active.coverage_at_10, next.coverage_at_10, bounds.max_coverage_loss},
            &violations);
  CheckRise({"empty lists: the share of the ordered products without a list", "--max-empty-rise", active.empty_share,
             next.empty_share, bounds.max_empty_rise},
            &violations);
  CheckLoss({"claims: the share of the products in 100 orders or more that have a claim", "--max-claim-loss",
             active.claim_share, next.claim_share, bounds.max_claim_loss},
            &violations);
  if (comparison.churn > bounds.max_churn + kSlack) {
    violations.push_back(absl::StrFormat(
        "churn: %s of what the active version's lists show among their first ten would go, the bound is %s "
        "(--max-churn)",
        Percent(comparison.churn), Percent(bounds.max_churn)));
  }
  return violations;
}

std::optional<Decision> FindDecision(const std::string& version_dir, std::string* problem) {
  absl::StatusOr<Decision> decision = ReadDecision(version_dir);
  if (decision.ok()) return *std::move(decision);
  if (!absl::IsNotFound(decision.status()) && problem->empty()) *problem = std::string(decision.status().message());
  return std::nullopt;
}

}  // namespace awase::promotion
