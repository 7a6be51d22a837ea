#ifndef AWASE_BENCH_PEERS_GENERATOR_H_
#define AWASE_BENCH_PEERS_GENERATOR_H_

// Seeded baskets of a made-up shop. Only integers are computed with, so the same seed gives the same baskets on any
// machine, with any compiler.
//
// A basket has 1 + G products, G geometric, so that the mean size is as asked; above max_size it is max_size. Its first
// product is drawn by popularity: the product of rank r (1 = the most popular) with a probability proportional to
// r^−exponent. Each further product is, with probability group_share, one of the group of a product that is in the
// basket already (the one before it), all members alike; else it is drawn by popularity again. A product that is in the
// basket already is drawn anew; a basket for which that happens kMaxRedraws times in a row stays smaller. Ids have
// nothing to do with popularity: ranks are dealt out to ids at random. The group of an id are the group_size ids around
// it, from a multiple of group_size on, so a group has popular members and rare ones, like a camera and its batteries.

#include <cstdint>
#include <vector>

namespace awase::peers {

// Uniform 64-bit numbers (SplitMix64).
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t Next();
  // Uniform in [0, bound), up to a bias of bound / 2^64. REQUIRES: bound > 0.
  std::uint64_t Below(std::uint64_t bound);

 private:
  std::uint64_t state_;
};

// Draws i with a probability proportional to weights[i], in O(1) (Walker's alias table). thread-compatible.
class AliasTable {
 public:
  // REQUIRES: 1 to 2^32 − 1 weights, at least one of them not 0.
  explicit AliasTable(const std::vector<std::uint64_t>& weights);
  std::uint32_t Draw(Random* random) const;

 private:
  struct Column {
    std::uint32_t threshold;  // the column's own share, in 2^−32
    std::uint32_t alias;
  };
  std::vector<Column> columns_;
};

// r^−exponent for r = 1 … count, in units of 2^−62 and at least 1 of them; relative error below 2^−24.
// REQUIRES: exponent_milli <= 3000 (thousandths).
std::vector<std::uint64_t> ZipfWeights(std::uint32_t count, std::uint32_t exponent_milli);

struct GeneratorOptions {
  std::uint64_t seed = 1;
  std::uint32_t products = 50'000;
  std::uint32_t zipf_milli = 1000;  // exponent of popularity, thousandths, 0 to 3000
  std::uint32_t mean_milli = 9800;  // products of a basket in the mean, thousandths, at least 1000
  std::uint32_t max_size = 1000;    // products of the largest basket
  std::uint32_t group_size = 8;     // products that belong together
  std::uint32_t group_milli = 200;  // group_share, thousandths, 0 to 1000
};

// single-thread. Memory: 12 bytes per product.
class BasketGenerator {
 public:
  static constexpr int kMaxRedraws = 64;

  // REQUIRES: options within the ranges above, at least one product.
  explicit BasketGenerator(const GeneratorOptions& options);

  // Replaces *basket by the next basket: ids ascending and distinct, at least one.
  void Next(std::vector<std::uint32_t>* basket);

 private:
  std::uint32_t DrawSize();
  std::uint32_t DrawProduct(const std::vector<std::uint32_t>& basket);

  GeneratorOptions options_;
  Random random_;
  AliasTable popularity_;
  std::vector<std::uint32_t> id_of_rank_;
  std::vector<std::uint64_t> larger_than_;  // larger_than_[k]: probability of more than k + 1 products, in 2^−64
};

}  // namespace awase::peers

#endif  // AWASE_BENCH_PEERS_GENERATOR_H_
