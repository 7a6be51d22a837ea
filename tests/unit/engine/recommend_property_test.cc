#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "awase/engine/placements.h"
#include "awase/engine/recommend.h"
#include "tests/unit/engine/shop.h"

// Random shops, rules and requests; what must hold of every answer is checked against the shop as it was made, not
// against the engine's own helpers. Seeds are fixed and named by SCOPED_TRACE.

namespace awase::engine {
namespace {

constexpr int kShops = 40;
constexpr int kRequestsPerShop = 60;
constexpr int kProducts = 14;

class RandomShop {
 public:
  explicit RandomShop(std::uint32_t seed) : random_(seed) {
    for (int i = 0; i < kProducts; ++i) AddProduct(i);
    for (int i = 0; i < kProducts; ++i) {
      if (parents_[static_cast<std::size_t>(i)].empty()) AddLists(i);
      AddRungs(i);
    }
    for (int i = Below(5); i > 0; --i) AddHide();
    for (int i = Below(4); i > 0; --i) AddPin();
    for (int i = Below(4); i > 0; --i) AddBundle();
    for (int i = Below(6); i > 0; --i) AddRungRule();
  }

  Shop& shop() { return shop_; }
  const catalog::Product& product(const std::string& id) const { return products_.at(id); }
  std::string RootOf(const std::string& id) const {
    const std::string& parent = product(id).parent_id;
    return parent.empty() ? id : parent;
  }

  Request AnyRequest() {
    Request request;
    request.placement = std::string(PlacementTable::BuiltIn()->all()[static_cast<std::size_t>(Below(9))].name);
    request.product_ids = AnyIds(1, 2);
    for (const std::string& id : AnyIds(0, 3)) request.cart.push_back({id, 1});
    request.customer.owned_product_ids = AnyIds(0, 3);
    request.already_shown_ids = AnyIds(0, 2);
    if (Below(4) == 0) request.currency = Currency("EUR");
    if (Below(3) == 0) request.max_offers_per_slot = static_cast<std::uint32_t>(1 + Below(8));
    request.explanation = static_cast<Explanation>(Below(3));
    return request;
  }

  int Below(int bound) { return static_cast<int>(random_() % static_cast<std::uint32_t>(bound)); }
  std::string AnyId() { return Id(Below(kProducts)); }

  static std::string Id(int i) { return absl::StrCat("p", i < 10 ? "0" : "", i); }

 private:
  std::vector<std::string> AnyIds(int least, int most) {
    std::vector<std::string> ids;
    for (int count = least + Below(most - least + 1); count > 0; --count) {
      ids.push_back(Below(12) == 0 ? "gone" : AnyId());
    }
    return ids;
  }

  void AddProduct(int i) {
    catalog::Product& product =
        shop_.model().Add(Id(i), Below(8) == 0 ? -1 : 100 + Below(900), Below(6) == 0 ? "EUR" : "USD");
    if (Below(3) != 0) product.stock = Below(4) - 1;
    product.visible = Below(8) != 0;
    if (Below(3) != 0) product.product_type = absl::StrCat("type", Below(4));
    if (i > 0 && Below(4) == 0) {
      const int parent = Below(i);
      if (parents_[static_cast<std::size_t>(parent)].empty()) product.parent_id = Id(parent);
    }
    parents_.push_back(product.parent_id);
    products_[product.product_id] = product;
  }

  void AddLists(int i) {
    for (const relations::RelationKind kind : relations::kAllRelationKinds) {
      for (int j = 0; j < kProducts; ++j) {
        if (i == j || !parents_[static_cast<std::size_t>(j)].empty() || Below(2) == 0) continue;
        shop_.model().Relate(kind, Id(i), Id(j),
                             {.together = static_cast<std::uint32_t>(1 + Below(20)), .claim = Below(2) == 0});
      }
    }
  }

  // Also rungs that no trainer would make: at other prices, of the same root, without a price.
  void AddRungs(int i) {
    for (const ladder::Direction direction : {kDown, kUp}) {
      for (int rung = Below(3); rung > 0; --rung) {
        const std::string other = AnyId();
        if (other != Id(i)) shop_.model().AddRung(Id(i), other, direction, static_cast<std::uint8_t>(rung));
      }
    }
  }

