// A model with live values against a version that was written with these values: the answers are the same to the byte,
// whatever the rules ask of prices. Lists and ladders, which a training would learn anew, are the same in both.

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "awase/engine/recommend.h"
#include "awase/live/live_table.h"
#include "awase/rules/load_rules.h"
#include "awase/service/respond.h"
#include "gtest/gtest.h"
#include "tests/testing/model_builder.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase {
namespace {

using relations::RelationKind;

constexpr int kShops = 25;
constexpr int kRequestsPerShop = 40;
constexpr int kProducts = 16;
constexpr int kPlans = 4;  // the last ones

constexpr char kRules[] = R"(
rules:
- {id: apart, do_not_associate: {these: {price: {below: 3.00 USD}}, with: {products: [p05]}}}
- {id: band, placements: [product_page, mail], price_band: {of_anchor: {below: 300%}}}
- {id: band-cart, placements: [cart], price_band: {of_cart: {below: 150%}, price: {below: 9.00 USD}}}
- {id: cap, cap: {matching: {price: {at_least: 4.00 USD}}, at_most: 2}}
- {id: cheap-first, boost: {matching: {price: {below: 5.00 USD}}, by: 2}}
- {id: dear-last, bury: {matching: {price: {at_least: 8.00 USD}}, by: 2}}
- {id: five-off, discount: {basket: {tiers: [{from: 10.00 USD, amount: 1.00 USD}]}, on_top: true}}
- {id: gift, benefit: {gift: {product: p03}}}
- {id: hide, hide: {matching: {price: {at_least: 9.50 USD}}}}
- {id: kit, bundle: {products: [p00, p01, p02], price: 9.00 USD}}
- {id: menu, bundle: {any_of: [{products: [p04]}, {products: [p05, p06, p07]}], percent: 10%}}
- {id: line, rung: {products: [p00, p03, p06, p09], author: Sato}}
- {id: pin, pin: {product: p02, slot: also_bought, position: 2}}
- {id: pin-higher, pin: {product: p07, slot: higher, position: 1}}
- {id: quota, quota: {matching: {price: {below: 4.00 USD}}, at_least: 2}}
- {id: shipping, benefit: {free_shipping: true, above: 20.00 USD}}
- {id: step-up, discount: {step_up: {products: [p06, p08, p10], amount: 0.50 USD}}}
- {id: three, discount: {quantity: {matching: {price: {at_least: 2.00 USD}}, tiers: [{from: 2, percent: 10%}]}}}
)";

std::string Id(int product) { return absl::StrCat("p", product < 10 ? "0" : "", product); }

// Draws the same for the same seed.
class Dice {
 public:
  explicit Dice(std::uint32_t seed) : random_(seed) {}
  int Below(int bound) { return static_cast<int>(random_() % static_cast<std::uint32_t>(bound)); }
  bool OneIn(int times) { return Below(times) == 0; }
  std::string AnyId() { return Id(Below(kProducts)); }

 private:
  std::mt19937 random_;
};

struct Values {
  std::optional<Money> price;
  std::optional<std::int64_t> stock;
  bool visible = true;
};

Money AnyPrice(Dice& dice) { return {50 + dice.Below(1000), *CurrencyCode::Parse(dice.OneIn(12) ? "EUR" : "USD")}; }

// Prices, stock and visibility, and what has become of them.
struct ShopValues {
  explicit ShopValues(Dice& dice) : trained(kProducts), live(kProducts) {
    for (int i = 0; i < kProducts; ++i) {
      Values& values = trained[static_cast<std::size_t>(i)];
      if (!dice.OneIn(8)) values.price = AnyPrice(dice);
      if (dice.OneIn(2)) values.stock = dice.Below(3);
      values.visible = !dice.OneIn(8);
      live::LiveValues& changed = live[static_cast<std::size_t>(i)];
      if (dice.OneIn(2)) changed.price = AnyPrice(dice);
      if (dice.OneIn(3)) changed.stock = dice.Below(3);
      if (dice.OneIn(4)) changed.visible = !dice.OneIn(3);
    }
  }

  std::vector<Values> Now() const {
    std::vector<Values> now = trained;
    for (std::size_t i = 0; i < now.size(); ++i) {
      if (live[i].price.has_value()) now[i].price = live[i].price;
      if (live[i].stock.has_value()) now[i].stock = live[i].stock;
      if (live[i].visible.has_value()) now[i].visible = *live[i].visible;
    }
    return now;
  }

  std::vector<Values> trained;
  std::vector<live::LiveValues> live;
};

void AddProduct(int i, const Values& values, Dice& dice, testing::ModelBuilder& builder) {
  catalog::Product& product = builder.Add(Id(i));
  product.price = values.price;
  product.stock = values.stock;
  product.visible = values.visible;
  if (i >= kProducts - kPlans) {
    product.family = "storage";
    product.subscription_interval = "month";
    product.attributes = {{"limit.storage_gb", absl::StrCat(100 * (1 + i - (kProducts - kPlans))), std::nullopt}};
    return;
  }
  if (!dice.OneIn(3)) product.product_type = absl::StrCat("type", dice.Below(4));
  if (i % 4 == 3 && dice.OneIn(2)) product.parent_id = Id(i - 1);
  product.attributes = {{"spec.size", absl::StrCat(dice.Below(5)), std::nullopt}};
}

