#include "awase/promotion/comparison.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <vector>

#include "awase/evaluation/measure.h"

namespace awase::promotion {
namespace {

using artefact::Model;
using evaluation::JudgedCase;
using relations::RelationEntry;
using relations::RelationKind;

constexpr std::uint32_t kFrequentOrders = 100;  // as in evaluation: enough for a claim to be found

absl::Span<const RelationEntry> FirstTen(const Model& version, ProductIndex product) {
  const absl::Span<const RelationEntry> list = version.related(RelationKind::kBoughtTogether, product);
  return list.first(std::min(list.size(), evaluation::kListLength));
}

// Per product of `from`: the root of the product of the same id in `to`, or kNoProduct. Both are in the order of ids.
std::vector<ProductIndex> RootsIn(const Model& to, const Model& from) {
  std::vector<ProductIndex> roots(from.product_count(), kNoProduct);
  std::size_t t = 0;
  for (std::size_t f = 0; f < roots.size(); ++f) {
    const absl::string_view id = from.product(ProductAt(f)).product_id();
    while (t < to.product_count() && to.product(ProductAt(t)).product_id() < id) ++t;
    if (t == to.product_count()) break;
    if (to.product(ProductAt(t)).product_id() == id) roots[f] = to.root(ProductAt(t));
  }
  return roots;
}

double Churn(const Model& active, const Model& next, const std::vector<ProductIndex>& next_root) {
  double shown = 0;
  double kept = 0;
  for (std::size_t p = 0; p < active.product_count(); ++p) {
    const absl::Span<const RelationEntry> before = FirstTen(active, ProductAt(p));
    if (active.root(ProductAt(p)) != ProductAt(p) || before.empty()) continue;
    const double orders = active.units(RelationKind::kBoughtTogether, ProductAt(p));
    shown += orders;
    if (next_root[p] == kNoProduct) continue;
    const absl::Span<const RelationEntry> after = FirstTen(next, next_root[p]);
    const auto stays = std::count_if(before.begin(), before.end(), [&](const RelationEntry& entry) {
      const ProductIndex other = next_root[Slot(entry.other)];
      return other != kNoProduct &&
             std::any_of(after.begin(), after.end(), [other](const auto& e) { return e.other == other; });
    });
    kept += orders * static_cast<double>(stays) / static_cast<double>(before.size());
  }
  return shown == 0 ? 0 : 1 - kept / shown;
}

// What the active version's list gets for a question in the new version's numbers.
double NdcgOf(const Model& active, const JudgedCase& judged, const std::vector<ProductIndex>& active_root,
              const std::vector<ProductIndex>& next_root) {
  const ProductIndex anchor = active_root[Slot(judged.question.anchor)];
  if (anchor == kNoProduct) return 0;
  std::vector<ProductIndex> list;
  for (const RelationEntry& entry : FirstTen(active, anchor)) {
    list.push_back(next_root[Slot(entry.other)]);  // kNoProduct is no target: what is gone misses
  }
  return evaluation::NdcgAt10(list, judged.question.targets);
}

// The upper end of the 95 % interval of mean(b) / mean(a) over the same questions, by the delta method. a ≠ 0.
double RatioHigh(const std::vector<double>& a, const std::vector<double>& b, double mean_a, double ratio) {
  double squares = 0;
  for (std::size_t i = 0; i < a.size(); ++i) squares += (b[i] - ratio * a[i]) * (b[i] - ratio * a[i]);
  return ratio + 1.96 * std::sqrt(squares) / (static_cast<double>(a.size()) * mean_a);
}

// On the orders that came after the last one that the active version has learned from.
std::optional<QualityComparison> OnSameOrders(const Model& active, std::int64_t active_until,
                                              const std::vector<ProductIndex>& active_root,
                                              const std::vector<ProductIndex>& next_root,
                                              absl::Span<const JudgedCase> judged_cases) {
  std::vector<double> of_active;
  std::vector<double> of_next;
  for (const JudgedCase& judged : judged_cases) {
    if (judged.time_micros == orders::kNoTime || judged.time_micros <= active_until) continue;
    of_active.push_back(NdcgOf(active, judged, active_root, next_root));
    of_next.push_back(judged.ndcg_at_10);
  }
  if (of_active.size() < kLeastQuestions) return std::nullopt;
  QualityComparison quality;
  quality.basis = QualityComparison::Basis::kSameOrders;
  quality.questions = of_active.size();
  for (std::size_t i = 0; i < of_active.size(); ++i) {
    quality.active += of_active[i] / static_cast<double>(of_active.size());
    quality.next += of_next[i] / static_cast<double>(of_next.size());
  }
  if (quality.active > 0) {
    quality.ratio_high = RatioHigh(of_active, of_next, quality.active, quality.next / quality.active);
  }
  return quality;
}

// What the manifest of the active version says of its training; nothing where it was written before manifests said so.
struct TrainingFacts {
  std::optional<double> own_ndcg;
  std::int64_t last_order_micros = orders::kNoTime;
};

TrainingFacts FactsOf(const Model& version) {
  using Json = nlohmann::json;
  TrainingFacts facts;
  const Json manifest = Json::parse(version.manifest_json(), nullptr, /*allow_exceptions=*/false);
  const auto number = [&manifest](const char* pointer) {
    const Json::json_pointer at(pointer);
    const Json found = manifest.contains(at) ? manifest.at(at) : Json();
    return found.is_number() ? std::optional<Json>(found) : std::nullopt;
  };
  if (const auto ndcg = number("/report/tuning/chosen/ndcg_at_10")) facts.own_ndcg = ndcg->get<double>();
  if (const auto time = number("/report/last_order_micros")) facts.last_order_micros = time->get<std::int64_t>();
  return facts;
}

QualityComparison CompareQuality(const Model& active, const std::vector<ProductIndex>& active_root,
                                 const std::vector<ProductIndex>& next_root, const TrainingEvidence& evidence) {
  const TrainingFacts facts = FactsOf(active);
  if (facts.last_order_micros != orders::kNoTime) {
    const auto same = OnSameOrders(active, facts.last_order_micros, active_root, next_root, evidence.judged_cases);
    if (same.has_value()) return *same;
  }
  QualityComparison quality;
  if (!facts.own_ndcg.has_value() || !evidence.own_ndcg.has_value()) return quality;
  quality.basis = QualityComparison::Basis::kOwnOrders;
  quality.active = *facts.own_ndcg;
  quality.next = *evidence.own_ndcg;
  if (quality.active > 0) quality.ratio_high = quality.next / quality.active;
  return quality;
}

}  // namespace

ListFigures FiguresOf(const Model& version) {
  ListFigures figures;
  std::vector<bool> listed(version.product_count(), false);
  std::uint64_t empty = 0;
  std::uint64_t claimed = 0;
  for (std::size_t p = 0; p < version.product_count(); ++p) {
    const ProductIndex product = ProductAt(p);
    if (version.root(product) != product) continue;
    const absl::Span<const RelationEntry> list = FirstTen(version, product);
    for (const RelationEntry& entry : list) listed[Slot(entry.other)] = true;
    const std::uint32_t orders = version.units(RelationKind::kBoughtTogether, product);
    if (orders == 0) continue;
    ++figures.products_with_orders;
    empty += list.empty() ? 1 : 0;
    if (orders < kFrequentOrders) continue;
    ++figures.frequent_products;
    claimed += std::any_of(list.begin(), list.end(), [](const auto& entry) { return entry.is_claim != 0; }) ? 1 : 0;
  }
  const auto share = [](std::uint64_t part, std::uint64_t all) {
    return all == 0 ? 0 : static_cast<double>(part) / static_cast<double>(all);
  };
  const auto covered = static_cast<std::uint64_t>(std::count(listed.begin(), listed.end(), true));
  figures.coverage_at_10 = share(covered, figures.products_with_orders);
  figures.empty_share = share(empty, figures.products_with_orders);
  figures.claim_share = share(claimed, figures.frequent_products);
  return figures;
}

Comparison CompareWithActive(const Model& active, const Model& next, const TrainingEvidence& evidence) {
  const std::vector<ProductIndex> next_root = RootsIn(next, active);
  const std::vector<ProductIndex> active_root = RootsIn(active, next);
  Comparison comparison;
  comparison.active = FiguresOf(active);
  comparison.next = FiguresOf(next);
  comparison.churn = Churn(active, next, next_root);
  comparison.quality = CompareQuality(active, active_root, next_root, evidence);
  return comparison;
}

}  // namespace awase::promotion
