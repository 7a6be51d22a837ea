#include "trainer/internal/check_options.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "awase/base/status_macros.h"
#include "trainer/internal/cart_stage.h"

namespace awase::trainer_internal {
namespace {

using trainer::TrainOptions;

absl::Status CheckShare(absl::string_view name, double share) {
  if (share >= 0 && share <= 1) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(name, ": ", share, " is out of range, want 0 to 1"));
}

absl::Status CheckDays(absl::string_view name, double days) {
  constexpr double kMost = 36'500;  // a century
  if (days > 0 && days <= kMost) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(name, ": ", days, " is out of range, want more than 0, at most ", kMost));
}

absl::Status CheckRelations(const TrainOptions& options) {
  relations::RelationOptions relation;
  relation.ranking = options.lists.ranking;
  relation.claims = options.claims;
  relation.top_k = options.top_k;
  AWASE_RETURN_IF_ERROR(relations::CheckRelationOptions(relation));
  if (!options.Wants(relations::RelationKind::kBoughtTogether)) {
    return absl::InvalidArgumentError(
        "relations: bought_together cannot be left out: bundles and product pages are made of it");
  }
  if (options.also_bought_window_days != 0) {
    AWASE_RETURN_IF_ERROR(CheckDays("also_bought_window_days", options.also_bought_window_days));
  }
  AWASE_RETURN_IF_ERROR(CheckDays("bought_after_window_days", options.bought_after_window_days));
  return CheckDays("viewed_bought_window_days", options.viewed_bought_window_days);
}

absl::Status CheckCart(const cart::FitOptions& cart) {
  if (cart.neighbours <= kMostCartNeighbours && cart.lambda > 0 && cart.lambda <= 1e9) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("cart: want 0 to ", kMostCartNeighbours,
                                                 " neighbours and 0 < lambda <= 1e9, got ", cart.neighbours, " and ",
                                                 cart.lambda));
}

absl::Status CheckLadder(const ladder::LadderOptions& ladder) {
  if (!(ladder.min_step >= 1 && ladder.max_step >= ladder.min_step && ladder.max_step <= 1000 &&
        ladder.tier_width >= 1)) {
    return absl::InvalidArgumentError(
        absl::StrCat("ladder: want 1 <= min_step <= max_step and tier_width >= 1, got min_step ", ladder.min_step,
                     ", max_step ", ladder.max_step, ", tier_width ", ladder.tier_width));
  }
  if (!(ladder.widest_step >= 1 && ladder.widest_step <= 1000)) {
    return absl::InvalidArgumentError(
        absl::StrCat("ladder: widest_step: ", ladder.widest_step, " is out of range, want 1 to 1000"));
  }
  AWASE_RETURN_IF_ERROR(CheckShare("ladder: false_share", ladder.false_share));
  if (ladder.rungs < 1 || ladder.rungs > 2) {
    return absl::InvalidArgumentError(absl::StrCat("ladder rungs: ", ladder.rungs, " is out of range, want 1 or 2"));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckTrainOptions(const TrainOptions& options) {
  if (!options.append.empty() && !options.orders.empty()) {
    return absl::InvalidArgumentError("orders are either given (--orders) or appended (--append), not both");
  }
  AWASE_RETURN_IF_ERROR(CheckRelations(options));
  AWASE_RETURN_IF_ERROR(promotion::CheckBounds(options.bounds));
  AWASE_RETURN_IF_ERROR(CheckShare("max_bad_share", options.max_bad_share));
  AWASE_RETURN_IF_ERROR(CheckShare("held_out_share", options.held_out_share));
  AWASE_RETURN_IF_ERROR(CheckCart(options.cart));
  return CheckLadder(options.ladder);
}

}  // namespace awase::trainer_internal
