#include "request_check.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "awase/base/status_macros.h"
#include "awase/engine/placements.h"
#include "cut_text.h"

namespace awase::engine {
namespace {

absl::Status CheckCount(absl::string_view field, std::size_t count, std::size_t most) {
  if (count <= most) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("request.", field, ": ", count, " entries: want at most ", most));
}

// `path` is made only for a message: this runs for every id of every request.
template <typename MakePath>
absl::Status CheckId(const std::string& id, MakePath path) {
  if (!id.empty() && id.size() <= kMaxIdBytes) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("request.", path(), ": an id of ", id.size(), " bytes: want 1 to ", kMaxIdBytes));
}

absl::Status CheckIds(absl::string_view field, const std::vector<std::string>& ids, std::size_t most) {
  AWASE_RETURN_IF_ERROR(CheckCount(field, ids.size(), most));
  for (std::size_t i = 0; i < ids.size(); ++i) {
    AWASE_RETURN_IF_ERROR(CheckId(ids[i], [&] { return absl::StrCat(field, "[", i, "]"); }));
  }
  return absl::OkStatus();
}

absl::Status CheckPlacement(const Request& request, const PlacementTable& placements) {
  const Placement* placement = placements.Find(request.placement);
  if (placement == nullptr) {
    return absl::InvalidArgumentError(absl::StrCat("request.placement: \"", CutText(request.placement, 40),
                                                   "\" is not a placement: want one of ",
                                                   absl::StrJoin(placements.names(), ", ")));
  }
  if (placement->needs_product && request.product_ids.empty()) {
    return absl::InvalidArgumentError(absl::StrCat("request.product_ids: empty: placement ", placement->name,
                                                   " is about a product, want at least one id"));
  }
  return absl::OkStatus();
}

absl::Status CheckCart(const std::vector<CartLine>& cart) {
  AWASE_RETURN_IF_ERROR(CheckCount("cart", cart.size(), kMaxCartLines));
  for (std::size_t i = 0; i < cart.size(); ++i) {
    AWASE_RETURN_IF_ERROR(CheckId(cart[i].product_id, [&] { return absl::StrCat("cart[", i, "].product_id"); }));
    if (cart[i].quantity < 1 || cart[i].quantity > kMaxQuantity) {
      return absl::InvalidArgumentError(absl::StrCat("request.cart[", i, "].quantity: ", cart[i].quantity,
                                                     " is not a quantity: want 1 to 1,000,000"));
    }
  }
  return absl::OkStatus();
}

// `path` as in CheckId.
template <typename MakePath>
absl::Status CheckName(absl::string_view name, MakePath path) {
  if (!name.empty() && name.size() <= kMaxUsageNameBytes) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("request.customer.", path(), ": a name of ", name.size(), " bytes: want 1 to ", kMaxUsageNameBytes));
}

// `wanted` says what the name is of.
template <typename MakePath>
absl::Status CheckUsageName(absl::string_view name, absl::string_view wanted, MakePath path) {
  if (!name.empty()) return CheckName(name, path);
  return absl::InvalidArgumentError(absl::StrCat("request.customer.", path(), ": missing: want ", wanted));
}

absl::Status CheckDistinct(absl::string_view field, const absl::flat_hash_set<absl::string_view>& names,
                           std::size_t most) {
  if (names.size() <= most) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("request.customer.usage: ", names.size(), " different ", field, ": want at most ", most));
}

absl::Status CheckUsage(const std::vector<plans::UsageRecord>& usage) {
  AWASE_RETURN_IF_ERROR(CheckCount("customer.usage", usage.size(), kMaxUsageRecords));
  absl::flat_hash_set<absl::string_view> metrics;
  absl::flat_hash_set<absl::string_view> periods;
  for (std::size_t i = 0; i < usage.size(); ++i) {
    const plans::UsageRecord& record = usage[i];
    AWASE_RETURN_IF_ERROR(CheckUsageName(record.metric, "what was used, as in limit.METRIC of the plans",
                                         [i] { return absl::StrCat("usage[", i, "].metric"); }));
    AWASE_RETURN_IF_ERROR(CheckUsageName(record.period, "the interval of the plan in which it was used, as 2026-10",
                                         [i] { return absl::StrCat("usage[", i, "].period"); }));
    if (record.quantity < plans::Quantity{0} || record.quantity > plans::kMostQuantity) {
      return absl::InvalidArgumentError(
          absl::StrCat("request.customer.usage[", i, "].quantity: out of range: want 0 to a trillion"));
    }
    metrics.insert(record.metric);
    periods.insert(record.period);
  }
  AWASE_RETURN_IF_ERROR(CheckDistinct("metrics", metrics, kMaxUsageMetrics));
  return CheckDistinct("periods", periods, kMaxUsagePeriods);
}

absl::Status CheckSubscription(const SubscriptionState& subscription) {
  if (!subscription.product_id.empty()) {
    AWASE_RETURN_IF_ERROR(CheckId(subscription.product_id, [] { return "customer.subscription.product_id"; }));
  }
  AWASE_RETURN_IF_ERROR(CheckIds("customer.subscription.option_ids", subscription.option_ids, kMaxOptionIds));
  if (!subscription.kind_of_use.empty()) {
    AWASE_RETURN_IF_ERROR(CheckName(subscription.kind_of_use, [] { return "subscription.kind_of_use"; }));
  }
  if (!subscription.seats.has_value() || (*subscription.seats >= 1 && *subscription.seats <= kMaxSeats)) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(absl::StrCat("request.customer.subscription.seats: ", *subscription.seats,
                                                 " is out of range: want 1 to 1,000,000"));
}

