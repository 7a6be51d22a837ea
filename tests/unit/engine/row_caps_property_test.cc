// Rows under random caps against a slow reading of the documentation: the candidates of the uncapped row in its order,
// each taken unless some cap has as many of its kind already. Product types are not given, so that nothing else binds
// the row.

#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/unit/engine/shop.h"

namespace awase::engine {
namespace {

constexpr int kShops = 60;
constexpr int kProducts = 16;
constexpr int kCaps = 6;

class CappedShop {
 public:
  explicit CappedShop(std::uint32_t seed) : random_(seed) {
    shop_.model().Add("anchor");
    for (int i = 0; i < kProducts; ++i) {
      catalog::Product& product = shop_.model().Add(absl::StrCat("p", i));
      if (Below(4) != 0) product.brand = absl::StrCat("b", Below(3));
      if (Below(4) != 0) product.series = absl::StrCat("s", Below(4));
      if (Below(4) != 0) product.attributes = {{"spec.x", absl::StrCat(Below(3))}};
      products_.push_back(product);
      const auto together = static_cast<std::uint32_t>(100 - i);
      shop_.model().Relate(kAlso, "anchor", product.product_id, {.together = together});
    }
    for (int i = 0; i < kCaps; ++i) AddCap(i);
  }

  Shop& shop() { return shop_; }

  // By the documentation, over the whole list.
  std::vector<std::string> Expected(std::size_t wanted) const {
    std::vector<const catalog::Product*> row;
    for (const catalog::Product& product : products_) {
      if (row.size() < wanted && IsAllowed(row, product)) row.push_back(&product);
    }
    std::vector<std::string> ids;
    for (const catalog::Product* product : row) ids.push_back(product->product_id);
    return ids;
  }

 private:
  int Below(int bound) { return static_cast<int>(random_() % static_cast<std::uint32_t>(bound)); }

  void AddCap(int i) {
    rules::Cap cap;
    cap.at_most = static_cast<std::uint32_t>(1 + Below(3));
    cap.slots = {Below(5) == 0 ? "lower" : "also_bought"};
    const char* columns[] = {"brand", "series", "spec.x"};
    if (Below(2) == 0) {
      cap.per = columns[Below(3)];
    } else {
      rules::ProductSet& set = cap.matching.emplace();
      if (Below(2) == 0) set.in.brands = {absl::StrCat("b", Below(3))};
      if (Below(2) == 0) set.in.series = {absl::StrCat("s", Below(4))};
      if (set.in.brands.empty()) set.in.attributes = {{"spec.x", {absl::StrCat(Below(3))}}};
    }
    rules::Rule& rule = shop_.AddRule(absl::StrCat("r", i), cap);
    if (Below(5) == 0) rule.placements = {"mail"};
  }

  static std::string ValueOf(const catalog::Product& product, const std::string& column) {
    if (column == "brand") return product.brand;
    if (column == "series") return product.series;
    return product.attributes.empty() ? "" : product.attributes[0].text;
  }

  // Whether the two count together.
  static bool AreOfOneKind(const rules::Cap& cap, const catalog::Product& a, const catalog::Product& b) {
    if (!cap.per.empty()) return !ValueOf(a, cap.per).empty() && ValueOf(a, cap.per) == ValueOf(b, cap.per);
    const rules::ProductFilter& in = cap.matching->in;
    const auto has = [&](const catalog::Product& product) {
      return (in.brands.empty() || product.brand == in.brands[0]) &&
             (in.series.empty() || product.series == in.series[0]) &&
             (in.attributes.empty() || ValueOf(product, "spec.x") == in.attributes[0].second[0]);
    };
    return has(a) && has(b);
  }

  bool IsAllowed(const std::vector<const catalog::Product*>& row, const catalog::Product& product) const {
    for (const rules::Rule& rule : rules_->rules) {
      const auto& cap = std::get<rules::Cap>(rule.action);
      if (!rule.placements.empty() || cap.slots[0] != "also_bought") continue;
      std::uint32_t count = 0;
      for (const catalog::Product* chosen : row) count += AreOfOneKind(cap, product, *chosen) ? 1 : 0;
      if (count >= cap.at_most) return false;
    }
    return true;
  }

  std::mt19937 random_;
  Shop shop_;
  const rules::RuleSet* rules_ = &shop_.rules();
  std::vector<catalog::Product> products_;
};

TEST(RowCapsProperty, RowsAreThoseOfASlowReading) {
  for (std::uint32_t seed = 0; seed < kShops; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    CappedShop capped(seed);
    for (const std::uint32_t wanted : {2U, 6U, 20U}) {
      Request request = PageOf("anchor");
      request.max_offers_per_slot = wanted;
      const Answer answer = capped.shop().Ask(request);
      const Slot& row = SlotOf(answer, "also_bought");
      EXPECT_EQ(capped.shop().Ids(row), capped.Expected(wanted));
      EXPECT_EQ(row.offers.size() + RemovedInAll(row), static_cast<std::size_t>(kProducts));
    }
  }
}

}  // namespace
}  // namespace awase::engine
