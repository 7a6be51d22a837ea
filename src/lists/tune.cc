#include "awase/lists/tune.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <utility>

#include "awase/base/status_macros.h"
#include "awase/evaluation/classical_rankers.h"
#include "awase/evaluation/measure.h"
#include "awase/evaluation/test_cases.h"
#include "awase/lists/rank_lists.h"
#include "awase/orders/row_counter.h"
#include "awase/relations/build_relation.h"
#include "awase/relations/season.h"
#include "awase/similarity/near_products.h"
#include "lists/internal/coverage_trial.h"
#include "lists/internal/near_for.h"
#include "lists/internal/trial_pages.h"

namespace awase::lists {
namespace {

using lists_internal::CoverageTrial;
using lists_internal::TrialPages;

constexpr double kLeastGain = 1.001;     // a setting is only changed for this factor: less is noise
constexpr double kFreeLoss = 0.998;      // NDCG that coverage may cost where it is not needed
constexpr double kNearBest = 0.99;       // classical scores this near to the best say what coverage can be had
constexpr double kSpareCoverage = 1.03;  // orders to come are a little less well covered than those that judge
constexpr double kEnoughCoverage = 1.25;

// One setting and the values it may take.
struct Dimension {
  double& (*value)(ListSettings&);
  std::vector<double> grid;
  bool open = true;  // false: fixed, or without the data it needs
};

double& BasketSizeExponent(ListSettings& s) { return s.ranking.basket_size_exponent; }
double& HalfLife(ListSettings& s) { return s.ranking.half_life_days; }
double& SeasonWeight(ListSettings& s) { return s.ranking.season_weight; }
double& PopularityExponent(ListSettings& s) { return s.ranking.popularity_exponent; }
double& Trend(ListSettings& s) { return s.trend_exponent; }
double& PopularityOrders(ListSettings& s) { return s.popularity_orders; }
double& TypeOrders(ListSettings& s) { return s.type_orders; }
double& SimilarOrders(ListSettings& s) { return s.similar_orders; }
double& SameType(ListSettings& s) { return s.same_type_bonus; }
double& TypeLift(ListSettings& s) { return s.type_lift_exponent; }

bool IsCancelled(const TuneOptions& options) { return options.cancelled && options.cancelled(); }

absl::Status CheckCancelled(const TuneOptions& options) {
  return IsCancelled(options) ? absl::CancelledError("the search for settings was interrupted") : absl::OkStatus();
}

class Search {
 public:
  Search(TrialPages* pages, const TuneOptions& options, TuneResult* result)
      : pages_(*pages), options_(options), result_(*result) {}

  // Goes through the dimensions twice, or until nothing changes.
  void Improve(const std::vector<Dimension>& dimensions) {
    best_ = Try(result_.settings);
    for (int pass = 0; pass < 2; ++pass) {
      bool changed = false;
      for (const Dimension& dimension : dimensions) {
        if (dimension.open) changed = ImproveOne(dimension) || changed;
      }
      if (!changed) return;
    }
  }

  // NDCG@10.
  double Try(const ListSettings& settings) {
    ++result_.evaluations;
    constexpr double kUsualEvaluations = 100;
    if (options_.progress) {
      options_.progress(std::min(0.99, static_cast<double>(result_.evaluations) / kUsualEvaluations));
    }
    return pages_.Try(settings);
  }

 private:
  bool ImproveOne(const Dimension& dimension) {
    const double before = dimension.value(result_.settings);
    for (const double value : dimension.grid) {
      if (IsCancelled(options_)) return false;
      ListSettings tried = result_.settings;
      if (dimension.value(tried) == value) continue;
      dimension.value(tried) = value;
      const double ndcg = Try(tried);
      if (ndcg <= kLeastGain * best_) continue;
      best_ = ndcg;
      result_.settings = tried;
    }
    return dimension.value(result_.settings) != before;
  }