void AddLists(int i, Dice& dice, testing::ModelBuilder& builder) {
  for (const RelationKind kind : {RelationKind::kBoughtTogether, RelationKind::kAlsoBought}) {
    for (int other = 0; other < kProducts; ++other) {
      const int together = 1 + dice.Below(20);
      const bool is_claim = dice.OneIn(2);
      if (other == i || other % 4 == 3 || dice.OneIn(3)) continue;
      builder.Relate(kind, Id(i), Id(other), {.together = static_cast<std::uint32_t>(together), .claim = is_claim});
    }
  }
}

// The same but for the values, for the same seed.
std::shared_ptr<const engine::Snapshot> MakeShop(std::uint32_t seed, const std::vector<Values>& values,
                                                 const std::string& directory) {
  Dice dice(seed);
  testing::ModelBuilder builder;
  for (int i = 0; i < kProducts; ++i) AddProduct(i, values[static_cast<std::size_t>(i)], dice, builder);
  for (int i = 0; i < kProducts; ++i) {
    if (i % 4 != 3) AddLists(i, dice, builder);
    for (const ladder::Direction direction : {ladder::Direction::kLower, ladder::Direction::kHigher}) {
      const int other = (i + 1 + dice.Below(kProducts - 1)) % kProducts;
      builder.AddRung(Id(i), Id(other), direction);
    }
  }
  auto model = builder.Build(directory);
  EXPECT_TRUE(model.ok()) << model.status();
  rules::LoadResult rules = rules::LoadRules({{"rules.yaml", kRules}}, nullptr, absl::UnixEpoch());
  EXPECT_NE(rules.rules, nullptr) << rules.ToString();
  if (!model.ok() || rules.rules == nullptr) return nullptr;
  return engine::Snapshot::Create(*std::move(model), std::move(rules.rules));
}

v1::RecommendRequest AnyRequest(Dice& dice) {
  v1::RecommendRequest request;
  request.set_placement(
      std::string(engine::PlacementTable::BuiltIn()->all()[static_cast<std::size_t>(dice.Below(9))].name));
  request.add_product_ids(dice.OneIn(4) ? Id(kProducts - 1 - dice.Below(kPlans)) : dice.AnyId());
  for (int i = dice.Below(4); i > 0; --i) {
    v1::CartLine* line = request.add_cart();
    line->set_product_id(dice.AnyId());
    line->set_quantity(1 + dice.Below(3));
  }
  if (dice.OneIn(2)) {
    v1::Usage* usage = request.mutable_customer()->add_usage();
    usage->set_metric("storage_gb");
    usage->set_quantity(50 + dice.Below(400));
    usage->set_period("2025-06");
  }
  if (dice.OneIn(5)) request.set_currency_code("EUR");
  request.set_explanation(dice.OneIn(2) ? v1::RecommendRequest::TRACE : v1::RecommendRequest::REASON);
  return request;
}

std::string Answer(const engine::Snapshot& snapshot, const v1::RecommendRequest& request) {
  v1::RecommendResponse response;
  const absl::Status status =
      service::Respond(snapshot, nullptr, request, absl::FromUnixSeconds(1'751'371'200), &response);
  EXPECT_TRUE(status.ok()) << status;
  response.clear_model_version();
  return response.DebugString();
}

TEST(LiveValuesDifferential, AnswersAreThoseOfAVersionWithTheseValues) {
  const testing::TempDir dir;
  int different_from_trained = 0;
  for (std::uint32_t seed = 1; seed <= kShops; ++seed) {
    SCOPED_TRACE(absl::StrCat("shop ", seed));
    Dice dice(1000 + seed);
    const ShopValues values(dice);
    const auto trained = MakeShop(seed, values.trained, dir.path());
    const auto expected = MakeShop(seed, values.Now(), dir.path());
    ASSERT_TRUE(trained != nullptr && expected != nullptr);
    std::vector<live::LiveChange> changes;
    for (int i = 0; i < kProducts; ++i) {
      changes.push_back({*trained->model().Find(Id(i)), values.live[static_cast<std::size_t>(i)]});
    }
    const auto actual = trained->WithLive(live::LiveTable(kProducts).With(changes));
    for (int i = 0; i < kRequestsPerShop; ++i) {
      SCOPED_TRACE(absl::StrCat("request ", i));
      const v1::RecommendRequest request = AnyRequest(dice);
      const std::string answer = Answer(*actual, request);
      ASSERT_EQ(answer, Answer(*expected, request)) << request.DebugString();
      if (answer != Answer(*trained, request)) ++different_from_trained;
    }
  }
  EXPECT_GT(different_from_trained, kShops * kRequestsPerShop / 2) << "the values matter";
}

}  // namespace
}  // namespace awase
