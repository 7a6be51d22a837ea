#include "awase/trainer/train.h"

#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "apps/awase/commands.h"
#include "apps/awase/flag_checks.h"
#include "apps/awase/progress_bar.h"
#include "apps/awase/relation_names.h"
#include "apps/awase/training_flags.h"
#include "awase/base/status_macros.h"

namespace awase::apps {
namespace {

struct TrainFlags {
  trainer::TrainOptions options;
  std::vector<std::string> relations = RelationNames();
  std::string format = "text";
  bool no_activate = false;
  bool no_store = false;
  bool no_tune = false;
  bool no_report = false;
};

// The version was written, but is worse than the active one: nothing failed, and somebody has to look.
constexpr int kNotActivated = 3;

// On stderr, where the mail of a cron job comes from.
void PrintReasons(const trainer::TrainReport& report, const trainer::TrainOptions& options) {
  const promotion::Decision& decision = report.promotion;
  if (decision.reasons.empty()) return;
  const char* what = !options.activate  ? "is worse than the active one"
                     : report.activated ? "was activated in spite of this"
                                        : "stays inactive; --force TEXT or awase models activate makes it live";
  std::fprintf(stderr, "awase: version %s in %s %s:\n", report.version.c_str(), options.model_dir.c_str(), what);
  for (const std::string& reason : decision.reasons) std::fprintf(stderr, "  %s\n", reason.c_str());
  if (options.activate && !report.activated && !report.appended_to.empty()) {
    std::fprintf(stderr,
                 "  what was appended is not in the active version: append these files again with the next ones\n");
  }
}

// Off unless something is said that can be kept.
std::string CheckForceText(const std::string& text) {
  return absl::StripAsciiWhitespace(text).empty() ? "say why the version is to go live all the same" : "";
}

void AddPromotionFlags(CLI::App* command, trainer::TrainOptions* options) {
  const char* group = "Promotion";
  const auto add = [&](const char* flag, double* value, const char* help) {
    command->add_option(flag, *value, help)->capture_default_str()->group(group)->check(NumberIn(0.0, 1.0));
  };
  promotion::Bounds& bounds = options->bounds;
  add("--max-quality-loss", &bounds.max_quality_loss,
      "Stay inactive when NDCG@10 is lower than the active version's by more than this share of it");
  add("--max-coverage-loss", &bounds.max_coverage_loss, "... when coverage@10 is");
  add("--max-empty-rise", &bounds.max_empty_rise,
      "... when the share of products without a list is higher by more than this (0.05 = 5 points)");
  add("--max-claim-loss", &bounds.max_claim_loss,
      "... when the share of frequent products with a claim is lower by more than this share of it");
  add("--max-churn", &bounds.max_churn,
      "... when more than this share of what the active version's lists show would go");
  command->add_option("--force", options->force, "Activate in spite of these bounds; TEXT says why, and is kept")
      ->type_name("TEXT")
      ->group(group)
      ->check(CLI::Validator(CheckForceText, ""));
}

absl::Status Train(TrainFlags* flags, int* exit_code) {
  trainer::TrainOptions& options = flags->options;
  options.activate = !flags->no_activate;
  options.store = !flags->no_store;
  options.report = !flags->no_report;
  options.tune = !flags->no_tune;
  options.relations.clear();
  for (const std::string& name : flags->relations) options.relations.push_back(*relations::ParseRelationName(name));
  if (flags->no_tune) options.tune_cart = false;
  options.cancelled = CancelledBySignal();

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
    std::fflush(stdout);  // before the reasons on stderr
  }
  PrintReasons(*report, options);
  if (options.activate && !report->activated) *exit_code = kNotActivated;
  return absl::OkStatus();
}

// The list alone: each name is known by now.
void CheckRelations(const std::vector<std::string>& names) {
  const absl::string_view needed = relations::RelationName(relations::RelationKind::kBoughtTogether);
  if (std::find(names.begin(), names.end(), needed) != names.end()) return;
  throw CLI::ValidationError("--relations", absl::StrCat(needed, " cannot be left out: bundles are made of it"));
}

// In bytes by now. Nothing useful is done in less, and "4" was meant to be 4GB.
std::string CheckMemoryLimit(std::string& bytes) {
  constexpr std::uint64_t kLeast = 64'000'000;
  std::uint64_t limit = 0;
  if (absl::SimpleAtoi(bytes, &limit) && (limit == 0 || limit >= kLeast)) return "";
  return absl::StrCat(bytes, " bytes: want 64MB or more (with a unit: 4GB, 800MB), or 0 for no limit");
}

}  // namespace

