#ifndef AWASE_EVALUATION_INTERNAL_BOOTSTRAP_H_
#define AWASE_EVALUATION_INTERNAL_BOOTSTRAP_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "awase/evaluation/measure.h"

namespace awase::evaluation_internal {

// One row per case, one column per figure.
struct CaseTable {
  std::size_t columns = 0;
  std::vector<float> values;  // row by row

  std::size_t rows() const { return columns == 0 ? 0 : values.size() / columns; }
};

// The means of the columns over the rows drawn, for each draw: [draw · columns + column]. Draw 0 is the rows as they
// are; the others take as many of them with replacement (Efron 1979). O(resamples · size of the table).
std::vector<double> BootstrapMeans(const CaseTable& table, std::size_t resamples, std::uint64_t seed,
                                   std::size_t threads);

// The first of `draws` as the value, the 2.5 % and 97.5 % points of the others as its interval.
evaluation::Estimate EstimateOf(const std::vector<double>& draws);

}  // namespace awase::evaluation_internal

#endif  // AWASE_EVALUATION_INTERNAL_BOOTSTRAP_H_
