#include "live/live_state.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"

namespace awase::live {
namespace {

using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

ProductUpdate Stock(const std::string& product_id, std::int64_t pieces) {
  return {.product_id = product_id, .set = {.stock = pieces}};
}
ProductUpdate Reset(const std::string& product_id) { return {.product_id = product_id, .reset = true}; }

// Calls of one group, when "tea" and "milk" are held and three products may be.
class StagedUpdatesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    for (const char* const id : {"tea", "milk"}) state_.Put(id, {LiveEntry{.stock = {.value = 1}}});
  }
  std::vector<std::string> HeldAfterwards() {
    group_.PutInto(state_);
    std::vector<std::string> ids;
    for (const auto& [id, product] : state_.products()) ids.push_back(id);
    return ids;
  }
  static auto IsFull() { return StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("3 is the limit")); }

  LiveState state_;
  const FindProduct find_;
  StagedUpdates group_{state_, find_, 3};
};

TEST_F(StagedUpdatesTest, ACallThatHasNoRoomLeavesTheOthersAsTheyAre) {
  EXPECT_THAT(group_.Add({Stock("coffee", 1), Stock("tea", 2)}), IsOk());
  EXPECT_THAT(group_.Add({Stock("tea", 3), Stock("bread", 1)}), IsFull());
  EXPECT_THAT(group_.Add({Stock("milk", 4)}), IsOk());
  EXPECT_THAT(HeldAfterwards(), ::testing::ElementsAre("coffee", "milk", "tea"));
  EXPECT_EQ(state_.Find("tea")->entry.stock.value, 2) << "nothing of the call that was refused";
  EXPECT_EQ(state_.Find("milk")->entry.stock.value, 4);
}

TEST_F(StagedUpdatesTest, WhatACallResetsMakesRoomInItAndBehindIt) {
  EXPECT_THAT(group_.Add({Stock("coffee", 1), Stock("bread", 1), Reset("tea")}), IsOk());
  EXPECT_THAT(group_.Add({Stock("tea", 1)}), IsFull());
  EXPECT_THAT(group_.Add({Reset("coffee")}), IsOk());
  EXPECT_THAT(group_.Add({Stock("tea", 5)}), IsOk());
  EXPECT_THAT(HeldAfterwards(), ::testing::ElementsAre("bread", "milk", "tea"));
}

TEST_F(StagedUpdatesTest, WhatIsResetAndWasNotHeldTakesNoRoom) {
  EXPECT_THAT(group_.Add({Stock("coffee", 1)}), IsOk());
  EXPECT_THAT(group_.Add({Reset("a"), Reset("b"), Stock("c", 1), Reset("c")}), IsOk());
  EXPECT_THAT(HeldAfterwards(), ::testing::ElementsAre("coffee", "milk", "tea"));
}

}  // namespace
}  // namespace awase::live
