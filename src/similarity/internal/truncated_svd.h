#ifndef AWASE_SIMILARITY_INTERNAL_TRUNCATED_SVD_H_
#define AWASE_SIMILARITY_INTERNAL_TRUNCATED_SVD_H_

#include <Eigen/Core>
#include <cstddef>

#include "similarity/internal/profile_matrix.h"

namespace awase::similarity_internal {

using RowMatrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

// The largest singular values of a symmetric matrix, falling, with the left vectors as columns.
struct TruncatedSvd {
  RowMatrix vectors;       // rows × k
  Eigen::VectorXf values;  // k of them
};

// At most `dimensions`, fewer where the matrix has no more. Approximate: see the source. The result does not depend on
// `threads`.
TruncatedSvd DecomposeSymmetric(const ProfileMatrix& matrix, std::size_t dimensions, std::size_t threads);

}  // namespace awase::similarity_internal

#endif  // AWASE_SIMILARITY_INTERNAL_TRUNCATED_SVD_H_
