#include "bench/peers/runner.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <new>
#include <utility>

#include "CLI/CLI.hpp"

namespace awase::peers {
namespace {

constexpr int kFailed = 1;
constexpr int kOutOfMemory = 3;

int Run(const RunnerFlags& flags,
        const std::function<absl::StatusOr<nlohmann::json>(const Csr&, const RunnerFlags&)>& measure) {
  const absl::StatusOr<Csr> csr = ReadCsr(flags.input);
  const absl::StatusOr<nlohmann::json> result =
      csr.ok() ? measure(*csr, flags) : absl::StatusOr<nlohmann::json>(csr.status());
  if (!result.ok()) {
    std::fprintf(stderr, "%s\n", std::string(result.status().message()).c_str());
    return result.status().code() == absl::StatusCode::kResourceExhausted ? kOutOfMemory : kFailed;
  }
  std::printf("%s\n", result->dump().c_str());
  return 0;
}

}  // namespace

int RunnerMain(int argc, char** argv, const char* description,
               const std::function<absl::StatusOr<nlohmann::json>(const Csr&, const RunnerFlags&)>& measure) {
  RunnerFlags flags;
  CLI::App app(description);
  app.add_option("--input", flags.input, "Basket file")->required();
  app.add_option("--threads", flags.threads)->check(CLI::Range(1, 1024));
  app.add_option("--top", flags.top_k, "Neighbours of a product")->check(CLI::Range(1, 10'000));
  app.add_option("--samples", flags.samples, "Products whose results are printed");
  CLI11_PARSE(app, argc, argv);
  try {
    return Run(flags, measure);
  } catch (const std::bad_alloc&) {
    std::fprintf(stderr, "out of memory\n");
    return kOutOfMemory;
  }
}

std::vector<std::uint32_t> SampledProducts(std::uint64_t product_count, std::uint64_t samples) {
  std::vector<std::uint32_t> products(std::min(product_count, samples));
  for (std::uint64_t i = 0; i < products.size(); ++i) {
    products[i] = static_cast<std::uint32_t>(i * product_count / products.size());
  }
  return products;
}

std::vector<std::uint32_t> UnitsPerProduct(const Csr& csr) {
  std::vector<std::uint32_t> units(csr.product_count);
  for (const std::uint32_t id : csr.ids) ++units[id];
  return units;
}

nlohmann::json RankedList(std::uint32_t product, std::vector<PairCount> row, const std::vector<std::uint32_t>& units,
                          std::size_t top_k) {
  const auto cosine = [&](const PairCount& pair) {
    return pair.units / std::sqrt(static_cast<double>(units[product]) * static_cast<double>(units[pair.other]));
  };
  row.erase(std::remove_if(row.begin(), row.end(), [&](const PairCount& pair) { return pair.other == product; }),
            row.end());
  const std::size_t kept = std::min(top_k, row.size());
  std::partial_sort(row.begin(), row.begin() + static_cast<std::ptrdiff_t>(kept), row.end(),
                    [&](const PairCount& a, const PairCount& b) {
                      const double score_a = cosine(a);
                      const double score_b = cosine(b);
                      return score_a != score_b ? score_a > score_b : a.other < b.other;
                    });
  row.resize(kept);
  nlohmann::json list = nlohmann::json::array();
  for (const PairCount& pair : row) list.push_back({pair.other, cosine(pair), pair.units});
  return list;
}

}  // namespace awase::peers
