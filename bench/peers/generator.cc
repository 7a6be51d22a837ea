#include "bench/peers/generator.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <numeric>
#include <utility>

namespace awase::peers {
namespace {

__extension__ using Wide = unsigned __int128;

constexpr int kFraction = 32;  // bits behind the point of a logarithm
constexpr std::uint64_t kOne63 = std::uint64_t{1} << 63;

// a · b for fixed-point numbers with 63 bits behind the point.
std::uint64_t Multiply63(std::uint64_t a, std::uint64_t b) { return static_cast<std::uint64_t>((Wide{a} * b) >> 63); }

std::uint64_t SquareRoot(Wide value) {
  Wide root = 0;
  for (int bit = 63; bit >= 0; --bit) {
    const Wide trial = root | (Wide{1} << bit);
    if (trial * trial <= value) root = trial;
  }
  return static_cast<std::uint64_t>(root);
}

// log2(value) with 32 bits behind the point: each squaring of the mantissa yields one more bit. REQUIRES: value > 0.
std::uint64_t Log2(std::uint32_t value) {
  const int whole = std::bit_width(value) - 1;
  std::uint64_t mantissa = std::uint64_t{value} << (63 - whole);  // in [1, 2), 63 bits behind the point
  std::uint64_t result = static_cast<std::uint64_t>(whole);
  for (int bit = 0; bit < kFraction; ++bit) {
    const Wide square = (Wide{mantissa} * mantissa) >> 63;
    result <<= 1;
    if (square >> 64 != 0) {
      mantissa = static_cast<std::uint64_t>(square >> 1);
      result |= 1;
    } else {
      mantissa = static_cast<std::uint64_t>(square);
    }
  }
  return result;
}

// 2^−(2^−1), 2^−(2^−2), … with 63 bits behind the point: each is the square root of the one before.
std::array<std::uint64_t, kFraction> NegativePowers() {
  std::array<std::uint64_t, kFraction> powers{};
  std::uint64_t power = kOne63 >> 1;
  for (std::uint64_t& next : powers) {
    power = SquareRoot(Wide{power} << 63);
    next = power;
  }
  return powers;
}

// The geometric tail: q^k with q = (mean − 1) / mean, until it vanishes or max_size is reached.
std::vector<std::uint64_t> SizeTail(std::uint32_t mean_milli, std::uint32_t max_size) {
  const std::uint64_t ratio = static_cast<std::uint64_t>((Wide{mean_milli - 1000} << 64) / mean_milli);
  std::vector<std::uint64_t> tail;
  std::uint64_t power = ratio;
  while (power > 0 && tail.size() + 1 < max_size) {
    tail.push_back(power);
    power = static_cast<std::uint64_t>((Wide{power} * ratio) >> 64);
  }
  return tail;
}

}  // namespace

std::uint64_t Random::Next() {
  state_ += 0x9E3779B97F4A7C15;
  std::uint64_t z = state_;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
  return z ^ (z >> 31);
}

std::uint64_t Random::Below(std::uint64_t bound) { return static_cast<std::uint64_t>((Wide{Next()} * bound) >> 64); }

AliasTable::AliasTable(const std::vector<std::uint64_t>& weights) : columns_(weights.size()) {
  // A column holds the mean weight; weights are scaled by their number, so that the mean is a whole number.
  const Wide capacity = std::accumulate(weights.begin(), weights.end(), Wide{0});
  std::vector<Wide> left(weights.size());
  std::vector<std::uint32_t> small;
  std::vector<std::uint32_t> large;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    left[i] = Wide{weights[i]} * weights.size();
    (left[i] < capacity ? small : large).push_back(static_cast<std::uint32_t>(i));
  }
  while (!small.empty() && !large.empty()) {
    const std::uint32_t poor = small.back();
    const std::uint32_t rich = large.back();
    small.pop_back();
    columns_[poor] = {static_cast<std::uint32_t>((left[poor] << 32) / capacity), rich};  // below 2^96, so it fits
    left[rich] -= capacity - left[poor];
    if (left[rich] < capacity) {
      large.pop_back();
      small.push_back(rich);
    }
  }
  for (const std::vector<std::uint32_t>* full : {&small, &large}) {
    for (const std::uint32_t i : *full) columns_[i] = {0xFFFFFFFF, i};
  }
}

std::uint32_t AliasTable::Draw(Random* random) const {
  const Wide position = Wide{random->Next()} * columns_.size();
  const auto column = static_cast<std::uint32_t>(position >> 64);
  const auto share = static_cast<std::uint32_t>(static_cast<std::uint64_t>(position) >> 32);
  return share < columns_[column].threshold ? column : columns_[column].alias;
}

std::vector<std::uint64_t> ZipfWeights(std::uint32_t count, std::uint32_t exponent_milli) {
  const std::array<std::uint64_t, kFraction> powers = NegativePowers();
  std::vector<std::uint64_t> weights(count);
  for (std::uint32_t rank = 1; rank <= count; ++rank) {
    const std::uint64_t exponent = Log2(rank) * exponent_milli / 1000;
    std::uint64_t weight = kOne63;
    for (int bit = 0; bit < kFraction; ++bit) {
      if ((exponent >> (kFraction - 1 - bit) & 1) != 0)
        weight = Multiply63(weight, powers[static_cast<std::size_t>(bit)]);
    }
    const std::uint64_t whole = exponent >> kFraction;
    weights[rank - 1] = whole < 62 ? std::max<std::uint64_t>(1, weight >> (whole + 1)) : 1;
  }
  return weights;
}

BasketGenerator::BasketGenerator(const GeneratorOptions& options)
    : options_(options),
      random_(options.seed),
      popularity_(ZipfWeights(options.products, options.zipf_milli)),
      id_of_rank_(options.products),
      larger_than_(SizeTail(options.mean_milli, options.max_size)) {
  options_.group_size = std::max<std::uint32_t>(1, options.group_size);
  std::iota(id_of_rank_.begin(), id_of_rank_.end(), 0U);
  for (std::size_t i = id_of_rank_.size(); i > 1; --i) std::swap(id_of_rank_[i - 1], id_of_rank_[random_.Below(i)]);
}

std::uint32_t BasketGenerator::DrawSize() {
  const std::uint64_t draw = random_.Next();
  const auto smaller = std::partition_point(larger_than_.begin(), larger_than_.end(),
                                            [&](std::uint64_t probability) { return draw < probability; });
  return 1 + static_cast<std::uint32_t>(smaller - larger_than_.begin());
}

std::uint32_t BasketGenerator::DrawProduct(const std::vector<std::uint32_t>& basket) {
  if (basket.empty() || random_.Below(1000) >= options_.group_milli) return id_of_rank_[popularity_.Draw(&random_)];
  const std::uint32_t first = basket.back() / options_.group_size * options_.group_size;
  const std::uint32_t members = std::min(options_.group_size, options_.products - first);
  return first + static_cast<std::uint32_t>(random_.Below(members));
}

void BasketGenerator::Next(std::vector<std::uint32_t>* basket) {
  basket->clear();
  const std::uint32_t size = std::min(DrawSize(), options_.products);
  int redraws = 0;
  while (basket->size() < size && redraws < kMaxRedraws) {
    const std::uint32_t product = DrawProduct(*basket);
    if (std::find(basket->begin(), basket->end(), product) != basket->end()) {
      ++redraws;
      continue;
    }
    basket->push_back(product);
    redraws = 0;
  }
  std::sort(basket->begin(), basket->end());
}

}  // namespace awase::peers
