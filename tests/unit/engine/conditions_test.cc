// Each condition of docs/rules.md, true, false and not known, through everything from the YAML to the rules that apply.

#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "awase/rules/load_rules.h"
#include "engine/context.h"
#include "engine/exclusion_rules.h"
#include "tests/unit/engine/shop.h"

namespace awase::engine {
namespace {

absl::Time At(absl::string_view text) {
  absl::Time time;
  std::string error;
  EXPECT_TRUE(absl::ParseTime(absl::RFC3339_full, text, &time, &error)) << text << error;
  return time;
}

class Conditions : public ::testing::Test {
 protected:
  Conditions() {
    catalog::Product& camera = shop_.model().Add("camera", 50'000);
    camera.category = "Cameras > Compact";
    camera.brand = "Hikari";
    camera.product_type = "camera";
    camera.series = "C";
    camera.tags = {"new", "sale"};
    camera.attributes = {{"spec.colour", "black", std::nullopt}, {"spec.zoom", "10", 10.0}};
    catalog::Product& red = shop_.model().Add("camera-red", 52'000);
    red.parent_id = "camera";
    catalog::Product& film = shop_.model().Add("film", 1'000);
    film.category = "Film";
    film.brand = "Kumo";
    film.author = "Sato";
    shop_.model().Add("tea", 300, "JPY");
    shop_.model().Add("gift", -1);
    shop_.model().Add("x");
    AddPlans();
  }

  void AddPlans() {
    catalog::Product& plan = shop_.model().Add("plan", 1'000);
    plan.family = "storage";
    plan.subscription_interval = "month";
    plan.attributes = {{"fee", "10", 10.0}, {"limit.storage_gb", "200", 200.0}, {"limit.users", "unlimited", {}}};
    catalog::Product& more = shop_.model().Add("more", 500);
    more.subscription_interval = "month";
    more.attributes = {{"fee", "5", 5.0}, {"limit.storage_gb", "200", 200.0}, {"option_of", "plan", {}}};
  }

  // Whether a rule under this condition applies; by the pins that are found, and the products that are hidden.
  bool Holds(const std::string& when, const Request& request, absl::Time now = TestNow()) {
    const std::string yaml = absl::StrCat("rules:\n- {id: r, when: ", when, ", pin: {product: x, slot: also_bought}}\n",
                                          "- {id: s, when: ", when, ", hide: {products: [x]}}\n");
    const std::vector<rules::RuleFile> files = {{"r.yaml", yaml}};
    const rules::LoadResult loaded = rules::LoadRules(files, nullptr);
    if (loaded.rules == nullptr) {
      for (const rules::Diagnostic& diagnostic : loaded.diagnostics) ADD_FAILURE() << diagnostic.ToString();
      return false;
    }
    const auto snapshot = Snapshot::Create(shop_.Snap()->shared_model(), loaded.rules);
    std::vector<std::string> missing_ids;
    const Context context = ResolveContext(*snapshot, request, now, missing_ids);
    const bool is_hidden = HidingRule(context, *snapshot->model().Find("x")) != nullptr;
    // A share of traffic is that of the rule.
    const bool has_share = when.find("share") != std::string::npos;
    EXPECT_TRUE(has_share || !context.pins.empty() == is_hidden) << when;
    return !context.pins.empty();
  }

  bool OnPage(const std::string& when, absl::string_view product) { return Holds(when, PageOf(product)); }

  bool OfCustomer(const std::string& when, const CustomerState& customer, absl::Time now = TestNow()) {
    Request request = PageOf("camera");
    request.customer = customer;
    return Holds(absl::StrCat("{customer: ", when, "}"), request, now);
  }

  Shop shop_;
};

TEST_F(Conditions, AnchorIsOneOfTheProductsOfThePage) {
  EXPECT_TRUE(OnPage("{anchor: {products: [camera]}}", "camera"));
  EXPECT_TRUE(OnPage("{anchor: {products: [gone, film, camera]}}", "camera"));
  EXPECT_FALSE(OnPage("{anchor: {products: [film]}}", "camera"));
  EXPECT_FALSE(OnPage("{anchor: {products: [gone]}}", "camera"));
  EXPECT_FALSE(OnPage("{anchor: {products: [gone]}}", "gone"));
  Request several = PageOf("film");
  several.product_ids.push_back("camera");
  EXPECT_TRUE(Holds("{anchor: {products: [camera]}}", several));
  Request cart = CartOf({"camera"});
  EXPECT_FALSE(Holds("{anchor: {products: [camera]}}", cart));
  cart.product_ids = {"camera"};
  EXPECT_TRUE(Holds("{anchor: {products: [camera]}}", cart));
}

TEST_F(Conditions, AProductStandsForItsVariants) {
  EXPECT_TRUE(OnPage("{anchor: {products: [camera]}}", "camera-red"));
  EXPECT_FALSE(OnPage("{anchor: {products: [camera-red]}}", "camera"));
  EXPECT_TRUE(OnPage("{anchor: {products: [camera], not: {products: [camera-red]}}}", "camera"));
  EXPECT_FALSE(OnPage("{anchor: {products: [camera], not: {products: [camera-red]}}}", "camera-red"));
}

TEST_F(Conditions, SetsAreOfWhatProductsAre) {
  for (const char* yes :
       {"categories: [Cameras]", "categories: [Cameras>Compact]", "brands: [Hikari, Kumo]", "product_types: [camera]",
        "series: [C]", "tags: [sale]", "tags: [old, new]", "attributes: {spec.colour: [black, white]}",
        "attributes: {spec.zoom: [10]}", "price: {at_least: 500 USD, below: 500.01 USD}",
        "brands: [Hikari], tags: [new]", "brands: [Hikari], not: {tags: [used]}",
        "brands: [Hikari], not: {tags: [new], brands: [Kumo]}", "not: {brands: [Kumo]}"}) {
    EXPECT_TRUE(OnPage(absl::StrCat("{anchor: {", yes, "}}"), "camera")) << yes;
  }
  for (const char* no :
       {"categories: [Compact]", "categories: [Cameras > Compact > Zoom]", "categories: [Camera]", "brands: [hikari]",
        "authors: [Sato]", "tags: [ne]", "tags: [\"new \"]", "attributes: {spec.colour: [white]}",
        "attributes: {spec.size: [black]}", "attributes: {spec.colour: [black], spec.zoom: [5]}",
        "price: {below: 500 USD}", "price: {at_least: 1 EUR}", "brands: [Hikari], tags: [used]",
        "brands: [Hikari], not: {tags: [new]}", "not: {brands: [Hikari]}"}) {
    EXPECT_FALSE(OnPage(absl::StrCat("{anchor: {", no, "}}"), "camera")) << no;
  }
  EXPECT_FALSE(OnPage("{anchor: {price: {at_least: 0 USD}}}", "gift"));
  EXPECT_FALSE(OnPage("{anchor: {not: {brands: [Hikari]}}}", "gone"));
}

TEST_F(Conditions, CartContainsAndLacks) {
  Request request = PageOf("camera");
  EXPECT_FALSE(Holds("{cart: {contains: {brands: [Kumo]}}}", request));
  EXPECT_TRUE(Holds("{cart: {lacks: {brands: [Kumo]}}}", request));
  request.cart = {{"film", 2}, {"gone", 5}};
  EXPECT_TRUE(Holds("{cart: {contains: {brands: [Kumo]}}}", request));
  EXPECT_FALSE(Holds("{cart: {lacks: {brands: [Kumo]}}}", request));
  EXPECT_TRUE(Holds("{cart: {contains: {brands: [Kumo]}, lacks: {brands: [Hikari]}}}", request));
}

TEST_F(Conditions, QuantityIsOfAllPiecesOrOfThoseContained) {
  Request request = PageOf("camera");
  EXPECT_TRUE(Holds("{cart: {quantity: {below: 1}}}", request));
  request.cart = {{"film", 2}, {"tea", 1}, {"film", 1}, {"gone", 5}};
  EXPECT_TRUE(Holds("{cart: {quantity: {at_least: 9, below: 10}}}", request));
  EXPECT_FALSE(Holds("{cart: {quantity: {at_least: 10}}}", request));
  EXPECT_TRUE(Holds("{cart: {contains: {brands: [Kumo]}, quantity: {at_least: 3}}}", request));
  EXPECT_FALSE(Holds("{cart: {contains: {brands: [Kumo]}, quantity: {at_least: 4}}}", request));
  EXPECT_FALSE(Holds("{cart: {contains: {brands: [Kumo]}, quantity: {below: 3}}}", request));
}

TEST_F(Conditions, TotalIsOfTheRequestsCurrency) {
  Request request = PageOf("camera");
  request.cart = {{"film", 3}, {"tea", 100}, {"gift", 1}, {"gone", 1}};
  EXPECT_TRUE(Holds("{cart: {total: {at_least: 30 USD, below: 30.01 USD}}}", request));
  EXPECT_FALSE(Holds("{cart: {total: {below: 30 USD}}}", request));
  EXPECT_FALSE(Holds("{cart: {total: {at_least: 1 JPY}}}", request));
  request.currency = Currency("JPY");
  EXPECT_TRUE(Holds("{cart: {total: {at_least: 30000 JPY, below: 30001 JPY}}}", request));
  EXPECT_FALSE(Holds("{cart: {total: {at_least: 0 USD}}}", request));
  EXPECT_FALSE(Holds("{cart: {total: {below: 30 USD}}}", PageOf("gone")));
  EXPECT_TRUE(Holds("{cart: {total: {below: 30 USD}}}", PageOf("camera")));
}

TEST_F(Conditions, TotalsDoNotOverflow) {
  shop_.model().Add("palace", std::numeric_limits<std::int64_t>::max());
  Request request = PageOf("camera");
  for (int i = 0; i < 500; ++i) request.cart.push_back({"palace", 1'000'000});
  EXPECT_TRUE(Holds("{cart: {total: {at_least: 1000000 USD}}}", request));
  EXPECT_FALSE(Holds("{cart: {total: {below: 92233720368547758.07 USD}}}", request));
}

TEST_F(Conditions, SegmentsTiersInterests) {
  CustomerState customer;
  EXPECT_FALSE(OfCustomer("{segments: [vip]}", customer));
  EXPECT_TRUE(OfCustomer("{lacks_segments: [vip]}", customer));
  EXPECT_FALSE(OfCustomer("{tiers: [gold]}", customer));
  EXPECT_FALSE(OfCustomer("{interests: [tea]}", customer));
  customer = {.segments = {"new", "vip"}, .tier = "gold", .interests = {"Film"}};
  EXPECT_TRUE(OfCustomer("{segments: [vip, staff]}", customer));
  EXPECT_FALSE(OfCustomer("{segments: [staff]}", customer));
  EXPECT_FALSE(OfCustomer("{lacks_segments: [staff, new]}", customer));
  EXPECT_TRUE(OfCustomer("{tiers: [silver, gold]}", customer));
  EXPECT_FALSE(OfCustomer("{tiers: [silver]}", customer));
  EXPECT_TRUE(OfCustomer("{interests: [Film, Tea]}", customer));
  EXPECT_FALSE(OfCustomer("{interests: [film]}", customer));
}

TEST_F(Conditions, ScoresAreNotKnownUnlessSaid) {
  CustomerState customer;
  EXPECT_FALSE(OfCustomer("{nps: {at_least: 0}}", customer));
  EXPECT_FALSE(OfCustomer("{health: {at_most: 100}}", customer));
  customer.nps = 0;
  customer.health = 80;
  EXPECT_TRUE(OfCustomer("{nps: {at_least: 0}}", customer));
  EXPECT_TRUE(OfCustomer("{nps: {at_most: 6}}", customer));
  EXPECT_FALSE(OfCustomer("{nps: {at_least: 9}}", customer));
  EXPECT_TRUE(OfCustomer("{health: {at_least: 80, at_most: 80}}", customer));
  EXPECT_FALSE(OfCustomer("{health: {at_least: 81}}", customer));
}

TEST_F(Conditions, OwnedProductsAreThoseThatTheModelKnows) {
  CustomerState customer;
  EXPECT_FALSE(OfCustomer("{owns: {brands: [Kumo]}}", customer));
  EXPECT_TRUE(OfCustomer("{lacks: {brands: [Kumo]}}", customer));
  customer.owned_product_ids = {"gone", "camera-red", "film"};
  EXPECT_TRUE(OfCustomer("{owns: {brands: [Kumo]}}", customer));
  EXPECT_FALSE(OfCustomer("{lacks: {brands: [Kumo]}}", customer));
  EXPECT_TRUE(OfCustomer("{owns: {products: [camera]}}", customer));
  EXPECT_FALSE(OfCustomer("{owns: {products: [gone]}}", customer));
  EXPECT_TRUE(OfCustomer("{owns: {products: [film]}, lacks: {products: [tea]}}", customer));
}

TEST_F(Conditions, MilestonesAreReachedOrNot) {
  CustomerState customer;
  EXPECT_FALSE(OfCustomer("{milestones: [setup]}", customer));
  EXPECT_TRUE(OfCustomer("{milestones_missing: [setup]}", customer));
  customer.milestones = {"setup", "first_order"};
  EXPECT_TRUE(OfCustomer("{milestones: [first_order, setup]}", customer));
  EXPECT_FALSE(OfCustomer("{milestones: [first_order, setup, review]}", customer));
  EXPECT_FALSE(OfCustomer("{milestones_missing: [first_order, setup]}", customer));
  EXPECT_TRUE(OfCustomer("{milestones_missing: [setup, review]}", customer));
}

TEST_F(Conditions, BirthdayMonthIsOfTheRulesZone) {
  CustomerState customer;
  const absl::Time turn = At("2026-06-30T20:00:00Z");  // July in Tokyo
  EXPECT_FALSE(OfCustomer("{birthday_month: true}", customer, turn));
  customer.birthday = MonthDay{7, 31};
  EXPECT_FALSE(OfCustomer("{birthday_month: true}", customer, turn));
  Request request = PageOf("camera");
  request.customer = customer;
  EXPECT_TRUE(Holds("{customer: {birthday_month: true}, time_zone: Asia/Tokyo}", request, turn));
}

TEST_F(Conditions, DaysToADateAreOfTheCalendar) {
  CustomerState customer;
  const absl::Time now = At("2026-11-23T23:30:00Z");
  EXPECT_FALSE(OfCustomer("{days_to_renewal: {at_most: 30}}", customer, now));
  customer.subscription.emplace();
  EXPECT_FALSE(OfCustomer("{days_to_renewal: {at_most: 30}}", customer, now));
  customer.subscription->renews_on = absl::CivilDay(2026, 12, 23);
  customer.subscription->trial_ends_on = absl::CivilDay(2026, 11, 22);
  EXPECT_TRUE(OfCustomer("{days_to_renewal: {at_most: 30}}", customer, now));
  EXPECT_TRUE(OfCustomer("{days_to_renewal: {at_least: 30}}", customer, now));
  EXPECT_FALSE(OfCustomer("{days_to_renewal: {at_most: 29}}", customer, now));
  EXPECT_FALSE(OfCustomer("{days_to_trial_end: {at_most: 3}}", customer, now)) << "it has passed";
  EXPECT_TRUE(OfCustomer("{days_to_trial_end: {at_least: -1, at_most: 3}}", customer, now));
  Request request = PageOf("camera");
  request.customer = customer;
  EXPECT_TRUE(Holds("{customer: {days_to_renewal: {at_most: 29}}, time_zone: Asia/Tokyo}", request, now));
}

TEST_F(Conditions, UsageIsAPartOfWhatPlanAndOptionsInclude) {
  Request request = PageOf("plan");
  const std::string nearly = "{customer: {usage: {metric: storage_gb, of_limit: {at_least: 80%}}}}";
  EXPECT_FALSE(Holds(nearly, request));
  request.customer.usage = {{"storage_gb", {160 * plans::kMicrosPerUnit}, "2026-10"}};
  EXPECT_TRUE(Holds(nearly, request));
  EXPECT_FALSE(Holds("{customer: {usage: {metric: storage_gb, of_limit: {below: 80%}}}}", request));
  request.customer.usage = {{"storage_gb", {plans::kMicrosPerUnit * 160 - 1}, "2026-10"}};
  EXPECT_FALSE(Holds(nearly, request));
  EXPECT_TRUE(Holds("{customer: {usage: {metric: storage_gb, of_limit: {at_least: 79.9999%, below: 80%}}}}", request));
  request.customer.usage = {{"storage_gb", {250 * plans::kMicrosPerUnit}, "2026-10"},
                            {"users", {plans::kMicrosPerUnit}, "2026-10"}};
  EXPECT_TRUE(Holds("{customer: {usage: {metric: storage_gb, of_limit: {at_least: 125%}}}}", request));
  EXPECT_FALSE(Holds("{customer: {usage: {metric: users, of_limit: {below: 100%}}}}", request)) << "unlimited";
  request.customer.subscription = SubscriptionState{.option_ids = {"more"}};
  EXPECT_FALSE(Holds(nearly, request)) << "250 of 400";
  request.customer.subscription = SubscriptionState{.option_ids = {"mroe"}};
  EXPECT_FALSE(Holds(nearly, request)) << "an option that is not known";
  request = PageOf("camera");
  request.customer.usage = {{"storage_gb", {200 * plans::kMicrosPerUnit}, "2026-10"}};
  EXPECT_FALSE(Holds(nearly, request)) << "no plan";
  request.customer.subscription = SubscriptionState{.product_id = "plan"};
  EXPECT_TRUE(Holds(nearly, request));
}

TEST_F(Conditions, EveryYearIsOfTheZonesCalendar) {
  const std::string summer = "{every_year: {from: 07-01, until: 09-01}, time_zone: Asia/Tokyo}";
  EXPECT_FALSE(Holds(summer, PageOf("camera"), At("2026-07-01T00:00:00+10:00")));
  EXPECT_TRUE(Holds(summer, PageOf("camera"), At("2026-07-01T00:00:00+09:00")));
  EXPECT_TRUE(Holds(summer, PageOf("camera"), At("2030-08-31T23:59:59+09:00")));
  EXPECT_FALSE(Holds(summer, PageOf("camera"), At("2030-09-01T00:00:00+09:00")));
}

// By the clock on the wall: at the beginning of summer time 02:30 does not come, at its end 01:30 comes twice.
TEST_F(Conditions, HoursFollowDaylightSaving) {
  const std::string gone = "{hours: {from: 02:15, until: 02:45}, time_zone: America/New_York}";
  const std::string twice = "{hours: {from: 01:15, until: 01:45}, time_zone: America/New_York}";
  const auto minutes = [this](const std::string& when, absl::Time from, int hours) {
    int count = 0;
    for (int minute = 0; minute < hours * 60; minute += 15) {
      count += Holds(when, PageOf("camera"), from + absl::Minutes(minute)) ? 15 : 0;
    }
    return count;
  };
  EXPECT_EQ(minutes(gone, At("2026-03-07T00:00:00-05:00"), 24), 30);
  EXPECT_EQ(minutes(gone, At("2026-03-08T00:00:00-05:00"), 23), 0);
  EXPECT_EQ(minutes(twice, At("2026-10-31T00:00:00-04:00"), 24), 30);
  EXPECT_EQ(minutes(twice, At("2026-11-01T00:00:00-04:00"), 25), 60);
}

TEST_F(Conditions, HoursOverMidnight) {
  const std::string night = "{hours: {from: 22:00, until: 02:00, days: [fri]}, time_zone: Asia/Tokyo}";
  EXPECT_TRUE(Holds(night, PageOf("camera"), At("2026-07-10T22:00:00+09:00")));
  EXPECT_TRUE(Holds(night, PageOf("camera"), At("2026-07-11T01:59:59+09:00")));
  EXPECT_FALSE(Holds(night, PageOf("camera"), At("2026-07-11T02:00:00+09:00")));
  EXPECT_FALSE(Holds(night, PageOf("camera"), At("2026-07-10T01:00:00+09:00")));
}

TEST_F(Conditions, ChannelsAreNotKnownUnlessSaid) {
  Request request = PageOf("camera");
  EXPECT_FALSE(Holds("{channels: [app]}", request));
  request.channel = "app";
  EXPECT_TRUE(Holds("{channels: [web, app]}", request));
  EXPECT_FALSE(Holds("{channels: [web]}", request));
}

TEST_F(Conditions, TrafficIsTheSameForACustomerWhateverTheSession) {
  Request request = PageOf("camera");
  EXPECT_FALSE(Holds("{traffic: {share: 100%}}", request)) << "nobody is known";
  request.session_id = "s";
  EXPECT_TRUE(Holds("{traffic: {share: 100%}}", request));
  int with_half = 0;
  for (int i = 0; i < 200; ++i) {
    request.customer.id = absl::StrCat("customer-", i);
    request.session_id = "one";
    const bool one = Holds("{traffic: {share: 50%, salt: a}}", request);
    request.session_id = "two";
    EXPECT_EQ(Holds("{traffic: {share: 50%, salt: a}}", request), one);
    with_half += one ? 1 : 0;
    // A smaller share of one salt is part of a larger one.
    EXPECT_TRUE(one || !Holds("{traffic: {share: 20%, salt: a}}", request));
    EXPECT_EQ(one, rules::TrafficPart("a", request.customer.id) < rules::kWhole / 2);
  }
  EXPECT_NEAR(with_half, 100, 40);
}

TEST_F(Conditions, OfOneRuleMustAllHold) {
  Request request = PageOf("camera");
  request.channel = "app";
  request.customer.nps = 9;
  EXPECT_TRUE(Holds("{anchor: {brands: [Hikari]}, channels: [app], customer: {nps: {at_least: 9}}}", request));
  EXPECT_FALSE(Holds("{anchor: {brands: [Kumo]}, channels: [app], customer: {nps: {at_least: 9}}}", request));
  EXPECT_FALSE(Holds("{anchor: {brands: [Hikari]}, channels: [web], customer: {nps: {at_least: 9}}}", request));
  EXPECT_FALSE(Holds("{anchor: {brands: [Hikari]}, channels: [app], customer: {nps: {at_least: 10}}}", request));
}

TEST_F(Conditions, RulesOfEveryActionHaveThem) {
  const std::string yaml =
      "rules:\n"
      "- {id: kit, when: {channels: [app]}, bundle: {products: [x, film]}}\n"
      "- {id: step, when: {channels: [app]}, rung: {products: [film, camera], author: T}}\n"
      "- {id: never, when: {channels: [web]}, rung: {products: [film, camera], author: T, forbid: true}}\n";
  const std::vector<rules::RuleFile> files = {{"r.yaml", yaml}};
  shop_.model().AddRung("film", "camera", kUp);
  const auto snapshot = Snapshot::Create(shop_.Snap()->shared_model(), rules::LoadRules(files, nullptr).rules);
  Request request = PageOf("film");
  const auto rule_of = [](const Slot& slot) {
    const bool any = !slot.offers.empty() && !slot.offers.front().reason.rule_ids.empty();
    return any ? slot.offers.front().reason.rule_ids.front() : std::string();
  };
  AWASE_ASSERT_OK_AND_ASSIGN(const Answer neither, Recommend(*snapshot, request, TestNow()));
  EXPECT_EQ(rule_of(SlotOf(neither, "bundle")), "");
  EXPECT_EQ(SlotOf(neither, "higher").offers.size(), 1U);
  EXPECT_EQ(rule_of(SlotOf(neither, "higher")), "");
  request.channel = "app";
  AWASE_ASSERT_OK_AND_ASSIGN(const Answer app, Recommend(*snapshot, request, TestNow()));
  EXPECT_EQ(rule_of(SlotOf(app, "bundle")), "kit");
  EXPECT_EQ(rule_of(SlotOf(app, "higher")), "step");
  request.channel = "web";
  AWASE_ASSERT_OK_AND_ASSIGN(const Answer web, Recommend(*snapshot, request, TestNow()));
  EXPECT_EQ(SlotOf(web, "higher").offers.size(), 0U);
}

}  // namespace
}  // namespace awase::engine