void AddTrainCommand(CLI::App* app, int* exit_code) {
  CLI::App* command = app->add_subcommand("train", "Turn order dumps into a version of a model");
  auto flags = std::make_shared<TrainFlags>();
  trainer::TrainOptions& options = flags->options;
  AddInputFlags(command, &options);
  command
      ->add_option(
          "--append", options.append,
          "Orders to add to those of the active version in --out: the result is that of training on all files; "
          "give --products, --views and the other flags as for all of them")
      ->excludes("--orders");
  command->add_option("--views", options.views,
                      "Session logs, in the same formats (optional). Needs session_id and product_id; knows "
                      "customer_id, viewed_at");
  command->add_option("--usage", options.usage,
                      "What customers use, in the same formats (optional): how their plans fit is reported "
                      "(docs/plans.md). Needs customer_id, metric, quantity, period");
  command->add_option("--subscriptions", options.subscriptions,
                      "What customers subscribe to, in the same formats (optional). Needs customer_id and product_id; "
                      "knows seats, options, started_at");
  command
      ->add_option("--relations", flags->relations,
                   "Which relations to make, separated by commas; those whose data is missing are left out "
                   "(bought_together is needed)")
      ->delimiter(',')
      ->check(OneOf(RelationNames()))
      ->capture_default_str();
  command
      ->add_option("--also-bought-window", options.also_bought_window_days,
                   "also_bought counts a customer's orders that are at most so many days apart (0 = all of them)")
      ->capture_default_str()
      ->check(NumberIn(0.0, 36500.0));
  command
      ->add_option("--bought-after-window", options.bought_after_window_days,
                   "bought_after counts orders that came later by at most so many days")
      ->capture_default_str()
      ->check(NumberIn(1e-3, 36500.0));
  command
      ->add_option("--viewed-bought-window", options.viewed_bought_window_days,
                   "viewed_bought counts orders from a session's first view until so many days later")
      ->capture_default_str()
      ->check(NumberIn(1e-3, 36500.0));
  command->add_option("--out", options.model_dir, "Model directory; the version becomes a folder in it")->required();
  command
      ->add_option("--memory-limit", options.memory_limit_bytes,
                   "Memory to stay within where passes over the baskets allow it, e.g. 4GiB or 800MB (0 = no limit)")
      ->transform(CLI::AsSizeValue(/*kb_is_1000=*/true) & CLI::Validator(CheckMemoryLimit, "64MB or more"));
  command->add_flag("--no-activate", flags->no_activate,
                    "Write and judge the version, but do not make it the live one");
  command->add_flag("--no-store", flags->no_store,
                    "Do not keep the order lines beside the version: nothing can be appended to it");
  command->add_flag("--no-report", flags->no_report, "Write no report.html beside the version");
  command->add_option("--format", flags->format, "Output")->check(OneOf({"text", "json"}))->capture_default_str();
  AddRankingFlags(command, &options);
  command
      ->add_flag("--no-tune", flags->no_tune,
                 "Take all settings as they are; otherwise those not given are searched for on the orders themselves")
      ->group("Ranking and evidence");
  AddPromotionFlags(command, &options);
  command->callback([flags, exit_code] {
    CheckRelations(flags->relations);
    const absl::Status status = Train(flags.get(), exit_code);
    if (!status.ok()) *exit_code = ExitCodeOfRun(status);
  });
}

}  // namespace awase::apps
