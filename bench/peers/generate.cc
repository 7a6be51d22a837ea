// generate --lines N [--csr FILE] [--csv FILE]: seeded baskets as a basket file (csr_file.h), as an order dump
// (order_file.h) or both; the baskets are those of generator.h. Prints what it made as JSON.

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "CLI/CLI.hpp"
#include "awase/base/status_macros.h"
#include "bench/peers/csr_file.h"
#include "bench/peers/generator.h"
#include "bench/peers/order_file.h"

namespace awase::peers {
namespace {

struct Flags {
  GeneratorOptions generator;
  std::uint64_t lines = 0;
  std::uint64_t baskets = 0;
  std::uint32_t orders_per_customer = 4;
  double zipf = 1.0;
  double mean = 9.8;
  double group_share = 0.2;
  std::string csr;
  std::string csv;
};

struct Made {
  std::uint64_t lines = 0;
  std::uint64_t baskets = 0;
};

std::uint32_t Thousandths(double value) { return static_cast<std::uint32_t>(value * 1000 + 0.5); }

// The generator, until there are enough lines (the last basket is cut to fit) or baskets; 0 = no such limit.
template <typename Sink>
Made Generate(const Flags& flags, const Sink& sink) {
  BasketGenerator generator(flags.generator);
  Made made;
  std::vector<std::uint32_t> basket;
  while ((flags.lines == 0 || made.lines < flags.lines) && (flags.baskets == 0 || made.baskets < flags.baskets)) {
    generator.Next(&basket);
    if (flags.lines > 0) basket.resize(std::min<std::uint64_t>(basket.size(), flags.lines - made.lines));
    sink(basket);
    made.lines += basket.size();
    ++made.baskets;
  }
  return made;
}

absl::Status Run(const Flags& flags) {
  std::optional<CsrWriter> csr;
  std::optional<OrderFileWriter> csv;
  if (!flags.csr.empty()) {
    AWASE_ASSIGN_OR_RETURN(csr, CsrWriter::Create(flags.csr, flags.generator.products));
  }
  if (!flags.csv.empty()) {
    const auto by_mean = static_cast<std::uint64_t>(static_cast<double>(flags.lines) / flags.mean);
    const OrderFileOptions options{.seed = flags.generator.seed,
                                   .orders = std::max<std::uint64_t>(1, flags.baskets > 0 ? flags.baskets : by_mean),
                                   .orders_per_customer = flags.orders_per_customer};
    AWASE_ASSIGN_OR_RETURN(csv, OrderFileWriter::Create(flags.csv, options));
  }
  const Made made = Generate(flags, [&](const std::vector<std::uint32_t>& basket) {
    if (csr.has_value()) csr->Add(basket);
    if (csv.has_value()) csv->Add(basket);
  });
  if (csr.has_value()) AWASE_RETURN_IF_ERROR(csr->Finish());
  if (csv.has_value()) AWASE_RETURN_IF_ERROR(csv->Finish());
  std::printf("%s\n", nlohmann::json{{"lines", made.lines}, {"baskets", made.baskets}}.dump().c_str());
  return absl::OkStatus();
}

void AddFlags(CLI::App* app, Flags* flags) {
  GeneratorOptions& generator = flags->generator;
  auto* lines = app->add_option("--lines", flags->lines, "How many order lines")->check(CLI::PositiveNumber);
  auto* baskets = app->add_option("--baskets", flags->baskets, "How many baskets")->check(CLI::PositiveNumber);
  app->add_option("--products", generator.products)->capture_default_str()->check(CLI::Range(1U, 9'999'999U));
  app->add_option("--zipf", flags->zipf, "Exponent of popularity")->capture_default_str()->check(CLI::Range(0.0, 3.0));
  app->add_option("--mean", flags->mean, "Mean products of a basket")
      ->capture_default_str()
      ->check(CLI::Range(1.0, 1000.0));
  app->add_option("--max-basket", generator.max_size, "Products of the largest basket")
      ->capture_default_str()
      ->check(CLI::Range(1U, 1'000'000U));
  app->add_option("--group-size", generator.group_size, "Products that belong together")
      ->capture_default_str()
      ->check(CLI::Range(1U, 1'000'000U));
  app->add_option("--group-share", flags->group_share, "Share of products drawn from a group that is in the basket")
      ->capture_default_str()
      ->check(CLI::Range(0.0, 1.0));
  app->add_option("--seed", generator.seed)->capture_default_str();
  app->add_option("--orders-per-customer", flags->orders_per_customer, "In the mean, for --csv")
      ->capture_default_str()
      ->check(CLI::Range(1U, 1'000'000U));
  auto* csr = app->add_option("--csr", flags->csr, "Basket file to write");
  auto* csv = app->add_option("--csv", flags->csv, "Order dump to write");
  app->callback([=] {
    if (lines->count() + baskets->count() == 0) throw CLI::RequiredError("--lines or --baskets");
    if (csr->count() + csv->count() == 0) throw CLI::RequiredError("--csr or --csv");
  });
}

}  // namespace
}  // namespace awase::peers

int main(int argc, char** argv) {
  awase::peers::Flags flags;
  CLI::App app("Makes the baskets that bench/peers measures with");
  awase::peers::AddFlags(&app, &flags);
  CLI11_PARSE(app, argc, argv);
  flags.generator.zipf_milli = awase::peers::Thousandths(flags.zipf);
  flags.generator.mean_milli = awase::peers::Thousandths(flags.mean);
  flags.generator.group_milli = awase::peers::Thousandths(flags.group_share);
  const absl::Status status = awase::peers::Run(flags);
  if (!status.ok()) std::fprintf(stderr, "generate: %s\n", std::string(status.message()).c_str());
  return status.ok() ? 0 : 1;
}
