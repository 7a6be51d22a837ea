#include "awase/pricing/price_cart.h"

#include <algorithm>
#include <utility>

#include "absl/numeric/int128.h"
#include "awase/base/status_macros.h"
#include "pricing/internal/check_cart.h"
#include "pricing/internal/choose_sets.h"
#include "pricing/internal/reduce.h"
#include "pricing/internal/unit_runs.h"

namespace awase::pricing {
namespace {

using internal::Part;
using internal::ReducedUnits;
using internal::Take;
using internal::UnitRun;

enum class Scope : std::uint8_t { kUnit, kSet, kBasket };  // what an amount or a price is for

// All terms as sets: of one unit where they speak of units.
struct Application {
  std::vector<Part> parts;
  std::int64_t most_sets = 0;
  Reduction reduction;
  Scope scope = Scope::kUnit;
};

// Grows with the saving of so many sets; concave.
absl::int128 PossibleSaving(const Application& application, std::int64_t sets, std::int64_t reduced_minor) {
  if (const auto* price = std::get_if<FixedPrice>(&application.reduction)) {
    return reduced_minor - absl::int128(price->price_minor) * sets;
  }
  const auto* amount = std::get_if<AmountOff>(&application.reduction);
  if (amount == nullptr || application.scope != Scope::kSet) return reduced_minor;
  return std::min(absl::int128(amount->amount_minor) * sets, absl::int128(reduced_minor));
}

// Nothing when no tier is reached.
template <typename Tiers, typename From>
const Reduction* ReachedReduction(const Tiers& tiers, std::int64_t reached, From from) {
  const Reduction* reduction = nullptr;
  for (const auto& tier : tiers) {
    if (from(tier) <= reached) reduction = &tier.reduction;
  }
  return reduction;
}

class CartPricer {
 public:
  explicit CartPricer(absl::Span<const Line> lines) : lines_(lines), runs_(internal::RunsOf(lines)) {}

  DiscountOutcome Apply(const Discount& discount) {
    DiscountOutcome outcome;
    const std::optional<Application> application =
        std::visit([&](const auto& terms) { return Bind(terms, discount.stacking, outcome); }, discount.terms);
    if (!application.has_value() || application->most_sets == 0) return outcome;
    const std::int64_t sets = internal::CountWorthySets(runs_, application->parts, application->most_sets,
                                                        [&](std::int64_t count, std::int64_t reduced_minor) {
                                                          return PossibleSaving(*application, count, reduced_minor);
                                                        });
    ApplySets(discount, *application, sets, outcome);
    return outcome;
  }

  CartPrice Result() const {
    CartPrice cart;
    cart.lines.resize(lines_.size());
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      cart.lines[i].list_minor = lines_[i].unit_price_minor * lines_[i].quantity;
      cart.list_minor += cart.lines[i].list_minor;
    }
    for (const UnitRun& run : runs_) {
      LinePrice& line = cart.lines[run.line];
      line.price_minor += run.price_minor * run.quantity;
      cart.price_minor += run.price_minor * run.quantity;
      const bool is_known = !line.units.empty() && line.units.back().unit_price_minor == run.price_minor;
      if (!is_known) line.units.push_back({0, run.price_minor});
      line.units.back().quantity += run.quantity;
    }
    return cart;
  }

 private:
  // The runs of the lines of which the discount may take units, dearest first.
  std::vector<std::size_t> OpenRuns(absl::Span<const std::size_t> lines, Stacking stacking) const {
    std::vector<bool> is_named(lines_.size(), false);
    for (const std::size_t line : lines) is_named[line] = true;
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < runs_.size(); ++i) {
      if (is_named[runs_[i].line] && (stacking == Stacking::kOnTop || !runs_[i].is_taken)) open.push_back(i);
    }
    std::stable_sort(open.begin(), open.end(),
                     [this](std::size_t a, std::size_t b) { return runs_[a].price_minor > runs_[b].price_minor; });
    return open;
  }

  void CountOpen(const Application& application, DiscountOutcome& outcome) const {
    for (const Part& part : application.parts) {
      std::int64_t& units = outcome.open_units.emplace_back(0);
      for (const std::size_t run : part.runs) {
        units += runs_[run].quantity;
        outcome.open_minor += runs_[run].price_minor * runs_[run].quantity;
      }
    }
  }

  std::optional<Application> Bind(const QuantityTerms& terms, Stacking stacking, DiscountOutcome& outcome) const {
    Application application{.parts = {{OpenRuns(terms.lines, stacking)}}};
    CountOpen(application, outcome);
    const std::int64_t units = outcome.open_units.front();
    const Reduction* reached =
        ReachedReduction(terms.tiers, units, [](const auto& tier) { return tier.from_quantity; });
    if (reached == nullptr) return std::nullopt;
    application.reduction = *reached;
    application.most_sets = std::min(units, terms.most_units.value_or(units));
    return application;
  }

