#include "apps/awase/training_flags.h"

#include <csignal>

#include "awase/base/parallel.h"
#include "awase/base/status_macros.h"

namespace awase::apps {
namespace {

// Set by the signal handler, read by the trainer between pieces of work.
volatile std::sig_atomic_t interrupted = 0;
void Interrupt(int) { interrupted = 1; }

}  // namespace

absl::Status InputFlags::Apply(trainer::TrainOptions* options) const {
  if (currency.empty()) return absl::OkStatus();
  const absl::StatusOr<CurrencyCode> code = CurrencyCode::Parse(currency);
  if (!code.ok()) return Annotate(code.status(), "--currency");
  options->currency = *code;
  return absl::OkStatus();
}

void AddInputFlags(CLI::App* command, trainer::TrainOptions* options, InputFlags* flags) {
  options->threads = HardwareThreads();
  command->add_option(
      "--orders", options->orders,
      "Order dumps: CSV, TSV, Parquet, JSON lines, plain or .gz or .zst; files or globs. Needs order_id and "
      "product_id; knows customer_id, quantity, unit_price, currency, ordered_at, status");
  command->add_option("--products", options->products, "Product files, in the same formats (optional)");
  command->add_option("--dataset", options->dataset_map,
                      "Dataset map: your column names, or SQL (docs/dataset_map.md)");
  command->add_option("--currency", flags->currency, "Currency of rows that name none, e.g. EUR");
  command->add_option("--max-bad", options->max_bad_share, "Fail when more than this share of rows is bad")
      ->capture_default_str()
      ->check(CLI::Range(0.0, 1.0));
  command->add_option("--threads", options->threads, "Threads; the result does not depend on it")
      ->capture_default_str()
      ->check(CLI::Range(1, 1024));
}

void AddRankingFlags(CLI::App* command, trainer::TrainOptions* options) {
  relations::RankingOptions& ranking = options->ranking;
  const char* group = "Ranking and evidence";
  command->add_option("--top", options->top_k, "Longest list kept per product")
      ->capture_default_str()
      ->group(group)
      ->check(CLI::Range(1, 10'000));
  command->add_option("--min-buyers", options->min_buyers, "Pairs of fewer distinct buyers are left out")
      ->capture_default_str()
      ->group(group)
      ->check(CLI::Range(1, 1'000'000));
  command
      ->add_option("--max-basket", options->max_basket,
                   "Orders and customers with more products than this are left out")
      ->capture_default_str()
      ->group(group)
      ->check(CLI::Range(2, 1'000'000));
  command
      ->add_option("--basket-size-exponent", ranking.basket_size_exponent,
                   "How much less a large basket says about its pairs (0 = not less)")
      ->capture_default_str()
      ->group(group);
  command
      ->add_option("--half-life-days", ranking.half_life_days,
                   "An order this much older counts half (0 = age is nothing)")
      ->capture_default_str()
      ->group(group);
  command
      ->add_option("--popularity-exponent", ranking.popularity_exponent, "Discount of popular products, 0 (none) to 1")
      ->capture_default_str()
      ->group(group);
  command->add_option("--claim-orders", options->claims.min_units, "A claim needs this many orders with both products")
      ->capture_default_str()
      ->group(group);
  command->add_option("--claim-buyers", options->claims.min_buyers, "… by this many distinct buyers")
      ->capture_default_str()
      ->group(group);
  command->add_option("--max-price-step", options->ladder.max_step, "Highest price ratio of one step of a ladder")
      ->capture_default_str()
      ->group(group)
      ->check(CLI::Range(1.05, 100.0));
}

std::function<bool()> CancelledBySignal() {
  std::signal(SIGINT, Interrupt);
  std::signal(SIGTERM, Interrupt);
  return [] { return interrupted != 0; };
}

}  // namespace awase::apps
