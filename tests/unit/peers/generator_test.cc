#include "bench/peers/generator.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <vector>

namespace awase::peers {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Lt;

std::vector<std::vector<std::uint32_t>> Baskets(const GeneratorOptions& options, int count) {
  BasketGenerator generator(options);
  std::vector<std::vector<std::uint32_t>> baskets(static_cast<std::size_t>(count));
  for (auto& basket : baskets) generator.Next(&basket);
  return baskets;
}

// FNV-1a over sizes and ids.
std::uint64_t Hash(const std::vector<std::vector<std::uint32_t>>& baskets) {
  std::uint64_t hash = 0xCBF29CE484222325;
  const auto add = [&](std::uint64_t value) { hash = (hash ^ value) * 0x100000001B3; };
  for (const auto& basket : baskets) {
    add(basket.size());
    for (const std::uint32_t id : basket) add(id);
  }
  return hash;
}

std::vector<double> UnitsByRank(const std::vector<std::vector<std::uint32_t>>& baskets, std::size_t products) {
  std::vector<double> units(products);
  for (const auto& basket : baskets) {
    for (const std::uint32_t id : basket) units[id] += 1;
  }
  std::sort(units.begin(), units.end(), std::greater<>());
  return units;
}

double MeanSize(const std::vector<std::vector<std::uint32_t>>& baskets) {
  double lines = 0;
  for (const auto& basket : baskets) lines += static_cast<double>(basket.size());
  return lines / static_cast<double>(baskets.size());
}

TEST(GeneratorTest, OneSeedGivesTheSameBasketsOnEveryMachine) {
  EXPECT_EQ(Hash(Baskets({}, 10'000)), 5270134072873692501u);
}

TEST(GeneratorTest, AnotherSeedGivesOtherBaskets) {
  EXPECT_NE(Hash(Baskets({.seed = 1}, 100)), Hash(Baskets({.seed = 2}, 100)));
}

TEST(GeneratorTest, IdsOfABasketAscendAreDistinctAndBelowTheNumberOfProducts) {
  for (const auto& basket : Baskets({.products = 50}, 2000)) {
    ASSERT_FALSE(basket.empty());
    EXPECT_TRUE(std::adjacent_find(basket.begin(), basket.end(), std::greater_equal<>()) == basket.end());
    EXPECT_THAT(basket, Each(Lt(50u)));
  }
}

TEST(GeneratorTest, BasketsHaveTheMeanSizeThatIsAskedFor) {
  EXPECT_NEAR(MeanSize(Baskets({.mean_milli = 9800}, 50'000)), 9.8, 0.15);
  EXPECT_NEAR(MeanSize(Baskets({.mean_milli = 2500}, 50'000)), 2.5, 0.05);
}

TEST(GeneratorTest, AMeanOfOneGivesBasketsOfOne) { EXPECT_EQ(MeanSize(Baskets({.mean_milli = 1000}, 1000)), 1); }

TEST(GeneratorTest, NoBasketIsLargerThanTheLargest) {
  for (const auto& basket : Baskets({.mean_milli = 20'000, .max_size = 12}, 2000)) EXPECT_LE(basket.size(), 12u);
}

TEST(GeneratorTest, AShopOfOneProductSellsThatProduct) {
  EXPECT_THAT(Baskets({.products = 1}, 50), Each(ElementsAre(0u)));
}

// Baskets of one, so that nothing is drawn without replacement.
TEST(GeneratorTest, PopularityFallsWithTheZipfExponent) {
  for (const std::uint32_t exponent_milli : {700u, 1000u, 1300u}) {
    const auto baskets = Baskets({.products = 5000, .zipf_milli = exponent_milli, .mean_milli = 1000}, 1'000'000);
    const std::vector<double> units = UnitsByRank(baskets, 5000);
    const double slope = std::log(units[4] / units[199]) / std::log(200.0 / 5.0);
    EXPECT_NEAR(slope, exponent_milli / 1000.0, 0.05);
  }
}

TEST(GeneratorTest, ZipfWeightsAreAsPreciseAsPromised) {
  for (const std::uint32_t exponent_milli : {0u, 500u, 1000u, 1700u}) {
    const std::vector<std::uint64_t> weights = ZipfWeights(1000, exponent_milli);
    for (std::size_t i = 0; i < weights.size(); ++i) {
      const double want = std::ldexp(std::pow(static_cast<double>(i + 1), exponent_milli / -1000.0), 62);
      EXPECT_NEAR(static_cast<double>(weights[i]) / want, 1, std::ldexp(1, -24));
    }
  }
}

TEST(GeneratorTest, TheAliasTableDrawsInProportionToTheWeights) {
  const AliasTable table({1, 0, 2, 5});
  Random random(3);
  std::vector<double> drawn(4);
  for (int i = 0; i < 80'000; ++i) drawn[table.Draw(&random)] += 1;
  EXPECT_NEAR(drawn[0], 10'000, 500);
  EXPECT_EQ(drawn[1], 0);
  EXPECT_NEAR(drawn[2], 20'000, 700);
  EXPECT_NEAR(drawn[3], 50'000, 700);
}

// The share of pairs within a group of eight, among 5,000 products, is far above what chance gives.
TEST(GeneratorTest, ProductsOfOneGroupAreDrawnTogether) {
  const auto share = [](std::uint32_t group_milli) {
    double pairs = 0;
    double within = 0;
    for (const auto& basket : Baskets({.products = 5000, .zipf_milli = 500, .group_milli = group_milli}, 5000)) {
      for (std::size_t i = 1; i < basket.size(); ++i) {
        pairs += 1;
        within += basket[i] / 8 == basket[i - 1] / 8 ? 1 : 0;
      }
    }
    return within / pairs;
  };
  EXPECT_LT(share(0), 0.02);
  EXPECT_GT(share(200), 0.12);
}

}  // namespace
}  // namespace awase::peers
