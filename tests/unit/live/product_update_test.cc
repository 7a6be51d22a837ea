#include "awase/live/product_update.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"

namespace awase::live {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using testing::StatusIs;

TEST(FindFaults, TakesAllThatAFeedMaySay) {
  const ProductUpdate updates[] = {
      {.product_id = "a", .set = {.price = Money{0, *CurrencyCode::Parse("EUR")}}},
      {.product_id = std::string(kMaxProductIdBytes, 'x'), .sequence = UINT64_MAX, .set = {.stock = 0}},
      {.product_id = "a", .set = {.visible = false}},
      {.product_id = "b", .reset = true},
  };
  AWASE_EXPECT_OK(StatusOf(FindFaults(updates)));
  AWASE_EXPECT_OK(StatusOf(FindFaults({})));
}

TEST(FindFaults, TellsAllThatIsWrongByIndex) {
  const ProductUpdate updates[] = {
      {.product_id = "", .set = {.stock = 1}},
      {.product_id = "a", .set = {.stock = 1}},
      {.product_id = "b"},
      {.product_id = std::string(kMaxProductIdBytes + 1, 'x'),
       .set = {.price = Money{-250, *CurrencyCode::Parse("USD")}, .stock = -1}},
  };
  EXPECT_THAT(FindFaults(updates), SizeIs(5));
  EXPECT_THAT(StatusOf(FindFaults(updates)),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "updates[0].product_id: an id of 0 bytes: want 1 to 10240; "
                       "updates[2]: says nothing: want a price, a stock, a visibility or a reset; "
                       "updates[3].product_id: an id of 10241 bytes: want 1 to 10240; "
                       "updates[3].price: -USD 2.50 is no price: want 0 or more; "
                       "updates[3].stock: -1 is no stock: want 0 or more"));
}

TEST(FindFaults, AMessageStaysShort) {
  const std::vector<ProductUpdate> updates(100, ProductUpdate{.product_id = "a", .set = {.stock = -1}});
  EXPECT_THAT(FindFaults(updates), SizeIs(100));
  EXPECT_THAT(StatusOf(FindFaults(updates)), StatusIs(absl::StatusCode::kInvalidArgument, EndsWith("; and 80 more")));
}

TEST(FindFaults, ACallHasALimit) {
  const std::vector<ProductUpdate> updates(kMaxUpdates + 1, ProductUpdate{.product_id = "a", .reset = true});
  EXPECT_THAT(StatusOf(FindFaults(updates)),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("100001 entries: want at most 100000")));
}

}  // namespace
}  // namespace awase::live
