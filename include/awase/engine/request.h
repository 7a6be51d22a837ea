#ifndef AWASE_ENGINE_REQUEST_H_
#define AWASE_ENGINE_REQUEST_H_

// What a caller asks: the domain twin of awase.v1.RecommendRequest, which documents each field for users.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "awase/base/calendar_day.h"
#include "awase/base/money.h"
#include "awase/engine/intent.h"
#include "awase/plans/usage_history.h"

namespace awase::engine {

enum class Explanation : std::uint8_t { kNone, kReason, kTrace };

// What the customer subscribes to.
struct SubscriptionState {
  std::string product_id;                // empty = the page's product
  std::optional<std::int64_t> seats;     // bought
  std::vector<std::string> option_ids;   // chosen, wanted or used, also of those that the plan contains
  std::optional<absl::Time> changed_at;  // when it started or was last changed
  std::string kind_of_use;               // as in spec.use of the plans; empty = that of the plan
  std::optional<absl::CivilDay> renews_on;
  std::optional<absl::CivilDay> trial_ends_on;
};

enum class ExposureEvent : std::uint8_t { kShown, kDismissed, kBought };

// That something was offered to the customer, or what the customer did with it.
struct Exposure {
  std::string product_id;
  std::optional<Intent> intent;  // of the offer; nothing = none, of a product that was bought
  ExposureEvent event = ExposureEvent::kShown;
  absl::Time time;  // what one answer showed has one time

  friend bool operator==(const Exposure&, const Exposure&) = default;
};

// The part of what is known of the customer that the engine uses. All optional; nothing of it is stored.
struct CustomerState {
  std::vector<std::string> owned_product_ids;
  std::vector<plans::UsageRecord> usage;
  std::optional<SubscriptionState> subscription;
  std::string id;  // decides on which side of a share of traffic the customer is; empty = the session's does
  std::vector<std::string> segments;
  std::string tier;
  std::optional<std::uint32_t> nps;     // 0–10
  std::optional<std::uint32_t> health;  // 0–100
  std::vector<std::string> interests;
  std::vector<std::string> milestones;  // reached
  std::optional<MonthDay> birthday;
  std::vector<Exposure> exposures;  // in no order
};

struct CartLine {
  std::string product_id;
  std::int64_t quantity = 1;
};

struct Request {
  std::string placement = "product_page";
  std::vector<std::string> product_ids;  // the anchors; the first is the page's product
  std::vector<CartLine> cart;
  CustomerState customer;
  std::optional<CurrencyCode> currency;        // nothing = the anchor's
  std::vector<std::string> already_shown_ids;  // elsewhere on the page
  std::optional<std::uint32_t> max_offers_per_slot;
  std::optional<std::uint32_t> max_offers;  // in the whole answer
  std::string language_code;                // BCP 47; what is not Japanese is answered in English
  std::string channel;                      // [a-z][a-z0-9_]*; empty = not said
  std::string session_id;                   // empty = not said
  bool evidence_only = false;               // nothing that is backed off to the product's kind, author, series or brand
  Explanation explanation = Explanation::kReason;
  // Of the same customer, beside those that the caller has told: what a store knows. In no order.
  std::vector<Exposure> stored_exposures;
  // Caps in time are taken as reached, whatever the exposures are: the answer breaks none of them.
  bool caps_are_reached = false;
};

}  // namespace awase::engine

#endif  // AWASE_ENGINE_REQUEST_H_
