#ifndef AWASE_BENCH_ZIPF_NUMBERS_H_
#define AWASE_BENCH_ZIPF_NUMBERS_H_

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

namespace awase::bench {

// Draws 0 … count − 1 with the weights 1, 1/2, 1/3, … (Zipf), in O(1). thread-safe once made.
class ZipfNumbers {
 public:
  explicit ZipfNumbers(std::size_t count) : keep_(count), alias_(count) {
    double sum = 0;
    for (std::size_t i = 0; i < count; ++i) sum += 1.0 / static_cast<double>(i + 1);
    std::vector<std::uint32_t> small;
    std::vector<std::uint32_t> large;
    for (std::size_t i = 0; i < count; ++i) {
      keep_[i] = static_cast<double>(count) / (static_cast<double>(i + 1) * sum);
      alias_[i] = static_cast<std::uint32_t>(i);
      (keep_[i] < 1 ? small : large).push_back(alias_[i]);
    }
    while (!small.empty() && !large.empty()) {
      const std::uint32_t poor = small.back();
      const std::uint32_t rich = large.back();
      small.pop_back();
      alias_[poor] = rich;
      keep_[rich] -= 1 - keep_[poor];
      if (keep_[rich] >= 1) continue;
      large.pop_back();
      small.push_back(rich);
    }
  }

  std::uint32_t Draw(std::mt19937_64* random) const {
    const auto slot = static_cast<std::uint32_t>((*random)() % keep_.size());
    return std::uniform_real_distribution<double>()(*random) < keep_[slot] ? slot : alias_[slot];
  }

 private:
  // Walker's alias method.
  std::vector<double> keep_;
  std::vector<std::uint32_t> alias_;
};

}  // namespace awase::bench

#endif  // AWASE_BENCH_ZIPF_NUMBERS_H_
