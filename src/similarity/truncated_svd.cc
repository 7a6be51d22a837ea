#include "similarity/internal/truncated_svd.h"

// Randomised range finder with subspace iteration (Halko, Martinsson, Tropp 2011, algorithms 4.4 and 5.1): the matrix
// is multiplied with a few more random columns than dimensions are wanted, the product made orthonormal and multiplied
// again. What is left is a thin matrix Z = A Q whose singular vectors are those of A: ‖A − Q Qᵀ A‖ is near the first
// singular value left out.
//
// Thin matrices are decomposed by the eigenvectors of ZᵀZ, in double: it halves the digits that are good, which are
// still more than Z has. All sums over rows go in blocks of fixed size and order, so that threads make no difference.
// The cost is that of four products of the sparse matrix with a thin one, and as many of thin ones with small ones.
// Tested against Eigen's JacobiSVD in tests/unit/similarity/truncated_svd_test.cc.

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <random>
#include <vector>

#include "awase/base/parallel.h"

namespace awase::similarity_internal {
namespace {

using Eigen::Index;

constexpr std::size_t kOversampling = 10;
constexpr int kIterations = 2;
constexpr std::uint64_t kSeed = 20110101;
constexpr std::size_t kRowsAtOnce = 2048;
constexpr double kLeastEigenvalue = 1e-10;  // of the largest: below, single precision holds nothing but noise

// Signs: they serve as well as normal numbers, and are the same with every standard library.
RowMatrix RandomSigns(Index rows, Index columns) {
  std::mt19937_64 random(kSeed);
  RowMatrix signs(rows, columns);
  for (Index r = 0; r < rows; ++r) {
    for (Index c = 0; c < columns; ++c) signs(r, c) = (random() >> 63U) != 0 ? 1.0F : -1.0F;
  }
  return signs;
}

RowMatrix Multiply(const ProfileMatrix& matrix, const RowMatrix& thin, std::size_t threads) {
  RowMatrix product(static_cast<Index>(matrix.rows()), thin.cols());
  ParallelFor(threads, matrix.rows(), 64, [&](std::size_t first, std::size_t last, std::size_t) {
    for (std::size_t r = first; r < last; ++r) {
      auto row = product.row(static_cast<Index>(r));
      row.setZero();
      for (std::uint64_t e = matrix.offsets[r]; e < matrix.offsets[r + 1]; ++e) {
        row += matrix.weights[e] * thin.row(static_cast<Index>(matrix.columns[e]));
      }
    }
  });
  return product;
}

// Zᵀ Z.
Eigen::MatrixXd GramOf(const RowMatrix& thin, std::size_t threads) {
  const auto rows = static_cast<std::size_t>(thin.rows());
  const std::size_t blocks = (rows + kRowsAtOnce - 1) / kRowsAtOnce;
  std::vector<Eigen::MatrixXd> sums(blocks);
  ParallelFor(threads, blocks, 1, [&](std::size_t first, std::size_t last, std::size_t) {
    for (std::size_t b = first; b < last; ++b) {
      const auto from = static_cast<Index>(b * kRowsAtOnce);
      const Index count = std::min(static_cast<Index>(kRowsAtOnce), thin.rows() - from);
      const Eigen::MatrixXd block = thin.middleRows(from, count).cast<double>();
      sums[b].noalias() = block.transpose() * block;
    }
  });
  Eigen::MatrixXd gram = Eigen::MatrixXd::Zero(thin.cols(), thin.cols());
  for (const Eigen::MatrixXd& sum : sums) gram += sum;
  return gram;
}

// Z W.
RowMatrix Rotate(const RowMatrix& thin, const Eigen::MatrixXd& rotation, std::size_t threads) {
  const Eigen::MatrixXf single = rotation.cast<float>();
  RowMatrix rotated(thin.rows(), rotation.cols());
  const auto rows = static_cast<std::size_t>(thin.rows());
  const std::size_t blocks = (rows + kRowsAtOnce - 1) / kRowsAtOnce;
  ParallelFor(threads, blocks, 1, [&](std::size_t first, std::size_t last, std::size_t) {
    for (std::size_t b = first; b < last; ++b) {
      const auto from = static_cast<Index>(b * kRowsAtOnce);
      const Index count = std::min(static_cast<Index>(kRowsAtOnce), thin.rows() - from);
      rotated.middleRows(from, count).noalias() = thin.middleRows(from, count) * single;
    }
  });
  return rotated;
}

// The left singular vectors and the singular values of a thin matrix, at most `most`.
TruncatedSvd DecomposeThin(const RowMatrix& thin, Index most, std::size_t threads) {
  if (thin.cols() == 0) return {RowMatrix(thin.rows(), 0), Eigen::VectorXf(0)};  // of a matrix of zeros
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> eigen(GramOf(thin, threads));
  const Eigen::VectorXd& squares = eigen.eigenvalues();  // rising
  Index kept = 0;
  while (kept < std::min(most, squares.size())) {
    const double square = squares(squares.size() - 1 - kept);
    if (!(square > 0) || square < kLeastEigenvalue * squares(squares.size() - 1)) break;
    ++kept;
  }
  const Eigen::VectorXd values = squares.tail(kept).reverse().cwiseSqrt();
  const Eigen::MatrixXd rotation =
      eigen.eigenvectors().rightCols(kept).rowwise().reverse() * values.cwiseInverse().asDiagonal();
  return {Rotate(thin, rotation, threads), values.cast<float>()};
}

}  // namespace

TruncatedSvd DecomposeSymmetric(const ProfileMatrix& matrix, std::size_t dimensions, std::size_t threads) {
  const auto rows = static_cast<Index>(matrix.rows());
  const Index columns = std::min(rows, static_cast<Index>(dimensions + kOversampling));
  if (columns == 0) return {};
  RowMatrix thin = Multiply(matrix, RandomSigns(rows, columns), threads);
  for (int iteration = 0; iteration < kIterations; ++iteration) {
    thin = Multiply(matrix, DecomposeThin(thin, columns, threads).vectors, threads);
  }
  return DecomposeThin(thin, static_cast<Index>(dimensions), threads);
}

}  // namespace awase::similarity_internal
