#include "awase/evaluation/classical_rankers.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "awase/orders/counter_pool.h"
#include "evaluation/internal/ease.h"
#include "evaluation/internal/top_products.h"

namespace awase::evaluation {
namespace {

using evaluation_internal::TopProducts;
using orders::BasketIndex;
using orders::CounterPool;
using orders::RowCounter;

constexpr double kBm25K1 = 1.2;
constexpr double kBm25B = 0.75;
constexpr double kEaseLambda = 500;

// A score of the pair (i, j) that is made from the counts of the two.
class PairScore {
 public:
  virtual ~PairScore() = default;
  virtual std::string name() const = 0;
  virtual absl::Span<const float> basket_weights() const { return {}; }
  virtual double Of(ProductIndex i, const RowCounter::Pair& pair) const = 0;
};

class Count : public PairScore {
 public:
  std::string name() const override { return "count"; }
  double Of(ProductIndex, const RowCounter::Pair& pair) const override { return pair.units; }
};

// n_ij / √(n_i n_j): Linden, Smith, York 2003.
class Cosine : public PairScore {
 public:
  explicit Cosine(const BasketIndex& index) : index_(index) {}
  std::string name() const override { return "cosine"; }
  double Of(ProductIndex i, const RowCounter::Pair& pair) const override {
    return pair.units / std::sqrt(static_cast<double>(index_.units(i)) * index_.units(pair.other));
  }

 private:
  const BasketIndex& index_;
};

// k ln(k / e); 0 for k = 0.
double Surprise(double observed, double expected) {
  return observed > 0 ? observed * std::log(observed / expected) : 0;
}

// 2 Σ k ln(k / e) over the four cells of "with i or not, with j or not", negative below the expected count (Dunning
// 1993).
class LogLikelihoodRatio : public PairScore {
 public:
  explicit LogLikelihoodRatio(const BasketIndex& index) : index_(index) {}
  std::string name() const override { return "llr"; }
  double Of(ProductIndex i, const RowCounter::Pair& pair) const override {
    const auto total = static_cast<double>(index_.baskets().size());
    const double with_i = index_.units(i);
    const double with_j = index_.units(pair.other);
    const double both = pair.units;
    const double expected = with_i * with_j / total;
    const double ratio = 2 * (Surprise(both, expected) + Surprise(with_i - both, with_i - expected) +
                              Surprise(with_j - both, with_j - expected) +
                              Surprise(total - with_i - with_j + both, total - with_i - with_j + expected));
    return both >= expected ? ratio : -ratio;
  }

 private:
  const BasketIndex& index_;
};

// Okapi BM25 of 0/1 counts, with what are documents on one side and words on the other: the product of the weights of i
// and j in a basket, summed over the baskets with both.
//   weight of a word in a document =
//     (K1 + 1) / (K1 (1 − B + B length / mean length) + 1) · (ln documents − ln(1 + uses))
double LengthNorm(double length, double mean_length) {
  return (kBm25K1 + 1) / (kBm25K1 * (1 - kBm25B + kBm25B * length / mean_length) + 1);
}

double InverseFrequency(double documents, double uses) { return std::log(documents) - std::log1p(uses); }

// How many products have been bought at all.
double ProductsBought(const BasketIndex& index) {
  double products = 0;
  for (std::size_t p = 0; p < index.product_count(); ++p) products += index.units(ProductAt(p)) > 0 ? 1 : 0;
  return products;
}

// Orders are the documents: a large order says less of each pair, a popular product less of what it is with.
class Bm25OfOrders : public PairScore {
 public:
  explicit Bm25OfOrders(const BasketIndex& index) : index_(index) {
    const orders::BasketSet& baskets = index.baskets();
    const auto lines = static_cast<double>(baskets.products.size());
    const double mean_size = lines / std::max(1.0, static_cast<double>(baskets.size()));
    for (std::size_t b = 0; b < baskets.size(); ++b) {
      const double norm = LengthNorm(static_cast<double>(baskets.basket(b).size()), mean_size);
      weights_.push_back(static_cast<float>(norm * norm));
    }
  }
  std::string name() const override { return "bm25"; }
  absl::Span<const float> basket_weights() const override { return weights_; }
  double Of(ProductIndex i, const RowCounter::Pair& pair) const override {
    return Frequency(i) * Frequency(pair.other) * pair.weight;
  }

 private:
  double Frequency(ProductIndex product) const {
    return InverseFrequency(static_cast<double>(index_.baskets().size()), index_.units(product));
  }

  const BasketIndex& index_;
  std::vector<float> weights_;
};

// Products are the documents: what BM25Recommender of the library implicit makes of an orders × products matrix.
class Bm25OfProducts : public PairScore {
 public:
  explicit Bm25OfProducts(const BasketIndex& index) : index_(index) {
    const orders::BasketSet& baskets = index.baskets();
    const double products = ProductsBought(index);
    mean_units_ = static_cast<double>(baskets.products.size()) / std::max(1.0, products);
    for (std::size_t b = 0; b < baskets.size(); ++b) {
      const double idf = InverseFrequency(products, static_cast<double>(baskets.basket(b).size()));
      weights_.push_back(static_cast<float>(idf * idf));
    }
  }
  std::string name() const override { return "bm25_implicit"; }
  absl::Span<const float> basket_weights() const override { return weights_; }
  double Of(ProductIndex i, const RowCounter::Pair& pair) const override {
    return LengthNorm(index_.units(i), mean_units_) * LengthNorm(index_.units(pair.other), mean_units_) * pair.weight;
  }

