#include "awase/evaluation/calibration.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace awase::evaluation {
namespace {

// Lower edges: 0, 0.1 %, 0.2 %, 0.4 % … 25.6 %, 51.2 %.
constexpr std::size_t kBins = 11;
double LowerEdge(std::size_t bin) { return bin == 0 ? 0 : 0.001 * static_cast<double>(1U << (bin - 1)); }

std::size_t BinOf(double share) {
  std::size_t bin = 0;
  while (bin + 1 < kBins && share >= LowerEdge(bin + 1)) ++bin;
  return bin;
}

}  // namespace

Calibration Calibrate(absl::Span<const ShownShare> shares) {
  std::array<CalibrationBin, kBins> bins;
  for (const ShownShare& entry : shares) {
    CalibrationBin& bin = bins[BinOf(entry.share)];
    ++bin.entries;
    bin.shown += entry.share;
    bin.observed += entry.came_true ? 1 : 0;
  }
  Calibration calibration;
  for (std::size_t b = 0; b < kBins; ++b) {
    CalibrationBin& bin = bins[b];
    if (bin.entries == 0) continue;
    const auto entries = static_cast<double>(bin.entries);
    bin.low = LowerEdge(b);
    bin.high = b + 1 < kBins ? LowerEdge(b + 1) : 1;
    bin.shown /= entries;
    bin.observed /= entries;
    calibration.error += entries / static_cast<double>(shares.size()) * std::abs(bin.shown - bin.observed);
    calibration.bins.push_back(bin);
  }
  return calibration;
}

}  // namespace awase::evaluation
