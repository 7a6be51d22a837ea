#include "similarity/internal/truncated_svd.h"

#include <Eigen/SVD>
#include <random>

#include "gtest/gtest.h"

namespace awase::similarity_internal {
namespace {

using Eigen::Index;
using Eigen::MatrixXf;

ProfileMatrix Sparse(const MatrixXf& dense) {
  ProfileMatrix matrix;
  matrix.offsets = {0};
  for (Index r = 0; r < dense.rows(); ++r) {
    matrix.products.push_back(ProductAt(static_cast<std::size_t>(r)));
    matrix.row_of.push_back(static_cast<std::uint32_t>(r));
    for (Index c = 0; c < dense.cols(); ++c) {
      if (dense(r, c) == 0) continue;
      matrix.columns.push_back(static_cast<std::uint32_t>(c));
      matrix.weights.push_back(dense(r, c));
    }
    matrix.offsets.push_back(matrix.columns.size());
  }
  return matrix;
}

// Symmetric, its values of both signs in `size` dimensions, a tenth of them not 0.
MatrixXf RandomSymmetric(Index size) {
  std::mt19937_64 random(5);
  MatrixXf matrix = MatrixXf::Zero(size, size);
  for (Index r = 0; r < size; ++r) {
    for (Index c = 0; c <= r; ++c) {
      if (random() % 10 == 0) matrix(r, c) = matrix(c, r) = static_cast<float>(1 + random() % 100) / 20;
    }
  }
  return matrix;
}

// As RandomSymmetric, but with a few directions that matter far more than the others.
MatrixXf WithStrongDirections(Index size, Index strong) {
  std::mt19937_64 random(6);
  MatrixXf directions(size, strong);
  for (Index r = 0; r < size; ++r) {
    for (Index c = 0; c < strong; ++c) directions(r, c) = random() % 4 == 0 ? static_cast<float>(1 + c) : 0.0F;
  }
  return directions * directions.transpose() + RandomSymmetric(size) / 10;
}

void ExpectVectorsOf(const MatrixXf& dense, const TruncatedSvd& svd, float tolerance) {
  for (Index k = 0; k < svd.values.size(); ++k) {
    const Eigen::VectorXf left = svd.vectors.col(k);
    EXPECT_NEAR(left.norm(), 1, 1e-3);
    // A² u = σ² u, whatever the sign of the eigenvalue.
    EXPECT_NEAR((dense * (dense * left) / (svd.values(k) * svd.values(k)) - left).norm(), 0, tolerance) << k;
  }
}

TEST(DecomposeSymmetric, OfAllDimensionsIsExact) {
  const MatrixXf dense = RandomSymmetric(40);
  const TruncatedSvd svd = DecomposeSymmetric(Sparse(dense), 12, 1);
  const Eigen::VectorXf whole = DecomposeSymmetric(Sparse(dense), 40, 1).values;
  const Eigen::VectorXf expected = Eigen::JacobiSVD<MatrixXf>(dense).singularValues();
  ASSERT_EQ(svd.values.size(), 12);
  ASSERT_GE(whole.size(), 30);
  for (Index k = 0; k < whole.size(); ++k) EXPECT_NEAR(whole(k), expected(k), 1e-3F * expected(0));
}

TEST(DecomposeSymmetric, FindsTheStrongDirectionsOfMany) {
  const MatrixXf dense = WithStrongDirections(300, 6);
  const TruncatedSvd svd = DecomposeSymmetric(Sparse(dense), 6, 1);
  const Eigen::VectorXf expected = Eigen::JacobiSVD<MatrixXf>(dense).singularValues();
  ASSERT_EQ(svd.values.size(), 6);
  for (Index k = 0; k < 6; ++k) EXPECT_NEAR(svd.values(k), expected(k), 1e-3F * expected(k));
  ExpectVectorsOf(dense, svd, 0.01F);
}

TEST(DecomposeSymmetric, HasNoMoreDimensionsThanTheMatrix) {
  MatrixXf dense = MatrixXf::Zero(30, 30);
  dense.topLeftCorner(10, 10).setConstant(2);
  dense.bottomRightCorner(5, 5).setConstant(-1);
  const TruncatedSvd svd = DecomposeSymmetric(Sparse(dense), 8, 1);
  ASSERT_EQ(svd.values.size(), 2);
  EXPECT_NEAR(svd.values(0), 20, 1e-3);
  EXPECT_NEAR(svd.values(1), 5, 1e-3);
  EXPECT_EQ(DecomposeSymmetric(Sparse(MatrixXf::Zero(7, 7)), 3, 1).values.size(), 0);
  EXPECT_EQ(DecomposeSymmetric(Sparse(MatrixXf(0, 0)), 3, 1).values.size(), 0);
}

TEST(DecomposeSymmetric, DoesNotDependOnThreads) {
  const ProfileMatrix matrix = Sparse(RandomSymmetric(2500));
  const TruncatedSvd one = DecomposeSymmetric(matrix, 5, 1);
  for (const std::size_t threads : {2, 3}) {
    const TruncatedSvd many = DecomposeSymmetric(matrix, 5, threads);
    EXPECT_EQ(many.values, one.values);
    EXPECT_EQ(many.vectors, one.vectors);
  }
}

}  // namespace
}  // namespace awase::similarity_internal
