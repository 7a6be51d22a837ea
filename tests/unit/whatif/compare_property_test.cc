// Random shops, rules and requests: what Compare counts is what a reader of both answers, written out as text, finds.

#include <algorithm>
#include <bit>
#include <cstdint>
#include <map>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "awase/whatif/compare.h"
#include "awase/whatif/sample.h"
#include "tests/unit/engine/shop.h"

namespace awase::whatif {
namespace {

constexpr int kProducts = 16;
constexpr const char* kPlacements[] = {"product_page", "cart", "checkout", "mail", "renewal"};

class RandomShop {
 public:
  explicit RandomShop(std::uint32_t seed) : random_(seed) {
    for (int i = 0; i < kProducts; ++i) {
      shop_.model().Add(Id(i), 100 + Below(900)).product_type = absl::StrCat("type", Below(6));
    }
    shop_.model().Add("novelty", 500).product_type = "novelty";  // that no list names
    for (int i = 0; i < kProducts; ++i) {
      for (int n = 0; n < 8; ++n) Relate(i, Below(kProducts));
      if (i > 0) shop_.model().AddRung(Id(i), Id(i - 1), engine::kDown);
      if (i + 1 < kProducts) shop_.model().AddRung(Id(i), Id(i + 1), engine::kUp);
    }
    snapshot_ = shop_.Snap();
  }

  int Below(int bound) { return static_cast<int>(random_() % static_cast<std::uint32_t>(bound)); }
  static std::string Id(int i) { return absl::StrCat("p", i < 10 ? "0" : "", i); }
  std::string AnyId() { return Id(Below(kProducts)); }

  std::shared_ptr<const engine::Snapshot> AnyRules() {
    rules::RuleSet set{absl::StrCat("set-", Below(1 << 30)), {}};
    for (int i = Below(6); i >= 0; --i) set.rules.push_back(AnyRule(absl::StrCat("rule-", 9 - i)));
    return With(set);
  }
  std::shared_ptr<const engine::Snapshot> With(const rules::RuleSet& set) const {
    return snapshot_->WithRules(std::make_shared<rules::RuleSet>(set));
  }
  const engine::Snapshot& WithoutRules() const { return *snapshot_; }

  std::vector<ReplayedRequest> AnyRequests(int count) {
    std::vector<ReplayedRequest> requests;
    for (int i = 0; i < count; ++i) {
      ReplayedRequest& asked = requests.emplace_back();
      asked.request.placement = kPlacements[Below(5)];
      asked.request.product_ids = {AnyId()};
      if (Below(2) == 0) asked.request.cart.push_back({AnyId(), 1});
      if (Below(4) == 0) asked.request.customer.owned_product_ids = {AnyId()};
      asked.request.explanation = static_cast<engine::Explanation>(Below(3));
      asked.time = engine::TestNow() + absl::Hours(Below(3) - 1);
      asked.weight = static_cast<std::uint32_t>(1 + Below(5));
    }
    return requests;
  }

 private:
  static rules::ProductSet SetOf(rules::Words products) {
    rules::ProductSet set;
    std::sort(products.begin(), products.end());
    set.in.products = std::move(products);
    return set;
  }

