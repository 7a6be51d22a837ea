#include "engine/request_check.h"

#include "awase/engine/placements.h"
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
  AWASE_EXPECT_OK(CheckRequest(request, *PlacementTable::BuiltIn()));
}

TEST(RequestCheck, AnUnknownPlacementListsTheKnownOnes) {
  Request request = PageOf("camera");
  request.placement = "landing_page";
  EXPECT_THAT(CheckRequest(request, *PlacementTable::BuiltIn()),
              IsRefused("request.placement: \"landing_page\" is not a placement: want one of "
                        "product_page, cart, checkout, post_purchase, mail, plan_page, renewal, "
                        "trial_end, usage_alert"));
}

TEST(RequestCheck, APlacementAboutAProductNeedsOne) {
  for (const Placement& placement : PlacementTable::BuiltIn()->all()) {
    Request request;
    request.placement = std::string(placement.name);
    if (placement.needs_product) {
      EXPECT_THAT(CheckRequest(request, *PlacementTable::BuiltIn()), IsRefused("request.product_ids: empty"))
          << placement.name;
    } else {
      AWASE_EXPECT_OK(CheckRequest(request, *PlacementTable::BuiltIn())) << placement.name;
    }
  }
}

TEST(RequestCheck, ListsAreBounded) {
  Request request = PageOf("a");
  request.product_ids.assign(101, "a");
  EXPECT_THAT(CheckRequest(request, *PlacementTable::BuiltIn()),
              IsRefused("request.product_ids: 101 entries: want at most 100"));
  request = PageOf("a");
  request.cart.assign(501, {"a", 1});
  EXPECT_THAT(CheckRequest(request, *PlacementTable::BuiltIn()),
              IsRefused("request.cart: 501 entries: want at most 500"));
  request = PageOf("a");
  request.customer.owned_product_ids.assign(10'001, "a");
  EXPECT_THAT(CheckRequest(request, *PlacementTable::BuiltIn()),
              IsRefused("request.customer.owned_product_ids: 10001 entries"));
  request = PageOf("a");
  request.already_shown_ids.assign(10'001, "a");
  EXPECT_THAT(CheckRequest(request, *PlacementTable::BuiltIn()), IsRefused("request.already_shown_ids: 10001 entries"));
}

TEST(RequestCheck, IdsAreBounded) {
  Request request = PageOf("a");
  request.product_ids.push_back(std::string(10'241, 'x'));
  EXPECT_THAT(CheckRequest(request, *PlacementTable::BuiltIn()),
              IsRefused("request.product_ids[1]: an id of 10241 bytes: want 1 to 10240"));
  request.product_ids.back().pop_back();
  AWASE_EXPECT_OK(CheckRequest(request, *PlacementTable::BuiltIn()));
  request.cart = {{"", 1}};
  EXPECT_THAT(CheckRequest(request, *PlacementTable::BuiltIn()),
              IsRefused("request.cart[0].product_id: an id of 0 bytes"));
}

TEST(RequestCheck, QuantitiesAreBounded) {
  Request request = PageOf("a");
  request.cart = {{"a", 1}, {"b", 1}, {"c", 1}, {"d", -1}};
  EXPECT_THAT(CheckRequest(request, *PlacementTable::BuiltIn()),
              IsRefused("request.cart[3].quantity: -1 is not a quantity: want 1 to 1,000,000"));
  request.cart[3].quantity = 0;
  EXPECT_THAT(CheckRequest(request, *PlacementTable::BuiltIn()), IsRefused("request.cart[3].quantity: 0"));
  request.cart[3].quantity = 1'000'001;
  EXPECT_THAT(CheckRequest(request, *PlacementTable::BuiltIn()), IsRefused("request.cart[3].quantity: 1000001"));
}

TEST(RequestCheck, OffersOfTheAnswerAreBounded) {
  Request request = PageOf("a");
  for (const std::uint32_t good : {1U, 200U}) {
    request.max_offers = good;
    AWASE_EXPECT_OK(CheckRequest(request, *PlacementTable::BuiltIn()));
  }
  for (const std::uint32_t bad : {0U, 201U}) {
    request.max_offers = bad;
    EXPECT_THAT(CheckRequest(request, *PlacementTable::BuiltIn()), IsRefused("request.max_offers: "));
  }
}

TEST(RequestCheck, OffersPerSlotAreBounded) {
  Request request = PageOf("a");
  for (const std::uint32_t count : {0U, 51U}) {
    request.max_offers_per_slot = count;
    EXPECT_THAT(CheckRequest(request, *PlacementTable::BuiltIn()), IsRefused("request.max_offers_per_slot"));
  }
}

TEST(RequestCheck, UsageIsBounded) {
  Request request = PageOf("a");
  const auto record = [](std::string metric, std::int64_t micros, std::string period) {
    return plans::UsageRecord{std::move(metric), {micros}, std::move(period)};
  };
  request.customer.usage = {record("gb", 0, "2026-10"), record("gb", plans::kMostQuantity.micros, "2026-11")};
  AWASE_EXPECT_OK(CheckRequest(request, *PlacementTable::BuiltIn()));
  request.customer.usage[1].quantity.micros = -1;
  EXPECT_THAT(CheckRequest(request, *PlacementTable::BuiltIn()),
              IsRefused("request.customer.usage[1].quantity: out of range"));
  request.customer.usage[1] = record("", 1, "2026-11");
  EXPECT_THAT(CheckRequest(request, *PlacementTable::BuiltIn()),
              IsRefused("request.customer.usage[1].metric: missing: want what was used"));
  request.customer.usage[1] = record("gb", 1, std::string(101, 'x'));
  EXPECT_THAT(CheckRequest(request, *PlacementTable::BuiltIn()),
              IsRefused("request.customer.usage[1].period: a name of 101 bytes"));
  request.customer.usage.assign(10'001, record("gb", 1, "2026-11"));
  EXPECT_THAT(CheckRequest(request, *PlacementTable::BuiltIn()),
              IsRefused("request.customer.usage: 10001 entries: want at most 10000"));
  request.customer.usage.clear();
  for (int i = 0; i < 401; ++i) request.customer.usage.push_back(record("gb", 1, std::to_string(i)));
  EXPECT_THAT(CheckRequest(request, *PlacementTable::BuiltIn()), IsRefused("401 different periods: want at most 400"));
  for (int i = 0; i < 401; ++i) request.customer.usage[static_cast<std::size_t>(i)] = record(std::to_string(i), 1, "p");
  EXPECT_THAT(CheckRequest(request, *PlacementTable::BuiltIn()), IsRefused("401 different metrics: want at most 50"));
}

TEST(RequestCheck, ASubscriptionIsBounded) {
  Request request = PageOf("a");
  SubscriptionState& subscription = request.customer.subscription.emplace();
  AWASE_EXPECT_OK(CheckRequest(request, *PlacementTable::BuiltIn()));
  subscription.seats = 0;
  EXPECT_THAT(CheckRequest(request, *PlacementTable::BuiltIn()),
              IsRefused("request.customer.subscription.seats: 0 is out of range"));
  subscription.seats = 1'000'000;
  subscription.option_ids = {"b", ""};
  EXPECT_THAT(CheckRequest(request, *PlacementTable::BuiltIn()),
              IsRefused("request.customer.subscription.option_ids[1]: an id of 0 bytes"));
  subscription.option_ids.assign(101, "b");
  EXPECT_THAT(CheckRequest(request, *PlacementTable::BuiltIn()),
              IsRefused("request.customer.subscription.option_ids: 101 entries"));
  subscription.option_ids.clear();
  subscription.kind_of_use = std::string(101, 'x');
  EXPECT_THAT(CheckRequest(request, *PlacementTable::BuiltIn()),
              IsRefused("request.customer.subscription.kind_of_use: a name of 101 bytes"));
  subscription.kind_of_use.clear();
  subscription.product_id = std::string(10'241, 'x');
  EXPECT_THAT(CheckRequest(request, *PlacementTable::BuiltIn()),
              IsRefused("request.customer.subscription.product_id: an id of 10241 bytes"));
}

TEST(RequestCheck, WhatIsKnownOfTheCustomerIsBounded) {
  Request request = PageOf("a");
  CustomerState& customer = request.customer;
  customer.nps = 10;
  customer.health = 100;
  customer.segments.assign(1'000, "vip");
  AWASE_EXPECT_OK(CheckRequest(request, *PlacementTable::BuiltIn()));
  customer.nps = 11;
  EXPECT_THAT(CheckRequest(request, *PlacementTable::BuiltIn()),
              IsRefused("request.customer.nps: 11 is out of range: want 0 to 10"));
  customer.nps = 0;
  customer.health = 101;
  EXPECT_THAT(CheckRequest(request, *PlacementTable::BuiltIn()),
              IsRefused("request.customer.health: 101 is out of range: want 0 to 100"));
  customer.health.reset();
  customer.segments.push_back("vip");
  EXPECT_THAT(CheckRequest(request, *PlacementTable::BuiltIn()),
              IsRefused("request.customer.segments: 1001 entries: want at most 1000"));
  customer.segments.clear();
  customer.exposures.assign(10'000, {"x", std::nullopt, ExposureEvent::kBought, TestNow()});
  EXPECT_TRUE(CheckRequest(request, *PlacementTable::BuiltIn()).ok());
  customer.exposures[1].event = ExposureEvent::kDismissed;
  EXPECT_THAT(CheckRequest(request, *PlacementTable::BuiltIn()),
              IsRefused("request.customer.exposures[1].intent: missing: want that of the offer"));
  customer.exposures[1] = {"", Intent::kUpSell, ExposureEvent::kShown, TestNow()};
  EXPECT_THAT(CheckRequest(request, *PlacementTable::BuiltIn()),
              IsRefused("request.customer.exposures[1].product_id: an id of 0 bytes"));
  customer.exposures.resize(10'001);
  EXPECT_THAT(CheckRequest(request, *PlacementTable::BuiltIn()),
              IsRefused("request.customer.exposures: 10001 entries: want at most 10000"));
  customer.exposures.clear();
  customer.interests = {"tea", ""};
  EXPECT_THAT(CheckRequest(request, *PlacementTable::BuiltIn()),
              IsRefused("request.customer.interests[1]: a text of 0 bytes: want 1 to 1000"));
  customer.interests.clear();
  customer.milestones = {std::string(1'001, 'x')};
  EXPECT_THAT(CheckRequest(request, *PlacementTable::BuiltIn()),
              IsRefused("request.customer.milestones[0]: a text of 1001 bytes"));
  customer.milestones.clear();
  customer.tier = std::string(1'001, 'x');
  EXPECT_THAT(CheckRequest(request, *PlacementTable::BuiltIn()),
              IsRefused("request.customer.tier: a text of 1001 bytes"));
  customer.tier.clear();
  customer.id = std::string(10'241, 'x');
  EXPECT_THAT(CheckRequest(request, *PlacementTable::BuiltIn()),
              IsRefused("request.customer.id: an id of 10241 bytes"));
  customer.id.clear();
  request.session_id = std::string(10'241, 'x');
  EXPECT_THAT(CheckRequest(request, *PlacementTable::BuiltIn()), IsRefused("request.session_id: an id of 10241 bytes"));
}

TEST(RequestCheck, AChannelIsANameOrNothing) {
  Request request = PageOf("a");
  for (const std::string& good : {std::string(), std::string("app"), std::string("store_2"), std::string(64, 'a')}) {
    request.channel = good;
    AWASE_EXPECT_OK(CheckRequest(request, *PlacementTable::BuiltIn()));
  }
  for (const std::string& bad : {std::string("App"), std::string("2go"), std::string("my app"), std::string(65, 'a')}) {
    request.channel = bad;
    EXPECT_THAT(CheckRequest(request, *PlacementTable::BuiltIn()), IsRefused("request.channel"));
  }
}

TEST(CheckRequest, ALanguageIsATagOrNothing) {
  Request request;
  request.product_ids = {"a"};
  for (const char* good : {"", "ja", "en-US", "zh-Hant-TW"}) {
    request.language_code = good;
    EXPECT_TRUE(CheckRequest(request, *PlacementTable::BuiltIn()).ok()) << good;
  }
  for (const std::string& bad : {std::string("日本語"), std::string("en US"), std::string(36, 'a')}) {
    request.language_code = bad;
    EXPECT_THAT(CheckRequest(request, *PlacementTable::BuiltIn()),
                testing::StatusIs(absl::StatusCode::kInvalidArgument, ::testing::HasSubstr("request.language_code")));
  }
}

}  // namespace
}  // namespace awase::engine
