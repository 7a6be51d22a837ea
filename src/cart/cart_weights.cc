#include "awase/cart/cart_weights.h"

// The neighbourhood ridge. EASE^R (Steck 2019) regresses each product on all others: one inverse of a products ×
// products matrix, O(n³). Here each product j has its K nearest products S(j) and a
// system of K equations of its own, (G_SS + λ I) w = g_Sj, solved by Cholesky: linear in the products, and each thread
// takes its own ones. With K = n − 1 it is EASE^R, which is what tests/unit/cart/cart_weights_test.cc holds it against.
//
// Centred: x_j − n_j/N is regressed on x_i − n_i/N, so G_ab loses n_a n_b / N, and the score of j for a cart starts
// from n_j/N − Σ w_ij n_i/N.

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <utility>

#include "awase/base/parallel.h"

namespace awase::cart {
namespace {

using Pair = CartCounts::Pair;
// Single precision: λ keeps the systems well conditioned, and the weights are stored in no more.
using Matrix = Eigen::MatrixXf;
using Vector = Eigen::VectorXf;

constexpr std::size_t kProductsAtOnce = 16;

// Fits one product after the other; each thread has its own.
class Regression {
 public:
  Regression(const CartCounts& counts, const FitOptions& options)
      : counts_(counts), options_(options), place_(counts.product_count(), 0) {}

  // w_ij for i in S(product), by i, with i as `other`.
  std::vector<CartWeight> Fit(ProductIndex product, float* baseline) {
    double rest = Share(product);
    std::vector<CartWeight> weights;
    ChooseNeighbours(product);
    if (!near_.empty()) {
      FillSystem();
      if (options_.centred) Centre(product);
      Solve();
    }
    for (std::size_t a = 0; a < near_.size(); ++a) {
      const float weight = solution_(static_cast<Eigen::Index>(a));
      weights.push_back({near_[a].other, weight});
      rest -= static_cast<double>(weight) * Share(near_[a].other);
    }
    *baseline = options_.centred ? static_cast<float>(rest) : 0;
    return weights;
  }

 private:
  // Of all baskets, by weight: those with the product.
  double Share(ProductIndex product) const {
    return counts_.total() > 0 ? static_cast<double>(counts_.units(product)) / counts_.total() : 0;
  }

  void ChooseNeighbours(ProductIndex product) {
    const absl::Span<const Pair> row = counts_.row(product);
    near_.assign(row.begin(), row.end());
    if (near_.size() <= options_.neighbours) return;
    std::nth_element(near_.begin(), near_.begin() + static_cast<std::ptrdiff_t>(options_.neighbours), near_.end(),
                     [this](const Pair& a, const Pair& b) {
                       const float nearness_a = Nearness(a);
                       const float nearness_b = Nearness(b);
                       return nearness_a != nearness_b ? nearness_a > nearness_b : a.other < b.other;
                     });
    near_.resize(options_.neighbours);
    std::sort(near_.begin(), near_.end(), [](const Pair& a, const Pair& b) { return a.other < b.other; });
  }

  // The cosine, up to a factor of j: by plain counts all neighbourhoods are the best-sellers. Measured: 5 % better in
  // MRR on the widest of five catalogues, within 1.5 % on the others.
  float Nearness(const Pair& pair) const { return pair.count / std::sqrt(counts_.units(pair.other)); }

  // The lower half of G_SS, and g_Sj. Pairs that a row has no room for count as never met.
  void FillSystem() {
    const auto size = static_cast<Eigen::Index>(near_.size());
    gram_.setZero(size, size);
    solution_.resize(size);
    for (std::size_t a = 0; a < near_.size(); ++a) place_[Slot(near_[a].other)] = static_cast<std::uint32_t>(a) + 1;
    for (Eigen::Index a = 0; a < size; ++a) {
      const Pair& neighbour = near_[static_cast<std::size_t>(a)];
      solution_(a) = neighbour.count;
      gram_(a, a) = counts_.units(neighbour.other);
      for (const Pair& pair : counts_.row(neighbour.other)) {
        const std::uint32_t place = place_[Slot(pair.other)];
        if (place == 0) continue;
        const Eigen::Index b = static_cast<Eigen::Index>(place) - 1;
        gram_(std::max(a, b), std::min(a, b)) = pair.count;
      }
    }
    for (const Pair& neighbour : near_) place_[Slot(neighbour.other)] = 0;
  }

