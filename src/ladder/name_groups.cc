#include "ladder/internal/name_groups.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

namespace awase::ladder_internal {
namespace {

using ladder::LadderProblem;

// The value that most products have; of two the one that the first product has.
template <typename Value>
class Usual {
 public:
  void Add(const Value& value, const std::vector<ProductIndex>& products) {
    Count& count = counts_[value];
    count.first = count.products == 0 ? products.front() : std::min(count.first, products.front());
    count.products += products.size();
  }
  // REQUIRES: anything was added.
  const Value& Get() const {
    return std::max_element(counts_.begin(), counts_.end(),
                            [](const auto& a, const auto& b) {
                              if (a.second.products != b.second.products) return a.second.products < b.second.products;
                              return a.second.first > b.second.first;
                            })
        ->first;
  }

 private:
  struct Count {
    std::size_t products = 0;
    ProductIndex first = kNoProduct;
  };
  std::map<Value, Count> counts_;
};

// Where the free plan belongs: its own group unless another has more paid plans. REQUIRES: none has a free one.
const PriceBounds& HomeOf(const PriceBounds& own, const NameGroups& groups) {
  const PriceBounds* home = &own;
  const auto at = groups.find(own);
  std::size_t most = at == groups.end() ? 0 : at->second.size();
  for (const auto& [bounds, products] : groups) {
    const bool is_comparable = bounds.currency == own.currency && bounds.pack_unit == own.pack_unit &&
                               bounds.basis.interval == own.basis.interval && bounds.AreOfPlans();
    if (!is_comparable || products.size() <= most) continue;
    home = &bounds;
    most = products.size();
  }
  return *home;
}

}  // namespace

void PlaceFreePlans(const catalog::Catalog& catalog, NameGroups* groups) {
  const auto is_free = [&catalog](ProductIndex product) { return catalog::IsFreePlan(catalog.product(product)); };
  std::vector<std::pair<PriceBounds, ProductIndex>> free_plans;
  for (auto& [bounds, products] : *groups) {
    if (!bounds.AreOfPlans()) continue;
    for (const ProductIndex product : products) {
      if (is_free(product)) free_plans.emplace_back(bounds, product);
    }
    std::erase_if(products, is_free);
  }
  if (free_plans.empty()) return;
  std::erase_if(*groups, [](const auto& group) { return group.second.empty(); });
  for (auto& [bounds, product] : free_plans) bounds = PriceBounds(HomeOf(bounds, *groups));
  for (const auto& [bounds, product] : free_plans) {
    std::vector<ProductIndex>& products = (*groups)[bounds];
    products.insert(std::upper_bound(products.begin(), products.end(), product), product);
  }
}

void TellWhatDiffers(const NameGroups& groups, ProblemTally* problems) {
  if (groups.size() < 2) return;
  Usual<CurrencyCode> currency;
  std::map<CurrencyCode, Usual<std::string>> intervals;
  std::map<std::pair<CurrencyCode, std::string>, Usual<std::string>> fees_per_seat;
  for (const auto& [bounds, products] : groups) {
    currency.Add(bounds.currency, products);
    if (!bounds.AreOfPlans()) continue;
    intervals[bounds.currency].Add(bounds.basis.interval, products);
    fees_per_seat[{bounds.currency, bounds.basis.interval}].Add(bounds.basis.per_seat, products);
  }
  for (const auto& [bounds, products] : groups) {
    const auto tell = [problems, &members = products](LadderProblem::Kind kind, const char* column) {
      for (const ProductIndex product : members) problems->Add(kind, column, product);
    };
    if (bounds.currency != currency.Get()) tell(LadderProblem::Kind::kSeveralCurrencies, "currency");
    if (!bounds.AreOfPlans()) continue;
    if (bounds.basis.interval != intervals[bounds.currency].Get()) {
      tell(LadderProblem::Kind::kSeveralIntervals, "subscription_interval");
    } else if (bounds.basis.per_seat != fees_per_seat[{bounds.currency, bounds.basis.interval}].Get()) {
      tell(LadderProblem::Kind::kSeveralFeesPerSeat, "fee_per_seat");
    }
  }
}

}  // namespace awase::ladder_internal
