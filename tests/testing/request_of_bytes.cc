#include "tests/testing/request_of_bytes.h"

#include <array>
#include <limits>
#include <string>

#include "google/protobuf/timestamp.pb.h"
#include "tests/testing/rich_shop.h"

namespace awase::testing {
namespace {

constexpr std::array<absl::string_view, 11> kPlacements = {
    "",          "product_page", "cart",      "checkout",    "post_purchase", "mail",
    "plan_page", "renewal",      "trial_end", "usage_alert", "nowhere"};
constexpr std::array<absl::string_view, 12> kWords = {"s",     "t",   "x",   "m",  "i",     "gold",
                                                      "trade", "app", "web", "gb", "seats", ""};
constexpr std::array<absl::string_view, 6> kCurrencies = {"", "USD", "usd", "EUR", "XXX", "U"};
constexpr std::array<absl::string_view, 5> kLanguages = {"", "en", "ja", "ja-JP", "de"};
constexpr std::array<absl::string_view, 8> kDays = {"",           "2026-02-28", "2026-11-23", "2026-12-20",
                                                    "2024-02-29", "02-29",      "12-31",      "2026-02-30"};
constexpr std::array<std::int64_t, 8> kQuantities = {1, 2, 3, 9, 10, 1'000'000, 0, -1};
constexpr std::array<double, 10> kUses = {0,    0.5,  1,  10,    90,
                                          1e12, 1e-7, -1, 1e300, std::numeric_limits<double>::infinity()};
constexpr std::array<std::uint32_t, 8> kScores = {0, 1, 6, 9, 10, 39, 50, 201};
constexpr std::int64_t kNow = 1'795'000'000;  // in the autumn of 2026
constexpr std::int64_t kMostInt64 = std::numeric_limits<std::int64_t>::max();
constexpr std::array<std::int64_t, 9> kPrices = {
    1, 99, 1'000, 49'999, 4'000'000'000'000'000'000, kMostInt64 / 2, kMostInt64, 0, -1};

std::string TakeId(Choices& choices) { return std::string(choices.TakeOne(RichShopIds())); }

template <std::size_t kSize>
std::string TakeText(Choices& choices, const std::array<absl::string_view, kSize>& all) {
  return std::string(choices.TakeOne(absl::MakeConstSpan(all)));
}

template <typename T, std::size_t kSize>
T TakeNumber(Choices& choices, const std::array<T, kSize>& all) {
  return choices.TakeOne(absl::MakeConstSpan(all));
}

// Mostly days around now.
void TakeTime(Choices& choices, google::protobuf::Timestamp* time) {
  const std::uint8_t day = choices.TakeByte();
  if (day == 0xFF) {
    time->set_seconds(choices.TakeInt64());
    time->set_nanos(static_cast<std::int32_t>(choices.TakeInt64()));
    return;
  }
  time->set_seconds(kNow + (std::int64_t{day} - 100) * 20'000);
}

void TakeSubscription(Choices& choices, v1::Subscription* subscription) {
  if (choices.TakeBool()) subscription->set_product_id(TakeId(choices));
  if (choices.TakeBool()) subscription->set_seats(TakeNumber(choices, kQuantities));
  for (std::size_t i = choices.TakeCount(3); i > 0; --i) subscription->add_option_ids(TakeId(choices));
  if (choices.TakeBool()) TakeTime(choices, subscription->mutable_started_at());
  if (choices.TakeBool()) TakeTime(choices, subscription->mutable_changed_at());
  subscription->set_kind_of_use(TakeText(choices, kWords));
  subscription->set_renews_on(TakeText(choices, kDays));
  subscription->set_trial_ends_on(TakeText(choices, kDays));
}

void TakeExposure(Choices& choices, v1::Exposure* exposure) {
  exposure->set_product_id(TakeId(choices));
  exposure->set_intent(static_cast<v1::Intent>(choices.TakeCount(3)));
  exposure->set_event(static_cast<v1::Exposure::Event>(choices.TakeCount(3)));
  TakeTime(choices, exposure->mutable_time());
}

void TakeCustomer(Choices& choices, v1::Customer* customer) {
  for (std::size_t i = choices.TakeCount(3); i > 0; --i) customer->add_owned_product_ids(TakeId(choices));
  for (std::size_t i = choices.TakeCount(6); i > 0; --i) {
    v1::Usage* usage = customer->add_usage();
    usage->set_metric(choices.TakeBool() ? "gb" : TakeText(choices, kWords));
    usage->set_quantity(TakeNumber(choices, kUses));
    usage->set_period(choices.TakeBool() ? "2026-10" : TakeText(choices, kWords));
  }
  if (choices.TakeBool()) TakeSubscription(choices, customer->mutable_subscription());
  if (choices.TakeBool()) customer->set_id(TakeText(choices, kWords));
  for (std::size_t i = choices.TakeCount(2); i > 0; --i) customer->add_segments(TakeText(choices, kWords));
  if (choices.TakeBool()) customer->set_tier(TakeText(choices, kWords));
  if (choices.TakeBool()) customer->set_nps(TakeNumber(choices, kScores));
  if (choices.TakeBool()) customer->set_health(TakeNumber(choices, kScores));
  for (std::size_t i = choices.TakeCount(2); i > 0; --i) customer->add_interests(TakeText(choices, kWords));
  for (std::size_t i = choices.TakeCount(2); i > 0; --i) customer->add_milestones(TakeText(choices, kWords));
  if (choices.TakeBool()) customer->set_birthday(TakeText(choices, kDays));
  for (std::size_t i = choices.TakeCount(6); i > 0; --i) TakeExposure(choices, customer->add_exposures());
}

}  // namespace

std::uint8_t Choices::TakeByte() {
  if (bytes_.empty()) return 0;
  const std::uint8_t byte = bytes_.front();
  bytes_.remove_prefix(1);
  return byte;
}

std::int64_t Choices::TakeInt64() {
  std::uint64_t value = 0;
  for (int i = 0; i < 8; ++i) value = value << 8 | TakeByte();
  return static_cast<std::int64_t>(value);
}

v1::RecommendRequest DrawRequest(Choices& choices) {
  v1::RecommendRequest request;
  request.set_placement(TakeText(choices, kPlacements));
  for (std::size_t i = choices.TakeCount(4); i > 0; --i) request.add_product_ids(TakeId(choices));
  for (std::size_t i = choices.TakeCount(6); i > 0; --i) {
    v1::CartLine* line = request.add_cart();
    line->set_product_id(TakeId(choices));
    if (choices.TakeBool()) line->set_quantity(TakeNumber(choices, kQuantities));
  }
  if (choices.TakeBool()) TakeCustomer(choices, request.mutable_customer());
  request.set_currency_code(TakeText(choices, kCurrencies));
  for (std::size_t i = choices.TakeCount(3); i > 0; --i) request.add_already_shown_ids(TakeId(choices));
  if (choices.TakeBool()) request.set_max_offers_per_slot(TakeNumber(choices, kScores));
  if (choices.TakeBool()) request.set_max_offers(TakeNumber(choices, kScores));
  request.set_explanation(static_cast<v1::RecommendRequest::Explanation>(choices.TakeCount(3)));
  if (choices.TakeBool()) TakeTime(choices, request.mutable_at_time());
  request.set_evidence_only(choices.TakeBool());
  request.set_language_code(TakeText(choices, kLanguages));
  request.set_channel(TakeText(choices, kWords));
  request.set_session_id(TakeText(choices, kWords));
  return request;
}

v1::UpdateProductsRequest DrawUpdates(Choices& choices) {
  v1::UpdateProductsRequest request;
  for (std::size_t i = choices.TakeCount(8); i > 0; --i) {
    v1::ProductUpdate* update = request.add_updates();
    update->set_product_id(TakeId(choices));
    if (choices.TakeBool()) {
      update->mutable_price()->set_currency_code(choices.TakeBool() ? "USD" : TakeText(choices, kCurrencies));
      update->mutable_price()->set_minor_units(TakeNumber(choices, kPrices));
    }
    if (choices.TakeBool()) update->set_stock(TakeNumber(choices, kPrices));
    if (choices.TakeBool()) update->set_visible(choices.TakeBool());
    update->set_sequence(choices.TakeByte());
    update->set_reset(choices.TakeByte() == 1);
  }
  return request;
}

}  // namespace awase::testing