  void AddHide() {
    rules::Hide hide{{AnyId()}, {}};
    if (Below(3) == 0) hide.anchors = {AnyId()};
    if (Below(3) == 0) {
      hide.products.clear();
      hide.matching.emplace().in.product_types = {absl::StrCat("type", Below(4))};
    }
    Finish(shop_.AddRule(NextRuleId(), hide));
  }
  void AddPin() {
    static const char* const kSlots[] = {"also_bought", "lower", "higher"};
    const auto position = static_cast<std::uint32_t>(1 + Below(4));
    Finish(shop_.AddRule(NextRuleId(), rules::Pin{AnyId(), kSlots[Below(3)], position, {}}));
  }
  void AddBundle() {
    std::set<std::string> ids;
    while (ids.size() < 2) ids.insert(AnyId());
    if (Below(2) == 0) ids.insert(AnyId());
    rules::Bundle bundle{{ids.begin(), ids.end()}, "", std::nullopt, ""};
    if (Below(2) == 0) bundle.price = Usd(50 + Below(1500));
    Finish(shop_.AddRule(NextRuleId(), bundle));
  }
  void AddRungRule() {
    rules::Rung rung;
    for (int count = 2 + Below(3); count > 0; --count) {
      const std::string id = Below(12) == 0 ? "gone" : AnyId();
      if (std::find(rung.products.begin(), rung.products.end(), id) == rung.products.end()) rung.products.push_back(id);
    }
    rung.forbid = Below(3) == 0;
    Finish(shop_.AddRule(NextRuleId(), rung));
  }
  std::string NextRuleId() { return absl::StrCat("rule", shop_.rules().rules.size()); }
  void Finish(rules::Rule& rule) {
    if (Below(3) == 0) rule.placements = {"product_page"};
    if (Below(6) == 0) rule.until = TestNow();
  }

  std::mt19937 random_;
  Shop shop_;
  std::vector<std::string> parents_;
  std::map<std::string, catalog::Product> products_;
};

// What an answer must be whatever the shop. Written from the documentation, with plain strings and loops.
class Checker {
 public:
  Checker(RandomShop& random, const Request& request, const Answer& answer)
      : random_(random), request_(request), answer_(answer) {}

  void Check() {
    std::set<std::string> offered_roots;
    for (const Slot& slot : answer_.slots) {
      EXPECT_EQ(slot.offers.empty(), !slot.empty_reason.empty()) << slot.name;
      for (const Offer& offer : slot.offers) {
        if (offer.bundle.has_value()) {
          CheckBundle(*offer.bundle, offered_roots);
        } else {
          CheckOffered(Id(offer.product), offered_roots);
          if (slot.name != "also_bought") CheckStep(slot, offer);
        }
        if (request_.explanation == Explanation::kNone) {
          EXPECT_EQ(offer.reason.text, "");
        } else {
          EXPECT_NE(offer.reason.text, "");
        }
      }
    }
    if (request_.explanation == Explanation::kTrace) {
      CheckTrace();
      for (const Slot& slot : answer_.slots) CheckAssertedSteps(slot);
    }
  }

 private:
  std::string Id(ProductIndex product) { return random_.shop().IdOf(product); }

  bool Anchors(const std::string& root) {
    for (const std::string& id : request_.product_ids) {
      if (id != "gone" && random_.RootOf(id) == root) return true;
    }
    return false;
  }

  void CheckSellable(const std::string& id) {
    const catalog::Product& product = random_.product(id);
    EXPECT_TRUE(!product.stock.has_value() || *product.stock > 0) << id;
    EXPECT_TRUE(product.visible) << id;
    if (request_.currency.has_value() && product.price.has_value()) {
      EXPECT_EQ(product.price->currency, *request_.currency) << id;
    }
    for (const rules::Rule& rule : random_.shop().rules().rules) {
      const auto* hide = std::get_if<rules::Hide>(&rule.action);
      if (hide == nullptr || !hide->anchors.empty() || TestNow() >= rule.until) continue;
      if (!rule.placements.empty() && request_.placement != "product_page") continue;
      if (hide->matching.has_value()) {
        EXPECT_NE(hide->matching->in.product_types[0], product.product_type) << rule.id;
        continue;
      }
      EXPECT_NE(hide->products[0], id) << rule.id;
      EXPECT_NE(hide->products[0], random_.RootOf(id)) << rule.id;
    }
  }

  void CheckOffered(const std::string& id, std::set<std::string>& offered_roots) {
    CheckSellable(id);
    const std::string root = random_.RootOf(id);
    EXPECT_TRUE(offered_roots.insert(root).second) << id << " is offered twice";
    EXPECT_FALSE(Anchors(root)) << id << " is an anchor";
    for (const CartLine& line : request_.cart) {
      EXPECT_TRUE(line.product_id == "gone" || random_.RootOf(line.product_id) != root) << id;
    }
    for (const auto* ids : {&request_.customer.owned_product_ids, &request_.already_shown_ids}) {
      for (const std::string& known : *ids) {
        EXPECT_TRUE(known == "gone" || random_.RootOf(known) != root) << id;
      }
    }
  }

