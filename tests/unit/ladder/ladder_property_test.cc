// Random catalogues: the ladders of small ones are those of a slow, obvious search over all pairs, and what ladders
// promise holds for all of them.

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "awase/catalog/price_basis.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/ladder/catalogue.h"

namespace awase::ladder {
namespace {

using catalog::Catalog;
using catalog::Product;
using testing::Camera;
using testing::Ladders;
using testing::WithSpec;

constexpr const char* kSpecs[] = {"spec.a", "spec.b"};

struct Shop {
  std::vector<Product> products;
  std::vector<std::uint32_t> popularity;
  unsigned seed = 0;
  bool has_moves = false;
};

MoveCounts MovesOf(const Shop& shop, const Step& step) {
  if (!shop.has_moves) return {};
  std::minstd_rand random(shop.seed * 7919U + static_cast<unsigned>(Slot(step.cheap)) * 100'003U +
                          static_cast<unsigned>(Slot(step.dear)) * 31U + 1U);
  random.discard(4);
  const auto below = [&](unsigned n) { return static_cast<std::uint32_t>(random() % n); };
  if (below(2) == 0) return {};
  const std::uint32_t upgrades = below(30), downgrades = below(12), switches_up = below(5);
  return {upgrades, downgrades, switches_up, below(4)};
}

// Of plans: by the month or year, for nothing, a fee, or a fee per seat.
template <typename Below>
Product AsPlan(Product product, const Below& below) {
  const char* const kIntervals[] = {"month", "Monthly", "P1M", "year"};
  product.subscription_interval = kIntervals[below(4)];
  if (below(4) == 0) product.price = Money{0, *CurrencyCode::Parse("USD")};
  if (below(5) == 0) product = WithSpec(product, "fee", below(2) == 0 ? "0" : "29");
  if (below(3) == 0) product = WithSpec(product, "fee_per_seat", below(2) == 0 ? "5" : "5.00");
  if (below(9) == 0) product = WithSpec(product, "option_of", "p100");
  return product;
}

Shop RandomShop(unsigned seed, int count, bool rough) {
  std::mt19937 random(seed);
  const auto below = [&](unsigned n) { return static_cast<int>(random() % n); };
  Shop shop{.products = {}, .popularity = {}, .seed = seed, .has_moves = rough};
  for (int i = 0; i < count; ++i) {
    Product product = Camera("p" + std::to_string(100 + i), 1000 + 10 * below(60) * below(10));
    product.product_type = "type" + std::to_string(below(static_cast<unsigned>(count) / 8 + 1));
    for (const char* spec : kSpecs) {
      // Some go with price, some do not.
      const int value = below(3) == 0 ? below(6) : static_cast<int>(product.price->minor_units / 500);
      if (below(6) > 0) product = WithSpec(product, spec, std::to_string(value));
    }
    if (rough) {
      if (below(4) == 0) product = WithSpec(product, "spec.c", below(2) == 0 ? "5 GB" : "red");
      if (below(5) == 0) product.parent_id = "p" + std::to_string(100 + below(10));
      if (below(9) == 0) product.price.reset();
      if (below(3) == 0) product.family = "family", product.tier = std::string(1, "LMH"[below(3)]);
      if (below(6) == 0) product.pack_quantity = 1 + below(5), product.pack_unit = "count";
      if (below(20) == 0) product.price = Money{-5, *CurrencyCode::Parse("USD")};
      if (below(4) == 0) product.family = "plans", product = AsPlan(product, below);
      if (below(7) == 0 && product.price.has_value()) product.price->currency = *CurrencyCode::Parse("EUR");
      if (below(25) == 0) product = WithSpec(product, "spec.d", below(2) == 0 ? "plenty" : "3 kg");
      if (below(3) != 0) product = WithSpec(product, "spec.e", std::to_string(1 + below(9)) + " GB");
      if (below(30) == 0) product = WithSpec(product, "limit.e", "odd");
      if (below(5) == 0) product.series = below(2) == 0 ? "one" : "two";
    }
    shop.products.push_back(product);
  }
  const std::size_t size = Catalog::Build(shop.products).size();
  for (std::size_t i = 0; i < size; ++i) {
    shop.popularity.push_back(static_cast<std::uint32_t>(below(9)));
  }
  return shop;
}

Ladders Build(const Shop& shop, std::size_t threads = 1) {
  Ladders ladders{Catalog::Build(shop.products), {}, {}};
  Behaviour behaviour;
  behaviour.popularity = shop.popularity;
  behaviour.count_moves = [&](absl::Span<const Step> steps) {
    std::vector<MoveCounts> counts;
    for (const Step& step : steps) counts.push_back(MovesOf(shop, step));
    return counts;
  };
  LadderOptions options;
  options.threads = threads;
  ladders.set = BuildLadders(ladders.catalog, behaviour, options, &ladders.notes);
  return ladders;
}

// The steps above WEAK of families of at most eight products without tiers, packs or behaviour, pair by pair.
class SlowLadder {
 public:
  explicit SlowLadder(const Shop& shop) : catalog_(Catalog::Build(shop.products)), popularity_(shop.popularity) {}

