#ifndef AWASE_RULES_RULE_SET_H_
#define AWASE_RULES_RULE_SET_H_

// A validated set of rules as the engine reads it: plain immutable data, no YAML, no protobuf.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "awase/base/money.h"
#include "awase/pricing/margin_floor.h"
#include "awase/rules/condition.h"
#include "awase/rules/price_actions.h"

namespace awase::rules {

// Products sold as a set, offered on the page of each of its products (or only of `anchor`).
struct Bundle {
  std::vector<std::string> products;  // 2–4 distinct ids
  std::string anchor;                 // empty = any of products
  std::optional<Money> price;         // of the whole set; nothing = the sum of the prices
  std::string text;                   // reason shown; empty = a sentence is made
  std::vector<ProductSet> any_of;     // 2–4 groups, and then no products: one of each makes the set
  // Off the sum of the prices, of pricing::kBasisPoints; 0 = none. Not with a price.
  std::int64_t percent_off = 0;
  std::optional<pricing::MarginFloor> floor;  // no line's share goes below it where the cost is known
};

// Products never offered where the rule applies.
struct Hide {
  std::vector<std::string> products;                  // empty where `matching` says which
  std::vector<std::string> anchors;                   // empty = on every page
  std::optional<ProductSet> matching = std::nullopt;  // instead of products
};

// A product at a fixed place of a slot.
struct Pin {
  std::string product;
  std::string slot;
  std::uint32_t position = 1;        // 1-based
  std::vector<std::string> anchors;  // empty = on every page
};

// The steps of a ladder that somebody vouches for, or that there are none.
struct Rung {
  std::vector<std::string> products;  // 2–50 distinct ids, from the lowest to the highest; of a forbid in any order
  std::string author;                 // who says so; not for customers
  std::string text;                   // reason of the step up, of two products alone; empty = a sentence is made
  bool forbid = false;                // no step leads from any of the products to another of them
};

// How often: so many offers of a row at most that share a value, or are in a set; or so many answers to one customer
// within a time.
struct Cap {
  // From when on answers count.
  enum class After : std::uint8_t { kAlways, kDismissed, kBought };

  std::string per;                     // brand, category, product_type, author, series or the name of an attribute
  std::optional<ProductSet> matching;  // instead of per
  std::uint32_t at_most = 1;           // offers of a row, or answers
  std::vector<std::string> slots;      // rows, each by itself; empty with `within`

  // 0: of a row. Else of one customer: the answers of so long that showed something of `intents` and `matching`; where
  // neither is given, those that showed a product, for each product by itself.
  absl::Duration within;
  Words intents;  // of kIntentNames; empty = any
  After after = After::kAlways;
};

// The columns that Cap::per may name, beside attributes, which have a '.' in their names.
inline constexpr const char* kCapColumns[] = {"brand", "category", "product_type", "author", "series"};
// Where a cap acts that names no slots.
inline constexpr char kDefaultCapSlot[] = "also_bought";

// What an offer is meant to do, by the words of rules; engine::Intent counts in the same order.
inline constexpr std::array<absl::string_view, 3> kIntentNames = {"cross_sell", "up_sell", "down_sell"};

// Which intents may speak.
struct Gate {
  std::vector<std::string> intents;  // of kIntentNames; at least one
  bool open = false;                 // else closed
  std::string text;                  // of a closed gate: why, for the page's owner; empty = nothing more is said
};

// Rules behind this one do not act where it applies.
struct Stop {
  std::vector<std::string> actions;  // of kActionNames; empty = all
};

// A ladder leads from each of its products to the next one and to the one after it.
inline constexpr std::size_t kFarthestStep = 2;

// Factors of boosts and buries are in parts of this: 1.5 is 15,000.
inline constexpr std::int64_t kFactorParts = 10'000;

// Products that are worth more than their score. A list of products is the set that has just these.
struct Boost {
  ProductSet matching;
  std::int64_t by_parts = kFactorParts;  // above kFactorParts
};

// Products that are worth less.
struct Bury {
  ProductSet matching;
  std::optional<std::int64_t> by_parts;  // above kFactorParts; nothing = they stand behind all others
};

// What alone is offered in some slots.
struct Require {
  std::optional<ProductSet> matching;  // a list of products is the set that has just these
  Words same;                          // columns in which the page's product is equalled; without `matching`
  Words slots;                         // never empty
};

// Products that are not offered beside each other.
struct DoNotAssociate {
  ProductSet these;
  std::optional<ProductSet> with;  // nothing = no two of `these`
};

// How many offers of also_bought are of a set at least.
struct Quota {
  ProductSet matching;
  std::uint32_t at_least = 0;
};

// What offers beside a product or a cart cost. At least one of the ranges.
struct PriceBand {
  std::optional<Range> parts_of_anchor;  // of kWhole of the price of the page's product
  std::optional<Range> parts_of_cart;    // of kWhole of the cart's total
  std::optional<MoneyRange> price;
  Words slots;  // never empty
};

using Action = std::variant<Bundle, Hide, Pin, Rung, Boost, Bury, Require, DoNotAssociate, Quota, PriceBand, Discount,
                            Benefit, Cap, Gate, Stop>;

// The keys of actions in rule files, in the order of Action.
inline constexpr std::array<absl::string_view, std::variant_size_v<Action>> kActionNames = {
    "bundle", "hide",       "pin",      "rung",    "boost", "bury", "require", "do_not_associate",
    "quota",  "price_band", "discount", "benefit", "cap",   "gate", "stop"};
static_assert(!kActionNames.back().empty(), "every action has a name");

struct Rule {
  std::string id;
  std::string description;
  std::int32_t priority = 0;
  std::vector<std::string> placements;     // empty = every placement
  absl::Time from = absl::InfinitePast();  // applies in [from, until)
  absl::Time until = absl::InfiniteFuture();
  Action action;
  std::optional<Condition> when;  // nothing = always
};

// Immutable after loading; thread-safe to read.
struct RuleSet {
  std::string revision;     // hash of the decoded rules: equal content, equal revision. "empty" without rules.
  std::vector<Rule> rules;  // by falling priority, then id
};

}  // namespace awase::rules

#endif  // AWASE_RULES_RULE_SET_H_