  void CheckStep(const Slot& slot, const Offer& offer) {
    const Money anchor = *random_.product(request_.product_ids[0]).price;
    ASSERT_TRUE(offer.price.has_value());
    EXPECT_EQ(offer.price->currency, anchor.currency);
    EXPECT_EQ(offer.price->minor_units - anchor.minor_units, offer.price_difference->minor_units);
    EXPECT_EQ(slot.name == "lower", offer.price_difference->minor_units < 0);
    EXPECT_NE(offer.price_difference->minor_units, 0);
    const std::string id = Id(offer.product);
    EXPECT_FALSE(IsForbidden(id)) << id;
    if (offer.reason.source == Source::kLadder && offer.reason.rule_ids.empty()) {
      EXPECT_FALSE(IsAsserted(slot.name, id)) << id;
    }
  }

  struct PageLadder {
    std::vector<std::string> products;
    std::ptrdiff_t page;  // its place: where it is named, else where its root is
    bool forbid;

    bool Names(const std::string& id) const {
      return std::find(products.begin(), products.end(), id) != products.end();
    }
    // Steps from the page to the product, < 0 downwards; 0 where the ladder does not lead there.
    std::ptrdiff_t StepsTo(const std::string& id) const {
      if (!Names(id)) return 0;
      const std::ptrdiff_t steps = std::find(products.begin(), products.end(), id) - products.begin() - page;
      return std::abs(steps) <= 2 ? steps : 0;
    }
  };

  // The rung rules in force that speak of the page, by priority.
  std::vector<PageLadder> LaddersOfPage() {
    std::vector<PageLadder> ladders;
    for (const rules::Rule& rule : random_.shop().rules().rules) {
      const auto* rung = std::get_if<rules::Rung>(&rule.action);
      if (rung == nullptr || TestNow() >= rule.until) continue;
      if (!rule.placements.empty() && request_.placement != "product_page") continue;
      std::vector<std::string> known;
      for (const std::string& id : rung->products) {
        if (id != "gone") known.push_back(id);
      }
      if (known.size() < 2) continue;
      const std::string& page = request_.product_ids[0];
      auto place = std::find(known.begin(), known.end(), page);
      if (place == known.end()) place = std::find(known.begin(), known.end(), random_.RootOf(page));
      if (place == known.end()) continue;
      const std::ptrdiff_t page_place = place - known.begin();
      ladders.push_back({std::move(known), page_place, rung->forbid});
    }
    return ladders;
  }

  // The first rule that says anything of the step decides.
  bool IsForbidden(const std::string& id) {
    for (const PageLadder& ladder : LaddersOfPage()) {
      if (ladder.forbid && (ladder.Names(id) || ladder.Names(random_.RootOf(id)))) return true;
      if (!ladder.forbid && ladder.StepsTo(id) != 0) return false;
    }
    return false;
  }

  bool IsAsserted(const std::string& slot, const std::string& id) {
    for (const PageLadder& ladder : LaddersOfPage()) {
      const std::ptrdiff_t steps = ladder.forbid ? 0 : ladder.StepsTo(id);
      if (slot == "higher" ? steps > 0 : steps < 0) return true;
    }
    return false;
  }

  // What a rule vouches for is offered, or named among what left.
  void CheckAssertedSteps(const Slot& slot) {
    if (slot.name != "lower" && slot.name != "higher") return;
    const std::string& page = request_.product_ids[0];
    if (page == "gone" || !random_.product(page).price.has_value()) return;
    if (request_.currency.has_value() && *request_.currency != random_.product(page).price->currency) return;
    for (int i = 0; i < kProducts; ++i) {
      const std::string id = random_.Id(i);
      if (!IsAsserted(slot.name, id)) continue;
      const bool is_offered = std::any_of(slot.offers.begin(), slot.offers.end(),
                                          [&](const Offer& offer) { return Id(offer.product) == id; });
      const bool is_named = std::any_of(answer_.trace.begin(), answer_.trace.end(), [&](const TraceEntry& entry) {
        return entry.slot == slot.name && entry.product_id == id;
      });
      EXPECT_TRUE(is_offered || is_named) << slot.name << " " << id;
    }
  }

  void CheckBundle(const BundleOffer& bundle, std::set<std::string>& offered_roots) {
    EXPECT_GE(bundle.lines.size(), 2U);
    EXPECT_LE(bundle.lines.size(), 4U);
    std::int64_t list = 0;
    std::int64_t set = 0;
    for (const BundleLine& line : bundle.lines) {
      const std::string id = Id(line.product);
      EXPECT_EQ(random_.product(id).price, (Money{line.list_price_minor, bundle.list_price.currency}));
      EXPECT_LE(line.set_price_minor, line.list_price_minor);
      list += line.list_price_minor;
      set += line.set_price_minor;
      if (&line == &bundle.lines.front() || line.in_cart) {
        CheckSellable(id);
      } else {
        CheckOffered(id, offered_roots);
      }
    }
    EXPECT_EQ(list, bundle.list_price.minor_units);
    EXPECT_EQ(set, bundle.set_price.minor_units);
    EXPECT_LE(set, list);
    EXPECT_EQ(bundle.set_price.currency, bundle.list_price.currency);
  }

