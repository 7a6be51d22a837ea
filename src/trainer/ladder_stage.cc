#include "trainer/internal/ladder_stage.h"

#include <utility>

#include "absl/types/span.h"
#include "awase/orders/count_returns.h"
#include "awase/relations/basket_windows.h"
#include "awase/relations/count_moves.h"

namespace awase::trainer_internal {
namespace {

using ladder::MoveCounts;
using ladder::Step;
using relations::CustomerMoves;
using relations::ProductPair;

// Counts moves for the ladders, from orders and from sessions.
class MoveSource {
 public:
  MoveSource(const CountedUnits& units, const trainer::TrainOptions& options) : units_(units), options_(options) {
    std::uint64_t too_large = 0;  // the relations say how many
    buyers_ = relations::CustomersWithin(units.baskets, units.customer_count, options.max_basket, &too_large);
    if (units.sessions.size() == 0) return;
    sessions_ = relations::WindowsOfSessions(units.sessions, units.session_customers, units.baskets,
                                             MicrosOf(options.viewed_bought_window_days));
    for (std::size_t s = 0; s < units.sessions.size(); ++s) {
      if (units.sessions.basket(s).size() > options.max_basket) sessions_.windows[s] = {};
    }
  }

  std::vector<MoveCounts> Count(absl::Span<const Step> steps) const {
    std::vector<ProductPair> pairs;
    pairs.reserve(steps.size());
    for (const Step& step : steps) pairs.push_back({step.cheap, step.dear});
    std::vector<MoveCounts> counts(steps.size());
    const bool has_sessions = sessions_.from != nullptr && !sessions_.IsEmpty();
    const std::vector<CustomerMoves> moves =
        relations::CountMoves(units_.baskets, buyers_, has_sessions ? &sessions_ : nullptr, pairs, options_.threads);
    for (std::size_t s = 0; s < steps.size(); ++s) {
      counts[s] = {.upgrades = moves[s].bought.to_other,
                   .downgrades = moves[s].bought.to_one,
                   .switches_up = moves[s].viewed.to_other,
                   .switches_down = moves[s].viewed.to_one};
    }
    return counts;
  }

 private:
  const CountedUnits& units_;
  const trainer::TrainOptions& options_;
  std::vector<std::uint32_t> buyers_;
  relations::BasketWindows sessions_;  // without a set when there are none
};

}  // namespace

std::vector<ladder::ReturnCount> ReturnsOf(const orders::OrderLog& log, const std::vector<ProductIndex>& root_index,
                                           std::size_t product_count) {
  std::vector<ladder::ReturnCount> returns;
  for (const orders::ProductReturns& count : orders::CountReturns(log, root_index, product_count)) {
    returns.push_back({.purchases = count.purchases,
                       .buyers = count.buyers,
                       .returned = count.returned,
                       .returners = count.returners});
  }
  return returns;
}

ladder::LadderSet MakeLadders(const catalog::Catalog& catalog, const LadderEvidence& evidence,
                              const trainer::TrainOptions& options, ladder::LadderNotes* notes) {
  const MoveSource moves(*evidence.units, options);
  ladder::Behaviour behaviour;
  behaviour.popularity = *evidence.popularity;
  behaviour.returns = *evidence.returns;
  if (evidence.units->customer_count > 0) {
    behaviour.count_moves = [&moves](absl::Span<const Step> steps) { return moves.Count(steps); };
  }
  ladder::LadderOptions ladder = options.ladder;
  ladder.min_buyers = options.min_buyers;
  ladder.threads = options.threads;
  return ladder::BuildLadders(catalog, behaviour, ladder, notes);
}

}  // namespace awase::trainer_internal
