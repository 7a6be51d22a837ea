#include "awase/similarity/near_products.h"

// The vector of a product is its row of U Σ^½, A = U Σ Uᵀ being the truncated decomposition of the profiles (Levy,
// Goldberg and Dagan 2015), made to length 1.
//
// All pairs of 50,000 vectors would take a minute. So vectors lie in about √n cells, each with the cell whose centre is
// nearest, centres being vectors drawn at random; a product is compared with what lies in the few cells next to it.

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <random>
#include <utility>

#include "awase/base/parallel.h"
#include "similarity/internal/profile_matrix.h"
#include "similarity/internal/truncated_svd.h"

namespace awase::similarity {
namespace {

using Eigen::Index;
using similarity_internal::ProfileMatrix;
using similarity_internal::RowMatrix;
using similarity_internal::TruncatedSvd;
using ConstRows = Eigen::Map<const RowMatrix>;
using ConstVector = Eigen::Map<const Eigen::VectorXf>;

constexpr std::uint32_t kNoPlace = 0xFFFFFFFF;
constexpr std::size_t kMostInOneCell = 2'000;
constexpr std::size_t kCellsSearched = 8;
constexpr std::uint64_t kSeed = 1;

ConstRows RowsAt(const float* first, std::size_t rows, std::size_t width) {
  return {first, static_cast<Index>(rows), static_cast<Index>(width)};
}

// Rows of length 1, side by side.
std::vector<float> UnitVectors(const TruncatedSvd& svd) {
  RowMatrix vectors = svd.vectors * svd.values.cwiseSqrt().asDiagonal();
  for (Index r = 0; r < vectors.rows(); ++r) {
    const float length = vectors.row(r).norm();
    if (length > 0) vectors.row(r) /= length;
  }
  return {vectors.data(), vectors.data() + vectors.size()};
}

// The places of the `count` largest, best first, ties by place.
std::vector<std::uint32_t> Largest(const Eigen::VectorXf& values, std::size_t count) {
  std::vector<std::uint32_t> places(static_cast<std::size_t>(values.size()));
  for (std::uint32_t i = 0; i < places.size(); ++i) places[i] = i;
  const auto last = places.begin() + static_cast<std::ptrdiff_t>(std::min(count, places.size()));
  std::partial_sort(places.begin(), last, places.end(), [&values](std::uint32_t a, std::uint32_t b) {
    return values(a) != values(b) ? values(a) > values(b) : a < b;
  });
  places.erase(last, places.end());
  return places;
}

// Distinct rows, drawn at random, ascending.
std::vector<std::size_t> DrawRows(std::size_t rows, std::size_t count) {
  std::mt19937_64 random(kSeed);
  std::vector<std::size_t> drawn(rows);
  for (std::size_t r = 0; r < rows; ++r) drawn[r] = r;
  for (std::size_t i = 0; i < count; ++i) std::swap(drawn[i], drawn[i + random() % (rows - i)]);
  drawn.resize(count);
  std::sort(drawn.begin(), drawn.end());
  return drawn;
}

}  // namespace

NearProducts::NearProducts(const relations::Relation& together, const NearOptions& options)
    : neighbours_(options.neighbours), place_of_(together.product_units.size(), kNoPlace) {
  const ProfileMatrix profiles = similarity_internal::ProfilesOf(together, options.max_products);
  const TruncatedSvd svd = similarity_internal::DecomposeSymmetric(profiles, options.dimensions, options.threads);
  width_ = static_cast<std::size_t>(svd.values.size());
  if (width_ > 0) FillCells(profiles.products, UnitVectors(svd), options.threads);
}

void NearProducts::FillCells(const std::vector<ProductIndex>& products, const std::vector<float>& vectors,
                             std::size_t threads) {
  const std::size_t rows = products.size();
  const std::size_t cells =
      rows <= kMostInOneCell ? 1 : static_cast<std::size_t>(std::lround(std::sqrt(static_cast<double>(rows))));
  for (const std::size_t row : DrawRows(rows, cells)) {
    const float* vector = vectors.data() + row * width_;
    centres_.insert(centres_.end(), vector, vector + width_);
  }
  std::vector<std::uint32_t> cell_of(rows);
  ParallelFor(threads, rows, 64, [&](std::size_t first, std::size_t last, std::size_t) {
    Eigen::VectorXf likeness;
    for (std::size_t r = first; r < last; ++r) {
      likeness.noalias() =
          RowsAt(centres_.data(), cells, width_) * ConstVector(vectors.data() + r * width_, static_cast<Index>(width_));
      Index best = 0;
      likeness.maxCoeff(&best);
      cell_of[r] = static_cast<std::uint32_t>(best);
    }
  });
  cells_.assign(cells + 1, 0);
  for (const std::uint32_t cell : cell_of) ++cells_[cell + 1];
  for (std::size_t c = 0; c < cells; ++c) cells_[c + 1] += cells_[c];
  std::vector<std::uint64_t> next(cells_.begin(), cells_.end());
  products_.resize(rows);
  vectors_.resize(rows * width_);
  for (std::size_t r = 0; r < rows; ++r) {
    const std::uint64_t place = next[cell_of[r]]++;
    products_[place] = products[r];
    place_of_[Slot(products[r])] = static_cast<std::uint32_t>(place);
    std::copy_n(vectors.data() + r * width_, width_, vectors_.data() + place * width_);
  }
}

std::vector<std::uint32_t> NearProducts::CellsNextTo(const float* vector) const {
  const Eigen::VectorXf likeness =
      RowsAt(centres_.data(), cells_.size() - 1, width_) * ConstVector(vector, static_cast<Index>(width_));
  return Largest(likeness, kCellsSearched);
}

// Of a cell that is looked at in part: around the place `own` where that lies in it, so that products which are all
// alike do not all name the same few.
std::uint64_t NearProducts::FirstLookedAt(std::uint32_t cell, std::uint64_t own) const {
  const std::uint64_t first = cells_[cell];
  const std::uint64_t last = cells_[cell + 1];
  if (last - first <= kMostInOneCell || own < first || own >= last) return first;
  const std::uint64_t before = std::min<std::uint64_t>(own - first, kMostInOneCell / 2);
  return std::min(own - before, last - kMostInOneCell);
}

std::vector<NearProduct> NearProducts::Of(ProductIndex product) const {
  const std::uint32_t own = place_of_[Slot(product)];
  if (own == kNoPlace) return {};
  const float* vector = vectors_.data() + own * width_;
  std::vector<NearProduct> near;
  Eigen::VectorXf cosines;
  for (const std::uint32_t cell : CellsNextTo(vector)) {
    const std::uint64_t first = FirstLookedAt(cell, own);
    const std::uint64_t count = std::min<std::uint64_t>(kMostInOneCell, cells_[cell + 1] - first);
    cosines.noalias() =
        RowsAt(vectors_.data() + first * width_, count, width_) * ConstVector(vector, static_cast<Index>(width_));
    for (Index i = 0; i < cosines.size(); ++i) {
      const ProductIndex other = products_[first + static_cast<std::uint64_t>(i)];
      if (cosines(i) > 0 && other != product) near.push_back({other, std::min(cosines(i), 1.0F)});
    }
  }
  const auto last = near.begin() + static_cast<std::ptrdiff_t>(std::min(neighbours_, near.size()));
  std::partial_sort(near.begin(), last, near.end(), [](const NearProduct& a, const NearProduct& b) {
    return a.cosine != b.cosine ? a.cosine > b.cosine : a.product < b.product;
  });
  near.erase(last, near.end());
  return near;
}

}  // namespace awase::similarity
