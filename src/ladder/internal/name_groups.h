#ifndef AWASE_LADDER_INTERNAL_NAME_GROUPS_H_
#define AWASE_LADDER_INTERNAL_NAME_GROUPS_H_

// The products of one family name, in groups whose prices compare.

#include <map>
#include <tuple>
#include <vector>

#include "absl/strings/string_view.h"
#include "awase/base/money.h"
#include "awase/base/product_index.h"
#include "awase/catalog/catalog.h"
#include "awase/catalog/price_basis.h"
#include "ladder/internal/problem_tally.h"

namespace awase::ladder_internal {

// What prices are compared within.
struct PriceBounds {
  CurrencyCode currency;
  absl::string_view pack_unit;
  catalog::PriceBasis basis;

  // It is a subscription that stands for itself.
  bool AreOfPlans() const { return !basis.IsSinglePurchase() && !basis.is_option; }

  friend bool operator<(const PriceBounds& a, const PriceBounds& b) {
    return std::tie(a.currency, a.pack_unit, a.basis) < std::tie(b.currency, b.pack_unit, b.basis);
  }
};

// None is empty; each is ascending.
using NameGroups = std::map<PriceBounds, std::vector<ProductIndex>>;

// Nothing is nothing, whatever it is paid for: moves each free plan to where most paid plans of its currency and
// interval are, flat or by the seat.
void PlaceFreePlans(const catalog::Catalog& catalog, NameGroups* groups);

// Tells what is compared apart from most others: those of another currency; within a currency the plans of another
// interval; within an interval those with another fee per seat. Packs and subscriptions beside single purchases are as
// it should be (pack_steps.h), and so are options beside plans.
void TellWhatDiffers(const NameGroups& groups, ProblemTally* problems);

}  // namespace awase::ladder_internal

#endif  // AWASE_LADDER_INTERNAL_NAME_GROUPS_H_