  // The first rung; nothing where there is none above WEAK.
  std::optional<std::size_t> First(std::size_t from, bool up) const {
    std::vector<std::size_t> tier;
    double nearest = 1e9;
    for (std::size_t to : Family(from)) {
      if (IsBacked(from, to, up)) nearest = std::min(nearest, Ratio(from, to));
    }
    for (std::size_t to : Family(from)) {
      if (IsBacked(from, to, up) && Ratio(from, to) <= nearest * 1.15) tier.push_back(to);
    }
    std::optional<std::size_t> best;
    for (const std::size_t to : tier) {
      const bool is_two_steps = std::any_of(tier.begin(), tier.end(), [&](std::size_t between) {
        return Ratio(from, between) < Ratio(from, to) && IsBacked(between, to, up);
      });
      if (is_two_steps) continue;
      if (!best.has_value() || Rank(from, to) < Rank(from, *best)) best = to;
    }
    return best;
  }

 private:
  double Price(std::size_t p) const { return static_cast<double>(catalog_.product(ProductAt(p)).price->minor_units); }
  double Ratio(std::size_t a, std::size_t b) const {
    return std::max(Price(a), Price(b)) / std::min(Price(a), Price(b));
  }
  std::tuple<std::int64_t, double, std::size_t> Rank(std::size_t from, std::size_t to) const {
    return {-static_cast<std::int64_t>(popularity_[to]), Ratio(from, to), to};
  }

  std::vector<std::size_t> Family(std::size_t of) const {
    std::vector<std::size_t> family;
    for (std::size_t p = 0; p < catalog_.size(); ++p) {
      if (catalog_.product(ProductAt(p)).product_type == catalog_.product(ProductAt(of)).product_type) {
        family.push_back(p);
      }
    }
    return family;
  }

  std::optional<double> Spec(std::size_t product, const std::string& name) const {
    for (const catalog::Attribute& attribute : catalog_.product(ProductAt(product)).attributes) {
      if (attribute.name == name) return attribute.number;
    }
    return std::nullopt;
  }

  struct Pooled {
    double sum = 0, count = 0;
  };

  // n·ρ and n, by counting for each product how many are below it.
  Pooled Correlation(const std::vector<std::size_t>& family, const std::string& name) const {
    std::vector<std::pair<double, double>> points;
    for (const std::size_t p : family) {
      if (const auto value = Spec(p, name)) points.emplace_back(*value, Price(p));
    }
    const auto n = static_cast<double>(points.size());
    double xy = 0, xx = 0, yy = 0;
    for (const auto& [x, y] : points) {
      double rank_x = 0, rank_y = 0;
      for (const auto& [other_x, other_y] : points) {
        rank_x += other_x < x ? 1 : other_x == x ? 0.5 : 0;
        rank_y += other_y < y ? 1 : other_y == y ? 0.5 : 0;
      }
      xy += (rank_x - n / 2) * (rank_y - n / 2);
      xx += (rank_x - n / 2) * (rank_x - n / 2);
      yy += (rank_y - n / 2) * (rank_y - n / 2);
    }
    if (xx == 0) return {};
    return {yy == 0 ? 0 : n * xy / std::sqrt(xx * yy), n};
  }

