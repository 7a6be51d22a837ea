#include "evaluation/internal/bootstrap.h"

#include <algorithm>
#include <random>

#include "awase/base/parallel.h"

namespace awase::evaluation_internal {
namespace {

void AddRow(const CaseTable& table, std::size_t row, double* sums) {
  const float* values = table.values.data() + row * table.columns;
  for (std::size_t c = 0; c < table.columns; ++c) sums[c] += values[c];
}

}  // namespace

std::vector<double> BootstrapMeans(const CaseTable& table, std::size_t resamples, std::uint64_t seed,
                                   std::size_t threads) {
  const std::size_t rows = table.rows();
  std::vector<double> means((resamples + 1) * table.columns, 0);
  if (rows == 0) return means;
  ParallelFor(threads, resamples + 1, 16, [&](std::size_t first, std::size_t last, std::size_t) {
    for (std::size_t draw = first; draw < last; ++draw) {
      double* sums = means.data() + draw * table.columns;
      std::mt19937_64 random(seed + draw);  // of the draw, not of the thread: threads make no difference
      for (std::size_t i = 0; i < rows; ++i) AddRow(table, draw == 0 ? i : random() % rows, sums);
      for (std::size_t c = 0; c < table.columns; ++c) sums[c] /= static_cast<double>(rows);
    }
  });
  return means;
}

evaluation::Estimate EstimateOf(const std::vector<double>& draws) {
  evaluation::Estimate estimate;
  if (draws.empty()) return estimate;
  estimate = {draws[0], draws[0], draws[0]};
  if (draws.size() == 1) return estimate;
  std::vector<double> sorted(draws.begin() + 1, draws.end());
  std::sort(sorted.begin(), sorted.end());
  const auto at = [&sorted](double share) {
    return sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1) + 0.5)];
  };
  estimate.low = at(0.025);
  estimate.high = at(0.975);
  return estimate;
}

}  // namespace awase::evaluation_internal