  void CheckTrace() {
    std::uint32_t counted = 0;
    for (const Slot& slot : answer_.slots) counted += RemovedInAll(slot);
    EXPECT_EQ(answer_.trace.size(), counted);
  }

  RandomShop& random_;
  const Request& request_;
  const Answer& answer_;
};

void ExpectSameOffers(const Answer& a, const Answer& b) {
  ASSERT_EQ(a.slots.size(), b.slots.size());
  EXPECT_EQ(a.missing_ids, b.missing_ids);
  for (std::size_t s = 0; s < a.slots.size(); ++s) {
    EXPECT_EQ(a.slots[s].removed, b.slots[s].removed);
    EXPECT_EQ(a.slots[s].empty_reason, b.slots[s].empty_reason);
    ASSERT_EQ(a.slots[s].offers.size(), b.slots[s].offers.size());
    for (std::size_t o = 0; o < a.slots[s].offers.size(); ++o) {
      const Offer& left = a.slots[s].offers[o];
      const Offer& right = b.slots[s].offers[o];
      EXPECT_EQ(left.product, right.product);
      EXPECT_EQ(left.score, right.score);
      EXPECT_EQ(left.reason.text, right.reason.text);
      EXPECT_EQ(left.reason.rule_ids, right.reason.rule_ids);
    }
  }
}

TEST(RecommendProperty, AnswersOfferOnlyWhatMayBeOfferedAtExactPrices) {
  for (std::uint32_t seed = 1; seed <= kShops; ++seed) {
    SCOPED_TRACE(absl::StrCat("shop ", seed));
    RandomShop random(seed);
    for (int i = 0; i < kRequestsPerShop; ++i) {
      SCOPED_TRACE(absl::StrCat("request ", i));
      const Request request = random.AnyRequest();
      const Answer answer = random.shop().Ask(request);
      Checker(random, request, answer).Check();
      if (::testing::Test::HasFailure()) return;
    }
  }
}

TEST(RecommendProperty, TheSameQuestionHasTheSameAnswer) {
  RandomShop random(101);
  for (int i = 0; i < kRequestsPerShop; ++i) {
    const Request request = random.AnyRequest();
    ExpectSameOffers(random.shop().Ask(request), random.shop().Ask(request));
  }
}

TEST(RecommendProperty, ExplanationsDoNotChangeWhatIsOffered) {
  for (std::uint32_t seed = 201; seed <= 210; ++seed) {
    SCOPED_TRACE(absl::StrCat("shop ", seed));
    RandomShop random(seed);
    for (int i = 0; i < kRequestsPerShop; ++i) {
      Request request = random.AnyRequest();
      request.explanation = Explanation::kReason;
      const Answer reason = random.shop().Ask(request);
      request.explanation = Explanation::kTrace;
      ExpectSameOffers(reason, random.shop().Ask(request));
    }
  }
}

TEST(RecommendProperty, ARuleChangesOnlyThePlacementsItNames) {
  for (std::uint32_t seed = 301; seed <= 310; ++seed) {
    SCOPED_TRACE(absl::StrCat("shop ", seed));
    RandomShop random(seed);
    for (int i = 0; i < kRequestsPerShop; ++i) {
      const Request request = random.AnyRequest();
      const Answer before = random.shop().Ask(request);
      const rules::RuleSet saved = random.shop().rules();
      const std::string other = request.placement == "mail" ? "cart" : "mail";
      random.shop().AddRule("hide", rules::Hide{{random.AnyId()}, {}}).placements = {other};
      random.shop().AddRule("pin", rules::Pin{random.AnyId(), "also_bought", 1, {}}).placements = {other};
      random.shop().AddRule("kit", rules::Bundle{{"p00", "p01"}, "", std::nullopt, ""}).placements = {other};
      random.shop().AddRule("line", rules::Rung{{"p00", "p01", "p02"}, "T", "", false}).placements = {other};
      random.shop().AddRule("never", rules::Rung{{"p03", "p04", "p05"}, "T", "", true}).placements = {other};
      ExpectSameOffers(before, random.shop().Ask(request));
      random.shop().rules() = saved;
    }
  }
}

}  // namespace
}  // namespace awase::engine
