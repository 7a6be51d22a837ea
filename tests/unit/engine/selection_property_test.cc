// Rules that choose among candidates, against a slow reading of their documentation: what a row without such rules
// would show if it had room for everything, with the rules applied to it one by one. Shops have no product types, so
// that what a row shows does not depend on its order. Seeds are fixed and named by SCOPED_TRACE.

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/unit/engine/shop.h"

namespace awase::engine {
namespace {

constexpr int kShops = 60;
constexpr int kRequestsPerShop = 20;
constexpr int kProducts = 16;

class RandomSelectionShop {
 public:
  explicit RandomSelectionShop(std::uint32_t seed) : random_(seed) {
    for (int i = 0; i < kProducts; ++i) AddProduct(i);
    for (int i = 0; i < kProducts; ++i) AddLists(i);
  }

  Shop& shop() { return shop_; }
  const catalog::Product& product(const std::string& id) const { return products_.at(id); }
  int Below(int bound) { return static_cast<int>(random_() % static_cast<std::uint32_t>(bound)); }
  std::string AnyId() { return Id(Below(kProducts)); }

  Request AnyRequest() {
    Request request;
    request.placement = Below(2) == 0 ? "checkout" : "post_purchase";
    request.product_ids = {AnyId()};
    if (Below(2) == 0) request.product_ids.push_back(AnyId());
    if (Below(3) == 0) request.cart.push_back({AnyId(), 1 + Below(3)});
    request.channel = Below(2) == 0 ? "web" : "app";
    request.max_offers_per_slot = static_cast<std::uint32_t>(1 + Below(6));
    request.explanation = Explanation::kTrace;
    return request;
  }

  // By list, brand or both.
  rules::ProductSet AnySet() {
    rules::ProductSet set;
    if (Below(2) == 0) set.in.brands = {absl::StrCat("brand", Below(3))};
    if (set.in.brands.empty() || Below(4) == 0) set.in.products = SomeIds();
    if (Below(4) == 0) set.not_in.emplace().products = SomeIds();
    return set;
  }

  void Finish(rules::Rule& rule) {
    if (Below(3) == 0) rule.when.emplace().channels = {"web"};
    if (Below(6) == 0) rule.until = TestNow();
  }
  std::string NextRuleId() { return absl::StrCat("rule", shop_.rules().rules.size()); }

  static std::string Id(int i) { return absl::StrCat("p", i < 10 ? "0" : "", i); }

 private:
  rules::Words SomeIds() {
    rules::Words ids;
    for (int count = 1 + Below(4); count > 0; --count) ids.push_back(AnyId());
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
  }

  void AddProduct(int i) {
    catalog::Product& product = shop_.model().Add(Id(i), Below(8) == 0 ? -1 : 100 + Below(900));
    product.brand = absl::StrCat("brand", Below(4));
    if (Below(3) == 0) product.stock = Below(2);
    if (i > 0 && Below(4) == 0) {
      const std::string parent = Id(Below(i));
      if (products_.at(parent).parent_id.empty()) product.parent_id = parent;
    }
    products_[product.product_id] = product;
  }

  void AddLists(int i) {
    if (!products_.at(Id(i)).parent_id.empty()) return;
    for (int j = 0; j < kProducts; ++j) {
      if (i == j || !products_.at(Id(j)).parent_id.empty() || Below(4) == 0) continue;
      const auto source = Below(5) == 0 ? relations::EntrySource::kType : relations::EntrySource::kCounted;
      const auto together = static_cast<std::uint32_t>(2 + Below(20));
      shop_.model().Relate(kAlso, Id(i), Id(j),
                           {.together = together, .score = 1.0 + Below(50), .claim = false, .source = source});
    }
  }

  std::mt19937 random_;
  Shop shop_;
  std::map<std::string, catalog::Product> products_;
};

// One offer of a row, as far as orders depend on it.
struct Shown {
  std::string id;
  double score = 0;
  bool backed_off = false;
  bool is_last = false;
  std::vector<std::string> rule_ids;
};

// Plain loops over the rules of a shop.
class Reader {
 public:
  Reader(RandomSelectionShop& shop, const Request& request) : shop_(shop), request_(request) {}

