#ifndef AWASE_PROMOTION_COMPARISON_H_
#define AWASE_PROMOTION_COMPARISON_H_

// What a new version is held against before it takes the place of the active one: figures of their bought_together
// lists.

#include <cstdint>
#include <optional>

#include "absl/types/span.h"
#include "awase/artefact/model.h"
#include "awase/evaluation/test_cases.h"

namespace awase::promotion {

// Fewer questions than this cannot tell two versions apart.
inline constexpr std::size_t kLeastQuestions = 200;

// Of one version, without asking anything. Shares are of roots that are in at least one order.
struct ListFigures {
  std::uint64_t products_with_orders = 0;
  double coverage_at_10 = 0;            // distinct products among the first ten of all lists / products_with_orders
  double empty_share = 0;               // of the products with orders: without a list
  std::uint64_t frequent_products = 0;  // in 100 orders or more
  double claim_share = 0;               // of them: with a claim among the first ten
};

// NDCG@10 of both.
struct QualityComparison {
  enum class Basis {
    kNone,        // nothing to judge by: too few orders, or a version that does not say how good it was
    kSameOrders,  // both were asked about the same orders, which neither has learned from
    kOwnOrders,   // each as its own training judged it
  };
  Basis basis = Basis::kNone;
  std::uint64_t questions = 0;  // that both were asked; 0 with kOwnOrders
  double active = 0;
  double next = 0;
  // The upper end of the 95 % interval of next / active, by the same questions; next / active with kOwnOrders.
  double ratio_high = 1;
};

struct Comparison {
  ListFigures active;
  ListFigures next;
  // The share of what the first ten of the active version's lists show that the new one's first ten do not, each list
  // counted as often as its product was ordered. What is not in the new version any more shows nothing there.
  double churn = 0;
  QualityComparison quality;
};

// What the new version's training knows. Borrowed.
struct TrainingEvidence {
  std::optional<double> own_ndcg;  // @10, of its settings tried on the last tenth of its own orders
  // By lists of the new settings that were learned from earlier orders only, in the numbers of the new version.
  absl::Span<const evaluation::JudgedCase> judged_cases;
};

// O(products · 10 + judged cases), and O(product ids) for finding the products of one in the other. thread-compatible.
Comparison CompareWithActive(const artefact::Model& active, const artefact::Model& next,
                             const TrainingEvidence& evidence);

// The parts of it.
ListFigures FiguresOf(const artefact::Model& version);

}  // namespace awase::promotion

#endif  // AWASE_PROMOTION_COMPARISON_H_
