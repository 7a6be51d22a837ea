#include "ladder/internal/spec_table.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "awase/base/parallel.h"
#include "ladder/internal/spec_columns.h"

namespace awase::ladder_internal {

namespace {

using catalog::Attribute;
using catalog::Catalog;

// See BuildSpecTable. Ten products are what one spec of one family usually has behind it in a shop of some size.
constexpr double kPriorProducts = 10;
constexpr double kFirm = 0.2;

constexpr std::size_t kProductGrain = 4096;

std::uint64_t GroupOf(const catalog::SpecValue& value) {
  if (value.kind == catalog::SpecValue::Kind::kMissing) return 0;
  if (value.kind == catalog::SpecValue::Kind::kText) return value.qualifier;
  const std::uint64_t group = (value.unit * 0x9E3779B97F4A7C15) ^ value.qualifier;
  return group == 0 ? 1 : group;
}

struct Pooled {
  double correlation_sum = 0;
  double products = 0;
};
using PooledColumns = std::map<std::pair<std::uint32_t, std::uint64_t>, Pooled>;  // by column and unit

}  // namespace

class SpecTableBuilder {
 public:
  SpecTableBuilder(const Catalog& catalog, const Families& families, std::size_t threads)
      : catalog_(catalog), families_(families), threads_(threads) {}

  SpecTable Build(ProblemTally* problems) {
    NumberColumns();
    Parse();
    DescribeFamilies(problems);
    Settle();
    return std::move(table_);
  }

 private:
  std::uint32_t FamilyOf(std::size_t product) const {
    const std::uint32_t member = families_.member_of_root[Slot(catalog_.root(ProductAt(product)))];
    return member == kNoMember ? kNoMember : families_.members[member].family;
  }

  // Ascending numbers for ascending names, so that a product's specs are by column.
  void NumberColumns() {
    for (const catalog::Product& product : catalog_.products()) {
      for (const Attribute& attribute : product.attributes) columns_.try_emplace(attribute.name, 0);
    }
    for (const auto& [name, number] : columns_) names_.emplace_back(name);
    std::sort(names_.begin(), names_.end());
    for (std::size_t i = 0; i < names_.size(); ++i) columns_[names_[i]] = static_cast<std::uint32_t>(i);
  }

  void Parse() {
    table_.ranges_.resize(catalog_.size());
    std::uint64_t count = 0;
    const auto give_room = [&](std::size_t product) {
      const std::uint64_t first = count;
      count += catalog_.product(ProductAt(product)).attributes.size();
      table_.ranges_[product] = {first, count};
    };
    std::vector<bool> is_member(catalog_.size(), false);
    for (const Member& member : families_.members) {
      is_member[Slot(member.product)] = true;
      give_room(Slot(member.product));
    }
    for (std::size_t p = 0; p < catalog_.size(); ++p) {
      if (!is_member[p] && FamilyOf(p) != kNoMember) give_room(p);
    }
    table_.specs_.resize(count);
    ParallelFor(threads_, catalog_.size(), kProductGrain, [&](std::size_t first, std::size_t last, std::size_t) {
      for (std::size_t p = first; p < last; ++p) ParseProduct(p);
    });
  }

  void ParseProduct(std::size_t product) {
    const std::vector<Attribute>& attributes = catalog_.product(ProductAt(product)).attributes;
    const SpecTable::Range range = table_.ranges_[product];
    for (std::uint64_t s = range.first; s < range.last; ++s) {
      const Attribute& attribute = attributes[s - range.first];
      catalog::SpecValue value = catalog::ParseSpecValue(attribute.text);
      if (absl::StartsWith(attribute.name, "limit.") && absl::EqualsIgnoreCase(attribute.text, "unlimited")) {
        value = catalog::ParseSpecValue("1000000000000000");  // more than any limit
      }
      table_.specs_[s] = {.value = value.number,
                          .unit = value.unit,
                          .group = GroupOf(value),
                          .column = columns_.find(attribute.name)->second,
                          .kind = value.kind,
                          .sign = 0,
                          .is_firm = false,
                          .is_comparable = false};
    }
  }

  void DescribeFamilies(ProblemTally* problems) {
    family_columns_.resize(families_.families.size());
    std::vector<ProblemTally> tallies(std::max<std::size_t>(threads_, 1));
    ParallelFor(threads_, families_.families.size(), 16, [&](std::size_t first, std::size_t last, std::size_t worker) {
      for (std::size_t f = first; f < last; ++f) DescribeFamily(f, &tallies[worker]);
    });
    for (const ProblemTally& tally : tallies) problems->Merge(tally);
    for (const auto& columns : family_columns_) {
      for (const FamilyColumn& column : columns) {
        Pooled& pooled = pooled_[{column.column, column.unit}];
        pooled.correlation_sum += column.correlation_sum;
        pooled.products += column.products;
      }
    }
  }

