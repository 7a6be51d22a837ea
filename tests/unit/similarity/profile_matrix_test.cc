#include "similarity/internal/profile_matrix.h"

#include <cmath>

#include "gtest/gtest.h"

namespace awase::similarity_internal {
namespace {

using relations::EntrySource;
using relations::Relation;
using relations::RelationEntry;

RelationEntry Entry(std::size_t other, float lift, EntrySource source = EntrySource::kCounted) {
  RelationEntry entry{};
  entry.other = ProductAt(other);
  entry.lift = lift;
  entry.source = source;
  return entry;
}

// 0 lists 1 and 2; 1 lists 0; 2 has nothing but what is backed off; 3 lists 0, by chance.
Relation Small() {
  Relation relation;
  relation.product_units = {9, 5, 7, 4};
  relation.claims.basket_size_factor = 2;
  relation.offsets = {0, 2, 3, 4, 5};
  relation.entries.push_back(Entry(1, 6));
  relation.entries.push_back(Entry(3, 10));
  relation.entries.push_back(Entry(0, 6));
  relation.entries.push_back(Entry(0, 50, EntrySource::kType));
  relation.entries.push_back(Entry(1, 2));
  return relation;
}

TEST(ProfilesOf, AreWhatIsBoughtTogetherMoreThanByChance) {
  const ProfileMatrix matrix = ProfilesOf(Small(), 100);
  EXPECT_EQ(matrix.products, (std::vector{ProductAt(0), ProductAt(1), ProductAt(3)}));
  EXPECT_EQ(matrix.row_of, (std::vector<std::uint32_t>{0, 1, kNoRow, 2}));
  EXPECT_EQ(matrix.offsets, (std::vector<std::uint64_t>{0, 2, 3, 4}));
  EXPECT_EQ(matrix.columns, (std::vector<std::uint32_t>{1, 2, 0, 0})) << "both ways, once each";
  ASSERT_EQ(matrix.weights.size(), 4u);
  EXPECT_NEAR(matrix.weights[0], std::log(3), 1e-6);
  EXPECT_NEAR(matrix.weights[1], std::log(5), 1e-6);
  EXPECT_EQ(matrix.weights[2], matrix.weights[0]);
  EXPECT_EQ(matrix.weights[3], matrix.weights[1]);
}

TEST(ProfilesOf, KeepTheProductsWithMostUnits) {
  const ProfileMatrix matrix = ProfilesOf(Small(), 2);
  EXPECT_EQ(matrix.products, (std::vector{ProductAt(0), ProductAt(1)}));
  EXPECT_EQ(matrix.columns, (std::vector<std::uint32_t>{1, 0}));
}

TEST(ProfilesOf, OfNothingAreEmpty) {
  Relation relation;
  relation.product_units = {0, 0};
  relation.offsets = {0, 0, 0};
  EXPECT_EQ(ProfilesOf(relation, 10).rows(), 0u);
}

}  // namespace
}  // namespace awase::similarity_internal
