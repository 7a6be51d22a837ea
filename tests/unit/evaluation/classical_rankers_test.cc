#include "awase/evaluation/classical_rankers.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <functional>
#include <random>

#include "gtest/gtest.h"
#include "tests/testing/basket_builder.h"

namespace awase::evaluation {
namespace {

using testing::ReferenceBasket;
using testing::ReferenceCounts;

constexpr std::size_t kProducts = 12;

// Product 11 is never sold.
std::vector<ReferenceBasket> RandomBaskets(std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<ReferenceBasket> baskets;
  for (std::uint32_t b = 0; b < 80; ++b) {
    ReferenceBasket basket{b, {}};
    for (std::size_t p = 0; p < kProducts - 1; ++p) {
      if (random() % (2 + p) == 0) basket.products.push_back(ProductAt(p));
    }
    baskets.push_back(basket);
  }
  return baskets;
}

// The list that a score, given for every pair, makes.
std::vector<ProductIndex> ListBy(std::size_t anchor, const ReferenceCounts& counts, bool only_met,
                                 const std::function<double(std::size_t j)>& score) {
  std::vector<ScoredProduct> scored;
  for (std::size_t j = 0; j < kProducts; ++j) {
    if (j == anchor || counts.units[j] == 0 || (only_met && counts.pair(anchor, j) == 0)) continue;
    scored.push_back({ProductAt(j), static_cast<float>(score(j))});
  }
  std::sort(scored.begin(), scored.end(), RanksBefore);
  std::vector<ProductIndex> list;
  for (const ScoredProduct& product : scored) list.push_back(product.product);
  return list;
}

class ClassicalRankers : public ::testing::TestWithParam<std::uint64_t> {
 protected:
  ClassicalRankers()
      : baskets_(RandomBaskets(GetParam())),
        set_(testing::BasketSetOf(kProducts, baskets_)),
        index_(set_),
        counts_(testing::CountByLoops(kProducts, baskets_)),
        rankers_(ClassicalListRankers(index_)) {}

  void ExpectLists(const std::string& name, bool only_met,
                   const std::function<double(std::size_t i, std::size_t j)>& score) {
    const auto ranker =
        std::find_if(rankers_.begin(), rankers_.end(), [&](const auto& r) { return r->name() == name; });
    ASSERT_NE(ranker, rankers_.end()) << name;
    for (std::size_t i = 0; i < kProducts; ++i) {
      if (counts_.units[i] == 0) continue;
      EXPECT_EQ((*ranker)->Top(ProductAt(i), kProducts),
                ListBy(i, counts_, only_met, [&](std::size_t j) { return score(i, j); }))
          << name << " of " << i;
    }
  }

  double n(std::size_t i) const { return counts_.units[i]; }

