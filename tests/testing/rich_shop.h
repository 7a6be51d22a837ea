#ifndef AWASE_TESTS_TESTING_RICH_SHOP_H_
#define AWASE_TESTS_TESTING_RICH_SHOP_H_

// A shop of some twenty products in which all that a version can hold is there at least once: variants, prices in two
// currencies and none, stock, packs, subscriptions, plans with options, all relations, backed-off entries, a cart
// model, rungs of every kind. For tests that ask at random, and so need short ids and much that can meet.

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "awase/artefact/model.h"
#include "awase/live/live_table.h"
#include "tests/testing/model_builder.h"

namespace awase::testing {

ModelBuilder RichShop();

// All of its ids, and some that it does not have.
absl::Span<const absl::string_view> RichShopIds();

// YAML of rules of every action and nearly every condition over it, without errors.
absl::string_view RichShopRules();

// Of some of its products, the largest price and stock that a feed may send among them. REQUIRES: `model` is of
// RichShop().
live::LiveTable RichShopLiveValues(const artefact::Model& model);

}  // namespace awase::testing

#endif  // AWASE_TESTS_TESTING_RICH_SHOP_H_
