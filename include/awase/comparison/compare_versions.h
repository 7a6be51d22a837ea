#ifndef AWASE_COMPARISON_COMPARE_VERSIONS_H_
#define AWASE_COMPARISON_COMPARE_VERSIONS_H_

// Versions of a model side by side, and against the classical scores, on orders that none of them has seen.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "awase/artefact/model.h"
#include "awase/evaluation/calibration.h"
#include "awase/evaluation/claim_replication.h"
#include "awase/evaluation/measure.h"
#include "awase/evaluation/test_cases.h"
#include "awase/orders/baskets.h"
#include "awase/orders/order_log.h"

namespace awase::comparison {

struct ComparisonOptions {
  evaluation::CaseOptions cases;
  std::size_t resamples = 500;  // of the bootstrap
  std::size_t threads = 1;      // the result does not depend on it
  // Called once before anybody is asked, with what is learned from and what will be asked, so that others can be asked
  // the same. May be empty.
  std::function<void(const orders::BasketSet& learned_from, const evaluation::TestCases& cases)> on_questions;
};

// What only a version has: claims and shares that were said to people.
struct VersionFindings {
  std::string version;
  evaluation::ClaimReplication claims;      // of the first ten of each product's bought_together list
  std::uint64_t frequent_products = 0;      // in 100 orders of the training part or more
  std::uint64_t frequent_with_a_claim = 0;  // of them: with a claim among the first ten
  evaluation::Calibration calibration;      // of "n_ij of n_i orders", over the lists of the cases
};

struct Comparison {
  std::uint64_t held_out_orders = 0;  // with at least one product
  std::uint64_t orders_in_reach = 0;  // with at least two products that were bought in the training part
  std::uint64_t list_cases = 0;
  std::uint64_t cart_cases = 0;
  // The versions as given, then the classical scores. ndcg_ratio_to_first compares with the first version.
  std::vector<evaluation::ListQuality> lists;
  std::vector<evaluation::CartQuality> carts;
  std::vector<VersionFindings> versions;
};

// `training` are the orders that the versions learned from: the classical scores learn from them too, and they say
// which products are known. Products are matched by the id of their root. thread-compatible. REQUIRES: at least one
// version.
Comparison CompareVersions(absl::Span<const std::shared_ptr<const artefact::Model>> versions,
                           const orders::OrderLog& training, const orders::OrderLog& held_out,
                           const ComparisonOptions& options = {});

}  // namespace awase::comparison

#endif  // AWASE_COMPARISON_COMPARE_VERSIONS_H_
