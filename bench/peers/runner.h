#ifndef AWASE_BENCH_PEERS_RUNNER_H_
#define AWASE_BENCH_PEERS_RUNNER_H_

// What the measured C++ programs share: their flags, the clock, the sample of products whose results are compared, and
// the JSON that they print. worker.py does the same for the measured Python packages.

#include <cstdint>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "bench/peers/csr_file.h"

namespace awase::peers {

struct RunnerFlags {
  std::string input;
  std::size_t threads = 1;
  std::size_t top_k = 32;
  std::uint64_t samples = 64;
};

// Reads --input, --threads, --top and --samples, loads the input, calls `measure` and prints its JSON on one line.
// Returns the exit code of the process: 1 with a sentence on stderr for an error, 3 when memory ran out.
int RunnerMain(int argc, char** argv, const char* description,
               const std::function<absl::StatusOr<nlohmann::json>(const Csr&, const RunnerFlags&)>& measure);

// The products whose results are printed: spread evenly, and the same for every system. No more than there are.
std::vector<std::uint32_t> SampledProducts(std::uint64_t product_count, std::uint64_t samples);

// How many baskets have each product.
std::vector<std::uint32_t> UnitsPerProduct(const Csr& csr);

// One product's pair counts, the product itself among them or not, as its list: the best top_k others by cosine, ties
// by id, each [other, cosine, units together]. This is how the systems that do not rank are compared with those that
// do.
struct PairCount {
  std::uint32_t other;
  std::uint32_t units;
};
nlohmann::json RankedList(std::uint32_t product, std::vector<PairCount> row, const std::vector<std::uint32_t>& units,
                          std::size_t top_k);

}  // namespace awase::peers

#endif  // AWASE_BENCH_PEERS_RUNNER_H_
