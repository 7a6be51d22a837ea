#include "awase/evaluation/measure.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "awase/base/parallel.h"
#include "evaluation/internal/bootstrap.h"

namespace awase::evaluation {
namespace {

using evaluation_internal::BootstrapMeans;
using evaluation_internal::CaseTable;
using evaluation_internal::EstimateOf;

constexpr std::size_t kCasesAtOnce = 64;

// The figures of one ranker and case, in the columns of the table.
enum ListFigure : std::size_t { kNdcg, kHitIn4, kHitIn10, kRecall, kListFigures };
enum CartFigure : std::size_t { kCartHit, kReciprocalRank, kCartFigures };

bool Contains(absl::Span<const ProductIndex> products, ProductIndex wanted) {
  return std::find(products.begin(), products.end(), wanted) != products.end();
}

double Discount(std::size_t place) { return 1 / std::log2(static_cast<double>(place) + 2); }

void FillListRow(absl::Span<const ProductIndex> list, absl::Span<const ProductIndex> targets, float* row) {
  std::size_t hits = 0;
  std::size_t first_hit = kListLength;
  for (std::size_t place = 0; place < std::min(list.size(), kListLength); ++place) {
    if (!Contains(targets, list[place])) continue;
    ++hits;
    first_hit = std::min(first_hit, place);
  }
  row[kNdcg] = static_cast<float>(NdcgAt10(list, targets));
  row[kHitIn4] = first_hit < kBundleLength ? 1 : 0;
  row[kHitIn10] = hits > 0 ? 1 : 0;
  row[kRecall] = static_cast<float>(hits) / static_cast<float>(targets.size());
}

// The draws of one column.
std::vector<double> DrawsOf(const std::vector<double>& means, std::size_t columns, std::size_t column) {
  std::vector<double> draws;
  for (std::size_t i = column; i < means.size(); i += columns) draws.push_back(means[i]);
  return draws;
}

std::vector<double> Ratio(std::vector<double> draws, const std::vector<double>& to) {
  for (std::size_t i = 0; i < draws.size(); ++i) draws[i] = to[i] > 0 ? draws[i] / to[i] : 0;
  return draws;
}

// The lists of one ranker for all cases.
std::vector<std::vector<ProductIndex>> ListsOf(const ListRanker& ranker, absl::Span<const ListCase> cases,
                                               std::size_t threads) {
  std::vector<std::vector<ProductIndex>> lists(cases.size());
  ParallelFor(threads, cases.size(), kCasesAtOnce, [&](std::size_t first, std::size_t last, std::size_t) {
    for (std::size_t i = first; i < last; ++i) lists[i] = ranker.Top(cases[i].anchor, kListLength);
  });
  return lists;
}

double Coverage(const std::vector<std::vector<ProductIndex>>& lists, absl::Span<const std::uint32_t> units) {
  std::vector<bool> listed(units.size(), false);
  for (const std::vector<ProductIndex>& list : lists) {
    for (const ProductIndex product : list) listed[Slot(product)] = true;
  }
  const auto known = std::count_if(units.begin(), units.end(), [](std::uint32_t n) { return n > 0; });
  const auto covered = std::count(listed.begin(), listed.end(), true);
  return known == 0 ? 0 : static_cast<double>(covered) / static_cast<double>(known);
}

// What the bands and the share of empty lists are made of.
void AddToBands(absl::Span<const ListCase> cases, const std::vector<std::vector<ProductIndex>>& lists,
                const std::vector<Band>& bands, ListQuality* quality) {
  std::uint64_t empty = 0;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    ListQuality::BandQuality& band = quality->bands[static_cast<std::size_t>(bands[Slot(cases[i].anchor)])];
    ++band.cases;
    band.ndcg_at_10 += NdcgAt10(lists[i], cases[i].targets);
    band.empty_rate += lists[i].empty() ? 1 : 0;
    empty += lists[i].empty() ? 1 : 0;
  }
  for (ListQuality::BandQuality& band : quality->bands) {
    if (band.cases == 0) continue;
    band.ndcg_at_10 /= static_cast<double>(band.cases);
    band.empty_rate /= static_cast<double>(band.cases);
  }
  quality->empty_rate = cases.empty() ? 0 : static_cast<double>(empty) / static_cast<double>(cases.size());
}

// 1 + the number of products outside the cart that are ranked before the hidden one; 0 when it has no rank.
std::uint64_t RankOfHidden(const CartCase& question, const std::vector<ScoredProduct>& scored) {
  const auto hidden =
      std::find_if(scored.begin(), scored.end(), [&](const ScoredProduct& s) { return s.product == question.hidden; });
  if (hidden == scored.end()) return 0;
  std::uint64_t rank = 1;
  for (const ScoredProduct& other : scored) {
    if (RanksBefore(other, *hidden) && !Contains(question.cart, other.product)) ++rank;
  }
  return rank;
}

}  // namespace

