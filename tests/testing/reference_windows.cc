#include "tests/testing/reference_windows.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace awase::testing {

std::uint32_t ReferenceUnits::CountFrom(ProductIndex product) const {
  return static_cast<std::uint32_t>(
      std::count_if(units.begin(), units.end(), [&](const auto& unit) { return unit.second.from.count(product) > 0; }));
}

std::uint32_t ReferenceUnits::CountTo(ProductIndex product) const {
  return static_cast<std::uint32_t>(
      std::count_if(units.begin(), units.end(), [&](const auto& unit) { return unit.second.to.count(product) > 0; }));
}

std::uint32_t ReferenceUnits::CountPair(Pair pair) const {
  return static_cast<std::uint32_t>(
      std::count_if(units.begin(), units.end(), [&](const auto& unit) { return unit.second.pairs.count(pair) > 0; }));
}

std::uint32_t ReferenceUnits::CountBuyers(Pair pair) const {
  std::set<std::uint32_t> buyers;
  for (const auto& [number, unit] : units) {
    if (unit.pairs.count(pair) > 0) buyers.insert(unit.buyer);
  }
  return static_cast<std::uint32_t>(buyers.size());
}

std::uint64_t ReferenceUnits::CountAllPairs() const {
  std::uint64_t pairs = 0;
  for (const auto& [number, unit] : units) pairs += unit.pairs.size();
  return pairs;
}

double ReferenceUnits::WeighPair(Pair pair, double exponent) const {
  double weight = 0;
  for (const auto& [number, unit] : units) {
    if (unit.pairs.count(pair) == 0) continue;
    weight += std::pow(static_cast<double>(unit.from.size() * unit.to.size()), -exponent / 2);
  }
  return weight;
}

ReferenceUnits MeetByLoops(const std::vector<ReferenceEvent>& from, const std::vector<ReferenceEvent>& to,
                           relations::BasketWindows::Unit unit,
                           const std::function<bool(std::size_t, std::size_t)>& belongs) {
  ReferenceUnits result;
  for (std::size_t f = 0; f < from.size(); ++f) {
    for (std::size_t t = 0; t < to.size(); ++t) {
      if (!belongs(f, t)) continue;
      const bool by_buyer = unit == relations::BasketWindows::Unit::kBuyer;
      ReferenceUnits::Unit& met = result.units[by_buyer ? from[f].buyer : static_cast<std::uint32_t>(f)];
      met.buyer = from[f].buyer;
      met.latest = std::max(met.latest, to[t].time);
      met.from.insert(from[f].products.begin(), from[f].products.end());
      met.to.insert(to[t].products.begin(), to[t].products.end());
      for (const ProductIndex i : from[f].products) {
        for (const ProductIndex j : to[t].products) {
          if (i != j) met.pairs.insert({i, j});
        }
      }
    }
  }
  return result;
}

std::vector<ReferenceEvent> SortEvents(std::vector<ReferenceEvent> events) {
  for (ReferenceEvent& event : events) std::sort(event.products.begin(), event.products.end());
  std::sort(events.begin(), events.end(), [](const ReferenceEvent& a, const ReferenceEvent& b) {
    return std::tie(a.buyer, a.time, a.products) < std::tie(b.buyer, b.time, b.products);
  });
  return events;
}

orders::BasketSet BasketSetOf(std::size_t products, const std::vector<ReferenceEvent>& sorted) {
  orders::BasketSet set;
  set.product_count = products;
  for (const ReferenceEvent& event : sorted) {
    set.products.insert(set.products.end(), event.products.begin(), event.products.end());
    set.offsets.push_back(set.products.size());
    set.buyers.push_back(event.buyer);
    set.time_micros.push_back(event.time);
    set.buyer_count = event.buyer + std::size_t{1};
  }
  return set;
}

}  // namespace awase::testing
