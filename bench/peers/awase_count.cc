// awase's side: BuildRelation on the baskets of a file, with the settings that make its score the cosine. Timed is
// everything after dense ids: weights, relabelling, transposing, counting, ranking, and the claim tests that no peer
// has.

#include <cmath>
#include <string>
#include <utility>

#include "awase/base/process_memory.h"
#include "awase/base/status_macros.h"
#include "awase/base/stopwatch.h"
#include "awase/orders/baskets.h"
#include "awase/relations/build_relation.h"
#include "bench/peers/runner.h"

namespace awase::peers {
namespace {

// Every basket is its own buyer and has no time: the peers know neither.
orders::BasketSet ToBasketSet(const Csr& csr) {
  orders::BasketSet set;
  set.product_count = csr.product_count;
  set.buyer_count = csr.size();
  set.offsets.assign(csr.offsets.begin(), csr.offsets.end());
  set.products.reserve(csr.ids.size());
  for (const std::uint32_t id : csr.ids) set.products.push_back(ProductAt(id));
  set.buyers.resize(csr.size());
  for (std::size_t b = 0; b < csr.size(); ++b) set.buyers[b] = static_cast<std::uint32_t>(b);
  set.time_micros.assign(csr.size(), orders::kNoTime);
  return set;
}

// score = units_together / √n_j, which orders a product's list as the cosine, units_together / √(n_i n_j), does.
relations::RelationOptions CosineOptions(const RunnerFlags& flags) {
  relations::RelationOptions options;
  options.ranking = {.basket_size_exponent = 0, .half_life_days = 0, .popularity_exponent = 0.5};
  options.top_k = flags.top_k;
  options.min_buyers = 1;
  options.threads = flags.threads;
  return options;
}

// Per sampled product its list as [other, cosine, units together].
nlohmann::json SampledLists(const relations::Relation& relation, const RunnerFlags& flags) {
  nlohmann::json lists = nlohmann::json::object();
  for (const std::uint32_t product : SampledProducts(relation.product_units.size(), flags.samples)) {
    nlohmann::json list = nlohmann::json::array();
    const double root = std::sqrt(static_cast<double>(relation.product_units[product]));
    for (const relations::RelationEntry& entry : relation.list(ProductAt(product))) {
      list.push_back({Slot(entry.other), static_cast<double>(entry.score) / root, entry.units_together});
    }
    lists[std::to_string(product)] = std::move(list);
  }
  return lists;
}

absl::StatusOr<nlohmann::json> Measure(const Csr& csr, const RunnerFlags& flags) {
  const orders::BasketSet baskets = ToBasketSet(csr);
  const relations::RelationOptions options = CosineOptions(flags);
  const Stopwatch stopwatch;
  AWASE_ASSIGN_OR_RETURN(const relations::Relation relation, relations::BuildRelation(baskets, options));
  const double seconds = stopwatch.Seconds();
  const std::uint64_t updates = CountUpdates(csr);
  return nlohmann::json{
      {"seconds", seconds},
      {"updates", updates},
      {"updates_per_second_per_core", static_cast<double>(updates) / seconds / static_cast<double>(flags.threads)},
      {"peak_rss_bytes", PeakRssBytes()},
      {"lists", SampledLists(relation, flags)}};
}

}  // namespace
}  // namespace awase::peers

int main(int argc, char** argv) {
  return awase::peers::RunnerMain(argc, argv, "Counts and ranks with awase", awase::peers::Measure);
}
