#include "awase/whatif/sample.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tests/unit/engine/shop.h"

namespace awase::whatif {
namespace {

using engine::TestNow;

// 60 products with lists, of falling numbers of orders, 20 without, one hidden, one plan.
class Sample : public ::testing::Test {
 protected:
  Sample() {
    for (int i = 0; i < 60; ++i) {
      shop_.model().Add(absl::StrCat("p", i), 1000);
      shop_.model().SetUnits(engine::kTogether, absl::StrCat("p", i), static_cast<std::uint32_t>(6000 / (i + 1)));
    }
    for (int i = 0; i < 20; ++i) {
      shop_.model().Add(absl::StrCat("new", i), 1000);
      shop_.model().SetUnits(engine::kTogether, absl::StrCat("new", i), 0);
    }
    shop_.model().Add("hidden", 1000).visible = false;
    shop_.model().Add("plan", 1000).subscription_interval = "month";
    for (int i = 0; i + 1 < 60; ++i) {
      shop_.model().Relate(engine::kTogether, absl::StrCat("p", i), absl::StrCat("p", i + 1), {.together = 5});
    }
    shop_.model().Relate(engine::kTogether, "p59", "p0", {.together = 5});
  }

  std::vector<ReplayedRequest> Draw(std::size_t size, std::uint64_t seed = 1) {
    const auto after = engine::Snapshot::Create(shop_.Snap()->shared_model(),
                                                std::make_shared<rules::RuleSet>(shop_.rules()), placements_);
    const auto before = after->WithRules(std::make_shared<rules::RuleSet>(before_));
    return GenerateSample(*before, *after, {.size = size, .seed = seed, .now = now_});
  }
  static std::string ProductOf(const ReplayedRequest& asked) {
    return asked.request.product_ids.empty() ? asked.request.cart[0].product_id : asked.request.product_ids[0];
  }

