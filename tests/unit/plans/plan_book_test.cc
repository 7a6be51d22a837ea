#include "awase/plans/plan_book.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/plans/plan_testing.h"

namespace awase::plans {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

auto IsFault(const std::string& product, const std::string& column, const std::string& message) {
  return AllOf(Field(&Fault::product_id, product), Field(&Fault::column, column),
               Field(&Fault::message, HasSubstr(message)));
}

TEST(PlanBook, ReadsTheColumnsOfAPlan) {
  PlanShop shop;
  shop.Add("team", {{"fee", "12.50"},
                    {"limit.storage_gb", "100"},
                    {"limit.guests", "Unlimited"},
                    {"overage.storage_gb", "0.1"},
                    {"overage.calls", "0.005 exact"},
                    {"trial_days", "30"},
                    {"perk.lounge", "yes"},
                    {"perk.valet", "no"},
                    {"spec.use", "company"}})
      .subscription_interval = "Monthly";
  const PlanBook& book = shop.Book();
  EXPECT_THAT(book.faults(), IsEmpty());
  const Plan* plan = book.FindPlan(ProductAt(0));
  ASSERT_NE(plan, nullptr);
  EXPECT_EQ(plan->family, "plans");
  EXPECT_EQ(plan->interval, "month");
  EXPECT_EQ(plan->fee, (Fee{1250, 0, false}));
  EXPECT_EQ(plan->use, "company");
  EXPECT_EQ(plan->trial_days, 30);
  EXPECT_THAT(plan->perks, ElementsAre("lounge"));
  ASSERT_NE(plan->FindTerm("storage_gb"), nullptr);
  EXPECT_EQ(plan->FindTerm("storage_gb")->limit, Units(100));
  EXPECT_TRUE(plan->FindTerm("storage_gb")->overage.has_value());
  EXPECT_EQ(plan->FindTerm("guests")->limit, std::nullopt);
  EXPECT_EQ(plan->FindTerm("calls")->limit, Units(0)) << "paid from the first one on";
  EXPECT_EQ(plan->FindTerm("rooms"), nullptr);
}

TEST(PlanBook, TakesThePriceWhereThereIsNoFee) {
  PlanShop shop;
  shop.Add("flat", {{"limit.gb", "1"}}).price->minor_units = 990;
  shop.Add("seats", {{"fee_per_seat", "8"}}).price->minor_units = 800;
  shop.Add("free", {{"fee", "0"}, {"limit.gb", "1"}}).price->minor_units = 990;
  const PlanBook& book = shop.Book();
  EXPECT_EQ(book.FindPlan(ProductAt(0))->fee.Of(7), 990);
  EXPECT_EQ(book.FindPlan(ProductAt(1))->fee.Of(7), 5600);
  EXPECT_EQ(book.FindPlan(ProductAt(2))->fee.Of(7), 0);
}

TEST(PlanBook, KnowsTheOptionsOfEachPlan) {
  PlanShop shop;
  shop.Add("a", {{"fee", "1"}});
  shop.Add("b", {{"fee", "2"}});
  shop.Add("yearly", {{"fee", "20"}}).subscription_interval = "year";
  shop.Add("both", {{"option_of", "b,a,b"}, {"fee", "1"}});
  shop.Add("of_all", {{"option_of", "a,b,yearly"}, {"fee", "1"}});
  shop.Add("of_none", {{"option_of", "both"}, {"fee", "1"}});
  shop.Add("yen", {{"option_of", "a"}, {"fee", "1"}}, "JPY");
  const PlanBook& book = shop.Book();
  const auto options_of = [&](absl::string_view id) {
    std::vector<std::string> ids;
    for (const std::uint32_t place : book.OptionPlacesOf(*shop.PlanOf(id))) {
      ids.push_back(book.options()[place].product_id);
    }
    return ids;
  };
  EXPECT_THAT(options_of("a"), ElementsAre("both", "of_all"));
  EXPECT_THAT(options_of("b"), ElementsAre("both", "of_all"));
  EXPECT_THAT(options_of("yearly"), IsEmpty());
}

TEST(PlanBook, PassesOverWhatIsNoPlan) {
  PlanShop shop;
  shop.Add("film", {{"spec.pictures", "36"}});
  shop.Add("card", {{"perk.free_shipping", "yes"}});
  shop.Add("mug", {{"perk.handle", "yes"}}).subscription_interval = "";
  const PlanBook& book = shop.Book();
  EXPECT_EQ(book.plans().size(), 1u) << "a grade whose only step is a perk is a plan";
  EXPECT_EQ(book.FindPlan(ProductAt(0)), nullptr);
  EXPECT_NE(book.FindPlan(ProductAt(1)), nullptr);
}

TEST(PlanBook, LeavesOutProductsWithFaultsAndSaysWhere) {
  PlanShop shop;
  shop.Add("unit", {{"fee", "5"}, {"limit.data", "10 GB"}});
  shop.Add("negative", {{"fee", "-5"}, {"limit.data", "10"}});
  shop.Add("no_fee", {{"limit.data", "10"}}).price.reset();
  shop.Add("tariff", {{"fee", "5"}, {"limit.data", "10"}, {"overage.data", "3 per GB"}});
  shop.Add("fraction", {{"fee", "5.001"}, {"limit.data", "10"}});
  shop.Add("twice", {{"fee_per_seat", "5"}, {"limit.seats", "3"}, {"overage.seats", "2"}});
  shop.Add("trial", {{"fee", "5"}, {"trial_days", "a month"}});
  shop.Add("add_on", {{"option_of", "good"}, {"fee", "1"}, {"overage.data", "1"}});
  shop.Add("good", {{"fee", "5"}, {"limit.data", "10"}});
  const PlanBook& book = shop.Book();
  EXPECT_THAT(
      book.faults(),
      ElementsAre(IsFault("add_on", "overage.data", "an option has no overage"),
                  IsFault("fraction", "fee", "more than 2 digits"), IsFault("negative", "fee", "\"-5\""),
                  IsFault("no_fee", "fee", "neither a fee nor a price"), IsFault("tariff", "overage.data", "no tariff"),
                  IsFault("trial", "trial_days", "\"a month\""), IsFault("twice", "fee_per_seat", "paid for twice"),
                  IsFault("unit", "limit.data", "\"10 GB\" is no decimal number of 0 or more, nor unlimited")));
  ASSERT_EQ(book.plans().size(), 1u);
  EXPECT_EQ(book.plans()[0].product_id, "good");
}

TEST(PlanBook, NotesAPriceThatIsNotTheFee) {
  PlanShop shop;
  shop.Add("s", {{"fee", "5"}, {"limit.data", "10"}}).price = Money{499, *CurrencyCode::Parse("USD")};
  shop.Add("m", {{"fee", "9"}, {"limit.data", "20"}}).price = Money{900, *CurrencyCode::Parse("USD")};
  shop.Add("own", {{"option_of", "own"}, {"fee", "9"}, {"limit.data", "20"}});
  const PlanBook& book = shop.Book();
  EXPECT_THAT(book.Review(), Contains(IsFault("s", "fee", "is USD 5.00, and the price USD 4.99")));
  EXPECT_THAT(book.Review(), ::testing::Not(Contains(IsFault("m", "fee", "the price"))));
  EXPECT_THAT(book.Review(), Contains(IsFault("own", "option_of", "names the product itself")));
}

TEST(PlanBook, NotesWhatIsOddInAFamily) {
  PlanShop shop;
  shop.Add("s", {{"fee", "5"}, {"limit.data", "10"}, {"includes", "ghost"}});
  shop.Add("m", {{"fee", "9"}, {"limit.data", "20"}, {"limit.sms", "100"}});
  shop.Add("bad", {{"fee", "10"}, {"limit.data", "15"}, {"limit.sms", "100"}});
  shop.Add("euro", {{"fee", "9"}, {"limit.data", "20"}, {"limit.sms", "100"}}, "EUR");
  shop.Add("yearly", {{"fee", "90"}, {"limit.data", "20"}, {"limit.sms", "100"}}).subscription_interval = "P1Y";
  shop.Add("lonely", {{"fee", "1"}}).family = "";
  const PlanBook& book = shop.Book();
  EXPECT_THAT(book.faults(), IsEmpty());
  EXPECT_THAT(book.Review(), Contains(IsFault("s", "includes", "\"ghost\"")));
  EXPECT_THAT(book.Review(), Contains(IsFault("s", "limit.sms", "never offered to who uses it")));
  EXPECT_THAT(book.Review(), Contains(IsFault("bad", "fee", "better off with it than with m")));
  EXPECT_THAT(book.Review(), Contains(IsFault("euro", "currency", "(EUR, USD)")));
  EXPECT_THAT(book.Review(), Contains(IsFault("euro", "subscription_interval", "(month, year)")));
  EXPECT_THAT(book.Review(), Contains(IsFault("lonely", "family", "compared with no other")));
  EXPECT_EQ(book.family_count(), 1u);
  EXPECT_EQ(book.FamilyOf(*shop.PlanOf("s")).size(), 5u);
  EXPECT_EQ(book.FamilyOf(*shop.PlanOf("lonely")).size(), 1u);
}

TEST(PlanBook, LooksForNoPointlessPlansInAFamilyThatIsNone) {
  PlanShop shop;
  for (std::size_t i = 0; i <= kMostReviewed; ++i) shop.Add("mug" + std::to_string(1000 + i), {{"fee", "1"}});
  EXPECT_THAT(shop.Book().Review(), ElementsAre(IsFault("mug1000", "family", "has 201 plans, more than 200")));
  shop.Add("plan", {{"fee", "1"}, {"limit.gb", "5"}, {"limit.sms", "5"}});
  EXPECT_THAT(shop.Book().Review(),
              ElementsAre(IsFault("mug1000", "family", "has 202 plans, more than 200"),
                          IsFault("mug1000", "limit.gb", "not given, as with 200 other plans of its 202, though"),
                          IsFault("mug1000", "limit.sms", "not given, as with 200 other plans of its 202, though")))
      << "one note, not one for each plan";
}

TEST(PlanBook, DoesNotDependOnTheOrderOfProducts) {
  const catalog::Product a = PlanProduct("a", {{"fee", "5"}, {"limit.data", "x"}});
  const catalog::Product b = PlanProduct("b", {{"fee", "7"}, {"limit.data", "5"}});
  const catalog::Product c = PlanProduct("c", {{"fee", "5"}, {"limit.data", "5"}});
  const PlanBook one = PlanBook::Build({{&a, ProductAt(0)}, {&b, ProductAt(1)}, {&c, ProductAt(2)}});
  const PlanBook other = PlanBook::Build({{&c, ProductAt(2)}, {&b, ProductAt(1)}, {&a, ProductAt(0)}});
  ASSERT_EQ(one.plans().size(), 2u);
  EXPECT_EQ(one.plans()[0].product_id, "c");
  for (std::size_t i = 0; i < 2; ++i) EXPECT_EQ(one.plans()[i].product, other.plans()[i].product);
  EXPECT_EQ(one.faults(), other.faults());
  EXPECT_EQ(one.Review(), other.Review());
}

TEST(Dominates, NeedsAllToBeAtLeastAsGood) {
  PlanShop shop;
  shop.Add("base", {{"fee", "10"}, {"limit.gb", "10"}, {"overage.gb", "1"}, {"perk.a", "yes"}});
  shop.Add("cheaper", {{"fee", "9"}, {"limit.gb", "10"}, {"overage.gb", "1"}, {"perk.a", "yes"}});
  shop.Add("hard", {{"fee", "9"}, {"limit.gb", "99"}, {"perk.a", "yes"}});
  shop.Add("unlimited", {{"fee", "10"}, {"limit.gb", "unlimited"}, {"perk.a", "yes"}});
  shop.Add("no_perk", {{"fee", "1"}, {"limit.gb", "unlimited"}});
  shop.Add("step", {{"fee", "9"}, {"limit.gb", "10"}, {"overage.gb", "1/2"}, {"perk.a", "yes"}});
  shop.Book();
  const auto dominates = [&](const char* a, const char* b) { return Dominates(*shop.PlanOf(a), *shop.PlanOf(b)); };
  EXPECT_TRUE(dominates("base", "base"));
  EXPECT_TRUE(dominates("cheaper", "base"));
  EXPECT_FALSE(dominates("base", "cheaper"));
  EXPECT_FALSE(dominates("hard", "base")) << "nothing goes beyond 99";
  EXPECT_TRUE(dominates("unlimited", "base"));
  EXPECT_FALSE(dominates("no_perk", "base"));
  EXPECT_FALSE(dominates("step", "base")) << "tariffs of different steps are not compared";
}

}  // namespace
}  // namespace awase::plans