  rules::Rule AnyRule(const std::string& id) {
    rules::Rule rule;
    rule.id = id;
    if (Below(3) == 0) rule.placements = {kPlacements[Below(5)]};
    if (Below(4) == 0) rule.until = engine::TestNow();
    switch (Below(9)) {
      case 0:
        rule.action =
            rules::Hide{{AnyId(), AnyId()}, Below(2) == 0 ? std::vector<std::string>() : std::vector{AnyId()}};
        break;
      case 1:
        rule.action = rules::Pin{AnyId(), "also_bought", static_cast<std::uint32_t>(1 + Below(4)), {}};
        break;
      case 2:
        rule.action = rules::Rung{{Id(1), Id(5)}, "author", "", Below(2) == 0};
        break;
      case 3:
        rule.action = rules::Boost{SetOf({AnyId(), AnyId()}), 20'000};
        break;
      case 4:
        rule.action = rules::Bury{SetOf({AnyId(), AnyId()}), std::nullopt};
        break;
      case 5:
        rule.action = rules::Require{SetOf({Id(1), Id(2), Id(3), Id(5), Id(8), Id(13)}), {}, {"also_bought", "bundle"}};
        break;
      case 6:
        rule.action = rules::Quota{SetOf({AnyId(), AnyId(), AnyId()}), static_cast<std::uint32_t>(1 + Below(3))};
        break;
      case 7:
        rule.action = rules::DoNotAssociate{SetOf({AnyId(), AnyId()}), SetOf({AnyId(), AnyId()})};
        break;
      default:
        rule.action = rules::Bundle{{Id(Below(8)), Id(8 + Below(8))}, "", std::nullopt, Below(2) == 0 ? "Set" : ""};
    }
    return rule;
  }
  void Relate(int one, int other) {
    if (one == other || !related_.insert({one, other}).second) return;
    shop_.model().Relate(engine::kAlso, Id(one), Id(other), {.together = static_cast<std::uint32_t>(5 + Below(60))});
    shop_.model().Relate(engine::kTogether, Id(one), Id(other),
                         {.together = static_cast<std::uint32_t>(5 + Below(60))});
  }

  std::mt19937 random_;
  engine::Shop shop_;
  std::set<std::pair<int, int>> related_;
  std::shared_ptr<const engine::Snapshot> snapshot_;
};

// All that a page shows of a slot, one line per offer.
std::vector<std::string> Written(const engine::Snapshot& snapshot, const ReplayedRequest& asked, std::size_t slot) {
  const engine::Answer answer = *engine::Recommend(snapshot, asked.request, asked.time);
  std::vector<std::string> lines;
  for (const engine::Offer& offer : answer.slots[slot].offers) {
    std::string line = absl::StrCat(static_cast<std::uint32_t>(offer.product), " at ", offer.price->minor_units);
    if (offer.price_difference.has_value()) absl::StrAppend(&line, " (", offer.price_difference->minor_units, ")");
    if (offer.bundle.has_value()) {
      for (const engine::BundleLine& part : offer.bundle->lines) {
        absl::StrAppend(&line, " ", static_cast<std::uint32_t>(part.product), "=", part.set_price_minor);
      }
    }
    if (asked.request.explanation != engine::Explanation::kNone) absl::StrAppend(&line, ": ", offer.reason.text);
    lines.push_back(line);
  }
  return lines;
}

struct Naive {
  std::uint64_t requests = 0;
  std::uint64_t slots = 0;
  std::uint64_t weight = 0;
  std::map<std::string, std::uint64_t> slots_by_name;
};

Naive CompareNaively(const engine::Snapshot& before, const engine::Snapshot& after,
                     const std::vector<ReplayedRequest>& requests) {
  Naive naive;
  for (const ReplayedRequest& asked : requests) {
    const engine::Answer answer = *engine::Recommend(before, asked.request, asked.time);
    bool changed = false;
    for (std::size_t s = 0; s < answer.slots.size(); ++s) {
      if (Written(before, asked, s) == Written(after, asked, s)) continue;
      changed = true;
      ++naive.slots;
      ++naive.slots_by_name[absl::StrCat(asked.request.placement, "/", answer.slots[s].name)];
    }
    if (!changed) continue;
    ++naive.requests;
    naive.weight += asked.weight;
  }
  return naive;
}

TEST(CompareProperty, CountsWhatAReaderOfBothAnswersFinds) {
  std::uint64_t changed = 0;
  for (std::uint32_t seed = 1; seed <= 40; ++seed) {
    SCOPED_TRACE(seed);
    RandomShop shop(seed);
    const auto before = shop.AnyRules();
    const auto after = shop.AnyRules();
    const std::vector<ReplayedRequest> requests = shop.AnyRequests(80);
    const Comparison comparison = *Compare(*before, *after, requests, {});
    const Naive naive = CompareNaively(*before, *after, requests);
    EXPECT_EQ(comparison.requests_changed, naive.requests);
    EXPECT_EQ(comparison.weight_changed, naive.weight);
    EXPECT_EQ(comparison.slots_changed, naive.slots);
    for (const SlotChange& slot : comparison.by_slot) {
      const auto found = naive.slots_by_name.find(absl::StrCat(slot.placement, "/", slot.slot));
      EXPECT_EQ(slot.changed, found == naive.slots_by_name.end() ? 0 : found->second) << slot.placement << slot.slot;
      EXPECT_EQ(slot.offers.after - slot.gained, slot.offers.before - slot.lost);
    }
    for (const Difference& difference : comparison.differences) {
      EXPECT_FALSE(difference.rule_ids.before.empty() && difference.rule_ids.after.empty());
    }
    changed += naive.requests;
  }
  EXPECT_GT(changed, 500u) << "the shops must have something to compare";
}

TEST(CompareProperty, AnUnchangedSetHasExactlyNoDifferences) {
  for (std::uint32_t seed = 1; seed <= 40; ++seed) {
    SCOPED_TRACE(seed);
    RandomShop shop(seed);
    const auto rules = shop.AnyRules();
    const Comparison comparison = *Compare(*rules, *shop.With(rules->rules()), shop.AnyRequests(60), {});
    EXPECT_EQ(comparison.requests, 60u);
    EXPECT_EQ(comparison.requests_changed + comparison.slots_changed + comparison.weight_changed, 0u);
    EXPECT_TRUE(comparison.differences.empty());
    EXPECT_TRUE(comparison.by_product.empty());
    for (const auto& [currency, value] : comparison.value) {
      EXPECT_EQ(value.before.revenue_minor, value.after.revenue_minor);
      EXPECT_EQ(value.before.with_chance, value.after.with_chance);
    }
    for (const RuleUse& rule : comparison.rules) EXPECT_EQ(rule.fired.before, rule.fired.after);
  }
}

TEST(CompareProperty, APlantedChangeIsFoundInExactlyThePlantedRequests) {
  for (std::uint32_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE(seed);
    RandomShop shop(seed);
    rules::Rule planted;
    planted.id = "planted";
    planted.placements = {"product_page"};
    planted.action = rules::Pin{"novelty", "also_bought", 1, {RandomShop::Id(7)}};
    std::vector<ReplayedRequest> requests = shop.AnyRequests(200);
    std::set<std::size_t> want;
    for (std::size_t i = 0; i < requests.size(); ++i) {
      requests[i].request.cart.clear();
      requests[i].request.customer.owned_product_ids.clear();
      requests[i].request.explanation = engine::Explanation::kReason;
      if (requests[i].request.product_ids[0] != RandomShop::Id(7)) continue;
      if (requests[i].request.placement == "product_page") want.insert(i);
    }
    const auto draft = shop.With({"planted", {planted}});
    std::set<std::size_t> found;
    for (std::size_t i = 0; i < requests.size(); ++i) {
      if (Compare(shop.WithoutRules(), *draft, {&requests[i], 1}, {})->requests_changed == 1) found.insert(i);
    }
    EXPECT_EQ(found, want);
    const Comparison comparison = *Compare(shop.WithoutRules(), *draft, requests, {.threads = 2});
    EXPECT_EQ(comparison.requests_changed, want.size());
    EXPECT_EQ(comparison.rules[0].fired.after, want.size());
  }
}

std::string Written(const Comparison& comparison) {
  std::string text = absl::StrCat(comparison.requests_changed, " ", comparison.slots_changed);
  for (const auto& [currency, value] : comparison.value) {
    absl::StrAppend(&text, " ", absl::Hex(std::bit_cast<std::uint64_t>(value.before.revenue_minor)), " ",
                    absl::Hex(std::bit_cast<std::uint64_t>(value.after.revenue_minor)));
  }
  for (const ProductChange& product : comparison.by_product) {
    absl::StrAppend(&text, " ", static_cast<std::uint32_t>(product.product), "+", product.pages_gained, "-",
                    product.pages_lost);
  }
  for (const RuleUse& rule : comparison.rules)
    absl::StrAppend(&text, " ", rule.id, rule.reached.after, rule.fired.after);
  for (const Difference& difference : comparison.differences) {
    absl::StrAppend(&text, " ", difference.request, difference.slot, difference.alike);
  }
  return text;
}

TEST(CompareProperty, DoesNotDependOnTheNumberOfThreads) {
  RandomShop shop(1);
  const auto before = shop.AnyRules();
  const auto after = shop.AnyRules();
  const std::vector<ReplayedRequest> requests = shop.AnyRequests(3000);
  const std::string alone = Written(*Compare(*before, *after, requests, {.threads = 1}));
  EXPECT_EQ(Written(*Compare(*before, *after, requests, {.threads = 2})), alone);
  EXPECT_EQ(Written(*Compare(*before, *after, requests, {.threads = 8})), alone);
}

}  // namespace
}  // namespace awase::whatif