  // The row with room for all, as it is without rules.
  std::vector<Shown> WholeRow() {
    const rules::RuleSet saved = std::exchange(shop_.shop().rules(), {"test", {}});
    Request request = request_;
    request.max_offers_per_slot = 50;
    const Answer answer = shop_.shop().Ask(request);
    shop_.shop().rules() = saved;
    std::vector<Shown> row;
    for (const Offer& offer : SlotOf(answer, "also_bought").offers) {
      row.push_back({shop_.shop().IdOf(offer.product),
                     offer.score,
                     offer.reason.back_off != relations::EntrySource::kCounted,
                     false,
                     {}});
    }
    return row;
  }

  bool IsOn(const rules::Rule& rule) const {
    return rule.until > TestNow() && (!rule.when.has_value() || request_.channel == "web");
  }

  bool IsIn(const rules::ProductSet& set, const std::string& id) const {
    return Meets(set.in, id) && !(set.not_in.has_value() && Meets(*set.not_in, id));
  }

 private:
  bool Meets(const rules::ProductFilter& filter, const std::string& id) const {
    const catalog::Product& product = shop_.product(id);
    const auto has = [](const rules::Words& words, const std::string& word) {
      return std::find(words.begin(), words.end(), word) != words.end();
    };
    if (!filter.brands.empty() && !has(filter.brands, product.brand)) return false;
    return filter.products.empty() || has(filter.products, id) ||
           (!product.parent_id.empty() && has(filter.products, product.parent_id));
  }

