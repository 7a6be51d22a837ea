// Discount rules in answers: what the cart costs, and what offers cost beside it.

#include "engine/cart_pricing.h"

#include <random>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "tests/unit/engine/shop.h"

namespace awase::engine {
namespace {

using pricing::AmountOff;
using pricing::BasketTerms;
using pricing::FixedPrice;
using pricing::PercentOff;
using pricing::QuantityTerms;
using pricing::SetTerms;
using pricing::Verdict;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

rules::ProductSet Of(std::vector<std::string> products) {
  rules::ProductSet set;
  set.in.products = std::move(products);
  return set;
}

rules::Discount From(std::int64_t quantity, pricing::Reduction reduction, rules::ProductSet of) {
  rules::Discount discount;
  discount.terms.terms = QuantityTerms{.tiers = {{quantity, reduction}}};
  discount.takes = {std::move(of)};
  return discount;
}

rules::Discount SetOf(std::vector<rules::ProductSet> parts, std::int64_t price) {
  rules::Discount discount;
  SetTerms terms{.reduction = FixedPrice{price}};
  terms.parts.resize(parts.size());
  discount.terms.terms = std::move(terms);
  discount.takes = std::move(parts);
  discount.currency = Currency("USD");
  return discount;
}

rules::Discount Above(std::int64_t total, std::int64_t amount) {
  rules::Discount discount;
  discount.terms.terms = BasketTerms{.tiers = {{total, AmountOff{amount}}}};
  discount.terms.stacking = pricing::Stacking::kOnTop;
  discount.takes = {rules::ProductSet()};
  discount.currency = Currency("USD");
  return discount;
}

// A camera for 500.00, its film for 10.00, a case for 40.00, each named by the camera's and the film's lists.
class CartPrices : public ::testing::Test {
 protected:
  CartPrices() {
    shop_.model().Add("camera", 50000).product_type = "camera";
    shop_.model().Add("film", 1000).brand = "Hikari";
    shop_.model().Add("case", 4000).brand = "Kumo";
    shop_.model().Add("import", 3000, "EUR");
    for (const char* other : {"film", "case"}) shop_.model().Relate(kAlso, "camera", other);
    shop_.model().Relate(kAlso, "film", "case");
  }

  static Request Cart(const std::vector<CartLine>& lines, absl::string_view placement = "cart") {
    Request request;
    request.placement = std::string(placement);
    request.cart = lines;
    return request;
  }
  const Offer* Offered(const Answer& answer, absl::string_view id) {
    for (const Offer& offer : SlotOf(answer, "also_bought").offers) {
      if (shop_.IdOf(offer.product) == id) return &offer;
    }
    return nullptr;
  }

