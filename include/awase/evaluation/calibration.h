#ifndef AWASE_EVALUATION_CALIBRATION_H_
#define AWASE_EVALUATION_CALIBRATION_H_

// Whether "of 100 orders with this product 30 had that one" goes on to be true.

#include <cstdint>
#include <vector>

#include "absl/types/span.h"

namespace awase::evaluation {

// One entry of a list that was shown: the share of the anchor's orders that had it, and whether the held-out basket
// has it.
struct ShownShare {
  float share;  // in [0, 1]
  bool came_true;
};

struct CalibrationBin {
  double low = 0;  // shares in [low, high)
  double high = 0;
  std::uint64_t entries = 0;
  double shown = 0;     // their mean
  double observed = 0;  // the share of them that came true
};

struct Calibration {
  std::vector<CalibrationBin> bins;  // those with entries
  // Σ entries · |shown − observed| / all entries: the expected calibration error (Naeini et al. 2015).
  double error = 0;
};

// In eleven bins: below 0.1 %, then each twice as wide, since most shares are small. O(shares).
Calibration Calibrate(absl::Span<const ShownShare> shares);

}  // namespace awase::evaluation

#endif  // AWASE_EVALUATION_CALIBRATION_H_