  void DescribeFamily(std::size_t family, ProblemTally* problems) {
    std::vector<ColumnCell> cells;
    for (const Member& member : families_.of(families_.families[family])) {
      const auto& attributes = catalog_.product(member.product).attributes;
      const auto specs = table_.of(member.product);
      for (std::size_t s = 0; s < specs.size(); ++s) {
        cells.push_back({&specs[s], &attributes[s].text, member.value, member.product});
      }
    }
    std::stable_sort(cells.begin(), cells.end(),
                     [](const ColumnCell& a, const ColumnCell& b) { return a.spec->column < b.spec->column; });
    for (std::size_t first = 0; first < cells.size();) {
      std::size_t last = first;
      while (last < cells.size() && cells[last].spec->column == cells[first].spec->column) ++last;
      const std::string& name = names_[cells[first].spec->column];
      const auto of_column = absl::MakeConstSpan(cells).subspan(first, last - first);
      FamilyColumn column = DescribeColumn(name, of_column);
      for (const ProductIndex product : column.concerned) problems->Add(*column.problem, name, product);
      family_columns_[family].push_back(std::move(column));
      first = last;
    }
  }

  // Gives every spec its place in an order, where its family has one.
  void Settle() {
    std::vector<std::vector<double>> evidence(family_columns_.size());  // r, parallel to family_columns_
    for (std::size_t f = 0; f < family_columns_.size(); ++f) {
      for (const FamilyColumn& column : family_columns_[f]) evidence[f].push_back(EvidenceOf(column));
    }
    ParallelFor(threads_, catalog_.size(), kProductGrain, [&](std::size_t first, std::size_t last, std::size_t) {
      for (std::size_t p = first; p < last; ++p) {
        const std::uint32_t family = FamilyOf(p);
        if (family != kNoMember) SettleProduct(p, family_columns_[family], evidence[family]);
      }
    });
  }

  double EvidenceOf(const FamilyColumn& column) const {
    const Pooled& all = pooled_.find({column.column, column.unit})->second;
    const double others = all.products - column.products;
    const double of_others = others > 0 ? (all.correlation_sum - column.correlation_sum) / others : 0;
    const double meaning = column.more_is_better_by_meaning ? kPriorProducts : 0;
    return (column.correlation_sum + meaning + std::min(others, kPriorProducts) * of_others) /
           (column.products + meaning + kPriorProducts);
  }

  void SettleProduct(std::size_t product, const std::vector<FamilyColumn>& columns,
                     const std::vector<double>& evidence) {
    for (std::uint64_t s = table_.ranges_[product].first; s < table_.ranges_[product].last; ++s) {
      Spec& spec = table_.specs_[s];
      const auto column = std::lower_bound(
          columns.begin(), columns.end(), spec.column,
          [](const FamilyColumn& of_family, std::uint32_t number) { return of_family.column < number; });
      spec.is_comparable = column != columns.end() && column->column == spec.column && Place(*column, &spec);
      if (!spec.is_comparable) continue;
      const double r = evidence[static_cast<std::size_t>(column - columns.begin())];
      spec.sign = static_cast<std::int8_t>(r > 0 ? 1 : r < 0 ? -1 : 0);
      spec.is_firm = std::abs(r) >= kFirm;
    }
  }

  // False when the spec has no place in the column's order. A variant may have what its family's speakers have not.
  static bool Place(const FamilyColumn& column, Spec* spec) {
    switch (column.order) {
      case FamilyColumn::Order::kNone:
        return false;
      case FamilyColumn::Order::kNumbers:
        return spec->kind == catalog::SpecValue::Kind::kNumber && spec->unit == column.unit;
      case FamilyColumn::Order::kClasses: {
        const auto rank = column.class_ranks.find(spec->group);
        if (spec->kind != catalog::SpecValue::Kind::kText || rank == column.class_ranks.end()) return false;
        spec->value = rank->second;
        spec->group = 1;
        return true;
      }
    }
    return false;
  }

  const Catalog& catalog_;
  const Families& families_;
  const std::size_t threads_;
  SpecTable table_;
  absl::flat_hash_map<absl::string_view, std::uint32_t> columns_;
  std::vector<std::string> names_;                         // by number
  std::vector<std::vector<FamilyColumn>> family_columns_;  // per family, by column
  PooledColumns pooled_;
};

SpecTable BuildSpecTable(const Catalog& catalog, const Families& families, std::size_t threads,
                         ProblemTally* problems) {
  return SpecTableBuilder(catalog, families, threads).Build(problems);
}

}  // namespace awase::ladder_internal
