#ifndef AWASE_BENCH_SERVICE_LARGE_SHOP_RULES_H_
#define AWASE_BENCH_SERVICE_LARGE_SHOP_RULES_H_

#include <cstdint>
#include <vector>

#include "awase/rules/load_rules.h"
#include "bench/service/large_shop.h"

namespace awase::load {

// Rules as merchandisers of the shop would have them: of twelve actions in turn (hide, boost, bury, pin, bundle, quota,
// gate, cap, do_not_associate, price_band, rung, benefit), about some products, a type, a category or a brand each; one
// in three has a condition on the customer as well. A page has a handful of them. The same seed gives the same rules.
// REQUIRES: a shop of at least a series of products, kRoles · kModels.
std::vector<rules::RuleFile> LargeShopRules(const LargeShop& shop, std::uint32_t count, std::uint64_t seed);

}  // namespace awase::load

#endif  // AWASE_BENCH_SERVICE_LARGE_SHOP_RULES_H_
