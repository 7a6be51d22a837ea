#include "bench/peers/runner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace awase::peers {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(RunnerTest, SamplesAreSpreadEvenly) {
  EXPECT_THAT(SampledProducts(100, 4), ElementsAre(0u, 25u, 50u, 75u));
  EXPECT_THAT(SampledProducts(3, 64), ElementsAre(0u, 1u, 2u));
  EXPECT_THAT(SampledProducts(0, 64), IsEmpty());
}

TEST(RunnerTest, CountsTheBasketsOfEachProduct) {
  const Csr csr{.product_count = 3, .offsets = {0, 2, 3}, .ids = {0, 2, 2}};
  EXPECT_THAT(UnitsPerProduct(csr), ElementsAre(1u, 0u, 2u));
}

TEST(RunnerTest, RanksARowByCosineWithTiesById) {
  const std::vector<std::uint32_t> units = {4, 9, 1, 9, 16};
  const nlohmann::json list = RankedList(0, {{0, 4}, {4, 2}, {3, 2}, {1, 2}, {2, 1}}, units, 3);
  const nlohmann::json want = {{2, 0.5, 1}, {1, 2 / std::sqrt(36.0), 2}, {3, 2 / std::sqrt(36.0), 2}};
  EXPECT_EQ(list, want);
}

}  // namespace
}  // namespace awase::peers