  Shop shop_;
};

TEST_F(CartPrices, WithoutDiscountsThereAreNone) {
  const Answer answer = shop_.Ask(Cart({{"camera", 1}}));
  EXPECT_FALSE(answer.cart_price.has_value());
  EXPECT_EQ(Offered(answer, "film")->list_price, std::nullopt);
}

TEST_F(CartPrices, AreExactByLineAndByRule) {
  shop_.AddRule("three-films", From(3, PercentOff{1000}, Of({"film"}))).priority = 1;
  shop_.AddRule("big-cart", Above(5000, 500));
  const Answer answer = shop_.Ask(Cart({{"film", 3}, {"case", 1}}));
  ASSERT_TRUE(answer.cart_price.has_value());
  const CartPrice& cart = *answer.cart_price;
  EXPECT_EQ(cart.currency, Currency("USD"));
  EXPECT_EQ(cart.list_minor, 7000);
  EXPECT_EQ(cart.price_minor, 7000 - 300 - 500);
  ASSERT_EQ(cart.lines.size(), 2U);
  EXPECT_EQ(shop_.IdOf(cart.lines[0].product), "film");
  EXPECT_EQ(cart.lines[0].quantity, 3);
  EXPECT_EQ(cart.lines[0].price.price_minor + cart.lines[1].price.price_minor, cart.price_minor);
  ASSERT_EQ(cart.discounts.size(), 2U);
  EXPECT_EQ(cart.discounts[0].rule_id, "three-films");
  EXPECT_EQ(cart.discounts[0].saving_minor, 300);
  EXPECT_EQ(cart.discounts[0].times, 3);
  EXPECT_EQ(cart.discounts[0].gap, std::nullopt);
  EXPECT_EQ(cart.discounts[1].saving_minor, 500);
}

TEST_F(CartPrices, SayWhatIsMissing) {
  shop_.AddRule("three-films", From(3, PercentOff{1250}, Of({"film"})));
  shop_.AddRule("big-cart", Above(5000, 500));
  Request request = Cart({{"film", 2}});
  CartPrice cart = *shop_.Ask(request).cart_price;
  ASSERT_EQ(cart.discounts.size(), 2U);
  EXPECT_EQ(cart.price_minor, cart.list_minor);
  EXPECT_EQ(cart.discounts[0].verdict, Verdict::kNotReached);
  ASSERT_TRUE(cart.discounts[0].gap.has_value());
  EXPECT_EQ(cart.discounts[0].gap->units, 1);
  EXPECT_EQ(cart.discounts[0].gap->text, "1 more for 12.5% off");
  ASSERT_TRUE(cart.discounts[1].gap.has_value());
  EXPECT_EQ(cart.discounts[1].gap->amount_minor, 3000);
  EXPECT_EQ(cart.discounts[1].gap->text, "USD 30.00 more for USD 5.00 off");
  request.language_code = "ja";
  EXPECT_EQ(shop_.Ask(request).cart_price->discounts[0].gap->text, "あと1点で12.5%引き");
  request.explanation = Explanation::kNone;
  EXPECT_EQ(shop_.Ask(request).cart_price->discounts[0].gap->text, "");
}

TEST_F(CartPrices, AreOfWhatADiscountTakesOnly) {
  shop_.AddRule("films", From(1, PercentOff{1000}, Of({"film"})));
  EXPECT_FALSE(shop_.Ask(Cart({{"case", 1}})).cart_price.has_value());
  EXPECT_FALSE(shop_.Ask(Cart({})).cart_price.has_value());
  EXPECT_TRUE(shop_.Ask(Cart({{"film", 1}})).cart_price.has_value());
  EXPECT_TRUE(shop_.Ask(Cart({{"film", 1}}, "checkout")).cart_price.has_value());
  EXPECT_FALSE(shop_.Ask(Cart({{"film", 1}}, "post_purchase")).cart_price.has_value()) << "it is paid for";
}

TEST_F(CartPrices, AreThoseOfRulesThatApply) {
  shop_.AddRule("mail-only", From(1, PercentOff{1000}, Of({"film"}))).placements = {"mail"};
  shop_.AddRule("over", From(1, PercentOff{1000}, Of({"film"}))).until = TestNow();
  rules::Rule& app = shop_.AddRule("app", From(1, PercentOff{5000}, Of({"film"})));
  app.when.emplace().channels = {"app"};
  Request request = Cart({{"film", 1}});
  EXPECT_FALSE(shop_.Ask(request).cart_price.has_value());
  request.channel = "app";
  EXPECT_EQ(shop_.Ask(request).cart_price->price_minor, 500);
}

TEST_F(CartPrices, FollowTheOrderOfTheRules) {
  shop_.AddRule("half", From(1, PercentOff{5000}, Of({"film"})));
  shop_.AddRule("tenth", From(1, PercentOff{1000}, Of({"film"})));
  const CartPrice cart = *shop_.Ask(Cart({{"film", 2}})).cart_price;
  EXPECT_EQ(cart.price_minor, 1000);
  ASSERT_EQ(cart.discounts.size(), 1U) << "the second one has no unit left to take";
}

TEST_F(CartPrices, AreInOneCurrency) {
  shop_.AddRule("dollars", Above(1000, 500));
  const CartPrice cart = *shop_.Ask(Cart({{"film", 2}, {"import", 1}})).cart_price;
  EXPECT_EQ(cart.list_minor, 2000);
  EXPECT_THAT(cart.unpriced_ids, ElementsAre("import"));
  Request euros = Cart({{"import", 1}});
  euros.currency = Currency("EUR");
  EXPECT_FALSE(shop_.Ask(euros).cart_price.has_value()) << "the rule's amounts are dollars";
}

TEST_F(CartPrices, SayWhyTheyAreNotKnown) {
  shop_.AddRule("films", From(1, PercentOff{1000}, Of({"film"})));
  const CartPrice cart = *shop_.Ask(Cart({{"film", 1'000'000}, {"case", 1}})).cart_price;
  EXPECT_THAT(cart.problem, HasSubstr("units of the cart above 1000000"));
  EXPECT_THAT(cart.lines, IsEmpty());
}

TEST_F(CartPrices, KeepTheFloor) {
  shop_.model().Add("lens", 10000).cost = Usd(9000);
  rules::Discount half = From(1, PercentOff{5000}, Of({"lens"}));
  half.terms.floor = pricing::MarginFloor{0};
  shop_.AddRule("half", half);
  const CartPrice cart = *shop_.Ask(Cart({{"lens", 1}})).cart_price;
  EXPECT_EQ(cart.price_minor, 9000);
  EXPECT_EQ(cart.discounts[0].cut_by_floor_minor, 4000);
}

TEST_F(CartPrices, OfferCostsWhatTheCartCostsMore) {
  shop_.AddRule("camera-set", SetOf({Of({"camera"}), Of({"case"})}, 52000));
  const Answer answer = shop_.Ask(Cart({{"camera", 1}}));
  const Offer* offer = Offered(answer, "case");
  ASSERT_NE(offer, nullptr);
  EXPECT_EQ(offer->list_price, Usd(4000));
  EXPECT_EQ(offer->price, Usd(2000));
  EXPECT_THAT(offer->reason.rule_ids, ElementsAre("camera-set"));
  EXPECT_EQ(Offered(answer, "film")->list_price, std::nullopt);
  EXPECT_EQ(Offered(answer, "film")->price, Usd(1000));
  EXPECT_EQ(answer.cart_price->discounts[0].gap->units, 1);
}

TEST_F(CartPrices, OnAProductPageThePageProductCounts) {
  shop_.AddRule("camera-set", SetOf({Of({"camera"}), Of({"case"})}, 52000));
  const Answer page = shop_.Ask(PageOf("camera"));
  EXPECT_EQ(Offered(page, "case")->price, Usd(2000));
  EXPECT_FALSE(page.cart_price.has_value()) << "nothing is in the cart";
  Request in_cart = PageOf("camera");
  in_cart.cart = {{"camera", 1}};
  EXPECT_EQ(Offered(shop_.Ask(in_cart), "case")->price, Usd(2000)) << "once";
  Request mail = PageOf("camera");
  mail.placement = "mail";
  EXPECT_EQ(Offered(shop_.Ask(mail), "case")->price, Usd(4000));
}

TEST_F(CartPrices, OfferMayMakeTheCartCheaper) {
  rules::Discount one_dollar = From(3, FixedPrice{100}, Of({"case", "film"}));
  one_dollar.currency = Currency("USD");
  shop_.AddRule("one-dollar", one_dollar);
  const Answer answer = shop_.Ask(Cart({{"film", 2}}));
  const Offer* offer = Offered(answer, "case");
  ASSERT_NE(offer, nullptr);
  EXPECT_EQ(offer->price, Usd(300 - 2000));
  EXPECT_EQ(offer->list_price, Usd(4000));
}

TEST_F(CartPrices, AreFoundByWhatProductsAre) {
  rules::ProductSet brand;
  brand.in.brands = {"Hikari"};
  shop_.AddRule("brand", From(1, PercentOff{1000}, brand));
  for (int i = 0; i < 50; ++i) shop_.AddRule("r" + std::to_string(i), From(1, PercentOff{1000}, Of({"gone"})));
  const CartPrice cart = *shop_.Ask(Cart({{"film", 1}, {"case", 1}})).cart_price;
  EXPECT_EQ(cart.price_minor, 900 + 4000);
  EXPECT_EQ(cart.discounts.size(), 1U);
}

TEST_F(CartPrices, AProductBelongsToTheFirstPartThatHasIt) {
  shop_.AddRule("two", SetOf({Of({"film"}), Of({"case", "film"})}, 1500));
  EXPECT_EQ(shop_.Ask(Cart({{"film", 2}})).cart_price->discounts[0].verdict, Verdict::kNotReached);
  EXPECT_EQ(shop_.Ask(Cart({{"film", 1}, {"case", 1}})).cart_price->price_minor, 1500);
}

// A cart priced unit by unit in the most obvious way: every rule is asked of every line, in the order of the rules.
struct NaiveUnit {
  std::size_t line;
  std::int64_t price;
  bool taken;
};

class RandomCart {
 public:
  explicit RandomCart(unsigned seed) : random_(seed) {
    for (int i = 0; i < kProducts; ++i) {
      catalog::Product& product = shop_.model().Add(Id(i), 100 + Below(900));
      product.brand = "brand-" + std::to_string(i % 3);
      if (Below(2) == 0) product.cost = Usd(Below(900));
      prices_.push_back(product.price->minor_units);
      for (int other = 0; other < kProducts; ++other) {
        if (other != i) shop_.model().Relate(kAlso, Id(i), Id(other));
      }
    }
    for (int i = 0; i < 4; ++i) AddDiscount(i);
    request_.placement = "cart";
    for (int i = 0; i < 3; ++i) request_.cart.push_back({Id(2 * i), 1 + Below(4)});
  }

