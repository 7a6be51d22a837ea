#ifndef AWASE_ENGINE_ANSWER_H_
#define AWASE_ENGINE_ANSWER_H_

// What the engine answers: the domain twin of awase.v1.RecommendResponse.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "awase/base/money.h"
#include "awase/base/product_index.h"
#include "awase/engine/intent.h"
#include "awase/engine/prices.h"
#include "awase/plans/fit_plan.h"
#include "awase/relations/entry_class.h"

namespace awase::engine {

// Why a candidate left, or why a slot is shorter than asked. One cause per removal: the first that applies, in this
// order; only kNoEvidence, kSubstitute and variants that a list names are settled before all others where the entry of
// the relation alone tells (it costs no look at the product).
enum class RemovalCause : std::uint8_t {
  kOutOfStock,
  kNotVisible,
  kInCart,  // the product or a variant of it is in the cart
  kOwned,   // … is owned by the customer
  kVariantOfAnchor,
  kCurrencyMismatch,  // priced in another currency than the request's (or without a price where one is needed)
  kAlreadyShown,      // on the page already: named by the caller, or offered in an earlier slot of this answer
  kHiddenByRule,      // hidden, or the step to it is forbidden
  kSameProductType,  // another offer of that product type is already chosen, or it is of the anchor's and no multi-pack
  kNoEvidence,       // less than the placement's least_score, no claim (bundle), not together more often than by chance
                     // (bundle, also_bought), or no step in the slot's direction or to the same product (lower, higher)
  kLimit,            // the slot was full before the candidate was looked at, or the answer has its max_offers
  kSubstitute,       // bought instead of the anchor or of a chosen product, not with it
  kPriceOutOfBounds,  // with it, a set would cost too many times what the anchor costs; or it is out of a rule's bounds
  kNotRequired,       // a rule requires others
  kKeptApart,         // a rule does not let it stand beside the anchor, the cart or a product of the set
  kCapped,            // the row has as many of its kind as a rule allows
  kCappedInTime,      // the customer has been offered it, or its like, as often as a rule allows
  kExcluded,          // another intent speaks: see arbitration.h
};
inline constexpr std::size_t kRemovalCauseCount = 18;
const char* RemovalCauseName(RemovalCause cause);  // "OUT_OF_STOCK", …

// Where an offer comes from.
enum class Source : std::uint8_t { kBoughtTogether, kAlsoBought, kLadder, kRule, kPlan };
const char* SourceName(Source source);  // "bought_together", …

// Counts behind an offer; recomputable from the dump. Ladders have none, rules only where a list names the pinned
// product as well.
struct Evidence {
  std::uint64_t units_together = 0;  // orders with both (bought_together) or customers with both (also_bought)
  std::uint64_t units_anchor = 0;
  std::uint64_t units_other = 0;
  std::uint64_t units_total = 0;
  std::uint64_t buyers_together = 0;
  double expected_together = 0;  // under the null that knows basket sizes
  double lift = 0, lift_low = 0, lift_high = 0;
  bool claim = false;
  relations::EntryClass entry_class = relations::EntryClass::kUndecided;
};

struct Reason {
  Source source = Source::kBoughtTogether;
  std::string text;  // one sentence or two, in Answer::language_code
  std::optional<Evidence> evidence;
  std::vector<std::string> rule_ids;  // every rule that put, moved or priced the offer
  std::string rule_author;            // who vouches for the rung; only with Explanation::kTrace
  // Anything but kCounted: the offer is backed off, and has no evidence of its own.
  relations::EntrySource back_off = relations::EntrySource::kCounted;
};

// A spec that differs between the anchor and a rung: "spec.storage_gb": 128 → 256.
struct SpecDifference {
  // Which way is better is what the ladder has learned of the spec; where it knows nothing, more of a number is.
  enum class Direction : std::uint8_t { kChanged, kGained, kGivenUp };
  std::string name;
  std::string anchor_value;  // empty = the anchor has none
  std::string offer_value;
  Direction direction = Direction::kChanged;
};

struct BundleLine {
  ProductIndex product;
  std::int64_t list_price_minor = 0;
  std::int64_t set_price_minor = 0;  // this line's share of the set price; the shares add up exactly
  bool in_cart = false;              // it lies in the cart, so that the set needs no second one
};

// A set of 2–4 products including the anchor.
struct BundleOffer {
  std::vector<BundleLine>
      lines;  // the anchor first; behind it at least one that is not in the cart, before those that are
  Money list_price;
  Money set_price;  // ≤ list_price
};

// A change of what the customer subscribes to.
struct PlanChange {
  ProductIndex from = kNoProduct;  // plans; the same where seats or options change alone
  ProductIndex to = kNoProduct;
  std::int64_t seats = 0;             // to be paid for; 0 = nothing is paid per seat
  std::vector<ProductIndex> options;  // beside the plan, all of them
  std::uint32_t periods = 0;          // that the costs are of; 0 = no usage was given, and they are the fees of one
  std::string interval;               // of a period: "month", "year", …
  Money fee_now;                      // of plan, seats and options, each interval, whatever is used
  Money fee_then;
  Money cost_now;
  Money cost_then;                            // for the same use
  std::vector<plans::NearLimit> near_limits;  // of what the customer has
};

struct Offer {
  ProductIndex product = kNoProduct;  // of a bundle: the first product that is not the anchor
  Intent intent = Intent::kCrossSell;
  // 1 = the best of one relation list, summed over the lists that name it; for an open cart of several products, 1 =
  // the best that the cart model knows. Of row offers times what boost and bury rules make of it. 0 = none.
  double score = 0;
  std::optional<Money> price;  // what the customer would pay more; see list_price
  // Where discounts make the price another one: what the product costs by itself. The price is then what the cart (on a
  // product page with the page's product) costs more with one of it, and may be 0 or less.
  std::optional<Money> list_price;
  std::optional<Money> price_difference;    // rungs: offer − anchor; plan changes: of the fees of one period
  std::vector<SpecDifference> differences;  // rungs
  std::uint32_t rung = 0;                   // rungs: 1 or 2
  std::optional<BundleOffer> bundle;
  std::optional<PlanChange> plan_change;  // where usage or options say which plan fits
  Reason reason;
};

// A set of products that was not offered.
struct TracedSet {
  std::string rule_id;  // its bundle rule; empty for one made of claims
  // The product of the page first. Of groups (any_of) those that were found before the set was given up.
  std::vector<std::string> product_ids;
};

// What left, and by which cause it was counted. kLimit says of what was behind the last seat that nobody looked at it:
// ExplainProduct does.
struct TraceEntry {
  std::string slot;
  std::string product_id;
  RemovalCause cause = RemovalCause::kNoEvidence;
  // The rule that took it away, put it behind all seats or gave its seat to another, or whose curated bundle, pin or
  // asserted rung was not shown; else empty.
  std::string rule_id;
  bool rule_wanted_it = false;                  // the last of these
  std::string rule_author;                      // of a rung rule
  std::optional<TracedSet> set = std::nullopt;  // of a set: `product_id` is the product that the cause is of
};

using RemovalCounts = std::array<std::uint32_t, kRemovalCauseCount>;

struct Slot {
  std::string name;  // "bundle", "also_bought", "lower", "higher"
  std::vector<Offer> offers;
  RemovalCounts removed{};
  std::string empty_reason;  // set when offers is empty: one sentence
};

// That an intent of the placement's slots may or may not speak, where somebody said so.
struct IntentDecision {
  Intent intent = Intent::kCrossSell;
  bool closed = false;
  std::string rule_id;  // the gate rule; empty = a default
  std::string reason;   // of a closed one: one sentence, as in Slot::empty_reason

  friend bool operator==(const IntentDecision&, const IntentDecision&) = default;
};

// What holds the answer back as a whole.
struct Restraint {
  std::vector<IntentDecision> intents;     // by Intent
  std::vector<std::string> stop_rule_ids;  // stop rules that kept another one from acting; by rank

  friend bool operator==(const Restraint&, const Restraint&) = default;
};

struct Answer {
  std::vector<Slot> slots;               // in display order
  std::optional<CartPrice> cart_price;   // where a discount rule takes something of the cart
  std::vector<BenefitOffer> benefits;    // in the order of their rules
  std::vector<std::string> missing_ids;  // ids of the request that the model does not know
  Restraint restraint;
  std::vector<TraceEntry> trace;  // only with Explanation::kTrace
  std::string language_code;      // of the sentences in reasons: "en" or "ja"
  // Of the orders that all evidence is counted in, YYYY-MM-DD in UTC; empty where the orders had no times.
  std::string first_day;
  std::string last_day;
  std::string model_version;
  std::string rule_revision;
  bool degraded = false;
};

}  // namespace awase::engine

#endif  // AWASE_ENGINE_ANSWER_H_
