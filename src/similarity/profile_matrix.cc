#include "similarity/internal/profile_matrix.h"

#include <algorithm>
#include <utility>

namespace awase::similarity_internal {
namespace {

using relations::EntrySource;
using relations::Relation;
using relations::RelationEntry;

bool HasCountedEntry(absl::Span<const RelationEntry> list) {
  return std::any_of(list.begin(), list.end(),
                     [](const RelationEntry& entry) { return entry.source == EntrySource::kCounted; });
}

std::vector<ProductIndex> ProductsWithRows(const Relation& together, std::size_t max_products) {
  std::vector<ProductIndex> products;
  for (std::size_t p = 0; p < together.product_units.size(); ++p) {
    if (HasCountedEntry(together.list(ProductAt(p)))) products.push_back(ProductAt(p));
  }
  if (products.size() > max_products) {
    const auto last = products.begin() + static_cast<std::ptrdiff_t>(max_products);
    std::nth_element(products.begin(), last, products.end(), [&together](ProductIndex a, ProductIndex b) {
      const std::uint32_t units_a = together.product_units[Slot(a)];
      const std::uint32_t units_b = together.product_units[Slot(b)];
      return units_a != units_b ? units_a > units_b : a < b;
    });
    products.erase(last, products.end());
    std::sort(products.begin(), products.end());
  }
  return products;
}

// Calls visit(row, column, weight) for each entry of the matrix, once or twice.
template <typename Visit>
void ForAllEntries(const Relation& together, const ProfileMatrix& matrix, Visit visit) {
  const double chance = relations::ChanceOf(together);
  for (std::uint32_t row = 0; row < matrix.rows(); ++row) {
    for (const RelationEntry& entry : together.list(matrix.products[row])) {
      const std::uint32_t column = matrix.row_of[Slot(entry.other)];
      const auto weight = static_cast<float>(relations::PositiveAssociation(entry, chance));
      if (column == kNoRow || entry.source != EntrySource::kCounted || weight == 0) continue;
      visit(row, column, weight);
      visit(column, row, weight);
    }
  }
}

// Puts the rows in order, and entries that are there twice together.
void SortRows(ProfileMatrix* matrix) {
  std::vector<std::pair<std::uint32_t, float>> row;
  std::uint64_t kept = 0;
  std::uint64_t first = 0;
  for (std::size_t r = 0; r < matrix->rows(); ++r) {
    const std::uint64_t last = matrix->offsets[r + 1];
    row.clear();
    for (std::uint64_t e = first; e < last; ++e) row.emplace_back(matrix->columns[e], matrix->weights[e]);
    std::sort(row.begin(), row.end());
    for (std::size_t e = 0; e < row.size(); ++e) {
      if (e > 0 && row[e].first == row[e - 1].first) continue;
      matrix->columns[kept] = row[e].first;
      matrix->weights[kept++] = row[e].second;
    }
    first = last;
    matrix->offsets[r + 1] = kept;
  }
  matrix->columns.resize(kept);
  matrix->weights.resize(kept);
}

}  // namespace

ProfileMatrix ProfilesOf(const Relation& together, std::size_t max_products) {
  ProfileMatrix matrix;
  matrix.products = ProductsWithRows(together, max_products);
  matrix.row_of.assign(together.product_units.size(), kNoRow);
  for (std::size_t r = 0; r < matrix.rows(); ++r) {
    matrix.row_of[Slot(matrix.products[r])] = static_cast<std::uint32_t>(r);
  }
  matrix.offsets.assign(matrix.rows() + 1, 0);
  ForAllEntries(together, matrix, [&](std::uint32_t row, std::uint32_t, float) { ++matrix.offsets[row + 1]; });
  for (std::size_t r = 0; r < matrix.rows(); ++r) matrix.offsets[r + 1] += matrix.offsets[r];
  matrix.columns.resize(matrix.offsets.back());
  matrix.weights.resize(matrix.offsets.back());
  std::vector<std::uint64_t> next(matrix.offsets.begin(), matrix.offsets.end());
  ForAllEntries(together, matrix, [&](std::uint32_t row, std::uint32_t column, float weight) {
    const std::uint64_t place = next[row]++;
    matrix.columns[place] = column;
    matrix.weights[place] = weight;
  });
  SortRows(&matrix);
  return matrix;
}

}  // namespace awase::similarity_internal