  Shop& shop() { return shop_; }
  const Request& request() const { return request_; }

  // Of quantities with a percentage of each unit, without floors: the only terms that a line of code can price.
  std::int64_t NaivePrice(const std::vector<CartLine>& cart) const {
    std::vector<NaiveUnit> units;
    for (std::size_t line = 0; line < cart.size(); ++line) {
      for (std::int64_t i = 0; i < cart[line].quantity; ++i)
        units.push_back({line, PriceOf(cart[line].product_id), false});
    }
    for (const Plain& plain : plain_) {
      std::vector<NaiveUnit*> open;
      for (NaiveUnit& unit : units) {
        const int number = NumberOf(cart[unit.line].product_id);
        if (number % 3 == plain.brand && (plain.on_top || !unit.taken)) open.push_back(&unit);
      }
      if (open.size() < static_cast<std::size_t>(plain.from)) continue;
      for (NaiveUnit* unit : open) {
        const std::int64_t off = std::min(unit->price, plain.amount);
        if (off == 0) continue;
        unit->price -= off;
        unit->taken = true;
      }
    }
    std::int64_t total = 0;
    for (const NaiveUnit& unit : units) total += unit.price;
    return total;
  }

 private:
  static constexpr int kProducts = 8;
  struct Plain {
    int brand;
    std::int64_t from;
    std::int64_t amount;
    bool on_top;
  };

