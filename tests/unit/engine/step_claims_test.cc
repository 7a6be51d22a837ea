#include "engine/step_claims.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "tests/unit/engine/shop.h"

namespace awase::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

using Sentences = std::vector<std::pair<std::string, std::string>>;  // product, what is said of it before the price

struct Prices {
  std::int64_t tiny = 30000;
  std::int64_t mini = 40000;
  std::int64_t phone = 50000;
  std::int64_t plus = 60000;
  std::int64_t pro = 70000;
};

// A ladder of five phones, learned when they had the prices above.
class StepClaims : public ::testing::Test {
 protected:
  void PriceThem(const Prices& prices) {
    shop_.model().Add("tiny", prices.tiny);
    shop_.model().Add("mini", prices.mini);
    shop_.model().Add("phone", prices.phone);
    shop_.model().Add("plus", prices.plus);
    shop_.model().Add("pro", prices.pro);
    shop_.model().AddRung("phone", "mini", kDown, 1);
    shop_.model().AddRung("phone", "tiny", kDown, 2);
    shop_.model().AddRung("phone", "plus", kUp, 1);
    shop_.model().AddRung("phone", "pro", kUp, 2);
  }

  Sentences Row(absl::string_view slot) {
    Sentences sentences;
    const Answer answer = shop_.Ask(PageOf("phone"));
    for (const Offer& offer : SlotOf(answer, slot).offers) {
      const std::string& text = offer.reason.text;
      sentences.emplace_back(shop_.IdOf(offer.product), text.substr(0, text.find(':')));
    }
    return sentences;
  }

  Shop shop_;
};

TEST_F(StepClaims, AtThePricesOfTheTrainingRungsSayHowFarTheyAre) {
  PriceThem({});
  EXPECT_THAT(Row("higher"), ElementsAre(Pair("plus", "The next model up"), Pair("pro", "Two models up")));
  EXPECT_THAT(Row("lower"),
              ElementsAre(Pair("mini", "A cheaper alternative"), Pair("tiny", "The cheapest alternative nearby")));
}

TEST_F(StepClaims, WhereTheNearerStepUpCostsMoreNowNeitherIsTheNext) {
  PriceThem({.plus = 80000});
  EXPECT_THAT(Row("higher"), ElementsAre(Pair("plus", "A higher model"), Pair("pro", "A higher model")));
}

TEST_F(StepClaims, BehindAStepUpThatIsNoneNowNothingIsTwoModelsUp) {
  PriceThem({.plus = 45000});
  EXPECT_THAT(Row("higher"), ElementsAre(Pair("pro", "A higher model")));
}

TEST_F(StepClaims, AStepUpStaysTheNextWhereTheFartherOneIsNoneNow) {
  PriceThem({.pro = 45000});
  EXPECT_THAT(Row("higher"), ElementsAre(Pair("plus", "The next model up")));
}

TEST_F(StepClaims, TheFartherStepDownIsNotTheCheapestWhereTheNearerOneIs) {
  PriceThem({.mini = 20000});
  EXPECT_THAT(Row("lower"), ElementsAre(Pair("mini", "A cheaper alternative"), Pair("tiny", "A cheaper alternative")));
}

TEST_F(StepClaims, NorWhereAStepUpHasFallenBelowIt) {
  PriceThem({.pro = 20000});
  EXPECT_THAT(Row("lower"), ElementsAre(Pair("mini", "A cheaper alternative"), Pair("tiny", "A cheaper alternative")));
}

TEST_F(StepClaims, NorWhereSomethingCheaperIsPinned) {
  PriceThem({.mini = 60000});
  shop_.model().Add("used", 10000);
  shop_.AddRule("outlet", rules::Pin{"used", "lower", 2, {}});
  EXPECT_THAT(Row("lower"), ElementsAre(Pair("tiny", "A cheaper alternative"), Pair("used", "A cheaper alternative")));
}

TEST_F(StepClaims, ALadderOfARuleIsHeldAgainstItself) {
  PriceThem({.plus = 90000, .pro = 70000});
  shop_.AddRule("line", rules::Rung{{"phone", "plus", "pro"}, "Tanaka", "", /*forbid=*/false});
  EXPECT_THAT(Row("higher"), ElementsAre(Pair("plus", "A higher model"), Pair("pro", "A higher model")));
}

TEST_F(StepClaims, StepsThatHaveTurnedRoundAreInNeitherRow) {
  PriceThem({.tiny = 80000, .mini = 80000, .plus = 20000, .pro = 20000});
  EXPECT_THAT(Row("higher"), IsEmpty());
  EXPECT_THAT(Row("lower"), IsEmpty());
}

TEST_F(StepClaims, JapaneseClaimsNoMore) {
  PriceThem({.plus = 80000});
  Request request = PageOf("phone");
  request.language_code = "ja";
  EXPECT_EQ(SlotOf(shop_.Ask(request), "higher").offers.at(0).reason.text, "上位のモデルです（+USD 300.00）。");
}

// Learned as cheaper per gram, and vouched for by a rule as well.
TEST(StepClaimsOfSubscriptions, OneThatSavesNothingAnyMoreIsNoStepUpUnlessItCostsMore) {
  Shop shop;
  const auto add = [&shop](const char* id, std::int64_t price, std::uint32_t grams) -> catalog::Product& {
    catalog::Product& product = shop.model().Add(id, price);
    product.pack_quantity = grams;
    product.pack_unit = "g";
    return product;
  };
  add("coffee", 1000, 500);
  add("monthly", 900, 400).subscription_interval = "month";
  ladder::RungEvidence evidence;
  evidence.kind = ladder::StepKind::kSubscription;
  shop.model().AddRung("coffee", "monthly", kUp, 1, ladder::Grade::kAsserted, evidence);
  shop.AddRule("subscribe", rules::Rung{{"coffee", "monthly"}, "Tanaka", "", /*forbid=*/false});
  const Answer answer = shop.Ask(PageOf("coffee"));
  EXPECT_THAT(SlotOf(answer, "higher").offers, IsEmpty());
  EXPECT_EQ(Removed(SlotOf(answer, "higher"), RemovalCause::kNoEvidence), 1U);
}

}  // namespace
}  // namespace awase::engine
