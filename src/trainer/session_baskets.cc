#include "trainer/internal/session_baskets.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace awase::trainer_internal {
namespace {

using orders::BasketSet;

// Takes the products from `first` on out of all baskets, and the baskets of nothing else.
void DropProductsFrom(ProductIndex first, BasketSet* set) {
  std::size_t kept = 0;
  std::size_t kept_products = 0;
  auto end = set->products.begin();
  for (std::size_t b = 0; b < set->size(); ++b) {
    const auto begin = end;  // not by its offset: that of a basket which got shorter may be written already
    end = set->products.begin() + static_cast<std::ptrdiff_t>(set->offsets[b + 1]);
    const auto known_end = std::lower_bound(begin, end, first);
    if (known_end == begin) continue;
    // Everything moves towards the front, so nothing that is still to be read is written over.
    std::copy(begin, known_end, set->products.begin() + static_cast<std::ptrdiff_t>(kept_products));
    kept_products += static_cast<std::size_t>(known_end - begin);
    set->buyers[kept] = set->buyers[b];
    set->time_micros[kept] = set->time_micros[b];
    set->offsets[++kept] = kept_products;
  }
  set->products.resize(kept_products);
  set->offsets.resize(kept + 1);
  set->buyers.resize(kept);
  set->time_micros.resize(kept);
}

}  // namespace

BasketSet MakeSessionBaskets(const orders::OrderLog& views, const catalog::Catalog& catalog, std::size_t threads,
                             trainer::SessionReport* report) {
  // What the catalogue does not know is counted as one more product, the last one, which then leaves the baskets.
  const ProductIndex unknown = ProductAt(catalog.size());
  std::vector<ProductIndex> root_index;
  for (const std::string& id : views.product_ids) {
    const std::optional<ProductIndex> product = catalog.Find(id);
    root_index.push_back(product.has_value() ? catalog.root(*product) : unknown);
  }
  orders::CleaningReport cleaning;
  BasketSet sessions = orders::BuildBaskets(views, root_index, catalog.size() + 1, &cleaning, threads);
  *report = trainer::SessionReport();
  for (std::size_t p = 0; p < root_index.size(); ++p) {
    if (root_index[p] != unknown) continue;
    ++report->unknown_products;
    report->unknown_views += sessions.log_product_units[p];
  }
  DropProductsFrom(unknown, &sessions);
  sessions.product_count = catalog.size();
  report->sessions_without_known = views.order_count() - sessions.size();
  report->sessions = sessions.size();
  report->views = sessions.products.size();
  report->customers = views.customer_keys.size();
  return sessions;
}

std::vector<std::uint32_t> CustomersOfOrders(const orders::OrderLog& views, const orders::OrderLog& orders) {
  std::vector<std::uint32_t> numbers;
  auto at = orders.customer_keys.begin();
  for (const orders::IdKey& key : views.customer_keys) {  // both ascend
    at = std::lower_bound(at, orders.customer_keys.end(), key);
    const bool ordered = at != orders.customer_keys.end() && *at == key;
    numbers.push_back(ordered ? static_cast<std::uint32_t>(at - orders.customer_keys.begin()) : orders::kNoCustomer);
  }
  return numbers;
}

}  // namespace awase::trainer_internal