absl::string_view BandName(Band band) {
  switch (band) {
    case Band::kHead:
      return "head";
    case Band::kMiddle:
      return "middle";
    case Band::kTail:
      return "tail";
  }
  return "";
}

std::vector<Band> BandsOf(absl::Span<const std::uint32_t> units) {
  std::vector<std::size_t> by_units(units.size());
  std::iota(by_units.begin(), by_units.end(), std::size_t{0});
  std::stable_sort(by_units.begin(), by_units.end(),
                   [units](std::size_t a, std::size_t b) { return units[a] > units[b]; });
  const std::uint64_t all = std::accumulate(units.begin(), units.end(), std::uint64_t{0});
  std::vector<Band> bands(units.size(), Band::kTail);
  std::uint64_t before = 0;
  for (const std::size_t product : by_units) {
    if (before * kBandCount < 2 * all) bands[product] = before * kBandCount < all ? Band::kHead : Band::kMiddle;
    before += units[product];
  }
  return bands;
}

double NdcgAt10(absl::Span<const ProductIndex> list, absl::Span<const ProductIndex> targets) {
  double gain = 0;
  double ideal = 0;
  for (std::size_t place = 0; place < kListLength; ++place) {
    if (place < list.size() && Contains(targets, list[place])) gain += Discount(place);
    if (place < targets.size()) ideal += Discount(place);
  }
  return gain / ideal;
}

std::vector<ListQuality> MeasureLists(absl::Span<const ListCase> cases, absl::Span<const ListRanker* const> rankers,
                                      absl::Span<const std::uint32_t> units, const MeasureOptions& options) {
  const std::vector<Band> bands = BandsOf(units);
  std::vector<ListQuality> qualities(rankers.size());
  CaseTable table{rankers.size() * kListFigures, {}};
  table.values.resize(cases.size() * table.columns);
  for (std::size_t r = 0; r < rankers.size(); ++r) {
    const std::vector<std::vector<ProductIndex>> lists = ListsOf(*rankers[r], cases, options.threads);
    for (std::size_t i = 0; i < cases.size(); ++i) {
      FillListRow(lists[i], cases[i].targets, table.values.data() + i * table.columns + r * kListFigures);
    }
    qualities[r].ranker = rankers[r]->name();
    qualities[r].cases = cases.size();
    qualities[r].coverage_at_10 = Coverage(lists, units);
    AddToBands(cases, lists, bands, &qualities[r]);
  }
  const std::vector<double> means = BootstrapMeans(table, options.resamples, options.seed, options.threads);
  for (std::size_t r = 0; r < rankers.size(); ++r) {
    const auto draws = [&](ListFigure figure) { return DrawsOf(means, table.columns, r * kListFigures + figure); };
    qualities[r].ndcg_at_10 = EstimateOf(draws(kNdcg));
    qualities[r].hr_at_4 = EstimateOf(draws(kHitIn4));
    qualities[r].hr_at_10 = EstimateOf(draws(kHitIn10));
    qualities[r].recall_at_10 = EstimateOf(draws(kRecall));
    qualities[r].ndcg_ratio_to_first = EstimateOf(Ratio(draws(kNdcg), DrawsOf(means, table.columns, kNdcg)));
  }
  return qualities;
}

std::vector<CartQuality> MeasureCarts(absl::Span<const CartCase> cases, absl::Span<const CartRanker* const> rankers,
                                      const MeasureOptions& options) {
  CaseTable table{rankers.size() * kCartFigures, {}};
  table.values.resize(cases.size() * table.columns);
  for (std::size_t r = 0; r < rankers.size(); ++r) {
    ParallelFor(options.threads, cases.size(), kCasesAtOnce, [&](std::size_t first, std::size_t last, std::size_t) {
      for (std::size_t i = first; i < last; ++i) {
        const std::uint64_t rank = RankOfHidden(cases[i], rankers[r]->Score(cases[i].cart));
        float* row = table.values.data() + i * table.columns + r * kCartFigures;
        row[kCartHit] = rank >= 1 && rank <= kListLength ? 1 : 0;
        row[kReciprocalRank] = rank == 0 ? 0 : 1 / static_cast<float>(rank);
      }
    });
  }
  const std::vector<double> means = BootstrapMeans(table, options.resamples, options.seed, options.threads);
  std::vector<CartQuality> qualities(rankers.size());
  for (std::size_t r = 0; r < rankers.size(); ++r) {
    qualities[r].ranker = rankers[r]->name();
    qualities[r].cases = cases.size();
    qualities[r].hr_at_10 = EstimateOf(DrawsOf(means, table.columns, r * kCartFigures + kCartHit));
    qualities[r].mrr = EstimateOf(DrawsOf(means, table.columns, r * kCartFigures + kReciprocalRank));
  }
  return qualities;
}

}  // namespace awase::evaluation