  double Evidence(std::size_t of, const std::string& name) const {
    const Pooled own = Correlation(Family(of), name);
    std::set<std::string> types;
    Pooled others;
    for (std::size_t p = 0; p < catalog_.size(); ++p) {
      const std::string& type = catalog_.product(ProductAt(p)).product_type;
      if (type == catalog_.product(ProductAt(of)).product_type || !types.insert(type).second) continue;
      const Pooled one = Correlation(Family(p), name);
      others.sum += one.sum;
      others.count += one.count;
    }
    const double mean = others.count > 0 ? others.sum / others.count : 0;
    return (own.sum + std::min(others.count, 10.0) * mean) / (own.count + 10);
  }

  bool Dominates(std::size_t better, std::size_t worse) const {
    bool gains = false;
    for (const char* name : kSpecs) {
      const auto more = Spec(better, name), less = Spec(worse, name);
      const double r = Evidence(better, name);
      if (!more.has_value() || !less.has_value() || *more == *less || std::abs(r) < 1e-12) continue;
      if ((*more > *less) != (r > 0)) return false;
      gains = gains || std::abs(r) >= 0.2;
    }
    return gains;
  }

  double Widest(std::size_t of) const {
    std::vector<double> prices;
    for (const std::size_t p : Family(of)) prices.push_back(Price(p));
    std::sort(prices.begin(), prices.end());
    std::vector<double> tiers;
    for (const double price : prices) {
      if (tiers.empty() || price >= tiers.back() * 1.05) tiers.push_back(price);
    }
    const double all = std::log(1.6) + 1.5 * std::log(tiers.back() / tiers.front());
    return std::clamp(std::exp(all / static_cast<double>(tiers.size())), 1.6, 4.0);
  }

  bool IsBacked(std::size_t from, std::size_t to, bool up) const {
    const std::size_t cheap = up ? from : to, dear = up ? to : from;
    if (Price(dear) < Price(cheap) * 1.05 || Price(dear) > Price(cheap) * Widest(from)) return false;
    return Dominates(dear, cheap);
  }

