#include "engine/context.h"

#include "tests/unit/engine/shop.h"

namespace awase::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Context, ReportsEachUnknownIdOnceAndNotAsAnError) {
  Shop shop;
  shop.model().Add("camera");
  Request request = PageOf("gone");
  request.product_ids.push_back("camera");
  request.cart = {{"gone", 1}, {"lost", 2}, {"lost", 1}};
  request.already_shown_ids = {"old", "camera"};
  request.customer.owned_product_ids = {"left the catalogue long ago"};
  EXPECT_THAT(shop.Ask(request).missing_ids, ElementsAre("gone", "lost", "old"));
}

TEST(Context, TheCartBringsCandidatesOnlyWhereItSpeaks) {
  Shop shop;
  shop.model().Add("camera");
  shop.model().Add("film");
  const auto snapshot = shop.Snap();
  std::vector<std::string> missing_ids;
  Request request = PageOf("camera");
  request.cart = {{"film", 1}, {"camera", 1}};
  EXPECT_EQ(ResolveContext(*snapshot, request, TestNow(), missing_ids).seeds.size(), 1U);
  request.placement = "cart";
  EXPECT_EQ(ResolveContext(*snapshot, request, TestNow(), missing_ids).seeds.size(), 2U);
  EXPECT_THAT(missing_ids, IsEmpty());
}

TEST(Context, TheCurrencyIsTheRequestsElseTheFirstPricedSeeds) {
  Shop shop;
  shop.model().Add("priceless", -1);
  shop.model().Add("tea", 300, "JPY");
  const auto snapshot = shop.Snap();
  std::vector<std::string> missing_ids;
  Request request = PageOf("priceless");
  EXPECT_EQ(ResolveContext(*snapshot, request, TestNow(), missing_ids).currency, std::nullopt);
  request.product_ids.push_back("tea");
  EXPECT_EQ(ResolveContext(*snapshot, request, TestNow(), missing_ids).currency, Currency("JPY"));
  request.currency = Currency("EUR");
  EXPECT_EQ(ResolveContext(*snapshot, request, TestNow(), missing_ids).currency, Currency("EUR"));
}

TEST(Context, OnlyTheFirstProductIdIsThePageProduct) {
  Shop shop;
  shop.model().Add("camera");
  const auto snapshot = shop.Snap();
  std::vector<std::string> missing_ids;
  Request request = PageOf("gone");
  request.product_ids.push_back("camera");
  const Context context = ResolveContext(*snapshot, request, TestNow(), missing_ids);
  EXPECT_EQ(context.page_product, kNoProduct);
  EXPECT_EQ(context.seeds.size(), 1U);
}

TEST(RootSet, ContainsWhatWasAdded) {
  RootSet roots;
  for (const std::size_t slot : {5U, 1U, 5U, 9U}) roots.Add(ProductAt(slot));
  roots.Seal();
  EXPECT_TRUE(roots.Contains(ProductAt(5)));
  EXPECT_TRUE(roots.Contains(ProductAt(9)));
  EXPECT_FALSE(roots.Contains(ProductAt(2)));
}

}  // namespace
}  // namespace awase::engine
