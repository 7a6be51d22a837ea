#include "lists/internal/cover.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace awase::lists_internal {
namespace {

constexpr double kFading = 0.4;  // how fast a product that was shown loses its bonus
constexpr double kLeastPages = 1e-9;

}  // namespace

void CoverageChooser::Choose(double expected_pages, std::vector<Scored>* list) {
  const std::size_t chosen = std::min(kChosen, list->size());
  const auto last = list->begin() + static_cast<std::ptrdiff_t>(chosen);
  const double pages = std::max(expected_pages, kLeastPages);
  const double seen = -std::expm1(-pages);
  if (bonus_ > 0 && chosen > 0) {
    const double bonus = bonus_ * seen / pages;
    by_worth_.clear();
    for (std::uint32_t i = 0; i < list->size(); ++i) {
      const Scored& candidate = (*list)[i];
      const double worth = candidate.score + bonus * std::exp(-kFading * shown_[Slot(candidate.product)]);
      by_worth_.emplace_back(static_cast<float>(worth), i);
    }
    std::nth_element(by_worth_.begin(), by_worth_.begin() + static_cast<std::ptrdiff_t>(chosen - 1), by_worth_.end(),
                     [list](const auto& a, const auto& b) {
                       if (a.first != b.first) return a.first > b.first;
                       return (*list)[a.second].product < (*list)[b.second].product;
                     });
    std::sort(by_worth_.begin(), by_worth_.begin() + static_cast<std::ptrdiff_t>(chosen),
              [](const auto& a, const auto& b) { return a.second < b.second; });
    // Ascending places: each swap takes a chosen one from its place or behind, never one that stands in front already.
    for (std::size_t i = 0; i < chosen; ++i) std::swap((*list)[i], (*list)[by_worth_[i].second]);
    std::sort(list->begin(), last, RanksBefore);
  } else {
    SortFirst(list);
  }
  for (auto candidate = list->begin(); candidate != last; ++candidate) {
    shown_[Slot(candidate->product)] += static_cast<float>(seen);
  }
}

}  // namespace awase::lists_internal