  RandomSelectionShop& shop_;
  const Request& request_;
};

std::vector<std::string> IdsOf(const std::vector<Shown>& row) {
  std::vector<std::string> ids;
  for (const Shown& shown : row) ids.push_back(shown.id);
  return ids;
}

void Weigh(const rules::RuleSet& rules, const Reader& reader, std::vector<Shown>& row) {
  for (Shown& shown : row) {
    double factor = 1;
    for (const rules::Rule& rule : rules.rules) {
      if (!reader.IsOn(rule)) continue;
      const auto* boost = std::get_if<rules::Boost>(&rule.action);
      const auto* bury = std::get_if<rules::Bury>(&rule.action);
      if (boost != nullptr && reader.IsIn(boost->matching, shown.id)) {
        factor *= static_cast<double>(boost->by_parts) / 10'000;
      } else if (bury != nullptr && reader.IsIn(bury->matching, shown.id)) {
        if (bury->by_parts.has_value()) factor *= 1 / (static_cast<double>(*bury->by_parts) / 10'000);
        shown.is_last |= !bury->by_parts.has_value();
      } else {
        continue;
      }
      shown.rule_ids.push_back(rule.id);
    }
    shown.score *= factor;
  }
  std::stable_sort(row.begin(), row.end(), [](const Shown& a, const Shown& b) {
    return std::tuple(a.is_last, a.backed_off, -a.score) < std::tuple(b.is_last, b.backed_off, -b.score);
  });
}

TEST(SelectionProperty, BoostsAndBuriesOrderTheRowAsTheirFactorsSay) {
  int touched = 0;
  for (std::uint32_t seed = 1; seed <= kShops; ++seed) {
    SCOPED_TRACE(absl::StrCat("shop ", seed));
    RandomSelectionShop random(seed);
    for (int count = 1 + random.Below(4); count > 0; --count) {
      const std::int64_t parts = 10'001 + random.Below(40'000);
      rules::Action action = rules::Boost{random.AnySet(), parts};
      if (random.Below(2) == 0) action = rules::Bury{random.AnySet(), parts};
      if (random.Below(3) == 0) action = rules::Bury{random.AnySet(), std::nullopt};
      random.Finish(random.shop().AddRule(random.NextRuleId(), action));
    }
    for (int i = 0; i < kRequestsPerShop; ++i) {
      SCOPED_TRACE(absl::StrCat("request ", i));
      const Request request = random.AnyRequest();
      Reader reader(random, request);
      std::vector<Shown> want = reader.WholeRow();
      Weigh(random.shop().rules(), reader, want);
      want.resize(std::min<std::size_t>(want.size(), *request.max_offers_per_slot));
      const Answer answer = random.shop().Ask(request);
      const Slot& row = SlotOf(answer, "also_bought");
      ASSERT_EQ(random.shop().Ids(row), IdsOf(want));
      for (std::size_t o = 0; o < want.size(); ++o) {
        EXPECT_NEAR(row.offers[o].score, want[o].score, 1e-9);
        EXPECT_EQ(row.offers[o].reason.rule_ids, want[o].rule_ids);
        touched += want[o].rule_ids.empty() ? 0 : 1;
      }
    }
  }
  EXPECT_GT(touched, 500) << "the rules must have something to do";
}

// Seats by plain loops over places in the whole row.
std::vector<Shown> SeatByHand(const rules::RuleSet& rules, const Reader& reader, const std::vector<Shown>& whole,
                              std::size_t wanted) {
  std::vector<bool> seated(whole.size(), false);
  for (std::size_t i = 0; i < std::min(wanted, whole.size()); ++i) seated[i] = true;
  std::vector<bool> has_lost(whole.size(), false);  // a seat, which is counted and stays so
  std::vector<std::string> quota_of(whole.size());
  std::vector<std::pair<const rules::Quota*, std::size_t>> met;
  const auto count = [&](const rules::Quota& quota) {
    std::size_t number = 0;
    for (std::size_t i = 0; i < whole.size(); ++i) number += seated[i] && reader.IsIn(quota.matching, whole[i].id);
    return number;
  };
  for (const rules::Rule& rule : rules.rules) {
    const auto* quota = std::get_if<rules::Quota>(&rule.action);
    if (quota == nullptr || !reader.IsOn(rule)) continue;
    for (std::size_t i = wanted; i < whole.size() && count(*quota) < quota->at_least; ++i) {
      if (seated[i] || has_lost[i] || !reader.IsIn(quota->matching, whole[i].id)) continue;
      for (std::size_t j = whole.size(); j-- > 0;) {
        if (!seated[j] || reader.IsIn(quota->matching, whole[j].id)) continue;
        seated[j] = false;
        seated[i] = true;
        quota_of[i] = rule.id;
        has_lost[j] = true;
        if (std::all_of(met.begin(), met.end(), [&](const auto& one) { return count(*one.first) >= one.second; }))
          break;
        has_lost[j] = false;
        seated[j] = true;
        seated[i] = false;
      }
    }
    met.push_back({quota, std::min<std::size_t>(count(*quota), quota->at_least)});
  }
  std::vector<Shown> row;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    if (!seated[i]) continue;
    row.push_back(whole[i]);
    if (!quota_of[i].empty()) row.back().rule_ids = {quota_of[i]};
  }
  return row;
}

TEST(SelectionProperty, QuotasSeatTheBestOfTheirSets) {
  int seated = 0;
  for (std::uint32_t seed = 101; seed <= 100 + kShops; ++seed) {
    SCOPED_TRACE(absl::StrCat("shop ", seed));
    RandomSelectionShop random(seed);
    for (int count = 1 + random.Below(3); count > 0; --count) {
      const auto at_least = static_cast<std::uint32_t>(1 + random.Below(3));
      random.Finish(random.shop().AddRule(random.NextRuleId(), rules::Quota{random.AnySet(), at_least}));
    }
    for (int i = 0; i < kRequestsPerShop; ++i) {
      SCOPED_TRACE(absl::StrCat("request ", i));
      const Request request = random.AnyRequest();
      Reader reader(random, request);
      const std::vector<Shown> want =
          SeatByHand(random.shop().rules(), reader, reader.WholeRow(), *request.max_offers_per_slot);
      const Answer answer = random.shop().Ask(request);
      const Slot& row = SlotOf(answer, "also_bought");
      ASSERT_EQ(random.shop().Ids(row), IdsOf(want));
      for (std::size_t o = 0; o < want.size(); ++o) {
        EXPECT_EQ(row.offers[o].reason.rule_ids, want[o].rule_ids);
        seated += want[o].rule_ids.empty() ? 0 : 1;
      }
    }
  }
  EXPECT_GT(seated, 200) << "the rules must have something to do";
}

}  // namespace
}  // namespace awase::engine
