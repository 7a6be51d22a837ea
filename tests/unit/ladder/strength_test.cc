#include "ladder/internal/strength.h"

#include <cmath>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace awase::ladder_internal {
namespace {

double LogPosterior(const std::vector<double>& strengths, const std::vector<double>& prior,
                    const std::vector<Duel>& duels) {
  double sum = 0;
  for (std::size_t i = 0; i < strengths.size(); ++i) sum -= 10 * std::pow(strengths[i] - prior[i], 2);
  for (const Duel& duel : duels) {
    const double gap = strengths[duel.one] - strengths[duel.other];
    sum += duel.to_one * -std::log1p(std::exp(-gap)) + duel.to_other * -std::log1p(std::exp(gap));
  }
  return sum;
}

TEST(Strengths, StayAtThePriorWhereNobodyMoved) {
  EXPECT_THAT(Strengths({1, 2, 3}, {}), ::testing::ElementsAre(1, 2, 3));
}

TEST(Strengths, AreTheMaximumOfThePosterior) {
  const std::vector<double> prior = {0, 0.3, 0.7, 1.2};
  const std::vector<Duel> duels = {{0, 1, 3, 30}, {1, 2, 40, 5}, {0, 2, 2, 9}, {2, 3, 1, 400}};
  const std::vector<double> found = Strengths(prior, duels);
  const double best = LogPosterior(found, prior, duels);
  for (std::size_t i = 0; i < found.size(); ++i) {
    for (const double change : {-1e-3, 1e-3}) {
      std::vector<double> other = found;
      other[i] += change;
      EXPECT_LT(LogPosterior(other, prior, duels), best);
    }
  }
  EXPECT_LT(found[2], found[1]) << "forty moves outweigh the price";
}

TEST(Strengths, KeepTheOrderOfPricesAgainstOneCustomer) {
  const std::vector<double> found = Strengths({0, 0.7}, std::vector<Duel>{{0, 1, 1, 0}});
  EXPECT_LT(found[0], found[1]);
}

}  // namespace
}  // namespace awase::ladder_internal