  TrialPages& pages_;
  const TuneOptions& options_;
  TuneResult& result_;
  double best_ = 0;
};

// The largest bonus that is free; where that does not cover `wanted`, the smallest that does.
absl::StatusOr<double> FindCoverageBonus(double wanted, const TuneOptions& options, CoverageTrial* trial) {
  const CoverageTrial::Outcome plain = trial->Try(0);
  double free = 0;
  double covered = plain.coverage;
  for (double bonus = 0.01; bonus < 0.5 && covered < kEnoughCoverage * wanted; bonus *= 2) {
    AWASE_RETURN_IF_ERROR(CheckCancelled(options));
    const CoverageTrial::Outcome outcome = trial->Try(bonus);
    if (outcome.ndcg < kFreeLoss * plain.ndcg) break;
    free = bonus;
    covered = outcome.coverage;
  }
  if (covered >= wanted) return free;
  double low = std::max(free, 0.005);
  double high = 16;
  for (int step = 0; step < 8; ++step) {
    AWASE_RETURN_IF_ERROR(CheckCancelled(options));
    const double middle = std::sqrt(low * high);
    (trial->Try(middle).coverage >= wanted ? high : low) = middle;
  }
  return std::round(high * 1e4) / 1e4;
}

absl::StatusOr<std::vector<Quality>> ClassicalQuality(const orders::BasketIndex& index,
                                                      const std::vector<evaluation::ListCase>& cases,
                                                      const std::vector<std::uint32_t>& units,
                                                      const TuneOptions& options) {
  const auto rankers = evaluation::ClassicalListRankers(index, /*with_ease=*/false, options.threads);
  evaluation::MeasureOptions measure;
  measure.resamples = 0;
  measure.threads = options.threads;
  std::vector<Quality> qualities;
  for (const auto& ranker : rankers) {
    AWASE_RETURN_IF_ERROR(CheckCancelled(options));
    const evaluation::ListRanker* const alone[] = {ranker.get()};  // each takes a while
    const evaluation::ListQuality quality = evaluation::MeasureLists(cases, alone, units, measure).front();
    qualities.push_back({quality.ranker, quality.ndcg_at_10.value, quality.coverage_at_10});
  }
  return qualities;
}

// A little more than what classical scores near the best cover.
double WantedCoverage(const std::vector<Quality>& classical) {
  double best = 0;
  for (const Quality& quality : classical) best = std::max(best, quality.ndcg_at_10);
  double covered = 0;
  for (const Quality& quality : classical) {
    if (quality.ndcg_at_10 >= kNearBest * best) covered = std::max(covered, quality.coverage_at_10);
  }
  return std::min({kSpareCoverage * covered, covered + (1 - covered) / 2, 0.999});
}

// What the earlier orders say, weighed as the settings do.
struct Counted {
  relations::Relation relation;
  std::optional<similarity::NearProducts> near;
};

absl::StatusOr<Counted> CountEarlier(const orders::BasketSet& earlier, const ListSettings& settings,
                                     const TuneOptions& tune) {
  relations::RelationOptions options;
  options.ranking = settings.ranking;
  options.ranking.popularity_exponent = 0;  // the model's own
  options.top_k = CountedListLength(lists_internal::kChosen, earlier.product_count);
  options.min_buyers = tune.min_buyers;
  options.threads = tune.threads;
  options.cancelled = tune.cancelled;
  Counted counted;
  AWASE_ASSIGN_OR_RETURN(counted.relation, relations::BuildRelation(earlier, options));
  counted.near = lists_internal::NearFor(counted.relation, settings, tune.threads);
  return counted;
}

// How orders weigh and what is backed off to, and what the earlier orders say by that. `judges`: the orders by which
// settings are told apart.
absl::StatusOr<Counted> SearchRelevance(const orders::BasketIndex& index,
                                        const std::vector<evaluation::ListCase>& judges, const ProductTypes& types,
                                        const TuneOptions& options, TuneResult* result) {
  TrialPages pages(index, types, judges, options.threads);
  Search search(&pages, options, result);
  const FixedSettings& fixed = options.fixed;
  const bool has_types = pages.has_types();
  const bool has_times = lists_internal::HasTimes(index.baskets());
  const std::vector<double> trends = {0, 0.25, 0.5, 0.75};
  const std::vector<double> back_offs = {0, 1, 3, 10, 30, 100, 300};
  search.Improve({{BasketSizeExponent, {0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 2}, !fixed.basket_size_exponent},
                  {HalfLife, {0, 240, 120, 60, 30}, has_times && !fixed.half_life_days},
                  {SeasonWeight, {0, 0.5, 1, 2, 4, 8}, result->knows_season && !fixed.season_weight},
                  {Trend, trends, has_times && !fixed.trend_exponent}});
  AWASE_RETURN_IF_ERROR(CheckCancelled(options));
  // How orders weigh is settled: they need not be counted again.
  pages.KeepOnly(result->settings.ranking);
  ListSettings wanted = result->settings;
  if (!fixed.similar_orders) wanted.similar_orders = back_offs.back();
  AWASE_ASSIGN_OR_RETURN(Counted counted, CountEarlier(index.baskets(), wanted, options));
  if (counted.near.has_value()) pages.AddSimilar(counted.relation, *counted.near, wanted.ranking);
  search.Improve({{SimilarOrders, back_offs, counted.near.has_value() && !fixed.similar_orders},
                  {TypeOrders, back_offs, has_types && !fixed.type_orders},
                  {PopularityOrders, back_offs, !fixed.popularity_orders},
                  {SameType, {0, 0.2, 0.4, 0.6, 0.8}, has_types && !fixed.same_type_bonus},
                  {TypeLift, {0, 0.05, 0.1, 0.2}, has_types && !fixed.type_lift_exponent},
                  {Trend, trends, has_times && !fixed.trend_exponent},
                  {PopularityExponent, {-0.1, -0.05, 0, 0.05, 0.1}, !fixed.popularity_exponent}});
  AWASE_RETURN_IF_ERROR(CheckCancelled(options));
  return counted;
}

std::vector<evaluation::JudgedCase> Judged(std::vector<evaluation::ListCase> cases, const std::vector<double>& ndcg,
                                           const orders::BasketSet& later) {
  std::vector<evaluation::JudgedCase> judged;
  judged.reserve(cases.size());
  for (std::size_t c = 0; c < cases.size(); ++c) {
    const std::int64_t time = later.time_micros[cases[c].basket];
    judged.push_back({std::move(cases[c]), time, ndcg[c]});
  }
  return judged;
}

}  // namespace

absl::StatusOr<TuneResult> TuneLists(const orders::BasketSet& earlier, const orders::BasketSet& later,
                                     const ProductTypes& types, const TuneOptions& options) {
  TuneResult result;
  result.settings = options.start;
  const orders::BasketIndex index(earlier);
  std::vector<std::uint32_t> units(index.product_count());
  std::vector<std::uint8_t> is_known(index.product_count());
  for (std::size_t p = 0; p < units.size(); ++p) {
    units[p] = index.units(ProductAt(p));
    is_known[p] = units[p] > 0 ? 1 : 0;
  }
  evaluation::CaseOptions draw;
  draw.max_list_cases = options.max_cases;
  draw.max_cart_cases = 0;
  std::vector<evaluation::ListCase> cases = evaluation::DrawCases(later, is_known, draw).lists;
  result.judges = cases.size();
  result.knows_season = relations::HasEarlierSeason(earlier.time_micros);
  if (cases.size() < kLeastJudges) return result;
  Counted counted;
  if (options.search) {
    result.tuned = true;
    result.settings.expected_cases = static_cast<double>(cases.size());
    draw.max_list_cases = options.max_orders;
    AWASE_ASSIGN_OR_RETURN(
        counted, SearchRelevance(index, evaluation::DrawCases(later, is_known, draw).lists, types, options, &result));
    // As many pages as the protocol asks of: how much of the catalogue lists cover depends on how many are looked at.
    AWASE_ASSIGN_OR_RETURN(result.classical, ClassicalQuality(index, cases, units, options));
  } else {
    AWASE_ASSIGN_OR_RETURN(counted, CountEarlier(earlier, result.settings, options));
  }
  AWASE_RETURN_IF_ERROR(CheckCancelled(options));
  CoverageTrial trial(earlier, counted.relation, counted.near, types, cases, result.settings, options.threads);
  counted = {};  // the trial has taken what it needs
  if (options.search && !options.fixed.coverage_bonus) {
    AWASE_ASSIGN_OR_RETURN(result.settings.coverage_bonus,
                           FindCoverageBonus(WantedCoverage(result.classical), options, &trial));
  }
  const CoverageTrial::Outcome chosen = trial.Try(result.settings.coverage_bonus);
  result.chosen = {"chosen", chosen.ndcg, chosen.coverage};
  result.judged_cases = Judged(std::move(cases), chosen.ndcg_of_case, later);
  return result;
}

}  // namespace awase::lists
