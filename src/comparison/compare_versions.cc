#include "awase/comparison/compare_versions.h"

#include <algorithm>
#include <utility>

#include "awase/evaluation/classical_rankers.h"
#include "awase/orders/baskets.h"
#include "awase/orders/row_counter.h"
#include "comparison/internal/product_space.h"
#include "comparison/internal/version_ranker.h"

namespace awase::comparison {
namespace {

using comparison_internal::ProductSpace;
using comparison_internal::VersionCartRanker;
using comparison_internal::VersionListRanker;
using evaluation::ListCase;
using evaluation::ListRanker;
using orders::BasketSet;
using relations::RelationEntry;

constexpr std::uint32_t kFrequentUnits = 100;
constexpr std::size_t kMaxBasket = 5000;  // as trained: larger ones would cost more than all others together

absl::Span<const RelationEntry> FirstTen(const VersionListRanker& version, ProductIndex product) {
  const absl::Span<const RelationEntry> list = version.list(product);
  return list.first(std::min(list.size(), evaluation::kListLength));
}

void FindClaims(const VersionListRanker& version, std::size_t space_size, const BasketSet& held_out,
                VersionFindings* findings) {
  std::vector<evaluation::ListedClaim> claims;
  for (std::size_t p = 0; p < space_size; ++p) {
    const ProductIndex product = ProductAt(p);
    const std::size_t before = claims.size();
    for (const RelationEntry& entry : FirstTen(version, product)) {
      if (entry.is_claim != 0) claims.push_back({product, version.ToSpace(entry.other), entry.lift});
    }
    if (version.units(product) < kFrequentUnits) continue;
    ++findings->frequent_products;
    findings->frequent_with_a_claim += claims.size() > before ? 1 : 0;
  }
  findings->claims = evaluation::ReplicateClaims(claims, held_out);
}

evaluation::Calibration CalibrationOf(const VersionListRanker& version, absl::Span<const ListCase> cases) {
  std::vector<evaluation::ShownShare> shares;
  for (const ListCase& question : cases) {
    const auto units = static_cast<float>(version.units(question.anchor));
    for (const RelationEntry& entry : FirstTen(version, question.anchor)) {
      const ProductIndex other = version.ToSpace(entry.other);
      const bool came_true =
          std::find(question.targets.begin(), question.targets.end(), other) != question.targets.end();
      shares.push_back({static_cast<float>(entry.units_together) / units, came_true});
    }
  }
  return evaluation::Calibrate(shares);
}

template <typename Ranker>
std::vector<const Ranker*> Borrow(const std::vector<std::unique_ptr<Ranker>>& rankers) {
  std::vector<const Ranker*> borrowed;
  for (const std::unique_ptr<Ranker>& ranker : rankers) borrowed.push_back(ranker.get());
  return borrowed;
}

}  // namespace

Comparison CompareVersions(absl::Span<const std::shared_ptr<const artefact::Model>> versions,
                           const orders::OrderLog& training, const orders::OrderLog& held_out,
                           const ComparisonOptions& options) {
  std::vector<std::string> ordered_ids = training.product_ids;
  ordered_ids.insert(ordered_ids.end(), held_out.product_ids.begin(), held_out.product_ids.end());
  const ProductSpace space(versions, ordered_ids);
  const absl::Span<const ProductIndex> of_ordered = space.of_ordered();

  orders::CleaningReport cleaning;
  BasketSet training_baskets = orders::BuildBaskets(training, of_ordered.first(training.product_ids.size()),
                                                    space.size(), &cleaning, options.threads);
  orders::DropLargeBaskets(kMaxBasket, &training_baskets);
  const BasketSet test_baskets = orders::BuildBaskets(held_out, of_ordered.subspan(training.product_ids.size()),
                                                      space.size(), &cleaning, options.threads);

  const orders::BasketIndex index(training_baskets);
  std::vector<std::uint32_t> units(space.size());
  std::vector<std::uint8_t> is_known(space.size());
  for (std::size_t p = 0; p < space.size(); ++p) {
    units[p] = index.units(ProductAt(p));
    is_known[p] = units[p] > 0 ? 1 : 0;
  }
  const evaluation::TestCases cases = evaluation::DrawCases(test_baskets, is_known, options.cases);
  if (options.on_questions) options.on_questions(training_baskets, cases);

  Comparison comparison;
  comparison.held_out_orders = cases.baskets;
  comparison.orders_in_reach = cases.baskets_in_reach;
  comparison.list_cases = cases.lists.size();
  comparison.cart_cases = cases.carts.size();

  std::vector<std::unique_ptr<ListRanker>> list_rankers;
  std::vector<std::unique_ptr<evaluation::CartRanker>> cart_rankers;
  for (std::size_t v = 0; v < versions.size(); ++v) {
    auto ranker = std::make_unique<VersionListRanker>(versions[v], space.of_version(v), space.size());
    VersionFindings& findings = comparison.versions.emplace_back();
    findings.version = ranker->name();
    FindClaims(*ranker, space.size(), test_baskets, &findings);
    findings.calibration = CalibrationOf(*ranker, cases.lists);
    cart_rankers.push_back(std::make_unique<VersionCartRanker>(*ranker));
    list_rankers.push_back(std::move(ranker));
  }
  for (auto& ranker : evaluation::ClassicalListRankers(index, /*with_ease=*/true, options.threads)) {
    list_rankers.push_back(std::move(ranker));
  }
  for (auto& ranker : evaluation::ClassicalCartRankers(index)) cart_rankers.push_back(std::move(ranker));

  evaluation::MeasureOptions measure;
  measure.resamples = options.resamples;
  measure.seed = options.cases.seed;
  measure.threads = options.threads;
  comparison.lists = evaluation::MeasureLists(cases.lists, Borrow(list_rankers), units, measure);
  comparison.carts = evaluation::MeasureCarts(cases.carts, Borrow(cart_rankers), measure);
  return comparison;
}

}  // namespace awase::comparison
