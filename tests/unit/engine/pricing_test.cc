#include "engine/pricing.h"

#include "tests/unit/engine/shop.h"

namespace awase::engine {
namespace {

using ::testing::ElementsAre;

TEST(Pricing, SharesAddUpByTheLargestRemainderTiesToTheEarlierLine) {
  EXPECT_THAT(AllocateSetPrice({1000, 1000, 1000}, 2000), ElementsAre(667, 667, 666));
  EXPECT_THAT(AllocateSetPrice({500, 300, 200}, 999), ElementsAre(499, 300, 200));
  EXPECT_THAT(AllocateSetPrice({999, 1}, 500), ElementsAre(500, 0));
  EXPECT_THAT(AllocateSetPrice({10, 20}, 0), ElementsAre(0, 0));
  EXPECT_THAT(AllocateSetPrice({0, 0}, 0), ElementsAre(0, 0));
}

TEST(Pricing, NoShareExceedsItsListPriceWhateverThePrices) {
  for (std::int64_t a = 0; a < 12; ++a) {
    for (std::int64_t b = 0; b < 12; ++b) {
      for (std::int64_t c = 0; c < 12; ++c) {
        for (std::int64_t set = 0; set <= a + b + c; ++set) {
          const auto shares = AllocateSetPrice({a, b, c}, set);
          EXPECT_EQ(shares[0] + shares[1] + shares[2], set);
          EXPECT_TRUE(shares[0] <= a && shares[1] <= b && shares[2] <= c) << a << ' ' << b << ' ' << c << ' ' << set;
          EXPECT_TRUE(shares[0] >= 0 && shares[1] >= 0 && shares[2] >= 0);
        }
      }
    }
  }
}

TEST(Pricing, LargeAmountsStayExact) {
  const std::int64_t large = 4'000'000'000'000'000'000;
  const auto shares = AllocateSetPrice({large, large}, large + 1);
  EXPECT_EQ(shares[0] + shares[1], large + 1);
}

class PriceBundleTest : public ::testing::Test {
 protected:
  PriceBundleTest() {
    shop_.model().Add("camera", 50000);
    shop_.model().Add("film", 1000);
    shop_.model().Add("tea", 300, "JPY");
    shop_.model().Add("priceless", -1);
    shop_.model().Add("huge1", 9'000'000'000'000'000'000);
    shop_.model().Add("huge2", 9'000'000'000'000'000'000);
    snapshot_ = shop_.Snap();
  }

  std::optional<BundleOffer> Price(const std::vector<std::string>& ids, std::optional<Money> set_price) {
    std::vector<ProductIndex> products;
    for (const std::string& id : ids) products.push_back(*snapshot_->model().Find(id));
    return PriceBundle(snapshot_->model(), products, set_price);
  }

  Shop shop_;
  std::shared_ptr<const Snapshot> snapshot_;
};

TEST_F(PriceBundleTest, SaysListPriceSetPriceAndLines) {
  const std::optional<BundleOffer> offer = Price({"camera", "film"}, Usd(49900));
  ASSERT_TRUE(offer.has_value());
  EXPECT_EQ(offer->list_price, Usd(51000));
  EXPECT_EQ(offer->set_price, Usd(49900));
  ASSERT_EQ(offer->lines.size(), 2U);
  EXPECT_EQ(offer->lines[0].list_price_minor, 50000);
  EXPECT_EQ(offer->lines[0].set_price_minor + offer->lines[1].set_price_minor, 49900);
}

TEST_F(PriceBundleTest, NeverCostsMoreThanTheProductsDo) {
  EXPECT_EQ(Price({"camera", "film"}, Usd(60000))->set_price, Usd(51000));
  EXPECT_EQ(Price({"camera", "film"}, std::nullopt)->set_price, Usd(51000));
}

TEST_F(PriceBundleTest, NeverMixesCurrencies) {
  EXPECT_FALSE(Price({"camera", "tea"}, std::nullopt).has_value());
  EXPECT_FALSE(Price({"camera", "priceless"}, std::nullopt).has_value());
  EXPECT_FALSE(Price({"camera", "film"}, Money{100, Currency("EUR")}).has_value());
}

TEST_F(PriceBundleTest, ASumThatIsNoAmountIsNoPrice) {
  EXPECT_FALSE(Price({"huge1", "huge2"}, std::nullopt).has_value());
}

TEST_F(PriceBundleTest, DifferencesNeedOneCurrency) {
  const artefact::Model& model = snapshot_->model();
  EXPECT_EQ(PriceDifference(model, *model.Find("camera"), *model.Find("film")), Usd(-49000));
  EXPECT_EQ(PriceDifference(model, *model.Find("camera"), *model.Find("tea")), std::nullopt);
  EXPECT_EQ(PriceDifference(model, *model.Find("priceless"), *model.Find("tea")), std::nullopt);
}

}  // namespace
}  // namespace awase::engine
