#include "trainer/internal/cart_stage.h"

#include <algorithm>
#include <string>
#include <vector>

#include "awase/base/status_macros.h"
#include "awase/cart/cart_counts.h"
#include "awase/evaluation/measure.h"
#include "awase/evaluation/test_cases.h"

namespace awase::trainer_internal {
namespace {

using cart::CartCounts;
using cart::CartWeights;
using cart::FitOptions;
using evaluation::ScoredProduct;
using orders::BasketSet;

// Of fewer carts the best setting is mostly luck: at 200 the error of an HR@10 of 10 % is 2 %.
constexpr std::size_t kFewestCases = 200;
// A setting that is not better by this much than the ones tried before it is not better.
constexpr double kLeastGain = 1.002;
// What is tried beside the settings that the search begins with.
constexpr double kOtherLambda = 150;
constexpr std::size_t kOtherNeighbours = 200;
// What a search may cost, about ten seconds of one core: pairs to count, and multiplications to fit. By work and not by
// the clock, so that the same orders always give the same settings. Beyond it the settings are taken as they are.
constexpr double kMostPairs = 2e8;
constexpr double kMostMultiplications = 3e10;

class WeightsRanker : public evaluation::CartRanker {
 public:
  explicit WeightsRanker(const CartWeights& weights) : weights_(weights) {}
  std::string name() const override { return "cart model"; }
  std::vector<ScoredProduct> Score(absl::Span<const ProductIndex> cart) const override {
    std::vector<absl::Span<const cart::CartWeight>> lists;
    for (const ProductIndex product : cart) lists.push_back(weights_.list(product));
    std::vector<ScoredProduct> scored;
    for (const auto& [product, weight] : cart::SumOfLists(lists)) {
      scored.push_back({product, weight + weights_.baselines[Slot(product)]});
    }
    return scored;
  }

 private:
  const CartWeights& weights_;
};

cart::CountOptions CountOptionsFor(const trainer::TrainOptions& options) {
  cart::CountOptions count;
  count.min_buyers = options.min_buyers;
  count.row_length = kMostCartNeighbours;
  count.threads = options.threads;
  return count;
}

// Tries settings on carts of the last orders.
class Tuner {
 public:
  Tuner(const TuningOrders& orders, const trainer::TrainOptions& options)
      : options_(options), counts_(BasketSet(), cart::CountOptions()) {
    std::vector<std::uint8_t> is_known(orders.earlier.product_count, 0);
    for (const ProductIndex product : orders.earlier.products) is_known[Slot(product)] = 1;
    evaluation::CaseOptions cases;
    cases.max_list_cases = 0;
    cases_ = evaluation::DrawCases(orders.later, is_known, cases).carts;
    if (cases_.size() < kFewestCases || PairsIn(orders.earlier) > kMostPairs) return;
    counts_ = CartCounts(orders.earlier, CountOptionsFor(options));
    can_search_ = kFirstRounds * MultiplicationsFor(options.cart.neighbours) <= kMostMultiplications;
  }

  // False where there are too few carts to judge by, or too many pairs to count.
  bool can_search() const { return can_search_; }
  std::size_t cases() const { return cases_.size(); }
  const evaluation::CartQuality& best() const { return best_; }
  const evaluation::CartQuality& first() const { return first_; }

  // The best of what was tried, the first of equals.
  absl::StatusOr<FitOptions> Search(FitOptions settings) {
    FitOptions best = settings;
    const auto consider = [&](const FitOptions& tried) -> absl::Status {
      if (options_.cancelled && options_.cancelled()) {
        return absl::CancelledError("interrupted: nothing was written");
      }
      if (Try(tried)) best = tried;
      return absl::OkStatus();
    };
    AWASE_RETURN_IF_ERROR(consider(settings));
    settings.centred = !settings.centred;
    AWASE_RETURN_IF_ERROR(consider(settings));
    settings = best;
    settings.lambda = kOtherLambda;
    AWASE_RETURN_IF_ERROR(consider(settings));
    settings = best;
    settings.neighbours = kOtherNeighbours;
    if (kFirstRounds * MultiplicationsFor(best.neighbours) + MultiplicationsFor(kOtherNeighbours) <=
        kMostMultiplications) {
      AWASE_RETURN_IF_ERROR(consider(settings));
    }
    return best;
  }

 private:
  static constexpr double kFirstRounds = 3;  // with the number of neighbours that the search begins with

  static double PairsIn(const BasketSet& baskets) {
    double pairs = 0;
    for (std::size_t b = 0; b < baskets.size(); ++b) {
      const auto size = static_cast<double>(baskets.basket(b).size());
      pairs += size * size;
    }
    return pairs;
  }

  // To fill and to solve all systems once.
  double MultiplicationsFor(std::size_t neighbours) const {
    double multiplications = 0;
    for (std::size_t p = 0; p < counts_.product_count(); ++p) {
      const auto row = static_cast<double>(counts_.row(ProductAt(p)).size());
      const double size = std::min(row, static_cast<double>(neighbours));
      multiplications += size * size * size / 3 + size * row;
    }
    return multiplications;
  }

  // Whether it is the best so far.
  bool Try(FitOptions settings) {
    settings.threads = options_.threads;
    const CartWeights weights = cart::FitCartWeights(counts_, settings);
    const WeightsRanker ranker(weights);
    const evaluation::CartRanker* const rankers[] = {&ranker};
    evaluation::MeasureOptions measure;
    measure.resamples = 0;  // nobody looks at the intervals
    measure.threads = options_.threads;
    const evaluation::CartQuality quality = evaluation::MeasureCarts(cases_, rankers, measure).front();
    const double merit = quality.hr_at_10.value * quality.mrr.value;
    if (first_.cases == 0) first_ = quality;
    if (best_.cases > 0 && merit <= best_.hr_at_10.value * best_.mrr.value * kLeastGain) return false;
    best_ = quality;
    return true;
  }

  const trainer::TrainOptions& options_;
  std::vector<evaluation::CartCase> cases_;
  CartCounts counts_;
  bool can_search_ = false;
  evaluation::CartQuality first_;
  evaluation::CartQuality best_;
};

}  // namespace

absl::StatusOr<std::optional<CartWeights>> MakeCartModel(const BasketSet& baskets, TuningOrders tuning,
                                                         const trainer::TrainOptions& options,
                                                         trainer::CartReport* report) {
  report->settings = options.cart;
  if (options.cart.neighbours == 0) return std::nullopt;
  if (options.tune_cart) {
    Tuner tuner(tuning, options);
    tuning = TuningOrders();  // counted
    report->cases = tuner.cases();
    if (tuner.can_search()) {
      AWASE_ASSIGN_OR_RETURN(report->settings, tuner.Search(options.cart));
      report->tuned = true;
      report->hr_at_10 = tuner.best().hr_at_10.value;
      report->mrr = tuner.best().mrr.value;
      report->default_hr_at_10 = tuner.first().hr_at_10.value;
      report->default_mrr = tuner.first().mrr.value;
    }
  }
  const CartCounts counts(baskets, CountOptionsFor(options));
  FitOptions fit = report->settings;
  fit.threads = options.threads;
  CartWeights weights = cart::FitCartWeights(counts, fit);
  report->weights = weights.entries.size();
  return weights;
}

}  // namespace awase::trainer_internal
