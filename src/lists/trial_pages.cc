#include "lists/internal/trial_pages.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "awase/base/parallel.h"
#include "lists/internal/back_off.h"
#include "lists/internal/cover.h"
#include "lists/internal/similar_shares.h"

namespace awase::lists_internal {
namespace {

using evaluation::ListCase;
using lists::ListSettings;
using orders::CounterPool;
using orders::RowCounter;
using relations::RankingOptions;

constexpr std::size_t kCountedCandidates = 120;
constexpr std::uint32_t kLeastUnits = 2;  // as lists: of pairs that a single buyer made nothing is said
constexpr RankingOptions kPoolRankings[] = {{0.5, 120, 0}, {0.5, 0, 0}, {1, 60, 0}};
constexpr double kFewestOrders = 1e-6;
constexpr float kLeftOut = -1;  // bought with the anchor, but by too few to be in its list

double Discount(std::size_t place) { return 1 / std::log2(static_cast<double>(place) + 2); }

// 1 / NDCG's ideal gain for so many targets.
std::vector<double> InverseIdealGains() {
  std::vector<double> inverse(kChosen + 1, 0);
  double ideal = 0;
  for (std::size_t targets = 1; targets <= kChosen; ++targets) {
    ideal += Discount(targets - 1);
    inverse[targets] = 1 / ideal;
  }
  return inverse;
}

// Per anchor: what each product of its orders brings.
using Gains = std::map<ProductIndex, std::map<ProductIndex, float>>;

Gains GainsOf(const std::vector<ListCase>& cases) {
  const std::vector<double> inverse_ideal = InverseIdealGains();
  Gains gains;
  for (const ListCase& order : cases) {
    std::vector<ProductIndex> products = order.targets;
    products.push_back(order.anchor);
    const double gain = inverse_ideal[std::min(order.targets.size(), kChosen)] / static_cast<double>(products.size()) /
                        static_cast<double>(cases.size());
    for (const ProductIndex anchor : products) {
      for (const ProductIndex target : products) {
        if (anchor != target) gains[anchor][target] += static_cast<float>(gain);
      }
    }
  }
  return gains;
}

// The strongest candidates of a row by weight.
void AddStrongest(absl::Span<const RowCounter::Pair> row, std::size_t count, std::vector<ProductIndex>* pool) {
  std::vector<Scored> scored;
  for (const RowCounter::Pair& pair : row) {
    if (pair.units >= kLeastUnits) scored.push_back({pair.other, pair.weight, 0});
  }
  const auto last = scored.begin() + static_cast<std::ptrdiff_t>(std::min(count, scored.size()));
  std::partial_sort(scored.begin(), last, scored.end(), RanksBefore);
  for (auto candidate = scored.begin(); candidate != last; ++candidate) pool->push_back(candidate->product);
}

}  // namespace

TrialPages::TrialPages(const orders::BasketIndex& index, const lists::ProductTypes& types,
                       const std::vector<ListCase>& cases, std::size_t threads)
    : index_(index), types_(types), threads_(threads), counters_(index) {
  for (std::size_t p = 0; p < index.product_count(); ++p) {
    units_.push_back(index.units(ProductAt(p)));
  }
  const Gains gains = GainsOf(cases);
  std::vector<ProductIndex> anchors;
  for (const auto& [anchor, gains_of_anchor] : gains) anchors.push_back(anchor);

  // Pools first, on all threads; they are laid side by side afterwards.
  std::vector<std::vector<ProductIndex>> pools(anchors.size());
  for (const RankingOptions& ranking : kPoolRankings) {
    const OrderShares shares = SharesOf(index.baskets(), ranking);
    const TypeTransitions transitions(index.baskets(), types, shares);
    has_types_ = !transitions.empty();
    ListSettings every_kind;
    every_kind.type_orders = 1;
    every_kind.popularity_orders = 1;
    const BackOff back_off(shares, transitions, every_kind);
    ParallelFor(threads, anchors.size(), 64, [&](std::size_t first, std::size_t last, std::size_t) {
      const CounterPool::Lease counter = counters_.Take();
      for (std::size_t a = first; a < last; ++a) {
        AddStrongest(counter->Count(anchors[a], shares.weights), kCountedCandidates, &pools[a]);
        const std::vector<ProductIndex> backed_off = back_off.CandidatesOf(anchors[a]);
        pools[a].insert(pools[a].end(), backed_off.begin(), backed_off.end());
      }
    });
  }
  for (std::size_t a = 0; a < anchors.size(); ++a) {
    std::sort(pools[a].begin(), pools[a].end());
    pools[a].erase(std::unique(pools[a].begin(), pools[a].end()), pools[a].end());
    const auto& gains_of_anchor = gains.at(anchors[a]);
    AddPage(anchors[a], pools[a], {gains_of_anchor.begin(), gains_of_anchor.end()});
  }
}

void TrialPages::AddPage(ProductIndex anchor, const std::vector<ProductIndex>& pool,
                         const std::vector<std::pair<ProductIndex, float>>& gains) {
  Page page{anchor, candidates_.products.size(), 0};
  for (const ProductIndex product : pool) {
    if (product == anchor || units_[Slot(product)] == 0) continue;
    const auto found = std::lower_bound(gains.begin(), gains.end(), product,
                                        [](const auto& gain, ProductIndex wanted) { return gain.first < wanted; });
    candidates_.products.push_back(product);
    candidates_.similar.push_back(0);
    candidates_.gains.push_back(found != gains.end() && found->first == product ? found->second : 0);
  }
  page.last = candidates_.products.size();
  pages_.push_back(page);
}

void TrialPages::AddSimilar(const relations::Relation& counted, const similarity::NearProducts& near,
                            const RankingOptions& ranking) {
  const OrderShares shares = SharesOf(index_.baskets(), ranking);
  const SimilarShares similar(counted, shares, near);
  ParallelFor(threads_, pages_.size(), 16, [&](std::size_t first, std::size_t last, std::size_t) {
    for (std::size_t p = first; p < last; ++p) {
      const Page& page = pages_[p];
      const std::vector<SimilarShare> row = similar.Of(page.anchor);
      for (std::size_t c = page.first; c < page.last; ++c) {
        candidates_.similar[c] = ShareOf(row, candidates_.products[c]);
      }
    }
  });
}

void TrialPages::KeepOnly(const RankingOptions& ranking) {
  std::erase_if(weighings_, [&ranking](const auto& weighing) { return weighing.first != KeyOf(ranking); });
}

const TrialPages::Weighing& TrialPages::WeighingFor(const ListSettings& settings) {
  const RankingOptions& ranking = settings.ranking;
  std::unique_ptr<Weighing>& weighing = weighings_[KeyOf(ranking)];
  if (weighing == nullptr) {
    weighing = std::make_unique<Weighing>(
        Weighing{SharesOf(index_.baskets(), ranking), LogTrends(index_.baskets(), ranking), {}, {}});
    CountOrders(weighing.get());
  }
  const bool wants_types = settings.type_orders != 0 || settings.type_lift_exponent != 0;
  if (has_types_ && wants_types && weighing->types.empty()) {
    const TypeTransitions transitions(index_.baskets(), types_, weighing->shares);
    weighing->types.resize(candidates_.products.size());
    for (const Page& page : pages_) {
      for (std::size_t c = page.first; c < page.last; ++c) {
        weighing->types[c] = transitions(page.anchor, candidates_.products[c]);
      }
    }
  }
  return *weighing;
}

void TrialPages::CountOrders(Weighing* weighing) {
  weighing->orders.assign(candidates_.products.size(), 0);
  std::vector<std::vector<float>> of_worker(threads_);  // per product, for the anchor at hand; all 0 between two
  ParallelFor(threads_, pages_.size(), 64, [&](std::size_t first, std::size_t last, std::size_t worker) {
    const CounterPool::Lease counter = counters_.Take();
    std::vector<float>& orders_with = of_worker[worker];
    orders_with.resize(index_.product_count(), 0);
    for (std::size_t p = first; p < last; ++p) {
      const Page& page = pages_[p];
      const absl::Span<const RowCounter::Pair> row = counter->Count(page.anchor, weighing->shares.weights);
      for (const RowCounter::Pair& pair : row) {
        orders_with[Slot(pair.other)] = pair.units >= kLeastUnits ? pair.weight : kLeftOut;
      }
      for (std::size_t c = page.first; c < page.last; ++c) {
        const float with_anchor = orders_with[Slot(candidates_.products[c])];
        weighing->orders[c] =
            with_anchor < 0 ? kLeftOut : static_cast<float>(with_anchor / weighing->shares.mean_weight);
      }
      for (const RowCounter::Pair& pair : row) orders_with[Slot(pair.other)] = 0;
    }
  });
}

double TrialPages::Try(const ListSettings& settings) {
  const Weighing& weighing = WeighingFor(settings);
  const std::vector<float>& types = weighing.types;
  const ListScorer scorer(weighing.shares, weighing.log_trends, units_, settings);
  std::vector<double> ndcg(pages_.size(), 0);
  ParallelFor(threads_, pages_.size(), 64, [&](std::size_t first, std::size_t last, std::size_t) {
    std::vector<Scored> list;
    for (std::size_t p = first; p < last; ++p) {
      const Page& page = pages_[p];
      list.clear();
      for (std::size_t c = page.first; c < page.last; ++c) {
        if (weighing.orders[c] < 0) continue;
        const float type = types.empty() ? 0 : types[c];
        // What is neither counted nor backed off to would not be in the list.
        if (weighing.orders[c] < kFewestOrders && settings.popularity_orders == 0 &&
            (settings.type_orders == 0 || type == 0)) {
          continue;
        }
        const ProductIndex product = candidates_.products[c];
        const Candidate candidate{product, weighing.orders[c], type, SameType(page.anchor, product),
                                  candidates_.similar[c]};
        list.push_back({product, scorer(page.anchor, candidate), static_cast<std::uint32_t>(c)});
      }
      SortFirst(&list);
      for (std::size_t place = 0; place < std::min(kChosen, list.size()); ++place) {
        ndcg[p] += Discount(place) * candidates_.gains[list[place].place];
      }
    }
  });
  return std::accumulate(ndcg.begin(), ndcg.end(), 0.0);  // page by page: threads make no difference
}

}  // namespace awase::lists_internal