  const Catalog catalog_;
  const std::vector<std::uint32_t> popularity_;
};

TEST(LadderProperties, FirstRungsOfSmallShopsAreThoseOfASlowSearch) {
  int backed = 0;
  for (unsigned seed = 1; seed <= 300; ++seed) {
    const Shop shop = RandomShop(seed, 8, /*rough=*/false);
    const Ladders ladders = Build(shop);
    const SlowLadder slow(shop);
    for (std::size_t p = 0; p < ladders.catalog.size(); ++p) {
      for (const bool up : {false, true}) {
        std::optional<std::size_t> found;
        for (const Rung& rung : ladders.set.list(ProductAt(p))) {
          const bool is_up = rung.direction == Direction::kHigher;
          if (is_up == up && rung.rung == 1 && rung.grade > Grade::kWeak) found = Slot(rung.other);
        }
        EXPECT_EQ(found, slow.First(p, up)) << "seed " << seed << ", product " << p << (up ? " up" : " down");
        backed += found.has_value() ? 1 : 0;
      }
    }
  }
  EXPECT_GT(backed, 1000);
}

// Roots from which `root` can be reached along rungs of one direction.
bool HasCycle(const Ladders& ladders, Direction direction) {
  const std::size_t size = ladders.catalog.size();
  std::vector<std::set<std::size_t>> next(size);
  for (std::size_t p = 0; p < size; ++p) {
    for (const Rung& rung : ladders.set.list(ProductAt(p))) {
      if (rung.direction == direction) {
        next[Slot(ladders.catalog.root(ProductAt(p)))].insert(Slot(ladders.catalog.root(rung.other)));
      }
    }
  }
  std::vector<int> state(size, 0);
  std::function<bool(std::size_t)> visit = [&](std::size_t p) {
    state[p] = 1;
    for (const std::size_t n : next[p]) {
      if (state[n] == 1 || (state[n] == 0 && visit(n))) return true;
    }
    state[p] = 2;
    return false;
  };
  for (std::size_t p = 0; p < size; ++p) {
    if (state[p] == 0 && visit(p)) return true;
  }
  return false;
}

double ValueOf(const Product& product) {
  const auto price = static_cast<double>(product.price->minor_units);
  return product.pack_quantity.has_value() ? price / product.pack_quantity->ToDouble() : price;
}

// What is said of a step holds for the very product that it is said of, be it the speaker of its variants or not.
void ExpectOwnComparison(const Product& product, const Product& other, const Rung& rung, const RungEvidence& evidence) {
  const bool higher = rung.direction == Direction::kHigher;
  if (evidence.kind != StepKind::kModel || rung.grade == Grade::kWeak) return;
  EXPECT_GT(ValueOf(higher ? other : product), ValueOf(higher ? product : other));
  if ((evidence.flags & kDominates) == 0) return;
  EXPECT_EQ(higher ? evidence.given_up_specs : evidence.gained_specs, 0u) << "worse in something";
  const std::uint32_t better = higher ? evidence.gained_specs : evidence.given_up_specs;
  EXPECT_TRUE(better != 0 || (evidence.flags & kTierColumn) != 0);
}

// Both prices are paid for the same, but that nothing is nothing, flat or by the seat.
void ExpectOneBasis(const Product& product, const Product& other) {
  catalog::PriceBasis one = catalog::PriceBasisOf(product), of_other = catalog::PriceBasisOf(other);
  if (catalog::IsFreePlan(product) || catalog::IsFreePlan(other)) one.per_seat = of_other.per_seat;
  EXPECT_EQ(one, of_other) << product.product_id << " and " << other.product_id;
}

void ExpectPromises(const Ladders& ladders, unsigned seed) {
  ASSERT_EQ(ladders.set.rungs.size(), ladders.set.evidence.size());
  for (std::size_t p = 0; p < ladders.catalog.size(); ++p) {
    const auto rungs = ladders.set.list(ProductAt(p));
    std::int64_t previous[2] = {0, 0};
    for (std::size_t r = 0; r < rungs.size(); ++r) {
      const Rung& rung = rungs[r];
      const RungEvidence& evidence = ladders.set.evidence_of(ProductAt(p))[r];
      const bool higher = rung.direction == Direction::kHigher;
      EXPECT_GT(higher ? rung.price_delta_minor : -rung.price_delta_minor, previous[higher]) << "seed " << seed;
      previous[higher] = std::abs(rung.price_delta_minor);
      EXPECT_NE(ladders.catalog.root(rung.other), ladders.catalog.root(ProductAt(p))) << "seed " << seed;
      EXPECT_EQ(ladders.catalog.product(rung.other).price->currency,
                ladders.catalog.product(ProductAt(p)).price->currency);
      ExpectOneBasis(ladders.catalog.product(ProductAt(p)), ladders.catalog.product(rung.other));
      SCOPED_TRACE(::testing::Message() << "seed " << seed << ", " << ladders.catalog.product(ProductAt(p)).product_id);
      ExpectOwnComparison(ladders.catalog.product(ProductAt(p)), ladders.catalog.product(rung.other), rung, evidence);
      const bool dominates = (evidence.flags & kDominates) != 0, behaviour = (evidence.flags & kBehaviour) != 0;
      const bool asserted = dominates || (evidence.flags & kTierColumn) != 0;
      EXPECT_TRUE(rung.grade != Grade::kCertified || (dominates && behaviour)) << "seed " << seed;
      EXPECT_TRUE(rung.grade != Grade::kStatistical || behaviour) << "seed " << seed;
      EXPECT_TRUE(rung.grade != Grade::kAsserted || asserted) << "seed " << seed;
    }
  }
  EXPECT_FALSE(HasCycle(ladders, Direction::kHigher)) << "seed " << seed;
  EXPECT_FALSE(HasCycle(ladders, Direction::kLower)) << "seed " << seed;
}

TEST(LadderProperties, HoldForRoughCatalogues) {
  int from_nothing = 0, to_nothing = 0;
  for (unsigned seed = 1; seed <= 200; ++seed) {
    const Ladders ladders = Build(RandomShop(seed, 60, /*rough=*/true));
    ExpectPromises(ladders, seed);
    for (std::size_t p = 0; p < ladders.catalog.size(); ++p) {
      const bool is_free = catalog::IsFreePlan(ladders.catalog.product(ProductAt(p)));
      for (const Rung& rung : ladders.set.list(ProductAt(p))) {
        from_nothing += is_free ? 1 : 0;
        to_nothing += catalog::IsFreePlan(ladders.catalog.product(rung.other)) ? 1 : 0;
      }
    }
  }
  EXPECT_GT(from_nothing, 100) << "else the test says little of free plans";
  EXPECT_GT(to_nothing, 100);
}

TEST(LadderProperties, EveryProductOfAFamilyOfThreeHasARung) {
  for (unsigned seed = 1; seed <= 200; ++seed) {
    const Ladders ladders = Build(RandomShop(seed, 40, /*rough=*/false));
    std::map<std::string, std::set<std::int64_t>> prices;
    std::map<std::string, int> sizes;
    for (const Product& product : ladders.catalog.products()) {
      prices[product.product_type].insert(product.price->minor_units);
      ++sizes[product.product_type];
    }
    for (std::size_t p = 0; p < ladders.catalog.size(); ++p) {
      const std::string& type = ladders.catalog.product(ProductAt(p)).product_type;
      if (sizes[type] < 3 || prices[type].size() < 2) continue;
      EXPECT_FALSE(ladders.set.list(ProductAt(p)).empty()) << "seed " << seed << ", product " << p;
    }
  }
}

TEST(LadderProperties, ThreadsAndTheOrderOfProductsMakeNoDifference) {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    Shop shop = RandomShop(seed, 300, /*rough=*/true);
    const Ladders one = Build(shop);
    std::shuffle(shop.products.begin(), shop.products.end(), std::mt19937(seed));
    for (const std::size_t threads : {1u, 2u, 8u}) {
      const Ladders other = Build(shop, threads);
      EXPECT_EQ(other.set.offsets, one.set.offsets) << "seed " << seed;
      EXPECT_EQ(other.set.rungs, one.set.rungs) << "seed " << seed;
      EXPECT_EQ(other.set.evidence, one.set.evidence) << "seed " << seed;
      EXPECT_EQ(other.notes.problems, one.notes.problems) << "seed " << seed;
    }
  }
}

// More than the pieces of work that threads take hold.
TEST(LadderProperties, ThreadsMakeNoDifferenceToALargeCatalogue) {
  const Shop shop = RandomShop(1, 6'000, /*rough=*/true);
  const Ladders one = Build(shop, 1);
  const Ladders other = Build(shop, 8);
  EXPECT_EQ(other.set.offsets, one.set.offsets);
  EXPECT_EQ(other.set.rungs, one.set.rungs);
  EXPECT_EQ(other.set.evidence, one.set.evidence);
  EXPECT_EQ(other.notes.problems, one.notes.problems);
}

}  // namespace
}  // namespace awase::ladder
