// Eigen's sparse product BᵀB: all pair counts, no ranking. It has one thread whatever is asked for.

#include <Eigen/SparseCore>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "awase/base/stopwatch.h"
#include "bench/peers/runner.h"

namespace awase::peers {
namespace {

using Matrix = Eigen::SparseMatrix<std::int32_t, Eigen::RowMajor, std::int32_t>;

// A copy, so that the caller's vectors stay as they are; not timed.
Matrix ToMatrix(const Csr& csr) {
  std::vector<std::int32_t> offsets(csr.offsets.begin(), csr.offsets.end());
  std::vector<std::int32_t> ids(csr.ids.begin(), csr.ids.end());
  std::vector<std::int32_t> ones(csr.ids.size(), 1);
  return Eigen::Map<const Matrix>(static_cast<Eigen::Index>(csr.size()), static_cast<Eigen::Index>(csr.product_count),
                                  static_cast<Eigen::Index>(csr.ids.size()), offsets.data(), ids.data(), ones.data());
}

nlohmann::json SampledLists(const Matrix& counts, const Csr& csr, const RunnerFlags& flags) {
  const std::vector<std::uint32_t> units = UnitsPerProduct(csr);
  nlohmann::json lists = nlohmann::json::object();
  for (const std::uint32_t product : SampledProducts(csr.product_count, flags.samples)) {
    std::vector<PairCount> row;
    for (Matrix::InnerIterator entry(counts, static_cast<Eigen::Index>(product)); entry; ++entry) {
      row.push_back({static_cast<std::uint32_t>(entry.col()), static_cast<std::uint32_t>(entry.value())});
    }
    lists[std::to_string(product)] = RankedList(product, std::move(row), units, flags.top_k);
  }
  return lists;
}

absl::StatusOr<nlohmann::json> Measure(const Csr& csr, const RunnerFlags& flags) {
  if (flags.threads != 1) return absl::InvalidArgumentError("Eigen's sparse product has one thread");
  const Matrix baskets = ToMatrix(csr);
  const Stopwatch stopwatch;
  const Matrix by_product = baskets.transpose();
  const Matrix counts = by_product * baskets;
  const double seconds = stopwatch.Seconds();
  std::int64_t sum = 0;
  for (const std::int32_t count : counts.coeffs()) sum += count;
  return nlohmann::json{
      {"seconds", seconds},
      {"version", absl::StrCat(EIGEN_WORLD_VERSION, ".", EIGEN_MAJOR_VERSION, ".", EIGEN_MINOR_VERSION)},
      {"entries", counts.nonZeros()},
      {"sum", sum - static_cast<std::int64_t>(csr.ids.size())},  // without the diagonal
      {"lists", SampledLists(counts, csr, flags)}};
}

}  // namespace
}  // namespace awase::peers

int main(int argc, char** argv) {
  return awase::peers::RunnerMain(argc, argv, "Multiplies with Eigen", awase::peers::Measure);
}
