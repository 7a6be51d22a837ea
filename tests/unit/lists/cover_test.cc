#include "lists/internal/cover.h"

#include <cmath>
#include <random>
#include <set>

#include "gtest/gtest.h"

namespace awase::lists_internal {
namespace {

std::vector<Scored> RandomList(std::size_t size, std::mt19937_64* random) {
  std::vector<Scored> list;
  for (std::uint32_t i = 0; i < size; ++i) {
    list.push_back({ProductAt(i), static_cast<float>((*random)() % 100) / 100, i});
  }
  std::shuffle(list.begin(), list.end(), *random);
  return list;
}

TEST(CoverageChooser, WithoutABonusTakesTheBest) {
  std::mt19937_64 random(1);
  for (std::size_t size = 0; size < 40; ++size) {
    std::vector<Scored> list = RandomList(size, &random);
    std::vector<Scored> sorted = list;
    std::sort(sorted.begin(), sorted.end(), RanksBefore);
    CoverageChooser(size, 0).Choose(5, &list);
    ASSERT_EQ(list.size(), size);
    for (std::size_t i = 0; i < std::min(kChosen, size); ++i) EXPECT_EQ(list[i].product, sorted[i].product);
  }
}

TEST(CoverageChooser, ChoosesByTheFormula) {
  std::mt19937_64 random(2);
  constexpr std::size_t kProducts = 30;
  constexpr double kBonus = 0.3;
  CoverageChooser chooser(kProducts, kBonus);
  std::vector<double> shown(kProducts, 0);
  for (const double pages : {8.0, 3.0, 1.0, 0.2}) {
    std::vector<Scored> list = RandomList(kProducts, &random);
    std::vector<std::pair<double, ProductIndex>> worth;
    const double seen = 1 - std::exp(-pages);
    for (const Scored& candidate : list) {
      worth.emplace_back(-(candidate.score + kBonus * seen / pages * std::exp(-0.4 * shown[Slot(candidate.product)])),
                         candidate.product);
    }
    std::sort(worth.begin(), worth.end());
    std::set<ProductIndex> expected;
    for (std::size_t i = 0; i < kChosen; ++i) expected.insert(worth[i].second);

    chooser.Choose(pages, &list);
    std::set<ProductIndex> chosen;
    for (std::size_t i = 0; i < kChosen; ++i) {
      chosen.insert(list[i].product);
      shown[Slot(list[i].product)] += seen;
      if (i > 0) {
        EXPECT_TRUE(RanksBefore(list[i - 1], list[i]));
      }
    }
    EXPECT_EQ(chosen, expected);
    std::set<ProductIndex> all;
    for (const Scored& candidate : list) all.insert(candidate.product);
    EXPECT_EQ(all.size(), kProducts) << "none is lost";
  }
}

}  // namespace
}  // namespace awase::lists_internal
