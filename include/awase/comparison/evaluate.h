#ifndef AWASE_COMPARISON_EVALUATE_H_
#define AWASE_COMPARISON_EVALUATE_H_

// `awase eval`: from files and model directories to a comparison (docs/evaluation.md).

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "awase/comparison/compare_versions.h"
#include "awase/orders/order_log.h"
#include "awase/trainer/train.h"

namespace awase::comparison {

struct EvaluateOptions {
  // Model or version directories; the first one's orders are what the classical scores learn from. Empty: a version is
  // trained for the occasion, with the settings of `training`.
  std::vector<std::string> models;
  // Where the orders are and how to read them: orders, products, dataset_map, currency, max_bad_share, threads,
  // progress, cancelled; and the settings of a version that is trained for the occasion. Its model_dir is not used.
  trainer::TrainOptions training;
  double held_out_share = 0.1;   // of the orders, the last ones, where they must be split
  std::string questions_dir;     // not empty: evaluation::WriteQuestions goes there
  ComparisonOptions comparison;  // its on_questions is not used
  // Called when training.cancelled is not asked any more, before the long comparing: all temporary files are gone and
  // the questions are written, so that the process may be ended as it stands. May be empty.
  std::function<void()> on_comparing;
};

struct Evaluation {
  enum class HeldOut {
    kUnseenOrders,  // the orders given that the versions have not learned from
    kLastOrders,    // the last orders given; a version was trained on those before them
    kRandomOrders,  // likewise, by the ids of the orders, since they have no times
  };
  HeldOut held_out = HeldOut::kUnseenOrders;
  std::int64_t held_out_from_micros = orders::kNoTime;  // of kLastOrders
  std::uint64_t training_orders = 0;
  std::string retrained;           // the version whose settings were trained anew; empty = none
  std::vector<std::string> notes;  // what a reader should know, one sentence each
  Comparison comparison;
};

// With `models`: their quality on the orders that they have not learned from. Where there are none, because the files
// are those that the version was made of, and without `models`, the orders are split and a version is trained on the
// first part, in a temporary directory.
//   kInvalidArgument     options out of range; no order left to ask about
//   kFailedPrecondition  a version keeps no orders (--no-store): nobody can tell what it has not seen
//   else the errors of Model::Open, trainer::Train and ingest::ReadOrders
absl::StatusOr<Evaluation> Evaluate(const EvaluateOptions& options);

// For programs, and for a terminal.
std::string EvaluationToJson(const Evaluation& evaluation);
std::string EvaluationToText(const Evaluation& evaluation);

}  // namespace awase::comparison

#endif  // AWASE_COMPARISON_EVALUATE_H_
