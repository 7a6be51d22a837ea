#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "apps/awase/commands.h"
#include "apps/awase/flag_checks.h"
#include "apps/awase/progress_bar.h"
#include "apps/awase/training_flags.h"
#include "awase/base/status_macros.h"
#include "awase/comparison/evaluate.h"

namespace awase::apps {
namespace {

struct EvalFlags {
  comparison::EvaluateOptions options;
  bool no_tune = false;
  std::string format = "text";
};

absl::Status Eval(EvalFlags* flags) {
  comparison::EvaluateOptions& options = flags->options;
  options.training.tune = !flags->no_tune;
  if (flags->no_tune) options.training.tune_cart = false;
  options.comparison.threads = options.training.threads;
  options.training.cancelled = CancelledBySignal();
  options.on_comparing = EndBySignal;
  auto bar = std::make_unique<ProgressBar>();
  options.training.progress = [&bar](const trainer::TrainProgress& progress) { bar->Show(progress); };
  const absl::StatusOr<comparison::Evaluation> evaluation = comparison::Evaluate(options);
  bar.reset();  // before anything else is printed
  AWASE_RETURN_IF_ERROR(evaluation.status());
  if (flags->format == "json") {
    std::printf("%s\n", comparison::EvaluationToJson(*evaluation).c_str());
  } else {
    std::printf("%s", comparison::EvaluationToText(*evaluation).c_str());
  }
  return absl::OkStatus();
}

}  // namespace

void AddEvalCommand(CLI::App* app, int* exit_code) {
  CLI::App* command = app->add_subcommand(
      "eval", "Judge versions, or your dump, by held-out orders, beside popularity, count, cosine, LLR, BM25 and EASE");
  command->footer(
      "Without --model the orders are split: a version is trained on the first ones and asked about the last.\n"
      "With --model only orders count that the version has not learned from; where there are none, its settings are\n"
      "trained anew on the first orders. What the figures mean: docs/evaluation.md");
  auto flags = std::make_shared<EvalFlags>();
  comparison::EvaluateOptions& options = flags->options;
  command->add_option("--model", options.models, "Model or version directories, compared side by side");
  AddInputFlags(command, &options.training);
  command
      ->add_option("--held-out", options.held_out_share, "Share of the orders to be asked about, where they are split")
      ->capture_default_str()
      ->check(NumberIn(0.001, 0.9));
  command->add_option("--max-cases", options.comparison.cases.max_list_cases, "Orders asked about at most, for lists")
      ->capture_default_str()
      ->check(WholeIn(1, 10'000'000));
  command->add_option("--max-cart-cases", options.comparison.cases.max_cart_cases, "… and for carts")
      ->capture_default_str()
      ->check(WholeIn(1, 10'000'000));
  command->add_option("--seed", options.comparison.cases.seed, "Of what is drawn: anchors, hidden products, samples")
      ->capture_default_str();
  command->add_option("--questions", options.questions_dir,
                      "Folder for the questions and what was learned from as CSV, to ask other programs the same");
  command->add_option("--format", flags->format, "Output")->check(OneOf({"text", "json"}))->capture_default_str();
  AddRankingFlags(command, &options.training);
  command
      ->add_flag("--no-tune", flags->no_tune,
                 "Take the settings as they are; otherwise those not given are searched for")
      ->group("Ranking and evidence");
  command->callback([flags, exit_code] { *exit_code = ExitCodeOfRun(Eval(flags.get())); });
}

}  // namespace awase::apps
