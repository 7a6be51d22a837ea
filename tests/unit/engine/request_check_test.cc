#include "engine/request_check.h"

#include "engine/placements.h"
#include "tests/unit/engine/shop.h"

namespace awase::engine {
namespace {

using ::testing::HasSubstr;

auto IsRefused(absl::string_view what) {
  return testing::StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(std::string(what)));
}

TEST(RequestCheck, PassesAnOrdinaryRequest) {
  Request request = PageOf("camera");
  request.cart.push_back({"film", 1'000'000});
  request.max_offers_per_slot = 50;
  AWASE_EXPECT_OK(CheckRequest(request));
}

TEST(RequestCheck, AnUnknownPlacementListsTheKnownOnes) {
  Request request = PageOf("camera");
  request.placement = "landing_page";
  EXPECT_THAT(CheckRequest(request), IsRefused("request.placement: \"landing_page\" is not a placement: want one of "
                                               "product_page, cart, checkout, post_purchase, mail, plan_page, renewal, "
                                               "trial_end, usage_alert"));
}

TEST(RequestCheck, APlacementAboutAProductNeedsOne) {
  for (const Placement& placement : AllPlacements()) {
    Request request;
    request.placement = std::string(placement.name);
    if (placement.needs_product) {
      EXPECT_THAT(CheckRequest(request), IsRefused("request.product_ids: empty")) << placement.name;
    } else {
      AWASE_EXPECT_OK(CheckRequest(request)) << placement.name;
    }
  }
}

TEST(RequestCheck, ListsAreBounded) {
  Request request = PageOf("a");
  request.product_ids.assign(101, "a");
  EXPECT_THAT(CheckRequest(request), IsRefused("request.product_ids: 101 entries: want at most 100"));
  request = PageOf("a");
  request.cart.assign(501, {"a", 1});
  EXPECT_THAT(CheckRequest(request), IsRefused("request.cart: 501 entries: want at most 500"));
  request = PageOf("a");
  request.customer.owned_product_ids.assign(10'001, "a");
  EXPECT_THAT(CheckRequest(request), IsRefused("request.customer.owned_product_ids: 10001 entries"));
  request = PageOf("a");
  request.already_shown_ids.assign(10'001, "a");
  EXPECT_THAT(CheckRequest(request), IsRefused("request.already_shown_ids: 10001 entries"));
}

TEST(RequestCheck, IdsAreBounded) {
  Request request = PageOf("a");
  request.product_ids.push_back(std::string(10'241, 'x'));
  EXPECT_THAT(CheckRequest(request), IsRefused("request.product_ids[1]: an id of 10241 bytes: want 1 to 10240"));
  request.product_ids.back().pop_back();
  AWASE_EXPECT_OK(CheckRequest(request));
  request.cart = {{"", 1}};
  EXPECT_THAT(CheckRequest(request), IsRefused("request.cart[0].product_id: an id of 0 bytes"));
}

TEST(RequestCheck, QuantitiesAreBounded) {
  Request request = PageOf("a");
  request.cart = {{"a", 1}, {"b", 1}, {"c", 1}, {"d", -1}};
  EXPECT_THAT(CheckRequest(request), IsRefused("request.cart[3].quantity: -1 is not a quantity: want 1 to 1,000,000"));
  request.cart[3].quantity = 0;
  EXPECT_THAT(CheckRequest(request), IsRefused("request.cart[3].quantity: 0"));
  request.cart[3].quantity = 1'000'001;
  EXPECT_THAT(CheckRequest(request), IsRefused("request.cart[3].quantity: 1000001"));
}

TEST(RequestCheck, OffersPerSlotAreBounded) {
  Request request = PageOf("a");
  for (const std::uint32_t count : {0U, 51U}) {
    request.max_offers_per_slot = count;
    EXPECT_THAT(CheckRequest(request), IsRefused("request.max_offers_per_slot"));
  }
}

TEST(RequestCheck, UsageIsBounded) {
  Request request = PageOf("a");
  const auto record = [](std::string metric, std::int64_t micros, std::string period) {
    return plans::UsageRecord{std::move(metric), {micros}, std::move(period)};
  };
  request.customer.usage = {record("gb", 0, "2026-10"), record("gb", plans::kMostQuantity.micros, "2026-11")};
  AWASE_EXPECT_OK(CheckRequest(request));
  request.customer.usage[1].quantity.micros = -1;
  EXPECT_THAT(CheckRequest(request), IsRefused("request.customer.usage[1].quantity: out of range"));
  request.customer.usage[1] = record("", 1, "2026-11");
  EXPECT_THAT(CheckRequest(request), IsRefused("request.customer.usage[1].metric: a name of 0 bytes"));
  request.customer.usage[1] = record("gb", 1, std::string(101, 'x'));
  EXPECT_THAT(CheckRequest(request), IsRefused("request.customer.usage[1].period: a name of 101 bytes"));
  request.customer.usage.assign(10'001, record("gb", 1, "2026-11"));
  EXPECT_THAT(CheckRequest(request), IsRefused("request.customer.usage: 10001 entries: want at most 10000"));
  request.customer.usage.clear();
  for (int i = 0; i < 401; ++i) request.customer.usage.push_back(record("gb", 1, std::to_string(i)));
  EXPECT_THAT(CheckRequest(request), IsRefused("401 different periods: want at most 400"));
  for (int i = 0; i < 401; ++i) request.customer.usage[static_cast<std::size_t>(i)] = record(std::to_string(i), 1, "p");
  EXPECT_THAT(CheckRequest(request), IsRefused("401 different metrics: want at most 50"));
}

TEST(RequestCheck, ASubscriptionIsBounded) {
  Request request = PageOf("a");
  SubscriptionState& subscription = request.customer.subscription.emplace();
  AWASE_EXPECT_OK(CheckRequest(request));
  subscription.seats = 0;
  EXPECT_THAT(CheckRequest(request), IsRefused("request.customer.subscription.seats: 0 is out of range"));
  subscription.seats = 1'000'000;
  subscription.option_ids = {"b", ""};
  EXPECT_THAT(CheckRequest(request), IsRefused("request.customer.subscription.option_ids[1]: an id of 0 bytes"));
  subscription.option_ids.assign(101, "b");
  EXPECT_THAT(CheckRequest(request), IsRefused("request.customer.subscription.option_ids: 101 entries"));
  subscription.option_ids.clear();
  subscription.kind_of_use = std::string(101, 'x');
  EXPECT_THAT(CheckRequest(request), IsRefused("request.customer.subscription.kind_of_use: a name of 101 bytes"));
  subscription.kind_of_use.clear();
  subscription.product_id = std::string(10'241, 'x');
  EXPECT_THAT(CheckRequest(request), IsRefused("request.customer.subscription.product_id: an id of 10241 bytes"));
}

TEST(CheckRequest, ALanguageIsATagOrNothing) {
  Request request;
  request.product_ids = {"a"};
  for (const char* good : {"", "ja", "en-US", "zh-Hant-TW"}) {
    request.language_code = good;
    EXPECT_TRUE(CheckRequest(request).ok()) << good;
  }
  for (const std::string& bad : {std::string("日本語"), std::string("en US"), std::string(36, 'a')}) {
    request.language_code = bad;
    EXPECT_THAT(CheckRequest(request),
                testing::StatusIs(absl::StatusCode::kInvalidArgument, ::testing::HasSubstr("request.language_code")));
  }
}

}  // namespace
}  // namespace awase::engine
