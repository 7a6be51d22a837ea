#include "tests/testing/reference_relation.h"

#include <Eigen/SparseCore>
#include <cmath>
#include <set>
#include <tuple>

namespace awase::testing {

ReferenceCounts CountByLoops(std::size_t products, const std::vector<ReferenceBasket>& baskets) {
  ReferenceCounts counts{products, std::vector<std::uint32_t>(products),
                         std::vector<std::uint32_t>(products * products),
                         std::vector<std::uint32_t>(products * products)};
  std::set<std::tuple<std::uint32_t, ProductIndex, ProductIndex>> seen;
  for (const ReferenceBasket& basket : baskets) {
    for (const ProductIndex i : basket.products) {
      ++counts.units[Slot(i)];
      for (const ProductIndex j : basket.products) {
        ++counts.pairs[Slot(i) * products + Slot(j)];
        if (seen.insert({basket.buyer, i, j}).second) ++counts.buyers[Slot(i) * products + Slot(j)];
      }
    }
  }
  return counts;
}

std::vector<double> WeighByLoops(std::size_t products, const std::vector<ReferenceBasket>& baskets, double exponent) {
  std::vector<double> weights(products * products);
  for (const ReferenceBasket& basket : baskets) {
    const double weight = std::pow(static_cast<double>(basket.products.size()), -exponent);
    for (const ProductIndex i : basket.products) {
      for (const ProductIndex j : basket.products) weights[Slot(i) * products + Slot(j)] += weight;
    }
  }
  return weights;
}

ReferenceCounts CountByMatrixProduct(std::size_t products, const std::vector<ReferenceBasket>& baskets) {
  using Matrix = Eigen::SparseMatrix<std::uint32_t, Eigen::RowMajor, std::int64_t>;
  std::vector<Eigen::Triplet<std::uint32_t, std::int64_t>> ones;
  for (std::size_t b = 0; b < baskets.size(); ++b) {
    for (const ProductIndex i : baskets[b].products) {
      ones.emplace_back(static_cast<std::int64_t>(b), static_cast<std::int64_t>(Slot(i)), 1u);
    }
  }
  Matrix x(static_cast<std::int64_t>(baskets.size()), static_cast<std::int64_t>(products));
  x.setFromTriplets(ones.begin(), ones.end());
  const Matrix product = Matrix(x.transpose()) * x;
  ReferenceCounts counts{
      products, std::vector<std::uint32_t>(products), std::vector<std::uint32_t>(products * products), {}};
  for (std::int64_t i = 0; i < product.outerSize(); ++i) {
    for (Matrix::InnerIterator it(product, i); it; ++it) {
      counts.pairs[static_cast<std::size_t>(i) * products + static_cast<std::size_t>(it.col())] = it.value();
    }
    counts.units[static_cast<std::size_t>(i)] = product.coeff(i, i);
  }
  return counts;
}

}  // namespace awase::testing
