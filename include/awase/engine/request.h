#ifndef AWASE_ENGINE_REQUEST_H_
#define AWASE_ENGINE_REQUEST_H_

// What a caller asks: the domain twin of awase.v1.RecommendRequest, which documents each field for users.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "awase/base/money.h"
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
};

// The part of what is known of the customer that the engine uses. All optional; nothing of it is stored.
struct CustomerState {
  std::vector<std::string> owned_product_ids;
  std::vector<plans::UsageRecord> usage;
  std::optional<SubscriptionState> subscription;
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
  std::string language_code;   // BCP 47; what is not Japanese is answered in English
  bool evidence_only = false;  // nothing that is backed off to the product's kind, author, series or brand
  Explanation explanation = Explanation::kReason;
};

}  // namespace awase::engine

#endif  // AWASE_ENGINE_REQUEST_H_
