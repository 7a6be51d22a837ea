#ifndef AWASE_TESTS_UNIT_PLANS_PLAN_TESTING_H_
#define AWASE_TESTS_UNIT_PLANS_PLAN_TESTING_H_

// What the tests of plans share: products by their columns, and books of them.

#include <algorithm>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "awase/catalog/product.h"
#include "awase/plans/plan_book.h"
#include "awase/plans/usage_history.h"
#include "gtest/gtest.h"

namespace awase::plans {

inline constexpr Quantity Units(std::int64_t units) { return Quantity{units * kMicrosPerUnit}; }

// Attributes as ingest makes them: by name.
using Columns = std::vector<std::pair<std::string, std::string>>;

inline catalog::Product PlanProduct(absl::string_view id, Columns columns, absl::string_view currency = "USD") {
  catalog::Product product;
  product.product_id = std::string(id);
  product.family = "plans";
  product.subscription_interval = "month";
  product.price = Money{0, *CurrencyCode::Parse(currency)};
  std::sort(columns.begin(), columns.end());
  for (const auto& [name, text] : columns) product.attributes.push_back({name, text, std::nullopt});
  return product;
}

// Products and their book; indexes are the places. The products must outlive their book.
class PlanShop {
 public:
  catalog::Product& Add(absl::string_view id, Columns columns, absl::string_view currency = "USD") {
    return products_.emplace_back(PlanProduct(id, std::move(columns), currency));
  }
  catalog::Product& Add(catalog::Product product) { return products_.emplace_back(std::move(product)); }

  // Of what was added so far.
  const PlanBook& Book() {
    std::vector<PlanBook::Entry> entries;
    for (const catalog::Product& product : products_) entries.push_back({&product, ProductAt(entries.size())});
    book_ = PlanBook::Build(entries);
    return book_;
  }
  const Plan* PlanOf(absl::string_view id) const {
    for (const Plan& plan : book_.plans()) {
      if (plan.product_id == id) return &plan;
    }
    ADD_FAILURE() << "no plan " << id;
    return nullptr;
  }
  const Option* OptionOf(absl::string_view id) const {
    for (const Option& option : book_.options()) {
      if (option.product_id == id) return &option;
    }
    ADD_FAILURE() << "no option " << id;
    return nullptr;
  }

 private:
  std::deque<catalog::Product> products_;
  PlanBook book_;
};

// One metric over consecutive periods.
inline UsageHistory HistoryOf(absl::string_view metric, const std::vector<std::int64_t>& units) {
  std::vector<UsageRecord> records;
  for (std::size_t i = 0; i < units.size(); ++i) {
    records.push_back({std::string(metric), Units(units[i]), "2026-" + std::to_string(i + 10)});
  }
  return UsageHistory::Of(records);
}

}  // namespace awase::plans

#endif  // AWASE_TESTS_UNIT_PLANS_PLAN_TESTING_H_
