#include "live/live_entry.h"

#include <algorithm>
#include <random>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace awase::live {
namespace {

ProductUpdate Numbered(std::uint64_t sequence, const LiveValues& set, bool reset = false) {
  return {.product_id = "p", .sequence = sequence, .reset = reset, .set = set};
}

TEST(LiveEntry, AnUpdateChangesTheFieldsThatItNames) {
  LiveEntry entry;
  EXPECT_TRUE(Apply(Numbered(0, {.stock = 5, .visible = true}), entry));
  EXPECT_TRUE(Apply(Numbered(0, {.stock = 4}), entry));
  EXPECT_EQ(entry.values(), (LiveValues{.stock = 4, .visible = true}));
}

TEST(LiveEntry, AResetLeavesWhatItSets) {
  LiveEntry entry;
  Apply(Numbered(0, {.stock = 5, .visible = true}), entry);
  EXPECT_TRUE(Apply(Numbered(0, {.stock = 1}, /*reset=*/true), entry));
  EXPECT_EQ(entry.values(), (LiveValues{.stock = 1}));
  EXPECT_TRUE(Apply(Numbered(0, {}, /*reset=*/true), entry));
  EXPECT_TRUE(entry.is_blank());
}

TEST(LiveEntry, LateAndRepeatedUpdatesChangeNothing) {
  LiveEntry entry;
  EXPECT_TRUE(Apply(Numbered(5, {.stock = 5}), entry));
  EXPECT_FALSE(Apply(Numbered(4, {.stock = 4}), entry));
  EXPECT_FALSE(Apply(Numbered(5, {.stock = 6}), entry));
  EXPECT_EQ(entry.values(), (LiveValues{.stock = 5}));
  EXPECT_TRUE(Apply(Numbered(6, {.stock = 6}, /*reset=*/true), entry));
  EXPECT_FALSE(Apply(Numbered(3, {.visible = false}), entry)) << "the reset came later";
  EXPECT_FALSE(Apply(Numbered(5, {}, /*reset=*/true), entry));
  EXPECT_EQ(entry.values(), (LiveValues{.stock = 6}));
}

TEST(LiveEntry, ALateUpdateStillSetsWhatNoLaterOneSpokeOf) {
  LiveEntry entry;
  Apply(Numbered(5, {.stock = 5}), entry);
  EXPECT_TRUE(Apply(Numbered(4, {.stock = 4, .visible = false}), entry));
  EXPECT_EQ(entry.values(), (LiveValues{.stock = 5, .visible = false}));
}

TEST(LiveEntry, WithoutNumbersTheOrderIsThatOfArrival) {
  LiveEntry entry;
  Apply(Numbered(5, {.stock = 5}), entry);
  EXPECT_TRUE(Apply(Numbered(0, {.stock = 1}), entry));
  EXPECT_EQ(entry.values(), (LiveValues{.stock = 1}));
  EXPECT_FALSE(Apply(Numbered(5, {.stock = 5}), entry)) << "the number is still known";
  EXPECT_TRUE(Apply(Numbered(6, {.stock = 6}), entry));
}

TEST(LiveEntry, AResetWithANumberIsRemembered) {
  LiveEntry entry;
  Apply(Numbered(5, {}, /*reset=*/true), entry);
  EXPECT_FALSE(entry.is_blank());
  EXPECT_FALSE(Apply(Numbered(4, {.stock = 4}), entry));
  EXPECT_TRUE(entry.values().empty());
}

// The way out where a feed has sent a number that is too large.
TEST(LiveEntry, AResetWithoutANumberForgetsTheNumbers) {
  LiveEntry entry;
  Apply(Numbered(UINT64_MAX, {.stock = 5, .visible = true}), entry);
  EXPECT_TRUE(Apply(Numbered(0, {.visible = false}, /*reset=*/true), entry));
  EXPECT_EQ(entry.values(), (LiveValues{.visible = false}));
  EXPECT_TRUE(Apply(Numbered(1, {.stock = 1, .visible = true}), entry));
  EXPECT_EQ(entry.values(), (LiveValues{.stock = 1, .visible = true}));
  EXPECT_TRUE(Apply(Numbered(0, {}, /*reset=*/true), entry));
  EXPECT_TRUE(entry.is_blank());
}

TEST(LiveEntry, NumberedUpdatesEndTheSameInAnyOrder) {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    std::vector<ProductUpdate> updates;
    for (std::uint64_t sequence = 1; sequence <= 8; ++sequence) {
      LiveValues set;
      if (random() % 2 == 0) set.stock = random() % 9;
      if (random() % 2 == 0) set.visible = random() % 2 == 0;
      if (random() % 2 == 0) set.price = Money{static_cast<std::int64_t>(random() % 99), CurrencyCode()};
      updates.push_back(Numbered(sequence, set, random() % 4 == 0));
    }
    LiveEntry in_order;
    for (const ProductUpdate& update : updates) Apply(update, in_order);
    std::shuffle(updates.begin(), updates.end(), random);
    updates.insert(updates.end(), updates.begin(), updates.begin() + 4);  // and some of them twice
    LiveEntry shuffled;
    for (const ProductUpdate& update : updates) Apply(update, shuffled);
    ASSERT_EQ(shuffled, in_order) << round;
  }
}

}  // namespace
}  // namespace awase::live
