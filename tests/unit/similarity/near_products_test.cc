#include "awase/similarity/near_products.h"

#include <Eigen/SVD>
#include <algorithm>
#include <random>
#include <set>

#include "gtest/gtest.h"
#include "similarity/internal/profile_matrix.h"

namespace awase::similarity {
namespace {

using relations::Relation;
using relations::RelationEntry;

// Products in groups of `members`; each is bought with some companions of its group, never with one of its own. Groups
// of companions are as large as groups, and stand behind all of them.
Relation Groups(std::size_t groups, std::size_t members) {
  std::mt19937_64 random(3);
  const std::size_t products = groups * members;
  std::vector<std::set<std::size_t>> with(2 * products);
  for (std::size_t p = 0; p < products; ++p) {
    const std::size_t first = products + p / members * members;
    for (std::size_t i = 0; i < members; ++i) {
      if (random() % 3 == 0) continue;
      with[p].insert(first + i);
      with[first + i].insert(p);
    }
    const std::size_t stray = products + random() % products;
    with[p].insert(stray);
    with[stray].insert(p);
  }
  Relation relation;
  relation.offsets = {0};
  for (std::size_t p = 0; p < with.size(); ++p) {
    for (const std::size_t other : with[p]) {
      RelationEntry entry{};
      entry.other = ProductAt(other);
      entry.lift = 4 + static_cast<float>((p + other) % 5);
      relation.entries.push_back(entry);
    }
    relation.offsets.push_back(relation.entries.size());
    relation.product_units.push_back(static_cast<std::uint32_t>(10 + p % 7));
  }
  return relation;
}

// By the exact decomposition and all pairs.
std::vector<NearProduct> Reference(const Relation& relation, ProductIndex product, std::size_t count) {
  const auto matrix = similarity_internal::ProfilesOf(relation, 1'000'000);
  const auto rows = static_cast<Eigen::Index>(matrix.rows());
  Eigen::MatrixXf dense = Eigen::MatrixXf::Zero(rows, rows);
  for (std::size_t r = 0; r < matrix.rows(); ++r) {
    for (std::uint64_t e = matrix.offsets[r]; e < matrix.offsets[r + 1]; ++e) {
      dense(static_cast<Eigen::Index>(r), static_cast<Eigen::Index>(matrix.columns[e])) = matrix.weights[e];
    }
  }
  const Eigen::BDCSVD<Eigen::MatrixXf> svd(dense, Eigen::ComputeThinU);
  const Eigen::MatrixXf vectors =
      (svd.matrixU() * svd.singularValues().cwiseSqrt().asDiagonal()).rowwise().normalized();
  const auto own = static_cast<Eigen::Index>(matrix.row_of[Slot(product)]);
  std::vector<NearProduct> near;
  for (Eigen::Index r = 0; r < rows; ++r) {
    const float cosine = vectors.row(r).dot(vectors.row(own));
    if (r != own && cosine > 0) near.push_back({matrix.products[static_cast<std::size_t>(r)], cosine});
  }
  std::sort(near.begin(), near.end(), [](const auto& a, const auto& b) { return a.cosine > b.cosine; });
  near.resize(std::min(count, near.size()));
  return near;
}

TEST(NearProducts, AreThoseOfTheExactDecompositionWithAllPairs) {
  const Relation relation = Groups(8, 5);
  NearOptions options;
  options.dimensions = 80;  // all there are
  const NearProducts near(relation, options);
  for (std::size_t p = 0; p < relation.product_units.size(); ++p) {
    const std::vector<NearProduct> expected = Reference(relation, ProductAt(p), options.neighbours);
    const std::vector<NearProduct> found = near.Of(ProductAt(p));
    ASSERT_EQ(found.size(), expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) EXPECT_NEAR(found[i].cosine, expected[i].cosine, 2e-3) << p;
  }
}

// Of the products next to each one, how many are of its group.
double ShareOfOwnGroup(const NearProducts& near, std::size_t products, std::size_t members) {
  double share = 0;
  for (std::size_t p = 0; p < products; ++p) {
    std::vector<NearProduct> found = near.Of(ProductAt(p));
    found.resize(std::min(members - 1, found.size()));
    const auto own = std::count_if(found.begin(), found.end(), [&](const NearProduct& other) {
      return Slot(other.product) / members == p / members;
    });
    share += static_cast<double>(own) / static_cast<double>(members - 1) / static_cast<double>(products);
  }
  return share;
}

TEST(NearProducts, AreBoughtWithTheSameThings) {
  NearOptions options;
  options.dimensions = 40;
  const NearProducts near(Groups(20, 10), options);
  EXPECT_GT(ShareOfOwnGroup(near, 200, 10), 0.95) << "though no two of a group are ever bought together";
}

TEST(NearProducts, OfManyAreFoundInTheCellsNextToThem) {
  NearOptions options;
  const NearProducts near(Groups(200, 10), options);  // 4,000 with their companions: more than one cell
  EXPECT_GT(ShareOfOwnGroup(near, 2000, 10), 0.8);
}

// `alike` products that are all bought with the same two companions, and with nothing else.
Relation ProductsAlike(std::size_t alike) {
  Relation relation;
  relation.offsets = {0};
  const auto add = [&relation](std::size_t other) {
    RelationEntry entry{};
    entry.other = ProductAt(other);
    entry.lift = 4;
    relation.entries.push_back(entry);
  };
  for (std::size_t p = 0; p < alike + 2; ++p) {
    if (p < alike) {
      add(alike);
      add(alike + 1);
    } else {
      for (std::size_t other = 0; other < alike; ++other) add(other);
    }
    relation.offsets.push_back(relation.entries.size());
    relation.product_units.push_back(10);
  }
  return relation;
}

TEST(NearProducts, OfProductsThatAreAllAlikeAreFoundAllTheSame) {
  const NearProducts near(ProductsAlike(2000), NearOptions());  // with their companions more than one cell takes
  for (const std::size_t p : {0u, 1000u, 1999u}) {
    const std::vector<NearProduct> found = near.Of(ProductAt(p));
    ASSERT_EQ(found.size(), NearOptions().neighbours);
    for (const NearProduct& other : found) {
      EXPECT_NE(other.product, ProductAt(p));
      EXPECT_GT(other.cosine, 0.999F);
    }
  }
}

TEST(NearProducts, OfOneLargeCellOnlyAPartIsLookedAt) {
  const NearProducts near(ProductsAlike(9000), NearOptions());
  for (const std::size_t p : {0u, 4500u, 8999u}) {
    const std::vector<NearProduct> found = near.Of(ProductAt(p));
    ASSERT_EQ(found.size(), NearOptions().neighbours);
    for (const NearProduct& other : found) {
      const std::size_t distance = std::max(Slot(other.product), p) - std::min(Slot(other.product), p);
      EXPECT_LE(distance, 2000u) << p << ": it has no time for all that are alike";
    }
  }
}

// What a relation of two products in every order looks like: a lift of 1.
TEST(NearProducts, AreNoneWhereEveryLiftIsAtMostChance) {
  Relation relation = ProductsAlike(1);
  for (RelationEntry& entry : relation.entries) entry.lift = 1;
  const NearProducts near(relation, NearOptions());
  for (std::size_t p = 0; p < 3; ++p) EXPECT_TRUE(near.Of(ProductAt(p)).empty());
}

TEST(NearProducts, FallAndLeaveTheProductItselfOut) {
  NearOptions options;
  options.neighbours = 7;
  const NearProducts near(Groups(20, 10), options);
  for (std::size_t p = 0; p < 400; ++p) {
    const std::vector<NearProduct> found = near.Of(ProductAt(p));
    EXPECT_LE(found.size(), 7u);
    for (std::size_t i = 0; i < found.size(); ++i) {
      EXPECT_NE(found[i].product, ProductAt(p));
      EXPECT_GT(found[i].cosine, 0);
      EXPECT_LE(found[i].cosine, 1);
      if (i > 0) {
        EXPECT_GE(found[i - 1].cosine, found[i].cosine);
      }
    }
  }
}

TEST(NearProducts, AreNoneOfProductsWithoutAVector) {
  Relation relation = Groups(4, 5);
  relation.product_units.push_back(0);  // never bought
  relation.offsets.push_back(relation.entries.size());
  relation.product_units[3] = 1;
  NearOptions options;
  options.max_products = 39;
  const NearProducts near(relation, options);
  EXPECT_TRUE(near.Of(ProductAt(40)).empty());
  EXPECT_TRUE(near.Of(ProductAt(3)).empty()) << "the one with fewest units";
  EXPECT_FALSE(near.Of(ProductAt(2)).empty());
  Relation empty;
  empty.offsets = {0, 0};
  empty.product_units = {3};
  EXPECT_TRUE(NearProducts(empty, {}).Of(ProductAt(0)).empty());
}

TEST(NearProducts, DoNotDependOnThreads) {
  const Relation relation = Groups(150, 10);
  NearOptions options;
  const NearProducts one(relation, options);
  options.threads = 3;
  const NearProducts three(relation, options);
  for (std::size_t p = 0; p < relation.product_units.size(); p += 7) {
    const std::vector<NearProduct> a = one.Of(ProductAt(p));
    const std::vector<NearProduct> b = three.Of(ProductAt(p));
    ASSERT_EQ(a.size(), b.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
      EXPECT_EQ(a[i].product, b[i].product);
      EXPECT_EQ(a[i].cosine, b[i].cosine);
    }
  }
}

}  // namespace
}  // namespace awase::similarity
