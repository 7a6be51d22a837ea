#ifndef AWASE_EVALUATION_MEASURE_H_
#define AWASE_EVALUATION_MEASURE_H_

// How well rankers answer the questions of the protocol: definitions in docs/evaluation.md.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "awase/evaluation/ranker.h"
#include "awase/evaluation/test_cases.h"

namespace awase::evaluation {

inline constexpr std::size_t kListLength = 10;   // the "@10"
inline constexpr std::size_t kBundleLength = 4;  // of HR@4: what a bundle has room for

// A mean over cases with its 95 % interval (percentile bootstrap over the cases).
struct Estimate {
  double value = 0;
  double low = 0;
  double high = 0;
};

// The products by how often they were bought: each band has about a third of all purchases of the training part.
enum class Band { kHead, kMiddle, kTail };
inline constexpr std::size_t kBandCount = 3;
absl::string_view BandName(Band band);  // "head", …

// Per product, of its units in the training part.
std::vector<Band> BandsOf(absl::Span<const std::uint32_t> units);

struct ListQuality {
  std::string ranker;
  std::uint64_t cases = 0;
  Estimate ndcg_at_10;  // binary gains; the ideal list has min(targets, 10) hits on top
  Estimate hr_at_4;     // share of the cases with at least one target among the first four
  Estimate hr_at_10;
  Estimate recall_at_10;      // hits among ten / targets
  double coverage_at_10 = 0;  // distinct products in the lists / products known from training
  double empty_rate = 0;      // share of the cases without any list
  // Of NDCG@10 over that of the first ranker: the same cases in every draw, so that it is tighter than the difference
  // of the two intervals. value = 1 for the first itself.
  Estimate ndcg_ratio_to_first;
  struct BandQuality {
    std::uint64_t cases = 0;  // whose anchor is in the band
    double ndcg_at_10 = 0;
    double empty_rate = 0;
  };
  std::array<BandQuality, kBandCount> bands;
};

struct CartQuality {
  std::string ranker;
  std::uint64_t cases = 0;
  Estimate hr_at_10;
  Estimate mrr;  // 1 / rank of the hidden product among all that are not in the cart; 0 when it has no rank
};

struct MeasureOptions {
  std::size_t resamples = 500;
  std::uint64_t seed = 1;
  std::size_t threads = 1;  // the result does not depend on it
};

// `units` are those of the training part, per product; a product is known when it has any.
// O(cases) calls of each ranker, and resamples · cases · rankers additions.
std::vector<ListQuality> MeasureLists(absl::Span<const ListCase> cases, absl::Span<const ListRanker* const> rankers,
                                      absl::Span<const std::uint32_t> units, const MeasureOptions& options = {});
std::vector<CartQuality> MeasureCarts(absl::Span<const CartCase> cases, absl::Span<const CartRanker* const> rankers,
                                      const MeasureOptions& options = {});

// Of one list, at most the first ten of which count. REQUIRES: targets not empty.
double NdcgAt10(absl::Span<const ProductIndex> list, absl::Span<const ProductIndex> targets);

}  // namespace awase::evaluation

#endif  // AWASE_EVALUATION_MEASURE_H_
