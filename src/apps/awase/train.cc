#include "awase/trainer/train.h"

#include <csignal>
#include <cstdio>
#include <memory>
#include <string>
#include <utility>

#include "CLI/CLI.hpp"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "apps/awase/commands.h"
#include "apps/awase/progress_bar.h"
#include "awase/base/parallel.h"
#include "awase/base/status_macros.h"

namespace awase::apps {
namespace {

struct TrainFlags {
  trainer::TrainOptions options;
  std::string currency;
  std::string format = "text";
  bool no_activate = false;
  bool no_store = false;
  bool no_tune = false;  // how it always is, so far
};

// Set by the signal handler, read by the trainer between pieces of work.
volatile std::sig_atomic_t interrupted = 0;
void Interrupt(int) { interrupted = 1; }

absl::Status Train(TrainFlags* flags) {
  trainer::TrainOptions& options = flags->options;
  if (!flags->currency.empty()) {
    absl::StatusOr<CurrencyCode> currency = CurrencyCode::Parse(flags->currency);
    if (!currency.ok()) return Annotate(currency.status(), "--currency");
    options.currency = *currency;
  }
  options.activate = !flags->no_activate;
  options.store = !flags->no_store;
  std::signal(SIGINT, Interrupt);
  std::signal(SIGTERM, Interrupt);
  options.cancelled = [] { return interrupted != 0; };

  auto bar = std::make_unique<ProgressBar>();
  options.progress = [&bar](const trainer::TrainProgress& progress) { bar->Show(progress); };
  const absl::StatusOr<trainer::TrainReport> report = trainer::Train(options);
  bar.reset();  // before anything else is printed
  AWASE_RETURN_IF_ERROR(report.status());
  if (flags->format == "json") {
    std::printf("%s\n", trainer::TrainReportToJson(*report).c_str());
  } else {
    std::printf("%s", trainer::TrainReportToText(*report).c_str());
    std::printf("version %s in %s%s\n", report->version.c_str(), options.model_dir.c_str(),
                report->activated ? " is now active" : " (not active: awase models activate)");
  }
  return absl::OkStatus();
}

// In bytes by now. Nothing useful is done in less, and "4" was meant to be 4GB.
std::string CheckMemoryLimit(std::string& bytes) {
  constexpr std::uint64_t kLeast = 64'000'000;
  std::uint64_t limit = 0;
  if (absl::SimpleAtoi(bytes, &limit) && (limit == 0 || limit >= kLeast)) return "";
  return absl::StrCat(bytes, " bytes: want 64MB or more (with a unit: 4GB, 800MB), or 0 for no limit");
}

void AddTuningFlags(CLI::App* command, trainer::TrainOptions* options) {
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

}  // namespace

void AddTrainCommand(CLI::App* app, int* exit_code) {
  CLI::App* command = app->add_subcommand("train", "Turn order dumps into a version of a model");
  auto flags = std::make_shared<TrainFlags>();
  trainer::TrainOptions& options = flags->options;
  options.threads = HardwareThreads();
  command->add_option(
      "--orders", options.orders,
      "Order dumps: CSV, TSV, Parquet, JSON lines, plain or .gz or .zst; files or globs. Needs order_id and "
      "product_id; knows customer_id, quantity, unit_price, currency, ordered_at, status");
  command
      ->add_option(
          "--append", options.append,
          "Orders to add to those of the active version in --out: the result is that of training on all files; "
          "give --products and the other flags as for all of them")
      ->excludes("--orders");
  command->add_option("--products", options.products, "Product files, in the same formats (optional)");
  command->add_option("--dataset", options.dataset_map, "Dataset map: your column names, or SQL (docs/dataset_map.md)");
  command->add_option("--out", options.model_dir, "Model directory; the version becomes a folder in it")->required();
  command->add_option("--currency", flags->currency, "Currency of rows that name none, e.g. EUR");
  command->add_option("--max-bad", options.max_bad_share, "Fail when more than this share of rows is bad")
      ->capture_default_str()
      ->check(CLI::Range(0.0, 1.0));
  command->add_option("--threads", options.threads, "Threads; the result does not depend on it")
      ->capture_default_str()
      ->check(CLI::Range(1, 1024));
  command
      ->add_option("--memory-limit", options.memory_limit_bytes,
                   "Memory to stay within where passes over the baskets allow it, e.g. 4GiB or 800MB (0 = no limit)")
      ->transform(CLI::AsSizeValue(/*kb_is_1000=*/true) & CLI::Validator(CheckMemoryLimit, "64MB or more"));
  command->add_flag("--no-activate", flags->no_activate, "Write the version, but do not make it the live one");
  command->add_flag("--no-store", flags->no_store,
                    "Do not keep the order lines beside the version: nothing can be appended to it");
  command->add_option("--format", flags->format, "Output")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  AddTuningFlags(command, &options);
  command
      ->add_flag("--no-tune", flags->no_tune,
                 "Take these settings as they are (training searches for no better ones yet: the default)")
      ->group("Ranking and evidence");
  command->callback([flags, exit_code] { *exit_code = ExitCodeOf(Train(flags.get())); });
}

}  // namespace awase::apps
