// An evaluation, for programs and for people.

#include <algorithm>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/time.h"
#include "awase/comparison/evaluate.h"

namespace awase::comparison {
namespace {

using evaluation::CartQuality;
using evaluation::Estimate;
using evaluation::ListQuality;
using Json = nlohmann::ordered_json;

std::string DateOf(std::int64_t micros) {
  return absl::FormatTime("%Y-%m-%d", absl::FromUnixMicros(micros), absl::UTCTimeZone());
}

Json ToJson(const Estimate& estimate) {
  return {{"value", estimate.value}, {"low", estimate.low}, {"high", estimate.high}};
}

Json ToJson(const ListQuality& quality, bool is_version) {
  Json bands;
  for (std::size_t b = 0; b < evaluation::kBandCount; ++b) {
    bands[std::string(evaluation::BandName(static_cast<evaluation::Band>(b)))] = {
        {"cases", quality.bands[b].cases},
        {"ndcg_at_10", quality.bands[b].ndcg_at_10},
        {"empty_rate", quality.bands[b].empty_rate}};
  }
  return {{"ranker", quality.ranker},
          {"kind", is_version ? "version" : "classical"},
          {"ndcg_at_10", ToJson(quality.ndcg_at_10)},
          {"hr_at_4", ToJson(quality.hr_at_4)},
          {"hr_at_10", ToJson(quality.hr_at_10)},
          {"recall_at_10", ToJson(quality.recall_at_10)},
          {"coverage_at_10", quality.coverage_at_10},
          {"empty_rate", quality.empty_rate},
          {"ndcg_ratio_to_first", ToJson(quality.ndcg_ratio_to_first)},
          {"bands", bands}};
}

Json ToJson(const CartQuality& quality, bool is_version) {
  return {{"ranker", quality.ranker},
          {"kind", is_version ? "version" : "classical"},
          {"hr_at_10", ToJson(quality.hr_at_10)},
          {"mrr", ToJson(quality.mrr)}};
}

Json ToJson(const VersionFindings& findings) {
  Json bins = Json::array();
  for (const evaluation::CalibrationBin& bin : findings.calibration.bins) {
    bins.push_back({{"from", bin.low},
                    {"to", bin.high},
                    {"entries", bin.entries},
                    {"shown", bin.shown},
                    {"observed", bin.observed}});
  }
  return {{"version", findings.version},
          {"claims",
           {{"listed", findings.claims.listed},
            {"tested", findings.claims.tested},
            {"held", findings.claims.held},
            {"share_held", findings.claims.share()}}},
          {"frequent_products", findings.frequent_products},
          {"frequent_products_with_claim", findings.frequent_with_a_claim},
          {"calibration", {{"error", findings.calibration.error}, {"bins", bins}}}};
}

std::string NameOf(Evaluation::HeldOut held_out) {
  switch (held_out) {
    case Evaluation::HeldOut::kUnseenOrders:
      return "unseen_orders";
    case Evaluation::HeldOut::kLastOrders:
      return "last_orders";
    case Evaluation::HeldOut::kRandomOrders:
      return "random_orders";
  }
  return "";
}

void AppendRow(const std::string& name, const std::vector<std::string>& cells, std::string* text) {
  absl::StrAppendFormat(text, "  %-18s", name);
  for (const std::string& cell : cells) absl::StrAppendFormat(text, "  %15s", cell);
  absl::StrAppend(text, "\n");
}

std::string Cell(const Estimate& estimate) {
  return absl::StrFormat("%.4f ±%.4f", estimate.value, (estimate.high - estimate.low) / 2);
}

}  // namespace

std::string EvaluationToJson(const Evaluation& evaluation) {
  const Comparison& comparison = evaluation.comparison;
  Json json;
  json["held_out"] = {{"how", NameOf(evaluation.held_out)},
                      {"orders", comparison.held_out_orders},
                      {"orders_in_reach", comparison.orders_in_reach},
                      {"list_cases", comparison.list_cases},
                      {"cart_cases", comparison.cart_cases}};
  if (evaluation.held_out_from_micros != orders::kNoTime) {
    json["held_out"]["from"] = DateOf(evaluation.held_out_from_micros);
  }
  json["training_orders"] = evaluation.training_orders;
  if (!evaluation.retrained.empty()) json["retrained"] = evaluation.retrained;
  json["notes"] = evaluation.notes;
  json["lists"] = Json::array();
  for (std::size_t r = 0; r < comparison.lists.size(); ++r) {
    json["lists"].push_back(ToJson(comparison.lists[r], r < comparison.versions.size()));
  }
  json["carts"] = Json::array();
  for (const CartQuality& quality : comparison.carts) {
    const bool is_version = std::any_of(comparison.versions.begin(), comparison.versions.end(),
                                        [&](const auto& version) { return version.version == quality.ranker; });
    json["carts"].push_back(ToJson(quality, is_version));
  }
  json["versions"] = Json::array();
  for (const VersionFindings& findings : comparison.versions) json["versions"].push_back(ToJson(findings));
  return json.dump(2, ' ', /*ensure_ascii=*/false, Json::error_handler_t::replace);
}

std::string EvaluationToText(const Evaluation& evaluation) {
  const Comparison& comparison = evaluation.comparison;
  std::string text;
  absl::StrAppendFormat(&text,
                        "trained on %d orders, asked about %d held-out ones (%d in reach: with two known products)",
                        evaluation.training_orders, comparison.held_out_orders, comparison.orders_in_reach);
  switch (evaluation.held_out) {
    case Evaluation::HeldOut::kUnseenOrders:
      absl::StrAppend(&text, ": those that no version has learned from\n");
      break;
    case Evaluation::HeldOut::kLastOrders:
      absl::StrAppend(&text, ": the last ones, from ", DateOf(evaluation.held_out_from_micros), " on\n");
      break;
    case Evaluation::HeldOut::kRandomOrders:
      absl::StrAppend(&text, ": drawn by order id, since orders have no times\n");
      break;
  }
  for (const std::string& note : evaluation.notes) absl::StrAppend(&text, "  note: ", note, "\n");
  absl::StrAppendFormat(&text, "\nlists: one product of an order is shown, the rest is to be found (%d cases)\n",
                        comparison.list_cases);
  AppendRow("", {"NDCG@10", "HR@4", "HR@10", "recall@10", "coverage@10", "empty"}, &text);
  for (const ListQuality& quality : comparison.lists) {
    AppendRow(quality.ranker,
              {Cell(quality.ndcg_at_10), Cell(quality.hr_at_4), Cell(quality.hr_at_10), Cell(quality.recall_at_10),
               absl::StrFormat("%.3f", quality.coverage_at_10), absl::StrFormat("%.1f %%", 100 * quality.empty_rate)},
              &text);
  }
  absl::StrAppendFormat(&text, "\ncarts: all products of an order but one are given (%d cases)\n",
                        comparison.cart_cases);
  AppendRow("", {"HR@10", "MRR"}, &text);
  for (const CartQuality& quality : comparison.carts) {
    AppendRow(quality.ranker, {Cell(quality.hr_at_10), Cell(quality.mrr)}, &text);
  }
  for (const VersionFindings& findings : comparison.versions) {
    absl::StrAppendFormat(&text, "\n%s: of %d claims in the top 10 %d could be tested, and %.1f %% of them held;\n",
                          findings.version, findings.claims.listed, findings.claims.tested,
                          100 * findings.claims.share());
    absl::StrAppendFormat(
        &text, "  %d of %d products with 100 orders or more carry one; shares shown are off by %.2f points\n",
        findings.frequent_with_a_claim, findings.frequent_products, 100 * findings.calibration.error);
  }
  return text;
}

}  // namespace awase::comparison
