#include "awase/live/live_table.h"

#include <map>
#include <random>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace awase::live {
namespace {

using ::testing::IsNull;
using ::testing::Pointee;

LiveValues Stock(std::int64_t pieces) { return {.stock = pieces}; }

TEST(LiveTable, HasNothingAtFirst) {
  for (const std::size_t count : {std::size_t{1}, std::size_t{16}, std::size_t{17}, std::size_t{1'000'000}}) {
    const LiveTable table(count);
    EXPECT_EQ(table.product_count(), count);
    EXPECT_EQ(table.size(), 0U);
    EXPECT_THAT(table.Find(ProductAt(0)), IsNull());
    EXPECT_THAT(table.Find(ProductAt(count - 1)), IsNull());
  }
}

TEST(LiveTable, KeepsEveryValueExactly) {
  const Money price = {INT64_MAX, *CurrencyCode::Parse("KWD")};
  const LiveValues all = {.price = price, .stock = INT64_MAX, .visible = false};
  const LiveTable table = LiveTable(3).With({{ProductAt(1), all}});
  EXPECT_THAT(table.Find(ProductAt(1)), Pointee(all));
  EXPECT_THAT(table.Find(ProductAt(0)), IsNull());
  EXPECT_THAT(table.Find(ProductAt(2)), IsNull());
}

TEST(LiveTable, TheOldOneStaysAsItWas) {
  const LiveTable before = LiveTable(100'000).With({{ProductAt(7), Stock(1)}, {ProductAt(99'999), Stock(2)}});
  const LiveTable after = before.With({{ProductAt(7), Stock(0)}, {ProductAt(8), Stock(3)}});
  EXPECT_THAT(before.Find(ProductAt(7)), Pointee(Stock(1)));
  EXPECT_THAT(before.Find(ProductAt(8)), IsNull());
  EXPECT_EQ(before.size(), 2U);
  EXPECT_THAT(after.Find(ProductAt(7)), Pointee(Stock(0)));
  EXPECT_THAT(after.Find(ProductAt(8)), Pointee(Stock(3)));
  EXPECT_EQ(after.size(), 3U);
  EXPECT_EQ(after.Find(ProductAt(99'999)), before.Find(ProductAt(99'999))) << "what has not changed is shared";
}

TEST(LiveTable, OfSeveralChangesTheLastCounts) {
  const LiveTable table = LiveTable(20).With({{ProductAt(19), Stock(1)},
                                              {ProductAt(3), Stock(5)},
                                              {ProductAt(19), {}},
                                              {ProductAt(3), Stock(6)},
                                              {ProductAt(19), Stock(2)}});
  EXPECT_THAT(table.Find(ProductAt(19)), Pointee(Stock(2)));
  EXPECT_THAT(table.Find(ProductAt(3)), Pointee(Stock(6)));
  EXPECT_EQ(table.size(), 2U);
}

TEST(LiveTable, ChangesWithoutValuesTakeTheProductOut) {
  const LiveTable table = LiveTable(5000).With({{ProductAt(4), Stock(1)}, {ProductAt(4444), Stock(1)}});
  const LiveTable without = table.With({{ProductAt(4), {}}, {ProductAt(5), {}}});
  EXPECT_THAT(without.Find(ProductAt(4)), IsNull());
  EXPECT_EQ(without.size(), 1U);
  EXPECT_EQ(without.With({{ProductAt(4444), {}}}).size(), 0U);
}

// Every product is looked up after every batch, also in the tables before.
TEST(LiveTable, IsWhatAMapIs) {
  for (const std::size_t count : {1U, 15U, 16U, 17U, 1023U, 1024U, 1025U, 70'000U}) {
    SCOPED_TRACE(count);
    std::mt19937 random(static_cast<unsigned>(count));
    const auto below = [&random](std::size_t end) {
      return std::uniform_int_distribution<std::size_t>(0, end - 1)(random);
    };
    LiveTable table(count);
    std::map<std::size_t, LiveValues> expected;
    for (int batch = 0; batch < 20; ++batch) {
      const LiveTable before = table;
      const std::map<std::size_t, LiveValues> expected_before = expected;
      std::vector<LiveChange> changes;
      for (std::size_t i = below(200); i > 0; --i) {
        const std::size_t slot = below(count);
        const LiveValues values = below(3) == 0 ? LiveValues() : Stock(static_cast<std::int64_t>(below(1000)));
        changes.push_back({ProductAt(slot), values});
        expected[slot] = values;
        if (values.empty()) expected.erase(slot);
      }
      table = before.With(changes);
      const auto expect_equal = [count](const LiveTable& actual, const std::map<std::size_t, LiveValues>& wanted) {
        ASSERT_EQ(actual.size(), wanted.size());
        for (std::size_t slot = 0; slot < count; ++slot) {
          const LiveValues* const found = actual.Find(ProductAt(slot));
          const auto want = wanted.find(slot);
          ASSERT_EQ(found != nullptr, want != wanted.end()) << slot;
          if (found == nullptr) continue;
          ASSERT_EQ(*found, want->second) << slot;
        }
      };
      expect_equal(table, expected);
      expect_equal(before, expected_before);
    }
  }
}

}  // namespace
}  // namespace awase::live
