#include "awase/catalog/price_basis.h"

#include <string>
#include <utility>

#include "gtest/gtest.h"

namespace awase::catalog {
namespace {

Product Subscription(std::string interval, std::vector<std::pair<std::string, std::string>> attributes = {}) {
  Product product;
  product.subscription_interval = std::move(interval);
  for (auto& [name, text] : attributes) product.attributes.push_back({std::move(name), std::move(text), {}});
  return product;
}

TEST(PriceBasis, OfASinglePurchaseIsNothing) {
  EXPECT_TRUE(PriceBasisOf(Product()).IsSinglePurchase());
  EXPECT_FALSE(PriceBasisOf(Subscription("monthly")).IsSinglePurchase());
}

TEST(PriceBasis, TellsIntervalsApartHoweverTheyAreWritten) {
  EXPECT_EQ(PriceBasisOf(Subscription("monthly")), PriceBasisOf(Subscription("P1M")));
  EXPECT_NE(PriceBasisOf(Subscription("monthly")), PriceBasisOf(Subscription("yearly")));
  EXPECT_NE(PriceBasisOf(Subscription("monthly")), PriceBasisOf(Product()));
}

TEST(PriceBasis, ComparesPricesOfSeatsWithEachOther) {
  EXPECT_EQ(PriceBasisOf(Subscription("month", {{"fee_per_seat", "5"}})),
            PriceBasisOf(Subscription("month", {{"fee", "0.00"}, {"fee_per_seat", "9"}})))
      << "the price is that of a seat";
  EXPECT_NE(PriceBasisOf(Subscription("month", {{"fee_per_seat", "5"}})), PriceBasisOf(Subscription("month")));
}

TEST(PriceBasis, TellsFeesBesideSeatsApartByWhatASeatCosts) {
  const PriceBasis five = PriceBasisOf(Subscription("month", {{"fee", "29"}, {"fee_per_seat", "5"}}));
  EXPECT_EQ(five, PriceBasisOf(Subscription("month", {{"fee", "49"}, {"fee_per_seat", "5"}})));
  EXPECT_NE(five, PriceBasisOf(Subscription("month", {{"fee", "49"}, {"fee_per_seat", "8"}})));
}

TEST(PriceBasis, ReadsWhatASeatCostsAsANumber) {
  const PriceBasis five = PriceBasisOf(Subscription("month", {{"fee", "29"}, {"fee_per_seat", "5"}}));
  EXPECT_EQ(five, PriceBasisOf(Subscription("month", {{"fee", "49"}, {"fee_per_seat", "5.00"}})));
  const PriceBasis on_request = PriceBasisOf(Subscription("month", {{"fee", "29"}, {"fee_per_seat", "ask us"}}));
  EXPECT_EQ(on_request.per_seat, "ask us");
}

TEST(IsFreePlan, WantsASubscriptionForWhichNothingIsPaid) {
  const auto at = [](std::int64_t price, Product product) {
    product.price = Money{price, *CurrencyCode::Parse("USD")};
    return product;
  };
  EXPECT_TRUE(IsFreePlan(at(0, Subscription("month"))));
  EXPECT_TRUE(IsFreePlan(at(0, Subscription("month", {{"fee", "0.00"}, {"fee_per_seat", "0"}}))));
  EXPECT_FALSE(IsFreePlan(Subscription("month"))) << "without a price";
  EXPECT_FALSE(IsFreePlan(at(1, Subscription("month"))));
  EXPECT_FALSE(IsFreePlan(at(0, Product()))) << "a single purchase for nothing is a slip";
  EXPECT_FALSE(IsFreePlan(at(0, Subscription("month", {{"fee", "29"}}))));
  EXPECT_FALSE(IsFreePlan(at(0, Subscription("month", {{"fee", "0"}, {"fee_per_seat", "20"}}))));
  Product coffee = at(0, Subscription("month"));
  coffee.pack_quantity = 500;
  coffee.pack_unit = "g";
  EXPECT_FALSE(IsFreePlan(coffee));
}

TEST(PriceBasis, KeepsOptionsFromPlans) {
  EXPECT_NE(PriceBasisOf(Subscription("month", {{"option_of", "basic"}})), PriceBasisOf(Subscription("month")));
}

FeeColumns Columns(absl::string_view interval, absl::string_view fee, absl::string_view per_seat,
                   absl::string_view option_of) {
  return {.subscription_interval = interval, .fee = fee, .fee_per_seat = per_seat, .option_of = option_of};
}

TEST(PriceBasis, IsSaidToPeople) {
  EXPECT_EQ(PriceBasisText(FeeColumns{}), "once");
  EXPECT_EQ(PriceBasisText(Columns("P1M", "", "", "")), "each month");
  EXPECT_EQ(PriceBasisText(Columns("year", "", "4.00", "")), "each year and seat");
  EXPECT_EQ(PriceBasisText(Columns("month", "10", "4.00", "")), "each month, beside 4 for each seat");
  EXPECT_EQ(PriceBasisText(Columns("month", "", "", "basic")), "each month, beside a plan");
}

TEST(IsSameInterval, GoesByWhatIsMeant) {
  EXPECT_TRUE(IsSameInterval("", ""));
  EXPECT_TRUE(IsSameInterval("Monthly", "P1M"));
  EXPECT_FALSE(IsSameInterval("month", "year"));
  EXPECT_FALSE(IsSameInterval("month", ""));
}

TEST(NormalInterval, KeepsWhatItDoesNotKnow) {
  EXPECT_EQ(NormalInterval(" Annually "), "year");
  EXPECT_EQ(NormalInterval("Per Season"), "per season");
  EXPECT_EQ(NormalInterval(""), "");
}

}  // namespace
}  // namespace awase::catalog