  absl::Time now_ = TestNow();
  engine::Shop shop_;
  rules::RuleSet before_{"before", {}};
  std::shared_ptr<const engine::PlacementTable> placements_ = engine::PlacementTable::BuiltIn();
};

std::string Written(const std::vector<ReplayedRequest>& requests) {
  std::string text;
  for (const ReplayedRequest& asked : requests) {
    absl::StrAppend(&text, asked.request.placement, " ", absl::StrJoin(asked.request.product_ids, ","));
    for (const engine::CartLine& line : asked.request.cart) absl::StrAppend(&text, " ", line.product_id);
    absl::StrAppend(&text, " ", absl::ToUnixSeconds(asked.time), " ", asked.weight, "\n");
  }
  return text;
}

TEST_F(Sample, IsTheSameForTheSameSeedAndAnotherForAnother) {
  EXPECT_EQ(Written(Draw(200)), Written(Draw(200)));
  EXPECT_NE(Written(Draw(200, 1)), Written(Draw(200, 2)));
}

TEST_F(Sample, HasEveryProductThatARuleNamesNowOrWhenItBegins) {
  rules::Rule old;
  old.id = "old";
  old.action = rules::Hide{{"p40"}, {"p41"}};
  before_.rules.push_back(old);
  shop_.AddRule("future", rules::Pin{"p50", "also_bought", 1, {"new3"}}).from = TestNow() + absl::Hours(100);
  shop_.AddRule("past", rules::Rung{{"p20", "gone", "p21"}, "a", "", false}).until = TestNow() - absl::Hours(100);
  std::map<std::string, std::set<absl::Time>> times;
  for (const ReplayedRequest& asked : Draw(100)) times[ProductOf(asked)].insert(asked.time);
  for (const char* id : {"p40", "p41", "p50", "new3", "p20", "p21"}) EXPECT_TRUE(times.contains(id)) << id;
  EXPECT_TRUE(times["p50"].contains(TestNow() + absl::Hours(100)));
  for (const auto& [id, asked] : times) EXPECT_GE(*asked.begin(), TestNow()) << "nobody will see the past";
}

TEST_F(Sample, HasEnoughInTheCartForADiscount) {
  rules::Discount discount;
  discount.terms.terms =
      pricing::QuantityTerms{.tiers = {{3, pricing::PercentOff{500}}, {5, pricing::PercentOff{900}}}};
  discount.takes.emplace_back().in.products = {"p30"};
  shop_.AddRule("five", discount);
  const auto draw = Draw(100);
  EXPECT_TRUE(std::any_of(draw.begin(), draw.end(), [](const ReplayedRequest& asked) {
    return !asked.request.cart.empty() && asked.request.cart[0].product_id == "p30" &&
           asked.request.cart[0].quantity == 5;
  }));
}

TEST_F(Sample, IsLargerThanAskedForRatherThanWithoutANamedProduct) {
  std::vector<std::string> many;
  for (int i = 0; i < 30; ++i) many.push_back(absl::StrCat("p", i));
  shop_.AddRule("many", rules::Hide{many, {}});
  EXPECT_EQ(Draw(10).size(), 30u);
}

TEST_F(Sample, SharesWhatIsLeftAmongTheStrata) {
  std::map<std::string, int> of_product;
  for (const ReplayedRequest& asked : Draw(400)) ++of_product[ProductOf(asked)];
  int head = 0;
  int without_lists = of_product["plan"];
  for (int i = 0; i < 3; ++i) head += of_product[absl::StrCat("p", i)];
  for (int i = 0; i < 20; ++i) without_lists += of_product[absl::StrCat("new", i)];
  EXPECT_GE(head, 90) << "a third of the orders is with the first few products";
  EXPECT_EQ(without_lists, 100);
  EXPECT_EQ(of_product["hidden"], 0);
}

TEST_F(Sample, WeighsStrataByTheirOrders) {
  std::uint64_t weight = 0;
  std::uint64_t weight_without_lists = 0;
  for (const ReplayedRequest& asked : Draw(400)) {
    weight += asked.weight;
    if (ProductOf(asked).starts_with("new")) weight_without_lists += asked.weight;
  }
  std::uint64_t orders = 0;
  for (int i = 0; i < 60; ++i) orders += static_cast<std::uint64_t>(6000 / (i + 1));
  EXPECT_NEAR(static_cast<double>(weight), static_cast<double>(orders), 0.05 * static_cast<double>(orders));
  EXPECT_LE(weight_without_lists, 100u);
}

TEST_F(Sample, IsAnsweredByTheEngine) {
  shop_.AddRule("dated", rules::Hide{{"p1", "plan"}, {}}).from = TestNow() + absl::Hours(1);
  const auto snapshot = shop_.Snap();
  std::set<std::string> placements;
  bool at_a_moment = false;
  for (const ReplayedRequest& asked : Draw(600)) {
    placements.insert(asked.request.placement);
    at_a_moment = at_a_moment || asked.time != TestNow();
    EXPECT_TRUE(engine::Recommend(*snapshot, asked.request, asked.time).ok()) << asked.request.placement;
  }
  EXPECT_TRUE(at_a_moment);
  EXPECT_GE(placements.size(), 5u);
}

TEST_F(Sample, AsksPlacementsOfTheShopsOwn) {
  engine::Placement home = *placements_->Find("cart");
  home.name = "app_home";
  placements_ = engine::PlacementTable::With({home});
  std::size_t asked_home = 0;
  for (const ReplayedRequest& asked : Draw(400)) {
    if (asked.request.placement != "app_home") continue;
    ++asked_home;
    EXPECT_FALSE(asked.request.cart.empty()) << "it is like a cart";
  }
  EXPECT_GT(asked_home, 10u);
}

TEST_F(Sample, AsksNoPlacementThatNobodyCanName) {
  shop_.AddRule("elsewhere", rules::Hide{{"p1", "p2"}, {}}).placements = {"product_pages"};
  std::set<std::string> products;
  for (const ReplayedRequest& asked : Draw(100)) {
    EXPECT_NE(asked.request.placement, "product_pages");
    products.insert(ProductOf(asked));
  }
  EXPECT_TRUE(products.contains("p1"));
}

TEST_F(Sample, AsksAPlacementForPlansAboutAnyProductWhereARuleNamesIt) {
  const auto has_other_products = [&](const std::string& placement) {
    return std::ranges::any_of(Draw(600), [&](const ReplayedRequest& asked) {
      return asked.request.placement == placement && ProductOf(asked) != "plan";
    });
  };
  EXPECT_FALSE(has_other_products("renewal"));
  shop_.AddRule("gate", rules::Gate{{"cross_sell"}, false, ""}).placements = {"renewal"};
  EXPECT_TRUE(has_other_products("renewal"));
  EXPECT_FALSE(has_other_products("trial_end"));
}

// What a rule on each placement for plans may ask for.
TEST_F(Sample, SaysOfSubscribersWhatRulesAskForWherePlansAreAdvised) {
  for (const char* id : {"saas", "drive"}) {
    catalog::Product& plan = shop_.model().Add(id, 1000);
    plan.subscription_interval = "month";
    plan.attributes = {{"fee", "10"}, {"limit.storage_gb", "50"}};
  }
  rules::Condition renews;
  renews.customer.days_to_renewal = rules::Range{0, 3};
  shop_.AddRule("renews", rules::Hide{{"saas"}, {}}).when = renews;
  shop_.rules().rules.back().placements = {"renewal"};
  rules::Condition trial;
  trial.customer.days_to_trial_end = rules::Range{20, 30};
  shop_.AddRule("trial", rules::Hide{{"saas"}, {}}).when = trial;
  shop_.rules().rules.back().placements = {"trial_end"};
  rules::Condition full;
  full.customer.usage = rules::UsageCondition{"storage_gb", rules::Range{rules::kWhole * 99 / 100, rules::kWhole}};
  rules::Gate closed{{"cross_sell"}, false, ""};
  shop_.AddRule("full", closed).when = full;
  shop_.rules().rules.back().placements = {"usage_alert"};

  const absl::CivilDay today = absl::ToCivilDay(TestNow(), absl::UTCTimeZone());
  bool renews_soon = false;
  bool trial_ends = false;
  bool is_full = false;
  const auto snapshot = shop_.Snap();
  for (const ReplayedRequest& asked : Draw(2000)) {
    AWASE_EXPECT_OK(engine::Recommend(*snapshot, asked.request, asked.time).status());
    const auto& subscription = asked.request.customer.subscription;
    if (!subscription.has_value()) continue;
    EXPECT_EQ(subscription->product_id, ProductOf(asked));
    renews_soon = renews_soon || subscription->renews_on <= today + 3;
    trial_ends = trial_ends || (subscription->trial_ends_on.has_value() && *subscription->trial_ends_on == today + 20);
    for (const plans::UsageRecord& use : asked.request.customer.usage) {
      is_full = is_full || (use.metric == "storage_gb" && use.quantity.micros == 49'500'000);
    }
  }
  EXPECT_TRUE(renews_soon);
  EXPECT_TRUE(trial_ends);
  EXPECT_TRUE(is_full);
}

// Where the date is another one than that of UTC.
TEST_F(Sample, CountsDaysInTheTimeZoneOfTheRule) {
  catalog::Product& plan = shop_.model().Add("saas", 1000);
  plan.subscription_interval = "month";
  plan.attributes = {{"fee", "10"}, {"limit.storage_gb", "50"}};
  const auto fires = [&](const char* zone, absl::Duration hour, auto asked_days) {
    rules::Condition when;
    EXPECT_TRUE(absl::LoadTimeZone(zone, &when.time_zone)) << zone;
    when.customer.*asked_days = rules::Range{20, 20};
    shop_.rules().rules.clear();
    shop_.AddRule("soon", rules::Gate{{"up_sell"}, false, ""}).when = when;
    now_ = absl::FromCivil(absl::CivilDay(2026, 7, 15), absl::UTCTimeZone()) + hour;
    return std::ranges::any_of(Draw(4000), [&](const ReplayedRequest& asked) {
      const engine::Answer answer = shop_.Ask(asked.request, asked.time);
      return std::ranges::any_of(answer.restraint.intents, [](const auto& gate) { return gate.rule_id == "soon"; });
    });
  };
  for (const auto days : {&rules::CustomerCondition::days_to_renewal, &rules::CustomerCondition::days_to_trial_end}) {
    EXPECT_TRUE(fires("America/Los_Angeles", absl::Hours(3), days));
    EXPECT_TRUE(fires("Asia/Tokyo", absl::Hours(16), days));
    EXPECT_TRUE(fires("UTC", absl::Hours(16), days));
  }
}

TEST_F(Sample, OfAShopWithoutOrdersIsStillOne) {
  engine::Shop empty;
  empty.model().Add("only", 1000);
  const auto snapshot = empty.Snap();
  EXPECT_EQ(GenerateSample(*snapshot, *snapshot, {.size = 10, .now = TestNow()}).size(), 10u);
}

}  // namespace
}  // namespace awase::whatif