 private:
  const BasketIndex& index_;
  double mean_units_ = 1;
  std::vector<float> weights_;
};

class PairListRanker : public ListRanker {
 public:
  PairListRanker(const BasketIndex& index, std::unique_ptr<PairScore> score)
      : counters_(index), score_(std::move(score)) {}

  std::string name() const override { return score_->name(); }

  std::vector<ProductIndex> Top(ProductIndex anchor, std::size_t count) const override {
    const CounterPool::Lease counter = counters_.Take();
    std::vector<ScoredProduct> scored;
    for (const RowCounter::Pair& pair : counter->Count(anchor, score_->basket_weights())) {
      scored.push_back({pair.other, static_cast<float>(score_->Of(anchor, pair))});
    }
    return TopProducts(std::move(scored), count);
  }

 private:
  mutable CounterPool counters_;
  std::unique_ptr<PairScore> score_;
};

class PairCartRanker : public CartRanker {
 public:
  PairCartRanker(const BasketIndex& index, std::unique_ptr<PairScore> score)
      : counters_(index), score_(std::move(score)) {}

  std::string name() const override { return score_->name(); }

  std::vector<ScoredProduct> Score(absl::Span<const ProductIndex> cart) const override {
    const CounterPool::Lease counter = counters_.Take();
    std::vector<ScoredProduct> parts;
    for (const ProductIndex product : cart) {
      for (const RowCounter::Pair& pair : counter->Count(product, score_->basket_weights())) {
        parts.push_back({pair.other, static_cast<float>(score_->Of(product, pair))});
      }
    }
    return SumByProduct(std::move(parts));
  }

 private:
  mutable CounterPool counters_;
  std::unique_ptr<PairScore> score_;
};

std::vector<ScoredProduct> ProductsByUnits(const BasketIndex& index) {
  std::vector<ScoredProduct> products;
  for (std::size_t p = 0; p < index.product_count(); ++p) {
    const std::uint32_t units = index.units(ProductAt(p));
    if (units > 0) products.push_back({ProductAt(p), static_cast<float>(units)});
  }
  std::sort(products.begin(), products.end(), RanksBefore);
  return products;
}

class PopularityListRanker : public ListRanker {
 public:
  explicit PopularityListRanker(const BasketIndex& index) : products_(ProductsByUnits(index)) {}
  std::string name() const override { return "popularity"; }
  std::vector<ProductIndex> Top(ProductIndex anchor, std::size_t count) const override {
    std::vector<ProductIndex> top;
    for (const ScoredProduct& product : products_) {
      if (top.size() == count) break;
      if (product.product != anchor) top.push_back(product.product);
    }
    return top;
  }

 private:
  std::vector<ScoredProduct> products_;
};

class PopularityCartRanker : public CartRanker {
 public:
  explicit PopularityCartRanker(const BasketIndex& index) : products_(ProductsByUnits(index)) {}
  std::string name() const override { return "popularity"; }
  std::vector<ScoredProduct> Score(absl::Span<const ProductIndex>) const override { return products_; }

 private:
  std::vector<ScoredProduct> products_;
};

}  // namespace

std::vector<std::unique_ptr<ListRanker>> ClassicalListRankers(const BasketIndex& index, bool with_ease,
                                                              std::size_t threads) {
  std::vector<std::unique_ptr<ListRanker>> rankers;
  rankers.push_back(std::make_unique<PopularityListRanker>(index));
  rankers.push_back(std::make_unique<PairListRanker>(index, std::make_unique<Count>()));
  rankers.push_back(std::make_unique<PairListRanker>(index, std::make_unique<Cosine>(index)));
  rankers.push_back(std::make_unique<PairListRanker>(index, std::make_unique<LogLikelihoodRatio>(index)));
  rankers.push_back(std::make_unique<PairListRanker>(index, std::make_unique<Bm25OfOrders>(index)));
  rankers.push_back(std::make_unique<PairListRanker>(index, std::make_unique<Bm25OfProducts>(index)));
  const double products = ProductsBought(index);
  if (with_ease && products > 0 && products <= kMostEaseProducts) {
    rankers.push_back(evaluation_internal::MakeEaseRanker(index, kEaseLambda, threads));
  }
  return rankers;
}

std::vector<std::unique_ptr<CartRanker>> ClassicalCartRankers(const BasketIndex& index) {
  std::vector<std::unique_ptr<CartRanker>> rankers;
  rankers.push_back(std::make_unique<PopularityCartRanker>(index));
  rankers.push_back(std::make_unique<PairCartRanker>(index, std::make_unique<Count>()));
  rankers.push_back(std::make_unique<PairCartRanker>(index, std::make_unique<Cosine>(index)));
  rankers.push_back(std::make_unique<PairCartRanker>(index, std::make_unique<Bm25OfOrders>(index)));
  rankers.push_back(std::make_unique<PairCartRanker>(index, std::make_unique<Bm25OfProducts>(index)));
  return rankers;
}

}  // namespace awase::evaluation