  static std::string Id(int number) { return "p" + std::to_string(number); }
  static int NumberOf(const std::string& id) { return std::stoi(id.substr(1)); }
  std::int64_t PriceOf(const std::string& id) const { return prices_[static_cast<std::size_t>(NumberOf(id))]; }
  std::int64_t Below(std::int64_t bound) { return static_cast<std::int64_t>(random_() % static_cast<unsigned>(bound)); }

  void AddDiscount(int number) {
    const Plain plain{static_cast<int>(Below(3)), 1 + Below(4), 1 + Below(200), Below(2) == 0};
    plain_.push_back(plain);
    rules::ProductSet brand;
    brand.in.brands = {"brand-" + std::to_string(plain.brand)};
    rules::Discount discount = From(plain.from, AmountOff{plain.amount}, brand);
    discount.currency = Currency("USD");
    if (plain.on_top) discount.terms.stacking = pricing::Stacking::kOnTop;
    shop_.AddRule("d" + std::to_string(number), discount);
  }

  std::mt19937 random_;
  Shop shop_;
  Request request_;
  std::vector<std::int64_t> prices_;
  std::vector<Plain> plain_;
};

TEST(CartPricesProperty, AgreesWithPricingUnitByUnit) {
  for (unsigned seed = 0; seed < 200; ++seed) {
    SCOPED_TRACE(seed);
    RandomCart random(seed);
    const Answer answer = random.shop().Ask(random.request());
    const std::int64_t expected = random.NaivePrice(random.request().cart);
    std::int64_t list = 0;
    if (answer.cart_price.has_value()) {
      const CartPrice& cart = *answer.cart_price;
      EXPECT_EQ(cart.price_minor, expected);
      std::int64_t saving = 0;
      for (const DiscountUse& use : cart.discounts) saving += use.saving_minor;
      EXPECT_EQ(cart.list_minor - saving, cart.price_minor);
      std::int64_t lines = 0;
      for (const CartLinePrice& line : cart.lines) lines += line.price.price_minor;
      EXPECT_EQ(lines, cart.price_minor);
      EXPECT_GE(cart.price_minor, 0);
      list = cart.list_minor;
    }
    for (const Offer& offer : SlotOf(answer, "also_bought").offers) {
      std::vector<CartLine> with = random.request().cart;
      with.push_back({random.shop().IdOf(offer.product), 1});
      EXPECT_EQ(offer.price->minor_units, random.NaivePrice(with) - expected);
      EXPECT_EQ(offer.list_price.has_value(),
                random.NaivePrice(with) - expected !=
                    random.shop().Snap()->model().product(offer.product).price()->minor_units);
    }
    EXPECT_GE(list, 0);
  }
}

}  // namespace
}  // namespace awase::engine