absl::Status CheckWords(absl::string_view field, const std::vector<std::string>& words) {
  AWASE_RETURN_IF_ERROR(CheckCount(field, words.size(), kMaxCustomerWords));
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!words[i].empty() && words[i].size() <= kMaxCustomerWordBytes) continue;
    return absl::InvalidArgumentError(absl::StrCat("request.", field, "[", i, "]: a text of ", words[i].size(),
                                                   " bytes: want 1 to ", kMaxCustomerWordBytes));
  }
  return absl::OkStatus();
}

absl::Status CheckScore(absl::string_view field, std::optional<std::uint32_t> score, std::uint32_t most) {
  if (!score.has_value() || *score <= most) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("request.customer.", field, ": ", *score, " is out of range: want 0 to ", most));
}

absl::Status CheckMaxOffers(absl::string_view field, std::optional<std::uint32_t> count, std::uint32_t most) {
  if (!count.has_value() || (*count >= 1 && *count <= most)) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("request.", field, ": ", *count, " is out of range: want 1 to ", most));
}

// What conditions of rules ask of the customer.
absl::Status CheckProfile(const CustomerState& customer) {
  if (!customer.id.empty()) AWASE_RETURN_IF_ERROR(CheckId(customer.id, [] { return "customer.id"; }));
  AWASE_RETURN_IF_ERROR(CheckWords("customer.segments", customer.segments));
  if (customer.tier.size() > kMaxCustomerWordBytes) {
    return absl::InvalidArgumentError(absl::StrCat("request.customer.tier: a text of ", customer.tier.size(),
                                                   " bytes: want 1 to ", kMaxCustomerWordBytes));
  }
  AWASE_RETURN_IF_ERROR(CheckScore("nps", customer.nps, kMaxNps));
  AWASE_RETURN_IF_ERROR(CheckScore("health", customer.health, kMaxHealth));
  AWASE_RETURN_IF_ERROR(CheckWords("customer.interests", customer.interests));
  return CheckWords("customer.milestones", customer.milestones);
}

absl::Status CheckExposures(const std::vector<Exposure>& exposures) {
  AWASE_RETURN_IF_ERROR(CheckCount("customer.exposures", exposures.size(), kMaxExposures));
  for (std::size_t i = 0; i < exposures.size(); ++i) {
    AWASE_RETURN_IF_ERROR(
        CheckId(exposures[i].product_id, [i] { return absl::StrCat("customer.exposures[", i, "].product_id"); }));
    if (exposures[i].intent.has_value() || exposures[i].event == ExposureEvent::kBought) continue;
    return absl::InvalidArgumentError(
        absl::StrCat("request.customer.exposures[", i, "].intent: missing: want that of the offer"));
  }
  return absl::OkStatus();
}

absl::Status CheckChannel(const std::string& channel) {
  const bool is_name = std::all_of(channel.begin(), channel.end(), [](unsigned char c) {
    return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '_';
  });
  const bool begins_well = channel.empty() || absl::ascii_islower(static_cast<unsigned char>(channel.front()));
  if (is_name && begins_well && channel.size() <= kMaxChannelBytes) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("request.channel: \"", CutText(channel, kMaxChannelBytes),
                   "\" is not a channel: want at most 64 small letters, digits and \"_\" such as app"));
}

absl::Status CheckLanguage(const std::string& code) {
  const bool is_tag = std::all_of(code.begin(), code.end(), [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_';
  });
  if (is_tag && code.size() <= kMaxLanguageCodeBytes) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("request.language_code: \"", CutText(code, kMaxLanguageCodeBytes),
                                                 "\" is not a language tag: want one like ja or en-US"));
}

}  // namespace

absl::Status CheckRequest(const Request& request, const PlacementTable& placements) {
  AWASE_RETURN_IF_ERROR(CheckPlacement(request, placements));
  AWASE_RETURN_IF_ERROR(CheckIds("product_ids", request.product_ids, kMaxProductIds));
  AWASE_RETURN_IF_ERROR(CheckCart(request.cart));
  AWASE_RETURN_IF_ERROR(CheckIds("customer.owned_product_ids", request.customer.owned_product_ids, kMaxOwnedIds));
  AWASE_RETURN_IF_ERROR(CheckUsage(request.customer.usage));
  if (request.customer.subscription.has_value()) {
    AWASE_RETURN_IF_ERROR(CheckSubscription(*request.customer.subscription));
  }
  AWASE_RETURN_IF_ERROR(CheckProfile(request.customer));
  AWASE_RETURN_IF_ERROR(CheckExposures(request.customer.exposures));
  AWASE_RETURN_IF_ERROR(CheckIds("already_shown_ids", request.already_shown_ids, kMaxAlreadyShownIds));
  AWASE_RETURN_IF_ERROR(CheckLanguage(request.language_code));
  AWASE_RETURN_IF_ERROR(CheckChannel(request.channel));
  if (!request.session_id.empty()) AWASE_RETURN_IF_ERROR(CheckId(request.session_id, [] { return "session_id"; }));
  AWASE_RETURN_IF_ERROR(CheckMaxOffers("max_offers_per_slot", request.max_offers_per_slot, kMaxOffersPerSlot));
  return CheckMaxOffers("max_offers", request.max_offers, kMaxOffers);
}

}  // namespace awase::engine
