#include "awase/catalog/catalog.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace awase::catalog {
namespace {

constexpr int kMaxParentSteps = 64;

auto AttributeFields(const Attribute& attribute) { return std::tie(attribute.name, attribute.text); }

bool AttributesLess(const std::vector<Attribute>& a, const std::vector<Attribute>& b) {
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
    return AttributeFields(x) < AttributeFields(y);
  });
}

std::tuple<bool, std::int64_t, CurrencyCode> MoneyFields(const std::optional<Money>& money) {
  return {money.has_value(), money.value_or(Money()).minor_units, money.value_or(Money()).currency};
}

// Any total order over all fields does: it only has to be the same whatever the order of the rows.
bool ContentLess(const Product& a, const Product& b) {
  const auto fields = [](const Product& p) {
    return std::tuple(std::tie(p.title, p.category, p.product_type, p.brand, p.author, p.series, p.parent_id, p.family,
                               p.tier, p.stock, p.visible, p.pack_size, p.pack_quantity, p.pack_unit,
                               p.subscription_interval, p.tags, p.url, p.image_url),
                      MoneyFields(p.price), MoneyFields(p.cost));
  };
  const auto fields_a = fields(a);
  const auto fields_b = fields(b);
  if (fields_a != fields_b) return fields_a < fields_b;
  return AttributesLess(a.attributes, b.attributes);
}

void SortAndDropDuplicates(std::vector<Product>* products, CatalogNotes* notes) {
  std::sort(products->begin(), products->end(), [](const Product& a, const Product& b) {
    return a.product_id != b.product_id ? a.product_id < b.product_id : ContentLess(a, b);
  });
  const auto last = std::unique(products->begin(), products->end(),
                                [](const Product& a, const Product& b) { return a.product_id == b.product_id; });
  notes->duplicate_ids = static_cast<std::uint64_t>(products->end() - last);
  products->erase(last, products->end());
}

const Product* FindProduct(const std::vector<Product>& sorted, absl::string_view id) {
  const auto it = std::lower_bound(sorted.begin(), sorted.end(), id, [](const Product& product, absl::string_view key) {
    return absl::string_view(product.product_id) < key;
  });
  return it != sorted.end() && it->product_id == id ? &*it : nullptr;
}

void AddMissingParents(std::vector<Product>* products, CatalogNotes* notes) {
  std::vector<std::string> missing;
  for (const Product& product : *products) {
    if (!product.parent_id.empty() && FindProduct(*products, product.parent_id) == nullptr) {
      missing.push_back(product.parent_id);
    }
  }
  std::sort(missing.begin(), missing.end());
  missing.erase(std::unique(missing.begin(), missing.end()), missing.end());
  notes->parents_added = missing.size();
  if (missing.empty()) return;
  for (std::string& id : missing) {
    Product parent;
    parent.product_id = std::move(id);
    parent.visible = false;
    products->push_back(std::move(parent));
  }
  std::sort(products->begin(), products->end(),
            [](const Product& a, const Product& b) { return a.product_id < b.product_id; });
}

}  // namespace

Catalog Catalog::Build(std::vector<Product> products, CatalogNotes* notes) {
  CatalogNotes ignored;
  if (notes == nullptr) notes = &ignored;
  *notes = CatalogNotes();
  SortAndDropDuplicates(&products, notes);
  AddMissingParents(&products, notes);

  Catalog catalog;
  catalog.products_ = std::move(products);
  const std::size_t count = catalog.products_.size();
  std::vector<ProductIndex> parents(count, kNoProduct);
  for (std::size_t i = 0; i < count; ++i) {
    const Product& product = catalog.products_[i];
    if (!product.parent_id.empty()) parents[i] = catalog.Find(product.parent_id).value_or(kNoProduct);
  }
  // Real chains have one or two steps. A longer one than kMaxParentSteps is a cycle, or leads into one, or might as
  // well: the product then loses its parent link and is its own root.
  catalog.roots_.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    ProductIndex top = ProductAt(i);
    int steps = 0;
    while (parents[Slot(top)] != kNoProduct && steps <= kMaxParentSteps) {
      top = parents[Slot(top)];
      ++steps;
    }
    if (steps > kMaxParentSteps) {
      ++notes->parent_cycles;
      parents[i] = kNoProduct;
      catalog.products_[i].parent_id.clear();
      top = ProductAt(i);
    }
    catalog.roots_[i] = top;
  }
  return catalog;
}

std::optional<ProductIndex> Catalog::Find(absl::string_view product_id) const {
  const Product* found = FindProduct(products_, product_id);
  if (found == nullptr) return std::nullopt;
  return ProductAt(static_cast<std::size_t>(found - products_.data()));
}

}  // namespace awase::catalog