  std::optional<Application> Bind(const SetTerms& terms, Stacking stacking, DiscountOutcome& outcome) const {
    Application application{.reduction = terms.reduction, .scope = Scope::kSet};
    for (const SetTerms::Part& part : terms.parts) {
      application.parts.push_back({OpenRuns(part.lines, stacking), part.count, part.reduced.value_or(part.count)});
    }
    CountOpen(application, outcome);
    const std::int64_t sets = internal::WholeSets(runs_, application.parts);
    application.most_sets = std::min(sets, terms.most_sets.value_or(sets));
    return application;
  }

  std::optional<Application> Bind(const BasketTerms& terms, Stacking stacking, DiscountOutcome& outcome) const {
    Application application{.parts = {{OpenRuns(terms.lines, stacking)}}, .scope = Scope::kBasket};
    CountOpen(application, outcome);
    const Reduction* reached =
        ReachedReduction(terms.tiers, outcome.open_minor, [](const auto& tier) { return tier.from_total_minor; });
    if (reached == nullptr) return std::nullopt;
    application.reduction = *reached;
    application.most_sets = outcome.open_units.front();
    return application;
  }

  ReducedUnits ReducedOf(const Take& take, const std::optional<MarginFloor>& floor) const {
    const UnitRun& run = runs_[take.run];
    ReducedUnits units{run.price_minor, take.reduced, 0};
    const std::optional<std::int64_t> cost = lines_[run.line].unit_cost_minor;
    if (floor.has_value() && cost.has_value()) {
      units.unit_floor_minor = std::min(run.price_minor, LowestUnitPrice(*floor, *cost));
    }
    return units;
  }

  static Shares Reduce(absl::Span<const ReducedUnits> units, const Discount& discount, const Application& application,
                       std::int64_t sets) {
    const auto* percent = std::get_if<PercentOff>(&application.reduction);
    if (percent != nullptr && !discount.rounding.has_value()) return internal::ReduceByPercent(units, *percent);
    if (percent != nullptr || application.scope == Scope::kUnit) {
      return internal::ReduceEach(units, application.reduction, discount.rounding);
    }
    absl::int128 price = 0;
    if (const auto* fixed = std::get_if<FixedPrice>(&application.reduction)) {
      price = absl::int128(fixed->price_minor) * sets;  // of sets that cost more, each
    } else {
      const std::int64_t times = application.scope == Scope::kSet ? sets : 1;
      for (const ReducedUnits& each : units) price += absl::int128(each.unit_price_minor) * each.quantity;
      price -= std::min(price, absl::int128(std::get<AmountOff>(application.reduction).amount_minor) * times);
    }
    return internal::ReduceTogether(units, static_cast<std::int64_t>(price));
  }

  void ApplySets(const Discount& discount, const Application& application, std::int64_t sets,
                 DiscountOutcome& outcome) {
    const std::vector<Take> takes = internal::TakeSets(runs_, application.parts, sets);
    std::vector<ReducedUnits> with_floors;
    std::vector<ReducedUnits> without_floors;
    for (const Take& take : takes) {
      with_floors.push_back(ReducedOf(take, discount.floor));
      without_floors.push_back(ReducedOf(take, std::nullopt));
    }
    const Shares prices = Reduce(with_floors, discount, application, sets);
    const Shares uncut_prices = Reduce(without_floors, discount, application, sets);

    for (std::size_t i = 0; i < takes.size(); ++i) {
      outcome.saving_minor += with_floors[i].unit_price_minor * takes[i].reduced - prices[i];
      outcome.cut_by_floor_minor += prices[i] - uncut_prices[i];
    }
    if (outcome.saving_minor == 0) {
      outcome.verdict = outcome.cut_by_floor_minor > 0 ? Verdict::kHeldByFloor : Verdict::kSavesNothing;
      return;
    }
    outcome.verdict = Verdict::kApplied;
    outcome.times = application.scope == Scope::kBasket ? 1 : sets;
    outcome.line_savings = LineSavingsOf(takes, prices);
    internal::Apply(takes, prices, runs_);
  }

  // Takes are ordered by run, and so by line.
  std::vector<LineSaving> LineSavingsOf(absl::Span<const Take> takes, absl::Span<const std::int64_t> prices) const {
    std::vector<LineSaving> savings;
    for (std::size_t i = 0; i < takes.size(); ++i) {
      const UnitRun& run = runs_[takes[i].run];
      if (savings.empty() || savings.back().line != run.line) savings.push_back({run.line});
      savings.back().quantity += takes[i].quantity;
      savings.back().saving_minor += run.price_minor * takes[i].reduced - prices[i];
    }
    return savings;
  }

  absl::Span<const Line> lines_;
  std::vector<UnitRun> runs_;  // by line, dearest first
};

}  // namespace

absl::StatusOr<CartPrice> PriceCart(absl::Span<const Line> lines, absl::Span<const Discount> discounts) {
  AWASE_RETURN_IF_ERROR(internal::CheckCart(lines, discounts));
  CartPricer pricer(lines);
  std::vector<DiscountOutcome> outcomes;
  outcomes.reserve(discounts.size());
  for (const Discount& discount : discounts) outcomes.push_back(pricer.Apply(discount));
  CartPrice cart = pricer.Result();
  cart.discounts = std::move(outcomes);
  return cart;
}

}  // namespace awase::pricing
