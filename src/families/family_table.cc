#include "awase/families/family_table.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "awase/base/money.h"
#include "awase/catalog/plan_columns.h"
#include "awase/catalog/unit_price.h"
#include "awase/families/rung_text.h"

namespace awase::families {
namespace {

using artefact::AttributeView;
using artefact::Model;
using artefact::ProductView;
using relations::RelationKind;

std::string UnitPriceOf(const ProductView& product) {
  const double content = product.pack_quantity().value_or(0);
  if (!(content > 0) || product.pack_unit().empty()) return "";
  const catalog::PricedPack pack{product.price()->minor_units, content};
  const auto texts = catalog::FormatUnitPrices(pack, pack, product.pack_unit(), product.price()->currency);
  return absl::StrCat(texts.from, " per ", texts.per == 1 ? "" : absl::StrCat(texts.per, " "), product.pack_unit());
}

std::vector<TableStep> StepsOf(const Model& model, ProductIndex product) {
  std::vector<TableStep> steps;
  const auto rungs = model.rungs(product);
  const auto evidence = model.rung_evidence(product);
  for (std::size_t r = 0; r < rungs.size(); ++r) {
    const ladder::Rung& rung = rungs[r];
    steps.push_back({.direction = rung.direction,
                     .rung = rung.rung,
                     .grade = rung.grade,
                     .kind = evidence.empty() ? ladder::StepKind::kModel : evidence[r].kind,
                     .other_id = std::string(model.product(rung.other).product_id()),
                     .price_delta = FormatMoneyDifference(PriceDifference(model, rung)),
                     .evidence = RungEvidenceText(model, product, r)});
  }
  return steps;
}

// The columns in which `products` differ: those that most of them have first, then by name.
std::vector<std::string> DifferingColumns(const Model& model, absl::Span<const ProductIndex> products) {
  struct Column {
    std::size_t products = 0;
    std::set<absl::string_view> values;
  };
  std::map<absl::string_view, Column> columns;
  for (const ProductIndex product : products) {
    const ProductView view = model.product(product);
    for (std::size_t i = 0; i < view.attribute_count(); ++i) {
      const AttributeView attribute = view.attribute(i);
      Column& column = columns[attribute.name];
      ++column.products;
      column.values.insert(attribute.text);
    }
  }
  std::vector<std::pair<std::size_t, std::string>> differing;
  for (const auto& [name, column] : columns) {
    const bool differs = column.values.size() + (column.products < products.size() ? 1 : 0) > 1;
    if (differs) differing.emplace_back(column.products, name);
  }
  std::stable_sort(differing.begin(), differing.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<std::string> names;
  for (auto& [count, name] : differing) {
    if (names.size() < FamilyTable::kMaxSpecs) names.push_back(std::move(name));
  }
  return names;
}

TableRow RowOf(const Model& model, ProductIndex product, const std::vector<std::string>& columns) {
  const ProductView view = model.product(product);
  TableRow row;
  row.product_id = std::string(view.product_id());
  row.title = std::string(view.title());
  row.price = FormatMoney(*view.price());
  row.unit_price = UnitPriceOf(view);
  if (model.has_relation(RelationKind::kBoughtTogether)) {
    row.orders = model.units(RelationKind::kBoughtTogether, product);
  }
  row.tier = std::string(view.tier());
  for (const std::string& column : columns) {
    row.specs.emplace_back(view.AttributeText(column));
  }
  row.steps = StepsOf(model, product);
  return row;
}

// Of `count` rows in all the first of those that are shown, with `place` in their middle as far as there are rows.
std::size_t FirstAround(std::size_t place, std::size_t count, std::size_t shown) {
  const std::size_t wanted = place < shown / 2 ? 0 : place - shown / 2;
  return std::min(wanted, count - shown);
}

}  // namespace

FamilyTable TableOf(const Model& model, const Family& family, std::size_t most_rows, ProductIndex center) {
  FamilyTable table{.key = family.key, .orders = family.orders, .products = family.products.size()};
  const std::size_t shown = std::min(most_rows, table.products);
  const auto at = std::find_if(family.products.begin(), family.products.end(), [&](ProductIndex product) {
    return center != kNoProduct && model.root(product) == model.root(center);
  });
  if (at != family.products.end() && shown > 0) {
    const auto place = static_cast<std::size_t>(at - family.products.begin());
    table.first = FirstAround(place, table.products, shown);
    table.center = place - table.first;
  }
  const auto products = absl::MakeConstSpan(family.products).subspan(table.first, shown);
  table.specs = DifferingColumns(model, products);
  for (const ProductIndex product : products) table.rows.push_back(RowOf(model, product, table.specs));
  return table;
}

absl::string_view SpecName(absl::string_view column) {
  if (absl::StartsWith(column, catalog::kOveragePrefix)) return column;  // a price, beside the limit of that name
  const std::size_t dot = column.find('.');
  return dot == absl::string_view::npos ? column : column.substr(dot + 1);
}

}  // namespace awase::families
