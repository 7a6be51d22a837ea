#ifndef AWASE_LISTS_TUNE_H_
#define AWASE_LISTS_TUNE_H_

// Finds the settings that predict a dump's own orders best: the last part of the training orders judges what the first
// part says. No setting is best for all dumps (docs/relevance.md).

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "awase/evaluation/test_cases.h"
#include "awase/lists/list_settings.h"
#include "awase/lists/product_types.h"
#include "awase/orders/baskets.h"

namespace awase::lists {

// Settings that the search leaves as they are.
struct FixedSettings {
  bool basket_size_exponent = false;
  bool half_life_days = false;
  bool popularity_exponent = false;
  bool trend_exponent = false;
  bool season_weight = false;
  bool popularity_orders = false;
  bool type_orders = false;
  bool similar_orders = false;
  bool same_type_bonus = false;
  bool type_lift_exponent = false;
  bool coverage_bonus = false;
};

struct TuneOptions {
  ListSettings start;  // where the search begins; fixed settings are taken from here
  FixedSettings fixed;
  std::uint32_t min_buyers = 2;   // of the lists, as relations::RelationOptions
  bool search = true;             // false: the settings of the start are judged, and nothing else is done
  std::size_t max_orders = 1200;  // by which relevance is judged, each of their products as the anchor; drawn at random
  std::size_t max_cases = 20'000;  // by which coverage is, one product of an order as the anchor; as in evaluation
  std::size_t threads = 1;         // the result does not depend on it
  std::function<void(double)> progress;  // share done in [0, 1], from the calling thread; may be empty
  std::function<bool()> cancelled;       // true ends it with kCancelled; may be empty
};

// Fewer orders of at least two known products than this cannot tell settings apart: the search is not begun.
inline constexpr std::size_t kLeastJudges = 200;

struct Quality {
  std::string name;
  double ndcg_at_10 = 0;
  double coverage_at_10 = 0;
};

struct TuneResult {
  ListSettings settings;
  bool tuned = false;  // false: no search, or too few orders to judge by; settings are those of the start
  std::uint64_t judges = 0;
  bool knows_season = false;  // whether `earlier` has the season of a year ago; see relations::HasEarlierSeason
  std::uint64_t evaluations = 0;
  Quality chosen;  // by the orders that chose it, so a little flattered; where judged_cases is not empty
  std::vector<Quality> classical;  // popularity, count, … (evaluation::ClassicalListRankers without EASE^R)
  std::vector<evaluation::JudgedCase> judged_cases;  // the cases behind `chosen`
};

// `earlier` and `later` are two parts of the training orders over the same products. A coordinate search over fixed
// grids in a fixed order: first how orders weigh (with a season where that is known) and the trend, then what is backed
// off to, then the coverage bonus, the smallest that covers what the classical scores within 1 % of the best cover.
// Errors of relations::BuildRelation; kCancelled when options.cancelled says so. O(evaluations · rows of the products
// in the judging orders).
absl::StatusOr<TuneResult> TuneLists(const orders::BasketSet& earlier, const orders::BasketSet& later,
                                     const ProductTypes& types, const TuneOptions& options);

}  // namespace awase::lists

#endif  // AWASE_LISTS_TUNE_H_
