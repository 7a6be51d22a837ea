#include "evaluation/internal/ease.h"

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <algorithm>
#include <utility>

#include "awase/base/parallel.h"
#include "evaluation/internal/top_products.h"

namespace awase::evaluation_internal {
namespace {

using evaluation::ListRanker;
using evaluation::ScoredProduct;
using orders::BasketIndex;
using orders::RowCounter;

constexpr std::uint32_t kNoColumn = 0xFFFFFFFF;

// The products with an order, as columns of the matrix.
struct Columns {
  std::vector<ProductIndex> products;
  std::vector<std::uint32_t> column_of;  // per product, or kNoColumn
};

Columns ColumnsOf(const BasketIndex& index) {
  Columns columns;
  columns.column_of.assign(index.product_count(), kNoColumn);
  for (std::size_t p = 0; p < index.product_count(); ++p) {
    if (index.units(ProductAt(p)) == 0) continue;
    columns.column_of[p] = static_cast<std::uint32_t>(columns.products.size());
    columns.products.push_back(ProductAt(p));
  }
  return columns;
}

Eigen::MatrixXf GramMatrix(const BasketIndex& index, const Columns& columns, double lambda) {
  const auto size = static_cast<Eigen::Index>(columns.products.size());
  Eigen::MatrixXf gram = Eigen::MatrixXf::Zero(size, size);
  RowCounter counter(index);
  for (Eigen::Index c = 0; c < size; ++c) {
    const ProductIndex product = columns.products[static_cast<std::size_t>(c)];
    gram(c, c) = static_cast<float>(index.units(product) + lambda);
    for (const RowCounter::Pair& pair : counter.Count(product)) {
      gram(columns.column_of[Slot(pair.other)], c) = static_cast<float>(pair.units);
    }
  }
  return gram;
}

Eigen::MatrixXf Inverse(const Eigen::MatrixXf& gram, std::size_t threads) {
  const Eigen::LLT<Eigen::MatrixXf> cholesky(gram);
  const Eigen::Index size = gram.rows();
  Eigen::MatrixXf inverse = Eigen::MatrixXf::Identity(size, size);
  constexpr std::size_t kColumnsAtOnce = 256;
  ParallelFor(
      threads, static_cast<std::size_t>(size), kColumnsAtOnce, [&](std::size_t first, std::size_t last, std::size_t) {
        auto block = inverse.middleCols(static_cast<Eigen::Index>(first), static_cast<Eigen::Index>(last - first));
        block = cholesky.solve(block).eval();
      });
  return inverse;
}

class EaseRanker : public ListRanker {
 public:
  EaseRanker(const BasketIndex& index, double lambda, std::size_t threads)
      : columns_(ColumnsOf(index)), inverse_(Inverse(GramMatrix(index, columns_, lambda), threads)) {}

  std::string name() const override { return "ease"; }

  std::vector<ProductIndex> Top(ProductIndex anchor, std::size_t count) const override {
    const std::uint32_t row = columns_.column_of[Slot(anchor)];
    if (row == kNoColumn) return {};
    std::vector<ScoredProduct> scored;
    for (std::size_t c = 0; c < columns_.products.size(); ++c) {
      if (c == row) continue;
      const auto column = static_cast<Eigen::Index>(c);
      scored.push_back({columns_.products[c], -inverse_(row, column) / inverse_(column, column)});
    }
    return TopProducts(std::move(scored), count);
  }

 private:
  Columns columns_;
  Eigen::MatrixXf inverse_;
};

}  // namespace

std::unique_ptr<ListRanker> MakeEaseRanker(const BasketIndex& index, double lambda, std::size_t threads) {
  return std::make_unique<EaseRanker>(index, lambda, threads);
}

}  // namespace awase::evaluation_internal