  void Centre(ProductIndex product) {
    const auto size = static_cast<Eigen::Index>(near_.size());
    const auto units_of = [this](Eigen::Index a) { return counts_.units(near_[static_cast<std::size_t>(a)].other); };
    for (Eigen::Index a = 0; a < size; ++a) {
      const auto share = static_cast<float>(static_cast<double>(units_of(a)) / counts_.total());
      solution_(a) -= share * counts_.units(product);
      for (Eigen::Index b = 0; b <= a; ++b) gram_(a, b) -= share * units_of(b);
    }
  }

  // XᵀWX is positive semidefinite, but cut to its largest numbers it need not be: then λ is doubled until it is enough.
  // At some point the diagonal dominates.
  void Solve() {
    for (double lambda = options_.lambda;; lambda *= 2) {
      factor_ = gram_;
      factor_.diagonal().array() += static_cast<float>(lambda);
      const Eigen::LLT<Eigen::Ref<Matrix>> cholesky(factor_);
      if (cholesky.info() != Eigen::Success) continue;
      cholesky.solveInPlace(solution_);
      return;
    }
  }

  const CartCounts& counts_;
  const FitOptions& options_;
  std::vector<std::uint32_t> place_;  // per product: 1 + its place in near_, 0 = not there
  std::vector<Pair> near_;            // S(j), by product
  Matrix gram_;
  Matrix factor_;
  Vector solution_;
};

// From each product's w_·j to lists of w_i·.
void TurnIntoLists(std::vector<std::vector<CartWeight>> into, std::size_t list_length, CartWeights* weights) {
  std::vector<std::vector<CartWeight>> lists(into.size());
  for (std::size_t j = 0; j < into.size(); ++j) {
    for (const CartWeight& weight : into[j]) {
      if (weight.weight != 0) lists[Slot(weight.other)].push_back({ProductAt(j), weight.weight});
    }
    into[j] = std::vector<CartWeight>();
  }
  weights->offsets.push_back(0);
  for (std::vector<CartWeight>& list : lists) {
    const auto kept = static_cast<std::ptrdiff_t>(std::min(list.size(), list_length));
    std::partial_sort(list.begin(), list.begin() + kept, list.end(), IsStronger);
    weights->entries.insert(weights->entries.end(), list.begin(), list.begin() + kept);
    weights->offsets.push_back(weights->entries.size());
    list = std::vector<CartWeight>();
  }
}

}  // namespace

std::vector<CartWeight> SumOfLists(absl::Span<const absl::Span<const CartWeight>> lists) {
  std::size_t size = 0;
  for (const absl::Span<const CartWeight> list : lists) size += list.size();
  std::vector<CartWeight> sums;
  sums.reserve(size);
  for (const absl::Span<const CartWeight> list : lists) sums.insert(sums.end(), list.begin(), list.end());
  // By weight as well: the sum of floats depends on their order.
  std::sort(sums.begin(), sums.end(), [](const CartWeight& a, const CartWeight& b) {
    return a.other != b.other ? a.other < b.other : a.weight < b.weight;
  });
  std::size_t kept = 0;
  for (const CartWeight& part : sums) {
    if (kept > 0 && sums[kept - 1].other == part.other) {
      sums[kept - 1].weight += part.weight;
    } else {
      sums[kept++] = part;
    }
  }
  sums.resize(kept);
  return sums;
}

CartWeights FitCartWeights(const CartCounts& counts, const FitOptions& options) {
  CartWeights weights;
  weights.baselines.resize(counts.product_count());
  std::vector<std::vector<CartWeight>> into(counts.product_count());
  std::vector<Regression> regressions(options.threads, Regression(counts, options));
  ParallelFor(options.threads, into.size(), kProductsAtOnce,
              [&](std::size_t first, std::size_t last, std::size_t worker) {
                for (std::size_t j = first; j < last; ++j) {
                  into[j] = regressions[worker].Fit(ProductAt(j), &weights.baselines[j]);
                }
              });
  TurnIntoLists(std::move(into), options.list_length, &weights);
  return weights;
}

}  // namespace awase::cart
