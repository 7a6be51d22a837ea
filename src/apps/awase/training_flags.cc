#include "apps/awase/training_flags.h"

#include <csignal>
#include <cstdio>

#include "apps/awase/commands.h"
#include "apps/awase/flag_checks.h"
#include "awase/base/parallel.h"

namespace awase::apps {
namespace {

// The signal's number. Set by its handler, read by the trainer between pieces of work.
volatile std::sig_atomic_t interrupted = 0;

// A second one ends the process at once: what it leaves behind is removed by a later run.
void Interrupt(int signal) {
  interrupted = signal;
  std::signal(signal, SIG_DFL);
}

// How bought_together lists are ranked. What is given on the command line is not searched for.
void AddListFlags(CLI::App* command, trainer::TrainOptions* options, const char* group) {
  lists::ListSettings& lists = options->lists;
  lists::FixedSettings& fixed = options->fixed;
  const auto add = [&](const char* flag, double* value, bool* is_fixed, double low, double high, const char* help) {
    command->add_option(flag, *value, help)
        ->capture_default_str()
        ->group(group)
        ->check(NumberIn(low, high))
        ->each([is_fixed](const std::string&) { *is_fixed = true; });
  };
  add("--basket-size-exponent", &lists.ranking.basket_size_exponent, &fixed.basket_size_exponent, 0, 10,
      "How much less a large basket says about its pairs (0 = not less)");
  add("--half-life-days", &lists.ranking.half_life_days, &fixed.half_life_days, 0, 1e6,
      "An order this much older counts half (0 = age is nothing)");
  add("--season-weight", &lists.ranking.season_weight, &fixed.season_weight, 0, 100,
      "How much an order of this season of an earlier year counts, against one of now; needs orders of 395 days (0 = "
      "nothing)");
  add("--popularity-exponent", &lists.ranking.popularity_exponent, &fixed.popularity_exponent, -1, 1,
      "Discount of popular products, 0 (none) to 1");
  add("--trend-exponent", &lists.trend_exponent, &fixed.trend_exponent, 0, 10,
      "How much a product gains that sells more lately than usually");
  add("--popularity-orders", &lists.popularity_orders, &fixed.popularity_orders, 0, 1e9,
      "Back-off of rare products to what everybody buys, in orders");
  add("--type-orders", &lists.type_orders, &fixed.type_orders, 0, 1e9,
      "Back-off of rare products to what is bought with their type, in orders");
  add("--similar-orders", &lists.similar_orders, &fixed.similar_orders, 0, 1e9,
      "Back-off of rare products to what is bought with products of a like profile, in orders");
  add("--same-type-bonus", &lists.same_type_bonus, &fixed.same_type_bonus, -10, 10,
      "Products of the same type count e to this power times");
  add("--type-lift-exponent", &lists.type_lift_exponent, &fixed.type_lift_exponent, 0, 10,
      "How much products gain whose type goes with the product's");
  add("--coverage-bonus", &lists.coverage_bonus, &fixed.coverage_bonus, 0, 1e3,
      "What a product that no list shows yet is worth in the first ten");
}

}  // namespace

void AddInputFlags(CLI::App* command, trainer::TrainOptions* options) {
  options->threads = HardwareThreads();
  command->add_option(
      "--orders", options->orders,
      "Order dumps: CSV, TSV, Parquet, JSON lines, plain or .gz or .zst; files or globs. Needs order_id and "
      "product_id; knows customer_id, quantity, unit_price, currency, ordered_at, status");
  command->add_option("--products", options->products, "Product files, in the same formats (optional)");
  command->add_option("--dataset", options->dataset_map,
                      "Dataset map: your column names, or SQL (docs/dataset_map.md)");
  command
      ->add_option_function<std::string>(
          "--currency", [options](const std::string& code) { options->currency = *CurrencyCode::Parse(code); },
          "Currency of rows that name none, e.g. EUR")
      ->check(IsCurrency());
  command->add_option("--max-bad", options->max_bad_share, "Fail when more than this share of rows is bad")
      ->capture_default_str()
      ->check(NumberIn(0.0, 1.0));
  command->add_option("--threads", options->threads, "Threads; the result does not depend on it")
      ->capture_default_str()
      ->check(WholeIn(1, 1024));
}

void AddRankingFlags(CLI::App* command, trainer::TrainOptions* options) {
  const char* group = "Ranking and evidence";
  command->add_option("--top", options->top_k, "Longest list kept per product")
      ->capture_default_str()
      ->group(group)
      ->check(WholeIn(1, 10'000));
  command->add_option("--min-buyers", options->min_buyers, "Pairs of fewer distinct buyers are left out")
      ->capture_default_str()
      ->group(group)
      ->check(WholeIn(1, 1'000'000));
  command
      ->add_option("--max-basket", options->max_basket,
                   "Orders and customers with more products than this are left out")
      ->capture_default_str()
      ->group(group)
      ->check(WholeIn(2, 1'000'000));
  AddListFlags(command, options, group);
  command
      ->add_flag("!--no-back-off", options->back_off,
                 "Leave products that few people bought with short lists, instead of naming what goes with their kind")
      ->group(group);
  command->add_option("--claim-orders", options->claims.min_units, "A claim needs this many orders with both products")
      ->capture_default_str()
      ->group(group)
      ->check(WholeIn(1, 1'000'000'000));
  command->add_option("--claim-buyers", options->claims.min_buyers, "… by this many distinct buyers")
      ->capture_default_str()
      ->group(group)
      ->check(WholeIn(1, 1'000'000'000));
  command
      ->add_option("--claim-share-held", options->claims.min_share_held,
                   "Of what earlier orders claim this share must hold in later ones (0 = not asked for)")
      ->capture_default_str()
      ->group(group)
      ->check(NumberIn(0.0, 0.999));
  // Who says one of the two means what is said.
  const auto as_given = [options](const std::string&) { options->tune_cart = false; };
  command
      ->add_option("--cart-neighbours", options->cart.neighbours,
                   "On how many products each one is regressed for carts (0 = no cart model); not tuned when given")
      ->capture_default_str()
      ->group(group)
      ->check(WholeIn(0, 512))
      ->each(as_given);
  command
      ->add_option("--cart-lambda", options->cart.lambda,
                   "How many purchases it takes to be believed there; not tuned when given")
      ->capture_default_str()
      ->group(group)
      ->check(NumberIn(1e-3, 1e9))
      ->each(as_given);
  command
      ->add_option("--max-price-step", options->ladder.max_step,
                   "Highest price ratio of one step of a ladder; more where the prices of a family are further apart")
      ->capture_default_str()
      ->group(group)
      ->check(NumberIn(1.05, 100.0));
  command
      ->add_option("--own-brand", options->ladder.own_brands,
                   "A brand of the shop's own, once for each: steps from it to another brand say so")
      ->group(group);
}

void EndBySignal() {
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
  if (interrupted != 0) std::raise(interrupted);
}

int ExitCodeOfRun(const absl::Status& status) {
  if (interrupted == 0 || !absl::IsCancelled(status)) return ExitCodeOf(status);
  std::fprintf(stderr, "awase: interrupted: nothing was written\n");
  constexpr int kEndedBySignal = 128;  // as shells say it
  return kEndedBySignal + interrupted;
}

std::function<bool()> CancelledBySignal() {
  std::signal(SIGINT, Interrupt);
  std::signal(SIGTERM, Interrupt);
  return [] { return interrupted != 0; };
}

}  // namespace awase::apps
