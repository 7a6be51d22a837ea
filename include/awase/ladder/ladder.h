#ifndef AWASE_LADDER_LADDER_H_
#define AWASE_LADDER_LADDER_H_

// Ladders: for each product the next one or two cheaper and better products of its family, with what speaks for each
// step. docs/relevance.md#ladders has the method.
//
//   LadderSet ladders = BuildLadders(catalog, {.popularity = orders_of_each}, LadderOptions(), &notes);
//   for (const Rung& rung : ladders.list(product)) …

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "awase/base/product_index.h"
#include "awase/catalog/catalog.h"
#include "awase/ladder/behaviour.h"
#include "awase/ladder/rung.h"

namespace awase::ladder {

struct LadderOptions {
  // Behaviour.
  double min_step = 1.05;    // the next rung costs at least this ratio more (its mirror: less) …
  double max_step = 1.6;     // … and at most this ratio, or more where the tiers of its family are further apart, …
  double widest_step = 4;    // … but never more than this one; what is beyond is WEAK. Rung 2 is measured from rung 1
  double tier_width = 1.15;  // products within this ratio of the nearest candidate are one tier: the best backed speaks
  std::size_t rungs = 2;     // per direction, 1 or 2
  double false_share = 0.05;  // of the steps that are said to have behaviour, this share at most may be chance
  // Counts of fewer distinct customers are not used: such an `up` becomes 0, and such a `down` beside an `up` is
  // rounded up to it, so that no share is ever better than the truth.
  std::uint32_t min_buyers = 2;
  // The shop's own brands, whatever their case.
  std::vector<std::string> own_brands = {"private", "private label", "own brand", "store brand", "house brand"};
  // Performance only.
  std::size_t threads = 1;
};

// Something in the catalogue that could not be used, with the first products concerned.
struct LadderProblem {
  enum class Kind : std::uint8_t {
    kNegativePrice,       // price below zero, or zero for what is no free plan: left out
    kNoPrice,             // left out
    kNoUnitPrice,         // no number can be found for the price of one unit of a pack: left out
    kSeveralCurrencies,   // another than most of its family: compared within each currency only
    kSeveralIntervals,    // a plan paid at another interval than most of its family in its currency: likewise
    kSeveralFeesPerSeat,  // a plan with another fee_per_seat than most of these, or the only one: likewise
    kNumberAndText,       // a spec of numbers and texts within a family, neither of them odd ones: not compared
    kUnitsDiffer,         // a spec in units that cannot be converted within a family: not compared
    kOddValue,            // text among numbers, a number among text, or another unit than the family's: not compared
    kKindsDiffer,         // a spec of numbers of which no two products of a family have the same kind: not compared
    kUnorderedText,       // a spec of text without an order: not compared
    kUnorderedTiers,      // tiers of a family without an order that could be recognised or learned
    kTierAgainstPrice,    // a step to a higher tier that costs less: left out
    kOnlyFreePlans,       // free plans of a family in which nothing is paid: left out
  };
  Kind kind;
  std::string column;  // "price", "spec.storage_gb", "tier"
  std::uint64_t products = 0;
  std::vector<std::string> examples;  // the first product ids, at most kMaxExamples

  static constexpr std::size_t kMaxExamples = 3;
  friend bool operator==(const LadderProblem&, const LadderProblem&) = default;
};
// "no price: left out", …: what the training report says of it.
const char* LadderProblemText(LadderProblem::Kind kind);

// What building came to, for the training report.
struct LadderNotes {
  std::uint64_t families = 0;  // with at least two products that can be compared
  std::uint64_t products_with_rung = 0;
  std::uint64_t products_with_served_rung = 0;    // … that is better than WEAK
  std::array<std::uint64_t, 4> rungs_by_grade{};  // by Grade
  std::uint64_t steps_compared = 0;               // steps that were judged: candidates, second rungs, last resorts
  std::uint64_t steps_with_moves = 0;             // of those: with customers who moved
  std::vector<LadderProblem> problems;            // by kind, then column
};

struct LadderSet {
  std::vector<std::uint64_t> offsets;  // product i's rungs are rungs[offsets[i] … offsets[i+1])
  std::vector<Rung> rungs;             // lower before higher, rung 1 before rung 2, then by kind
  std::vector<RungEvidence> evidence;  // parallel to rungs

  absl::Span<const Rung> list(ProductIndex product) const {
    return absl::MakeConstSpan(rungs).subspan(offsets[Slot(product)],
                                              offsets[Slot(product) + 1] - offsets[Slot(product)]);
  }
  absl::Span<const RungEvidence> evidence_of(ProductIndex product) const {
    return absl::MakeConstSpan(evidence).subspan(offsets[Slot(product)],
                                                 offsets[Slot(product) + 1] - offsets[Slot(product)]);
  }
};

// Variants of one root take part as one product, represented by the best-selling visible one with a price; every
// variant has its root's rungs, graded again by its own price, specs and tier, as far as these allow. Products are
// comparable when family, currency, pack unit and what the price is paid for agree (catalog/price_basis.h); the price
// per unit of content orders them where packs are known, else the price. A plan for which nothing is paid stands below
// the cheapest of its currency and interval.
//
// Every rung to a model goes up (down) in price, in total and, above WEAK, per unit. Every one above WEAK dominates,
// has behaviour, or is asserted by the tier column. Each product with a price whose family has three or more, at
// different prices, has a rung, WEAK where nothing else is there; but where all that is near in price is the same
// product, or of a tier on the wrong side of it, there is no step to take.
//
// Beside them stand the steps of arithmetic (ladder/internal/pack_steps.h): larger and smaller packs of the same
// product, its subscription, the shop's own brand. Rungs of all kinds go up (down) in price, but those from a single
// purchase to a subscription, and no rung leads back from there: so no chain of rungs in one direction comes back.
//
// Deterministic: the result depends neither on threads nor on the order in which the catalogue was given.
// O(n log n + n · candidates · specs), and what behaviour.count_moves costs.
LadderSet BuildLadders(const catalog::Catalog& catalog, const Behaviour& behaviour, const LadderOptions& options,
                       LadderNotes* notes = nullptr);

}  // namespace awase::ladder

#endif  // AWASE_LADDER_LADDER_H_
