#include "lists/internal/coverage_trial.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "awase/base/parallel.h"
#include "awase/evaluation/measure.h"
#include "awase/lists/rank_lists.h"
#include "awase/orders/counter_pool.h"
#include "lists/internal/scored_lists.h"

namespace awase::lists_internal {
namespace {

// Of more products than these only the lists that are seen most are chosen from, and those that a case asks for: they
// come last, when others have decided what is shown already.
constexpr std::size_t kMostLists = 100'000;

// Of `by_pages`, in its order.
std::vector<ProductIndex> TriedAnchors(std::vector<ProductIndex> by_pages,
                                       const std::vector<evaluation::ListCase>& cases) {
  if (by_pages.size() <= kMostLists) return by_pages;
  std::vector<bool> asked(by_pages.size(), false);
  for (const evaluation::ListCase& question : cases) asked[Slot(question.anchor)] = true;
  const auto rest = by_pages.begin() + static_cast<std::ptrdiff_t>(kMostLists);
  by_pages.erase(std::remove_if(rest, by_pages.end(), [&asked](ProductIndex p) { return !asked[Slot(p)]; }),
                 by_pages.end());
  return by_pages;
}

}  // namespace

CoverageTrial::CoverageTrial(const orders::BasketSet& earlier, const relations::Relation& counted,
                             const std::optional<similarity::NearProducts>& near, const lists::ProductTypes& types,
                             const std::vector<evaluation::ListCase>& cases, const lists::ListSettings& settings,
                             std::size_t threads)
    : cases_(&cases) {
  const std::size_t counted_length = lists::CountedListLength(kChosen, earlier.product_count);
  const ScoredLists source(counted, counted_length, earlier, types, near, settings);
  known_products_ = static_cast<std::size_t>(
      std::count_if(counted.product_units.begin(), counted.product_units.end(), [](auto units) { return units > 0; }));
  const std::vector<ProductIndex> anchors = TriedAnchors(source.ByPages(), cases);
  lists_.resize(anchors.size());
  list_of_.resize(earlier.product_count);
  orders::CounterPool counters(source.index());
  ParallelFor(threads, anchors.size(), 64, [&](std::size_t first, std::size_t last, std::size_t) {
    const orders::CounterPool::Lease counter = counters.Take();
    for (std::size_t i = first; i < last; ++i) {
      lists_[i].anchor = anchors[i];
      lists_[i].pages = source.pages()[Slot(anchors[i])];
      source.Score(anchors[i], &*counter, &lists_[i].candidates);
      list_of_[Slot(anchors[i])] = i;
    }
  });
}

CoverageTrial::Outcome CoverageTrial::Try(double coverage_bonus) {
  const std::size_t products = list_of_.size();
  CoverageChooser chooser(products, coverage_bonus);
  for (List& list : lists_) chooser.Choose(list.pages, &list.candidates);
  Outcome outcome;
  std::vector<bool> listed(products, false);
  std::vector<ProductIndex> shown;
  for (const evaluation::ListCase& question : *cases_) {
    const std::vector<Scored>& candidates = lists_[list_of_[Slot(question.anchor)]].candidates;
    shown.clear();
    for (std::size_t place = 0; place < std::min(kChosen, candidates.size()); ++place) {
      shown.push_back(candidates[place].product);
      listed[Slot(shown.back())] = true;
    }
    outcome.ndcg_of_case.push_back(evaluation::NdcgAt10(shown, question.targets));
    outcome.ndcg += outcome.ndcg_of_case.back() / static_cast<double>(cases_->size());
  }
  const auto covered = std::count(listed.begin(), listed.end(), true);
  outcome.coverage = known_products_ == 0 ? 0 : static_cast<double>(covered) / static_cast<double>(known_products_);
  return outcome;
}

}  // namespace awase::lists_internal
