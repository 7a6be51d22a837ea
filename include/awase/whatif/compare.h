#ifndef AWASE_WHATIF_COMPARE_H_
#define AWASE_WHATIF_COMPARE_H_

// What another rule set would change: the same requests, answered by the same engine under both sets.
//
//   const auto draft = serving->WithRules(loaded.rules);
//   AWASE_ASSIGN_OR_RETURN(const Comparison comparison, Compare(*serving, *draft, requests, {}));
//   comparison.requests_changed;   // 0 for equal rules, always
//
// Only what a page shows counts as a change: offers, their order, prices and sentences, and what the cart costs and
// earns. Rules that are renamed, or that do what another one did, change nothing.

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "awase/base/money.h"
#include "awase/base/product_index.h"
#include "awase/engine/answer.h"
#include "awase/engine/recommend.h"
#include "awase/engine/request.h"

namespace awase::whatif {

// One request of the past, or one that is made up.
struct ReplayedRequest {
  engine::Request request;
  absl::Time time;           // at which it is answered
  std::uint32_t weight = 1;  // how much traffic it stands for
};

// The same figure under the rules as they are and under the draft.
template <typename Figure>
struct Change {
  Figure before{};
  Figure after{};
};

// One slot of one placement, over all requests that ask for it. Offers are counted one by one; a set is one offer.
struct SlotChange {
  std::string placement;
  std::string slot;
  std::uint64_t asked = 0;
  std::uint64_t changed = 0;   // in any of the ways below
  std::uint64_t gained = 0;    // offers that were not in the slot before
  std::uint64_t lost = 0;      // … and that are no longer
  std::uint64_t moved = 0;     // offers of both at another place
  std::uint64_t repriced = 0;  // offers of both of which an amount differs: price, price difference, shares of a set
  std::uint64_t reworded = 0;  // offers of both with another sentence, where sentences were asked for
  Change<std::uint64_t> offers;
  Change<std::uint64_t> empty;  // requests for which the slot has no offer
};

// On how many pages (requests) more, or fewer, a product is offered, in whatever slot; as a part of a set, too.
struct ProductChange {
  ProductIndex product;
  std::uint64_t pages_gained = 0;
  std::uint64_t pages_lost = 0;
};

// What the carts of all requests cost, in one currency: those that discounts price under either set.
struct CartChange {
  std::uint64_t carts = 0;
  std::uint64_t cheaper = 0;  // than under the rules as they are
  std::uint64_t dearer = 0;
  Change<std::uint64_t> reduced;  // that cost less than their list prices
  Change<double> saving_minor;    // Σ weight · what is taken off the list prices
};

// What the offers beside a page's products would bring if customers went on to buy as they do. Not a forecast of what
// the rules do to them.
//
// The chance of an offer is the share of the orders with a product of the page or the cart that hold the offered
// product as well, from the counts of bought_together (where no list of it names the product: of also_bought, over
// customers); of several such products the one with the largest share speaks. It brings chance · price. A set is bought
// as a whole, at most as often as its rarest part, and brings its price less the list price of the page's product.
// Lower and higher models and changes of plan are bought instead of something, not beside it: like every product that
// no list with counts names, they have no known chance and bring nothing here; Comparison::offers less `with_chance`
// says how many these are.
struct ExpectedValue {
  double revenue_minor = 0;  // Σ weight · chance · price
  double margin_minor = 0;   // Σ weight · chance · (price − cost), of the offers of which the cost is known
  std::uint64_t with_chance = 0;
  std::uint64_t with_cost = 0;  // of those
};

// A rule of either set over all requests.
struct RuleUse {
  std::string id;
  Change<bool> present;
  // Requests on its placements, within its time and, where it names pages, about one of these (or with one in the
  // cart). Further conditions of the rule are not looked at.
  Change<std::uint64_t> reached;
  // Requests in whose answer it put, moved or priced an offer, took one away, decided about an intent, stopped another
  // rule, made the cart cheaper, or gave it a benefit that it reaches.
  Change<std::uint64_t> fired;
  // Requests in which something that it would show was not shown, by cause; of the draft.
  std::array<std::uint64_t, engine::kRemovalCauseCount> blocked{};
};

// An offer as a page shows it.
struct ShownOffer {
  std::vector<ProductIndex> products;  // one, or all lines of a set, the page's product first
  std::optional<Money> price;
  std::string text;
  std::vector<std::string> rule_ids;
};

// What a page shows of its cart.
struct ShownCart {
  std::optional<engine::CartPrice> price;
  std::vector<engine::BenefitOffer> benefits;
};

// One slot of one request, or its cart, before and after.
struct Difference {
  std::size_t request = 0;  // place in the requests compared
  std::string slot;         // empty for the cart
  Change<std::vector<ShownOffer>> offers;
  Change<ShownCart> cart;  // of a difference in the cart
  // The rules that had, and have, a hand in what differs; ascending.
  Change<std::vector<std::string>> rule_ids;
  std::uint64_t alike = 0;  // requests, this one included, of which the same slot (or cart) differs by the same rules
};

struct Comparison {
  std::uint64_t requests = 0;
  std::uint64_t requests_changed = 0;
  std::uint64_t weight = 0;
  std::uint64_t weight_changed = 0;
  std::uint64_t slots = 0;
  std::uint64_t slots_changed = 0;
  // Requests that the engine does not answer, under either set: no part of the counts above. And why the first.
  std::uint64_t refused = 0;
  std::string first_refusal;
  // Requests on placements that the snapshots do not have: no part of the counts above either. And the first of these.
  std::uint64_t with_unknown_placement = 0;
  std::string first_unknown_placement;
  std::uint64_t with_unknown_products = 0;  // requests that name products which the model does not have

  std::vector<SlotChange> by_slot;        // by placement and slot, ascending
  std::vector<ProductChange> by_product;  // that gain or lose pages: most of both first, ties by ProductIndex
  std::map<CurrencyCode, CartChange> by_cart;
  std::uint64_t benefits_changed = 0;  // requests that are given, or promised, other benefits
  std::map<CurrencyCode, Change<ExpectedValue>> value;
  Change<std::uint64_t> offers;  // in all slots
  std::vector<RuleUse> rules;    // of both sets, by id
  std::vector<Difference> differences;
};

struct Options {
  std::size_t threads = 1;
  // How many differences are given. They are told apart by placement, slot or cart, rules and kind of change: first one
  // of each kind, that which concerns most traffic first, then a second one of each, and so on. Of one kind those that
  // weigh most come first, then those that were asked first; the same page is shown once.
  std::size_t top = 50;
  // Asked again and again while requests are answered, from any thread: what is not OK ends it. Default: never.
  std::function<absl::Status()> still_wanted;
};

// REQUIRES: both snapshots are of the same model (Snapshot::WithRules). The result depends on the arguments alone, not
// on `threads`. Fails as Options::still_wanted does. thread-safe. Cost: two traced answers per request, and some bytes
// per change.
absl::StatusOr<Comparison> Compare(const engine::Snapshot& before, const engine::Snapshot& after,
                                   absl::Span<const ReplayedRequest> requests, const Options& options);

}  // namespace awase::whatif

#endif  // AWASE_WHATIF_COMPARE_H_