  std::vector<ReferenceBasket> baskets_;
  orders::BasketSet set_;
  orders::BasketIndex index_;
  ReferenceCounts counts_;
  std::vector<std::unique_ptr<ListRanker>> rankers_;
};

TEST_P(ClassicalRankers, RankByTheirFormulas) {
  const double total = static_cast<double>(baskets_.size());
  ExpectLists("popularity", false, [&](std::size_t, std::size_t j) { return n(j); });
  ExpectLists("count", true, [&](std::size_t i, std::size_t j) { return counts_.pair(i, j); });
  ExpectLists("cosine", true,
              [&](std::size_t i, std::size_t j) { return counts_.pair(i, j) / std::sqrt(n(i) * n(j)); });
  ExpectLists("llr", true, [&](std::size_t i, std::size_t j) {
    double ratio = 0;
    const double both = counts_.pair(i, j);
    for (const bool with_i : {true, false}) {
      for (const bool with_j : {true, false}) {
        const double k = with_i ? (with_j ? both : n(i) - both) : (with_j ? n(j) - both : total - n(i) - n(j) + both);
        const double e = (with_i ? n(i) : total - n(i)) * (with_j ? n(j) : total - n(j)) / total;
        if (k > 0) ratio += 2 * k * std::log(k / e);
      }
    }
    return both >= n(i) * n(j) / total ? ratio : -ratio;
  });
}

// bm25_weight of the library implicit (0.7), spelled out: documents are rows of a 0/1 matrix, words its columns.
Eigen::MatrixXd Bm25Weights(const Eigen::MatrixXd& documents) {
  Eigen::MatrixXd weights = documents;
  const double mean_length = documents.sum() / static_cast<double>(documents.rows());
  for (Eigen::Index d = 0; d < documents.rows(); ++d) {
    const double length = 1 - 0.75 + 0.75 * documents.row(d).sum() / mean_length;
    for (Eigen::Index w = 0; w < documents.cols(); ++w) {
      const double idf = std::log(static_cast<double>(documents.rows())) - std::log1p(documents.col(w).sum());
      weights(d, w) *= 2.2 / (1.2 * length + 1) * idf;
    }
  }
  return weights;
}

TEST_P(ClassicalRankers, Bm25WeighsOrdersOrProductsAsDocuments) {
  Eigen::MatrixXd orders = Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(baskets_.size()), kProducts - 1);
  for (std::size_t b = 0; b < baskets_.size(); ++b) {
    for (const ProductIndex product : baskets_[b].products) {
      orders(static_cast<Eigen::Index>(b), static_cast<Eigen::Index>(Slot(product))) = 1;
    }
  }
  const auto expect = [&](const std::string& name, const Eigen::MatrixXd& similar) {
    ExpectLists(name, true, [&](std::size_t i, std::size_t j) {
      return similar(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j));
    });
  };
  const Eigen::MatrixXd of_orders = Bm25Weights(orders);
  const Eigen::MatrixXd of_products = Bm25Weights(orders.transpose());
  expect("bm25", of_orders.transpose() * of_orders);
  expect("bm25_implicit", of_products * of_products.transpose());
}

TEST_P(ClassicalRankers, EaseIsTheConstrainedRidge) {
  // B solves the ridge regression of each column on the others: the definition, not the closed form.
  const auto size = static_cast<Eigen::Index>(kProducts) - 1;
  Eigen::MatrixXd gram(size, size);
  for (Eigen::Index i = 0; i < size; ++i) {
    for (Eigen::Index j = 0; j < size; ++j) {
      gram(i, j) = counts_.pair(static_cast<std::size_t>(i), static_cast<std::size_t>(j));
    }
  }
  Eigen::MatrixXd weights = Eigen::MatrixXd::Zero(size, size);
  for (Eigen::Index j = 0; j < size; ++j) {
    Eigen::MatrixXd others = gram + 500 * Eigen::MatrixXd::Identity(size, size);
    Eigen::VectorXd target = gram.col(j);
    others.row(j).setZero();
    others.col(j).setZero();
    others(j, j) = 1;
    target(j) = 0;
    weights.col(j) = others.ldlt().solve(target);
  }
  ExpectLists("ease", false, [&](std::size_t i, std::size_t j) {
    return weights(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j));
  });
}

TEST_P(ClassicalRankers, CartsAreSumsOverTheirProducts) {
  const std::vector<ProductIndex> cart = {ProductAt(1), ProductAt(4)};
  for (const auto& ranker : ClassicalCartRankers(index_)) {
    if (ranker->name() != "count") continue;
    for (const ScoredProduct& scored : ranker->Score(cart)) {
      const std::size_t j = Slot(scored.product);
      EXPECT_EQ(scored.score, (j == 1 ? 0 : counts_.pair(1, j)) + (j == 4 ? 0 : counts_.pair(4, j)));
    }
    return;
  }
  FAIL() << "no ranker called count";
}

INSTANTIATE_TEST_SUITE_P(Seeds, ClassicalRankers, ::testing::Range<std::uint64_t>(0, 8));

}  // namespace
}  // namespace awase::evaluation
