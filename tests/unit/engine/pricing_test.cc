#include "engine/pricing.h"

#include "tests/unit/engine/shop.h"

namespace awase::engine {
namespace {

class PriceBundleTest : public ::testing::Test {
 protected:
  PriceBundleTest() {
    shop_.model().Add("camera", 50000);
    shop_.model().Add("film", 1000);
    shop_.model().Add("lens", 10000).cost = Usd(8000);
    shop_.model().Add("tea", 300, "JPY");
    shop_.model().Add("priceless", -1);
    shop_.model().Add("huge1", 9'000'000'000'000'000'000);
    shop_.model().Add("huge2", 9'000'000'000'000'000'000);
    snapshot_ = shop_.Snap();
  }

  std::optional<BundleOffer> Price(const std::vector<std::string>& ids, std::optional<Money> set_price) {
    rules::Bundle rule;
    rule.price = set_price;
    return Price(ids, &rule);
  }
  std::optional<BundleOffer> Price(const std::vector<std::string>& ids, const rules::Bundle* rule) {
    std::vector<ProductIndex> products;
    for (const std::string& id : ids) products.push_back(*snapshot_->model().Find(id));
    return PriceBundle(snapshot_->model(), products, rule);
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

TEST_F(PriceBundleTest, TakesAPercentageOffRoundedDownOnce) {
  rules::Bundle rule;
  rule.percent_off = 333;
  EXPECT_EQ(Price({"camera", "film"}, &rule)->set_price, Usd(51000 * 9667 / 10000));
  rule.percent_off = 10000;
  EXPECT_EQ(Price({"camera", "film"}, &rule)->set_price, Usd(0));
  EXPECT_EQ(Price({"camera", "film"}, nullptr)->set_price, Usd(51000));
}

TEST_F(PriceBundleTest, KeepsTheLeastMarginOfEachLine) {
  rules::Bundle rule;
  rule.price = Usd(9500);
  rule.floor = pricing::MarginFloor{1000};  // 88.89 for the lens
  const std::optional<BundleOffer> offer = Price({"lens", "film"}, &rule);
  EXPECT_EQ(offer->set_price, Usd(9500));
  EXPECT_EQ(offer->lines[0].set_price_minor, 8889) << "in proportion it would be 86.36";
  EXPECT_EQ(offer->lines[1].set_price_minor, 611);
  rule.price = Usd(5000);
  EXPECT_EQ(Price({"lens", "film"}, &rule)->set_price, Usd(8889)) << "the film may cost nothing, the lens not less";
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
