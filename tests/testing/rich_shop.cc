#include "tests/testing/rich_shop.h"

#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "awase/base/money.h"

namespace awase::testing {
namespace {

using ladder::Direction;
using ladder::Grade;
using ladder::RungEvidence;
using ladder::StepKind;
using relations::EntryClass;
using relations::EntrySource;
using relations::RelationKind;

constexpr std::array<absl::string_view, 26> kIds = {
    "cam",  "cam-b", "cam-w", "mini", "pro", "max", "film", "film3", "film-s", "case", "bag",  "tripod", "old",
    "gone", "eur",   "free",  "np",   "p1",  "p2",  "p3",   "py",    "opt",    "opt2", "rare", "none",   "a"};

constexpr absl::string_view kRules = R"(
rules:
- {id: set, bundle: {products: [cam, film, case], price: 500.00 USD, least_margin: 15%, text: For the first day}}
- {id: menu, bundle: {any_of: [{products: [mini, cam]}, {matching: {product_types: [film]}}, {products: [bag,
    case]}], percent: 10%}}
- {id: hide, when: {channels: [app]}, hide: {products: [bag]}}
- {id: hide-set, placements: [cart], hide: {matching: {brands: [Kumo], not: {tags: [kept]}}, anchors: [cam]}}
- {id: pin, pin: {product: tripod, slot: also_bought, position: 2, anchors: [cam, mini]}}
- {id: pin-up, when: {customer: {nps: {at_least: 9}}}, pin: {product: max, slot: higher}}
- {id: line, rung: {products: [mini, cam, pro, max], author: Tanaka}}
- {id: step, priority: 5, rung: {products: [pro, max], author: Sato, text: Twice the picture}}
- {id: no-step, placements: [renewal], rung: {products: [p1, p3], author: Sato, forbid: true}}
- {id: boost, when: {customer: {segments: [s]}}, boost: {matching: {brands: [Hikari]}, by: 1000}}
- {id: bury, bury: {matching: {tags: [often_returned]}, by: 2.5}}
- {id: last, placements: [cart], bury: {products: [case]}}
- {id: fits, when: {anchor: {product_types: [lens]}}, require: {same: [spec.mount, brand]}}
- {id: own, when: {channels: [web]}, require: {matching: {brands: [Hikari]}, slots: [also_bought, higher]}}
- {id: apart, do_not_associate: {these: {products: [tripod]}, with: {products: [mini]}}}
- {id: rivals, when: {customer: {tiers: [t]}}, do_not_associate: {these: {brands: [Kumo, Hikari]}}}
- {id: seats, quota: {matching: {brands: [Kumo]}, at_least: 1}}
- {id: band, placements: [checkout], price_band: {of_cart: {below: 50%}, price: {below: 60.00 USD}}}
- {id: proportion, price_band: {of_anchor: {below: 1000%}, slots: [bundle, also_bought, higher]}}
- {id: films, discount: {quantity: {products: [film, film3], tiers: [{from: 3, percent: 10%}, {from: 10,
    percent: 15%}]}, rounding: {step: 0.05 USD}, text: Films}}
- id: with-camera
  discount: {set: {parts: [{matching: {categories: [Cameras]}, reduced: 0}, {matching: {product_types: [case]}}],
      percent: 50%}, on_top: true}
- {id: any-3, priority: 2, discount: {set: {parts: [{products: [film, film3, bag], count: 3}], price: 10.00 USD,
    most: 4}}}
- {id: off, when: {customer: {tiers: [gold]}}, discount: {basket: {tiers: [{from: 50.00 USD, amount: 5.00 USD},
    {from: 100.00 USD, amount: 15.00 USD}]}, on_top: true, below_cost: true}}
- {id: better, discount: {step_up: {products: [pro, max], amount: 30.00 USD}}}
- {id: shipping, benefit: {free_shipping: true, above: 50.00 USD}}
- {id: points, benefit: {points: {factor: 3}}}
- {id: coupon, placements: [post_purchase], benefit: {coupon: {code: THANKS}}}
- {id: gift, benefit: {gift: {product: film}, above: 1000.00 USD}}
- {id: two, cap: {per: brand, at_most: 2}}
- {id: one, cap: {matching: {tags: [often_returned]}, at_most: 1, slots: [also_bought, higher]}}
- {id: nagging, cap: {intents: [up_sell], at_most: 2, within: 7d}}
- {id: each, cap: {at_most: 1, within: 30d}}
- {id: no-means-no, cap: {at_most: 0, after: dismissed, within: 60d}}
- {id: rest, cap: {intents: [cross_sell], matching: {categories: [Cameras]}, at_most: 0, after: bought, within: 12h}}
- {id: gold, priority: 10, when: {customer: {tiers: [gold]}}, gate: {intents: [up_sell, cross_sell], open: true}}
- {id: first, when: {customer: {milestones_missing: [m]}, traffic: {share: 50%}}, gate: {intents: [cross_sell],
    closed: true, text: Not yet}}
- {id: stop, priority: 100, when: {customer: {segments: [trade]}}, stop: {actions: [pin, bundle, discount]}}
- id: much
  when:
    anchor: {attributes: {spec.colour: [black]}, price: {below: 900.00 USD}}
    cart: {contains: {product_types: [film]}, lacks: {products: [bag]}, total: {at_least: 1.00 USD},
           quantity: {below: 50}}
    customer: {lacks_segments: [x], health: {at_least: 1}, interests: [i], owns: {products: [np, old]},
               lacks: {products: [max]}, milestones: [m]}
    every_year: {from: 12-20, until: 12-07}
    hours: {from: "22:00", until: "21:00", days: [mon, tue, wed, thu, fri, sat, sun]}
    time_zone: Asia/Tokyo
  pin: {product: rare, slot: also_bought}
- {id: born, when: {customer: {birthday_month: true}, time_zone: Europe/Berlin},
   pin: {product: free, slot: also_bought, position: 50}}
- {id: ends, when: {customer: {days_to_renewal: {at_most: 30}, days_to_trial_end: {at_least: -5}}},
   pin: {product: p3, slot: higher}}
- {id: full, when: {customer: {usage: {metric: gb, of_limit: {at_least: 80%}}}}, pin: {product: opt, slot: also_bought}}
)";

void AddCameras(ModelBuilder& shop) {
  catalog::Product& camera = shop.Add("cam", 50'000);
  camera.title = "Camera";
  camera.category = "Cameras > Compact";
  camera.product_type = "camera";
  camera.brand = "Hikari";
  camera.cost = Money{20'000, camera.price->currency};
  camera.url = "https://shop.example/cam";
  camera.image_url = "https://shop.example/cam.jpg";
  camera.attributes = {{"spec.colour", "black", {}}, {"spec.mount", "A", {}}, {"spec.pixels", "24", 24.0}};
  for (const char* id : {"cam-b", "cam-w"}) {
    catalog::Product& variant = shop.Add(id, 50'000);
    variant.product_type = "camera";
    variant.parent_id = "cam";
  }
  shop.SetPopularity("cam-w", 3);
  std::int64_t price = 30'000;
  for (const auto& [id, pixels] : {std::pair("mini", 12), std::pair("pro", 45), std::pair("max", 60)}) {
    catalog::Product& product = shop.Add(id, price);
    product.category = "Cameras > Compact";
    product.product_type = "camera";
    product.brand = price == 30'000 ? "Kumo" : "Hikari";
    product.attributes = {{"spec.mount", "B", {}},
                          {"spec.pixels", std::to_string(pixels), static_cast<double>(pixels)}};
    price += 40'000;
  }
  RungEvidence better;
  better.gained_specs = 4;
  better.given_up_specs = 2;
  better.upgrades = 30;
  better.moved_up_low = 0.5F;
  better.strength_gap = 1;
  better.flags = ladder::kBehaviour;
  shop.AddRung("cam", "mini", Direction::kLower);
  shop.AddRung("cam", "pro", Direction::kHigher, 1, Grade::kCertified, better);
  shop.AddRung("cam", "max", Direction::kHigher, 2, Grade::kStatistical, better);
  shop.AddRung("mini", "cam", Direction::kHigher);
  shop.AddRung("pro", "max", Direction::kHigher, 1, Grade::kWeak);
}

void AddSupplies(ModelBuilder& shop) {
  catalog::Product& film = shop.Add("film", 1'000);
  film.product_type = "film";
  film.brand = "Kumo";
  film.pack_quantity = 36;
  film.pack_unit = "piece";
  catalog::Product& films = shop.Add("film3", 2'700);
  films.product_type = "film";
  films.brand = "Kumo";
  films.pack_quantity = 108;
  films.pack_unit = "piece";
  films.tags = {"often_returned"};
  catalog::Product& subscribed = shop.Add("film-s", 900);
  subscribed.product_type = "film";
  subscribed.brand = "Kumo";
  subscribed.pack_quantity = 36;
  subscribed.pack_unit = "piece";
  subscribed.subscription_interval = "month";
  RungEvidence pack;
  pack.kind = StepKind::kPack;
  pack.content_ratio = 3;
  RungEvidence subscription;
  subscription.kind = StepKind::kSubscription;
  subscription.content_ratio = 1;
  shop.AddRung("film", "film3", Direction::kHigher, 1, Grade::kAsserted, pack);
  shop.AddRung("film", "film-s", Direction::kHigher, 2, Grade::kAsserted, subscription);
  for (const auto& [id, price] : {std::pair("case", 2'000), std::pair("bag", 5'000), std::pair("tripod", 9'000)}) {
    catalog::Product& product = shop.Add(id, price);
    product.product_type = id;
    product.tags = {"kept", id};
    product.cost = Money{price / 2, product.price->currency};
  }
  shop.Add("old", 1'500).visible = false;
  shop.Add("gone", 1'500).stock = 0;
  shop.Add("eur", 1'500, "EUR");
  shop.Add("free", 0);
  shop.Add("np", -1);
  shop.Add("rare", 700).series = "Rare";
}

void AddPlans(ModelBuilder& shop) {
  std::int64_t price = 1'000;
  for (const auto& [id, limit] : {std::pair("p1", "10"), std::pair("p2", "100"), std::pair("p3", "unlimited")}) {
    catalog::Product& plan = shop.Add(id, price);
    plan.family = "Plans";
    plan.subscription_interval = "month";
    plan.attributes = {{"fee_per_seat", "1.50", 1.5},
                       {"limit.gb", limit, {}},
                       {"limit.seats", "50", 50.0},
                       {"overage.gb", "0.03/1 exact", {}},
                       {"perk.lounge", price > 1'000 ? "yes" : "no", {}}};
    price += 2'000;
  }
  catalog::Product& yearly = shop.Add("py", 20'000);
  yearly.family = "Plans";
  yearly.subscription_interval = "year";
  yearly.attributes = {{"limit.gb", "500", 500.0}};
  for (const auto& [id, gigabytes] : {std::pair("opt", "20"), std::pair("opt2", "7")}) {
    catalog::Product& option = shop.Add(id, 500);
    option.subscription_interval = "month";
    option.attributes = {{"limit.gb", gigabytes, {}}, {"option_of", "p1,p2", {}}};
  }
  shop.AddRung("p1", "p2", Direction::kHigher);
  shop.AddRung("p2", "p1", Direction::kLower);
}

void RelateProducts(ModelBuilder& shop) {
  for (const RelationKind kind : {RelationKind::kBoughtTogether, RelationKind::kAlsoBought}) {
    shop.Relate(kind, "cam", "film", {.together = 60});
    shop.Relate(kind, "cam", "case", {.together = 50, .entry_class = EntryClass::kComplement});
    shop.Relate(kind, "cam", "bag", {.together = 40});
    shop.Relate(kind, "cam", "mini", {.together = 30, .entry_class = EntryClass::kSubstitute});
    shop.Relate(kind, "cam", "film3", {.together = 20, .entry_class = EntryClass::kMultiPack});
    for (const char* id : {"old", "gone", "eur", "free", "np", "p1"}) shop.Relate(kind, "cam", id, {.together = 12});
    shop.Relate(kind, "cam", "tripod", {.together = 1, .score = 2, .claim = false});
    shop.Relate(kind, "cam", "rare", {.together = 0, .score = 1, .claim = false, .source = EntrySource::kSeries});
    shop.Relate(kind, "film", "cam", {.together = 60});
    shop.Relate(kind, "film", "case", {.together = 30});
    shop.Relate(kind, "case", "film", {.together = 30});
    shop.Relate(kind, "case", "bag", {.together = 25, .claim = false});
    shop.Relate(kind, "mini", "case", {.together = 15});
    shop.Relate(kind, "p1", "opt", {.together = 15});
  }
  shop.Relate(RelationKind::kBoughtAfter, "cam", "film");
  shop.SetUnitsAsOther(RelationKind::kBoughtAfter, "film", 70);
  shop.Relate(RelationKind::kViewedTogether, "cam", "mini");
  shop.Relate(RelationKind::kViewedBought, "mini", "cam");
  shop.SetUnitsAsOther(RelationKind::kViewedBought, "cam", 70);
  shop.WeighForCarts("cam", "bag", 0.5F);
  shop.WeighForCarts("cam", "case", 0.25F);
  shop.WeighForCarts("film", "case", 0.25F);
  shop.WeighForCarts("film", "bag", -0.125F);
  shop.SetCartBaseline("case", 0.5F);
  shop.SetPeriod({1'700'000'000'000'000, 1'710'000'000'000'000});
}

}  // namespace

ModelBuilder RichShop() {
  ModelBuilder shop;
  AddCameras(shop);
  AddSupplies(shop);
  AddPlans(shop);
  RelateProducts(shop);
  return shop;
}

absl::Span<const absl::string_view> RichShopIds() { return kIds; }

absl::string_view RichShopRules() { return kRules; }

live::LiveTable RichShopLiveValues(const artefact::Model& model) {
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  const CurrencyCode usd = *CurrencyCode::Parse("USD");
  std::vector<live::LiveChange> changes;
  const auto change = [&](absl::string_view id, const live::LiveValues& values) {
    changes.push_back({*model.Find(id), values});
  };
  change("pro", {.price = Money{kMost, usd}, .stock = kMost});
  change("case", {.price = Money{kMost, usd}});
  change("bag", {.price = Money{kMost / 2, usd}});
  change("film3", {.price = Money{4'000'000'000'000'000'000, usd}});
  change("film", {.price = Money{1, usd}});
  change("p2", {.price = Money{kMost, usd}});
  change("p3", {.stock = 0});
  change("old", {.visible = true});
  change("gone", {.stock = 1});
  return live::LiveTable(model.product_count()).With(changes);
}

}  // namespace awase::testing
