#include "awase/ladder/ladder.h"

#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/ladder/catalogue.h"

namespace awase::ladder {
namespace {

using catalog::Product;
using testing::BuildLaddersOf;
using testing::Camera;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using testing::Ladders;
using testing::WithSpec;

Product OfStorage(std::string id, std::int64_t price, const std::string& gigabytes) {
  return WithSpec(Camera(std::move(id), price), "spec.storage", gigabytes);
}

// Moves between products by id, in either direction.
class Moves {
 public:
  Moves& Up(const std::string& cheap, const std::string& dear, MoveCounts counts) {
    counts_[{cheap, dear}] = counts;
    return *this;
  }

  Ladders Build(std::vector<Product> products, const LadderOptions& options = LadderOptions(),
                std::vector<ReturnCount> returns = {}) const {
    Ladders ladders{catalog::Catalog::Build(std::move(products)), {}, {}};
    const std::vector<std::uint32_t> popularity(ladders.catalog.size(), 1);
    Behaviour behaviour;
    behaviour.popularity = popularity;
    behaviour.returns = returns;
    behaviour.count_moves = [&](absl::Span<const Step> steps) {
      std::vector<MoveCounts> counts;
      for (const Step& step : steps) {
        const auto found = counts_.find(
            {ladders.catalog.product(step.cheap).product_id, ladders.catalog.product(step.dear).product_id});
        counts.push_back(found == counts_.end() ? MoveCounts() : found->second);
      }
      return counts;
    };
    ladders.set = BuildLadders(ladders.catalog, behaviour, options, &ladders.notes);
    return ladders;
  }

 private:
  std::map<std::pair<std::string, std::string>, MoveCounts> counts_;
};

// Half of a real catalogue can cost 9.99 under one category: going through its equals for each of them would take
// minutes here.
TEST(BuildLadders, FindsTheNextRungPastAHundredThousandProductsOfOnePrice) {
  std::vector<Product> products = {Camera("cheap", 800), Camera("dear", 1'200)};
  for (int i = 0; i < 100'000; ++i) products.push_back(Camera("p" + std::to_string(i), 999));
  const Ladders ladders = BuildLaddersOf(std::move(products));
  EXPECT_THAT(ladders.Of("p5"), ElementsAre("lower1 cheap WEAK", "higher1 dear WEAK"));
  EXPECT_THAT(ladders.Of("p99999"), ElementsAre("lower1 cheap WEAK", "higher1 dear WEAK"));
}

// All that is dearer is of a lower tier, or the same product: going through it for each would take minutes.
TEST(BuildLadders, GivesUpOnLastResortsPastThousandsThatAreNone) {
  std::vector<Product> inverted, duplicates;
  for (int i = 0; i < 50'000; ++i) {
    for (const bool gold : {true, false}) {
      inverted.push_back(Camera((gold ? "gold" : "silver") + std::to_string(i), gold ? 1'000 : 1'200));
      inverted.back().family = "line";
      inverted.back().tier = gold ? "gold" : "silver";
    }
    duplicates.push_back(WithSpec(Camera("p" + std::to_string(i), 1'000 + i), "spec.storage", "64"));
    duplicates.back().title = "The camera";
  }
  EXPECT_TRUE(BuildLaddersOf(std::move(inverted)).set.rungs.empty());
  EXPECT_TRUE(BuildLaddersOf(std::move(duplicates)).set.rungs.empty());
}

TEST(BuildLadders, OffersTheNextRungsNotTheTop) {
  const Ladders ladders =
      BuildLaddersOf({OfStorage("a", 10'000, "32"), OfStorage("b", 14'000, "64"), OfStorage("c", 20'000, "128"),
                      OfStorage("d", 30'000, "256"), OfStorage("e", 45'000, "512")});
  EXPECT_THAT(ladders.Of("c"),
              ElementsAre("lower1 b ASSERTED", "lower2 a ASSERTED", "higher1 d ASSERTED", "higher2 e ASSERTED"));
  EXPECT_THAT(ladders.Of("a"), ElementsAre("higher1 b ASSERTED", "higher2 c ASSERTED"));
  EXPECT_EQ(ladders.notes.families, 1u);
  EXPECT_EQ(ladders.notes.products_with_served_rung, 5u);
  EXPECT_EQ(ladders.set.list(*ladders.catalog.Find("c"))[2].price_delta_minor, 10'000);
}

TEST(BuildLadders, PriceAloneIsWeak) {
  const Ladders ladders = BuildLaddersOf({Camera("a", 10'000), Camera("b", 14'000), Camera("c", 20'000)});
  EXPECT_THAT(ladders.Of("b"), ElementsAre("lower1 a WEAK", "higher1 c WEAK"));
  EXPECT_EQ(ladders.notes.products_with_rung, 3u);
  EXPECT_EQ(ladders.notes.products_with_served_rung, 0u);
}

TEST(BuildLadders, StaysInThePriceBand) {
  EXPECT_THAT(BuildLaddersOf({Camera("a", 10'000), Camera("b", 10'400)}).Of("a"), IsEmpty()) << "4 % is no step";
  EXPECT_THAT(BuildLaddersOf({Camera("a", 10'000), Camera("b", 50'000)}).Of("a"), IsEmpty()) << "too far";
}

TEST(BuildLadders, LearnsTheBandFromTheFamily) {
  // Each step doubles: far beyond 60 %, and usual here.
  const Ladders ladders = BuildLaddersOf({OfStorage("a", 10'000, "32"), OfStorage("b", 20'000, "64"),
                                          OfStorage("c", 40'000, "128"), OfStorage("d", 80'000, "256")});
  EXPECT_THAT(ladders.Of("b"), ElementsAre("lower1 a ASSERTED", "higher1 c ASSERTED", "higher2 d ASSERTED"));
}

TEST(BuildLadders, GivesEveryProductOfAFamilyOfThreeARung) {
  const Ladders ladders = BuildLaddersOf({Camera("a", 10'000), Camera("b", 10'200), Camera("z", 900'000)});
  EXPECT_THAT(ladders.Of("a"), ElementsAre("higher1 b WEAK"));
  EXPECT_THAT(ladders.Of("b"), ElementsAre("lower1 a WEAK"));
  EXPECT_THAT(ladders.Of("z"), ElementsAre("lower1 b WEAK"));
  EXPECT_EQ(ladders.Evidence("z", "b")->flags & kBeyondBand, kBeyondBand);
  EXPECT_EQ(ladders.Evidence("a", "b")->flags & kBeyondBand, 0) << "2 % is too little, not too far";
}

// Dearer in total and better, but cheaper per gram: served, it would be said to be a step up.
TEST(BuildLadders, ALastResortIsWeakWhateverSpeaksForIt) {
  const auto coffee = [](std::string id, std::int64_t price, std::uint32_t grams, const std::string& tier) {
    Product product = Camera(std::move(id), price);
    product.family = "coffee";
    product.tier = tier;
    product.pack_quantity = grams;
    product.pack_unit = "g";
    return product;
  };
  const Ladders ladders = BuildLaddersOf({coffee("a", 1'000, 100, "bronze"), coffee("b", 3'000, 600, "silver"),
                                          coffee("c", 1'000, 100, "bronze"), coffee("d", 9'000, 3'000, "gold")});
  EXPECT_THAT(ladders.Of("a"), ElementsAre("higher1 b WEAK"));
}

TEST(BuildLadders, LetsTheBestSellerOfATierSpeak) {
  const Ladders ladders = BuildLaddersOf({Camera("a", 10'000), Camera("b", 11'000), Camera("c", 12'000)}, {1, 1, 50});
  EXPECT_THAT(ladders.Of("a"), ElementsAre("higher1 c WEAK"));
}

TEST(BuildLadders, PassesOverAWeakStepForABackedOne) {
  const Ladders ladders = BuildLaddersOf({OfStorage("a", 10'000, "64"), Camera("b", 12'000),
                                          OfStorage("c", 14'000, "128"), OfStorage("d", 20'000, "256")});
  EXPECT_THAT(ladders.Of("a"), ElementsAre("higher1 c ASSERTED", "higher2 d ASSERTED"));
}

TEST(BuildLadders, CollapsesVariants) {
  Product red = Camera("red", 12'000);
  Product blue = Camera("blue", 12'000);
  red.parent_id = blue.parent_id = "cam";
  const Ladders ladders = BuildLaddersOf({Camera("a", 10'000), red, blue}, {1, 5, 0, 9});  // a, blue, cam, red
  EXPECT_THAT(ladders.Of("a"), ElementsAre("higher1 red WEAK"));
  EXPECT_THAT(ladders.Of("blue"), ElementsAre("lower1 a WEAK")) << "a variant is no step of another";
}

// The root's best seller has 64, its dearer variant 256.
TEST(BuildLadders, ComparesEachVariantByItself) {
  Product small = OfStorage("small", 12'000, "64"), large = OfStorage("large", 13'500, "256");
  small.parent_id = large.parent_id = "cam";
  const std::vector<Product> others = {OfStorage("a", 10'000, "32"), OfStorage("c", 14'500, "128"),
                                       OfStorage("d", 21'000, "512")};
  std::vector<Product> products = others;
  products.insert(products.end(), {small, large});
  const Ladders ladders = BuildLaddersOf(std::move(products), {1, 1, 1, 1, 1, 9});  // a, c, cam, d, large, small
  EXPECT_THAT(ladders.Of("small"), ElementsAre("lower1 a ASSERTED", "higher1 c ASSERTED", "higher2 d ASSERTED"));
  EXPECT_THAT(ladders.Of("large"), ElementsAre("lower1 a ASSERTED", "higher1 d ASSERTED"))
      << "c is dearer than it and worse";
  EXPECT_EQ(ladders.Evidence("large", "d")->given_up_specs, 0u);
}

TEST(BuildLadders, MeasuresThePriceBandOfEachVariant) {
  Product usual = OfStorage("usual", 12'000, "64"), rare = OfStorage("rare", 4'000, "64");
  usual.parent_id = rare.parent_id = "cam";
  const Ladders ladders =
      BuildLaddersOf({usual, rare, OfStorage("c", 15'000, "128"), OfStorage("d", 20'000, "256")}, {1, 1, 1, 1, 9});
  EXPECT_THAT(ladders.Of("usual"), ElementsAre("higher1 c ASSERTED", "higher2 d ASSERTED"));
  EXPECT_THAT(ladders.Of("rare"), ElementsAre("higher1 c WEAK", "higher2 d WEAK"));
}

TEST(BuildLadders, IsNeverTheSameProductAtAnotherPrice) {
  Product early = OfStorage("early", 10'000, "64");
  Product late = OfStorage("late", 12'000, "64");
  early.title = late.title = "The camera";
  EXPECT_THAT(BuildLaddersOf({early, late, OfStorage("c", 15'000, "128"), OfStorage("d", 22'000, "256")}).Of("late"),
              ElementsAre("higher1 c ASSERTED", "higher2 d ASSERTED"));
}

TEST(BuildLadders, ComparesWithinFamilyCurrencyAndPackUnitOnly) {
  Product film = Camera("film", 12'000);
  film.product_type = "Film";
  Product yen = Camera("yen", 12'000);
  yen.price->currency = *CurrencyCode::Parse("JPY");
  Product declared = Camera("declared", 12'000);
  declared.family = "pro";
  Product packed = Camera("packed", 12'000);
  packed.pack_quantity = 1;
  packed.pack_unit = "count";
  Product hidden = Camera("hidden", 12'000);
  hidden.visible = false;
  Product unpriced = Camera("unpriced", 0);
  unpriced.price.reset();
  Product negative = Camera("negative", -5);
  const Ladders ladders =
      BuildLaddersOf({Camera("a", 10'000), film, yen, declared, packed, hidden, unpriced, negative});
  EXPECT_THAT(ladders.Of("a"), IsEmpty());
  using Kind = LadderProblem::Kind;
  EXPECT_THAT(ladders.notes.problems, ElementsAre(LadderProblem{Kind::kNegativePrice, "price", 1, {"negative"}},
                                                  LadderProblem{Kind::kNoPrice, "price", 1, {"unpriced"}},
                                                  LadderProblem{Kind::kSeveralCurrencies, "currency", 1, {"yen"}}));
}

TEST(BuildLadders, OrdersByPricePerUnitWherePacksAreKnown) {
  const auto milk = [](std::string id, std::int64_t price, std::uint32_t ounces) {
    Product product = Camera(std::move(id), price);
    product.pack_quantity = ounces;
    product.pack_unit = "fl oz";
    return product;
  };
  // Per ounce: a 10, big 7.5, good 12.
  const Ladders ladders = BuildLaddersOf({milk("a", 640, 64), milk("big", 960, 128), milk("good", 768, 64)});
  EXPECT_THAT(ladders.Of("a"), ElementsAre("higher1 good WEAK"))
      << "the big pack is cheaper per ounce and dearer in total: neither a step up nor a step down";
}

TEST(BuildLadders, LeavesOutPacksWhosePricePerUnitIsNoNumber) {
  Product empty = Camera("empty", 1'000), full = Camera("full", 1'000), fuller = Camera("fuller", 1'300);
  empty.pack_quantity = 0;
  full.pack_quantity = fuller.pack_quantity = 1;
  empty.pack_unit = full.pack_unit = fuller.pack_unit = "g";
  const Ladders ladders = BuildLaddersOf({empty, full, fuller});
  EXPECT_THAT(ladders.Of("empty"), IsEmpty());
  EXPECT_THAT(ladders.Of("full"), ElementsAre("higher1 fuller WEAK"));
  EXPECT_THAT(ladders.notes.problems,
              ElementsAre(LadderProblem{LadderProblem::Kind::kNoUnitPrice, "pack_quantity", 1, {"empty"}}));
}

TEST(BuildLadders, RefusesAStepThatIsWorseInEverySpec) {
  const Ladders ladders = BuildLaddersOf({OfStorage("a", 10'000, "128"), OfStorage("b", 12'000, "64"),
                                          OfStorage("c", 15'000, "256"), OfStorage("d", 23'000, "512")});
  EXPECT_THAT(ladders.Of("a"), ElementsAre("higher1 c ASSERTED", "higher2 d ASSERTED"));
}

TEST(BuildLadders, LearnsThatLessIsBetterFromTheFamily) {
  const auto of_weight = [](std::string id, std::int64_t price, const std::string& weight) {
    return WithSpec(Camera(std::move(id), price), "spec.weight", weight);
  };
  const Ladders ladders = BuildLaddersOf({of_weight("a", 10'000, "0.9kg"), of_weight("b", 12'000, "950 g"),
                                          of_weight("c", 15'000, "700 g"), of_weight("d", 22'000, "0.5 kg")});
  EXPECT_THAT(ladders.Of("a"), ElementsAre("higher1 c ASSERTED", "higher2 d ASSERTED"));
  EXPECT_EQ(ladders.Evidence("a", "c")->gained_specs, 1u);
  EXPECT_EQ(ladders.Evidence("c", "b")->given_up_specs, 1u);
}

TEST(BuildLadders, TwoProductsAloneDoNotSayWhatIsBetter) {
  EXPECT_THAT(BuildLaddersOf({OfStorage("a", 10'000, "64"), OfStorage("b", 15'000, "128")}).Of("a"),
              ElementsAre("higher1 b WEAK"));
}

TEST(BuildLadders, UnlimitedIsMoreThanAnyLimit) {
  const auto plan = [](std::string id, std::int64_t price, const std::string& seats) {
    return WithSpec(Camera(std::move(id), price), "limit.seats", seats);
  };
  const Ladders ladders =
      BuildLaddersOf({plan("a", 1'000, "5"), plan("b", 1'500, "20"), plan("c", 2'000, "Unlimited")});
  EXPECT_THAT(ladders.Of("b"), ElementsAre("lower1 a ASSERTED", "higher1 c ASSERTED"));
  EXPECT_THAT(ladders.notes.problems, IsEmpty());
}

TEST(BuildLadders, WhatAPlanCostsIsNoSpec) {
  const auto plan = [](std::string id, std::int64_t price, const std::string& fee) {
    return WithSpec(Camera(std::move(id), price), "fee", fee);
  };
  EXPECT_THAT(BuildLaddersOf({plan("a", 1'000, "10"), plan("b", 1'500, "15"), plan("c", 2'000, "20")}).Of("a"),
              ElementsAre("higher1 b WEAK"));
}

Product PlanOf(std::string id, std::int64_t price, std::string interval) {
  Product product = Camera(std::move(id), price);
  product.subscription_interval = std::move(interval);
  return product;
}

TEST(BuildLadders, ComparesPlansOfOneIntervalOnly) {
  const Ladders ladders = BuildLaddersOf(
      {PlanOf("basic", 1'000, "month"), PlanOf("plus", 1'500, "monthly"), PlanOf("year", 1'300, "year")});
  EXPECT_THAT(ladders.Of("basic"), ElementsAre("higher1 plus WEAK"));
  EXPECT_THAT(ladders.Of("year"), IsEmpty());
  EXPECT_THAT(ladders.notes.problems,
              ElementsAre(LadderProblem{LadderProblem::Kind::kSeveralIntervals, "subscription_interval", 1, {"year"}}));
}

TEST(BuildLadders, DoesNotCompareFeesWhereSeatsCostDifferently) {
  const auto team = [](std::string id, std::int64_t price, const std::string& per_seat) {
    return WithSpec(WithSpec(PlanOf(std::move(id), price, "month"), "fee", "9"), "fee_per_seat", per_seat);
  };
  const Ladders ladders = BuildLaddersOf({team("a", 1'000, "5"), team("b", 1'500, "5"), team("c", 1'300, "2")});
  EXPECT_THAT(ladders.Of("a"), ElementsAre("higher1 b WEAK"));
  EXPECT_THAT(ladders.notes.problems,
              ElementsAre(LadderProblem{LadderProblem::Kind::kSeveralFeesPerSeat, "fee_per_seat", 1, {"c"}}));
}

// Three months in dollars are most of no currency, and most of no interval in euros.
TEST(BuildLadders, TellsPlansApartByTheirCurrencyFirst) {
  const auto plan = [](std::string id, const char* currency, std::string interval) {
    Product product = PlanOf(std::move(id), 1'000, std::move(interval));
    product.price->currency = *CurrencyCode::Parse(currency);
    return product;
  };
  const Ladders ladders =
      BuildLaddersOf({plan("usd1", "USD", "month"), plan("usd2", "USD", "month"), plan("usd3", "USD", "month"),
                      plan("eur1", "EUR", "month"), plan("eur2", "EUR", "month"), plan("eur3", "EUR", "month"),
                      plan("eur4", "EUR", "year"), plan("eur5", "EUR", "year")});
  using Kind = LadderProblem::Kind;
  EXPECT_THAT(ladders.notes.problems,
              ElementsAre(LadderProblem{Kind::kSeveralCurrencies, "currency", 3, {"usd1", "usd2", "usd3"}},
                          LadderProblem{Kind::kSeveralIntervals, "subscription_interval", 2, {"eur4", "eur5"}}));
}

TEST(BuildLadders, ComparesFeesPerSeatHoweverTheyAreWritten) {
  const auto team = [](std::string id, std::int64_t price, const std::string& per_seat) {
    return WithSpec(WithSpec(PlanOf(std::move(id), price, "month"), "fee", "9"), "fee_per_seat", per_seat);
  };
  const Ladders ladders = BuildLaddersOf({team("a", 1'000, "5"), team("b", 1'500, "5.00")});
  EXPECT_THAT(ladders.Of("a"), ElementsAre("higher1 b WEAK"));
  EXPECT_THAT(ladders.notes.problems, IsEmpty());
}

TEST(BuildLadders, TakesIntervalsForTheSameHoweverTheyAreWritten) {
  const auto plan = [](std::string id, std::int64_t price, std::string interval) {
    Product product = WithSpec(PlanOf(std::move(id), price, std::move(interval)), "limit.gb", "9");
    product.title = "The plan";
    return product;
  };
  EXPECT_THAT(BuildLaddersOf({plan("early", 1'000, "month"), plan("late", 1'200, "P1M")}).Of("early"), IsEmpty())
      << "one plan at two prices";
}

TEST(BuildLadders, OtherFamiliesSayWhatIsBetter) {
  std::vector<Product> products = {OfStorage("a", 10'000, "64"), OfStorage("b", 15'000, "128")};
  for (int i = 0; i < 4; ++i) {
    products.push_back(OfStorage("phone" + std::to_string(i), 10'000 + 4'000 * i, std::to_string(64 << i)));
    products.back().product_type = "Phone";
  }
  EXPECT_THAT(BuildLaddersOf(products).Of("a"), ElementsAre("higher1 b ASSERTED"));
}

TEST(BuildLadders, DoesNotCompareASpecThatIsSometimesText) {
  const Ladders ladders = BuildLaddersOf({OfStorage("a", 10'000, "64 GB"), OfStorage("b", 14'000, "plenty"),
                                          OfStorage("c", 20'000, "256 GB"), OfStorage("d", 28'000, "enough")});
  EXPECT_THAT(ladders.Of("c"), ElementsAre("lower1 b WEAK", "higher1 d WEAK"));
  EXPECT_THAT(ladders.notes.problems,
              ElementsAre(LadderProblem{LadderProblem::Kind::kNumberAndText, "spec.storage", 4, {"a", "b", "c"}}));
}

TEST(BuildLadders, LeavesOutAnOddValueAndNamesIt) {
  const Ladders ladders = BuildLaddersOf({OfStorage("a", 10'000, "64 GB"), OfStorage("b", 14'000, "plenty"),
                                          OfStorage("c", 20'000, "256 GB"), OfStorage("d", 28'000, "512 GB"),
                                          OfStorage("e", 38'000, "1024")});
  EXPECT_THAT(ladders.Of("c"), ElementsAre("lower1 b WEAK", "higher1 d WEAK")) << "three of five are no rule";
  const Ladders of_one = BuildLaddersOf({OfStorage("a", 10'000, "64 GB"), OfStorage("b", 14'000, "plenty"),
                                         OfStorage("c", 20'000, "256 GB"), OfStorage("d", 28'000, "512 GB")});
  EXPECT_THAT(of_one.Of("c"), ElementsAre("lower1 b WEAK", "higher1 d ASSERTED"));
  EXPECT_THAT(of_one.notes.problems,
              ElementsAre(LadderProblem{LadderProblem::Kind::kOddValue, "spec.storage", 1, {"b"}}));
}

TEST(BuildLadders, DoesNotCompareUnitsOfDifferentDimensions) {
  const Ladders ladders =
      BuildLaddersOf({OfStorage("a", 10'000, "64 GB"), OfStorage("b", 14'000, "128"), OfStorage("c", 20'000, "3 kg")});
  EXPECT_THAT(ladders.notes.problems,
              ElementsAre(LadderProblem{LadderProblem::Kind::kUnitsDiffer, "spec.storage", 3, {"a", "b", "c"}}));
}

TEST(BuildLadders, ReportsNumbersOfWhichNoTwoAreOfOneKind) {
  const Ladders ladders = BuildLaddersOf({OfStorage("a", 10'000, "256 GB SSD"), OfStorage("b", 14'000, "512 GB HDD")});
  EXPECT_THAT(ladders.notes.problems,
              ElementsAre(LadderProblem{LadderProblem::Kind::kKindsDiffer, "spec.storage", 2, {"a", "b"}}));
}

Product OfTier(std::string id, std::int64_t price, std::string tier) {
  Product product = Camera(std::move(id), price);
  product.family = "line";
  product.tier = std::move(tier);
  return product;
}

TEST(BuildLadders, TakesTheTierColumnForAnAssertion) {
  const Ladders ladders =
      BuildLaddersOf({OfTier("l", 10'000, "L"), OfTier("m", 13'000, "M"), OfTier("h", 90'000, "H")});
  EXPECT_THAT(ladders.Of("m"), ElementsAre("lower1 l ASSERTED", "higher1 h ASSERTED")) << "however dear";
  EXPECT_EQ(ladders.Evidence("m", "h")->flags & kTierColumn, kTierColumn);
}

TEST(BuildLadders, NeverStepsUpToALowerTier) {
  const Ladders ladders =
      BuildLaddersOf({OfTier("good", 10'000, "gold"), OfTier("bad", 12'000, "silver"), OfTier("mid", 9'000, "silver")});
  EXPECT_THAT(ladders.Of("good"), ElementsAre("lower1 mid ASSERTED"));
  EXPECT_THAT(ladders.notes.problems,
              Contains(LadderProblem{LadderProblem::Kind::kTierAgainstPrice, "tier", 1, {"bad"}}));
}

TEST(BuildLadders, ReportsTiersWithoutAnOrder) {
  const Ladders ladders = BuildLaddersOf({OfTier("a", 10'000, "north"), OfTier("b", 13'000, "south"),
                                          OfTier("c", 10'000, "south"), OfTier("d", 13'000, "north")});
  EXPECT_THAT(ladders.notes.problems,
              ElementsAre(LadderProblem{LadderProblem::Kind::kUnorderedTiers, "tier", 4, {"a", "b", "c"}}));
}

TEST(BuildLadders, OrdersTiersWithoutAUnitAsPricesGo) {
  EXPECT_THAT(BuildLaddersOf({OfTier("a", 10'000, "3"), OfTier("b", 13'000, "2"), OfTier("c", 16'000, "1")}).Of("b"),
              ElementsAre("lower1 a ASSERTED", "higher1 c ASSERTED"));
  const Ladders mixed = BuildLaddersOf({OfTier("a", 10'000, "1"), OfTier("b", 13'000, "2"), OfTier("c", 11'000, "2"),
                                        OfTier("d", 12'000, "1"), OfTier("e", 14'000, "1")});
  EXPECT_THAT(mixed.notes.problems,
              ElementsAre(LadderProblem{LadderProblem::Kind::kUnorderedTiers, "tier", 5, {"a", "b", "c"}}))
      << "numbers that do not go with price say nothing";
}

TEST(BuildLadders, FallsBackToTheLeafOfTheCategory) {
  Product a = Camera("a", 10'000), b = Camera("b", 12'000);
  a.product_type = b.product_type = "";
  a.category = "X > Tripods";
  b.category = "Y > Tripods";
  const Ladders ladders = BuildLaddersOf({a, b});
  EXPECT_THAT(ladders.Of("a"), ElementsAre("higher1 b WEAK"));
  EXPECT_EQ(ladders.set.list(*ladders.catalog.Find("a"))[0].family_source,
            static_cast<std::uint8_t>(FamilySource::kCategoryLeaf));
}

TEST(BuildLadders, OfNothingIsNothing) {
  const Ladders ladders = BuildLaddersOf({});
  EXPECT_TRUE(ladders.set.rungs.empty());
  EXPECT_EQ(ladders.set.offsets.size(), 1u);
}

TEST(BuildLadders, CertifiesWhatDominatesAndWhereCustomersMoveUp) {
  const Ladders ladders =
      Moves()
          .Up("a", "b", {.upgrades = 34, .downgrades = 7})
          .Up("b", "c", {.switches_up = 30, .switches_down = 2})
          .Build({OfStorage("a", 10'000, "64"), OfStorage("b", 14'000, "128"), OfStorage("c", 20'000, "256")});
  EXPECT_THAT(ladders.Of("b"), ElementsAre("lower1 a CERTIFIED", "higher1 c CERTIFIED"));
  const RungEvidence evidence = *ladders.Evidence("b", "a");
  EXPECT_EQ(evidence.upgrades, 34u) << "up is up, whatever the direction of the rung";
  EXPECT_EQ(evidence.downgrades, 7u);
  EXPECT_NEAR(evidence.moved_up_low, 0.679, 0.001);
  EXPECT_GT(evidence.strength_gap, 0);
  EXPECT_EQ(ladders.Evidence("b", "c")->switches_up, 30u);
  EXPECT_EQ(ladders.notes.steps_with_moves, 2u);
}

TEST(BuildLadders, BehaviourAloneIsStatistical) {
  const Ladders ladders =
      Moves().Up("a", "b", {.upgrades = 34, .downgrades = 7}).Build({Camera("a", 10'000), Camera("b", 14'000)});
  EXPECT_THAT(ladders.Of("a"), ElementsAre("higher1 b STATISTICAL"));
}

TEST(BuildLadders, DropsWhatCustomersRefute) {
  const Ladders ladders =
      Moves()
          .Up("a", "b", {.upgrades = 7, .downgrades = 34})
          .Build({OfStorage("a", 10'000, "64"), OfStorage("b", 14'000, "128"), OfStorage("c", 15'000, "256")});
  EXPECT_THAT(ladders.Of("a"), ElementsAre("higher1 c ASSERTED"));
  EXPECT_THAT(ladders.Of("b"), ElementsAre("higher1 c ASSERTED"));
}

TEST(BuildLadders, CustomersRefuteTheTierColumnToo) {
  const Ladders ladders = Moves()
                              .Up("l", "m", {.upgrades = 7, .downgrades = 34})
                              .Build({OfTier("l", 10'000, "L"), OfTier("m", 13'000, "M"), OfTier("h", 15'000, "H")});
  EXPECT_THAT(ladders.Of("m"), ElementsAre("higher1 h ASSERTED"));
  EXPECT_THAT(ladders.Of("h"), ElementsAre("lower1 m ASSERTED"));
}

TEST(BuildLadders, AFewCustomersDoNotRefute) {
  const Ladders ladders =
      Moves()
          .Up("a", "b", {.upgrades = 3, .downgrades = 8})
          .Build({OfStorage("a", 10'000, "64"), OfStorage("b", 14'000, "128"), OfStorage("c", 20'000, "256")});
  EXPECT_THAT(ladders.Of("a"), ElementsAre("higher1 b ASSERTED", "higher2 c ASSERTED"));
}

TEST(BuildLadders, BehaviourDoesNotCountWhereMoreIsSentBack) {
  const Ladders ladders =
      Moves()
          .Up("a", "b", {.upgrades = 34, .downgrades = 7})
          .Build({Camera("a", 10'000), Camera("b", 14'000)}, LadderOptions(), {{500, 400, 10, 10}, {500, 400, 60, 60}});
  EXPECT_THAT(ladders.Of("a"), ElementsAre("higher1 b WEAK"));
  EXPECT_EQ(ladders.Evidence("a", "b")->flags, kReturnsWorse);
  EXPECT_FLOAT_EQ(ladders.Evidence("a", "b")->returned_dear, 0.12F);
}

TEST(BuildLadders, KeepsNoCountOfFewerThanMinBuyers) {
  LadderOptions options;
  options.min_buyers = 5;
  const Ladders ladders =
      Moves()
          .Up("a", "b", {.upgrades = 40, .downgrades = 1, .switches_up = 4, .switches_down = 2})
          .Build({Camera("a", 10'000), Camera("b", 14'000)}, options, {{500, 400, 2, 2}, {500, 400, 0, 0}});
  const RungEvidence evidence = *ladders.Evidence("a", "b");
  EXPECT_EQ(evidence.upgrades, 40u);
  EXPECT_EQ(evidence.downgrades, 5u) << "rounded up: no share is better than the truth";
  EXPECT_EQ(evidence.switches_up, 0u);
  EXPECT_EQ(evidence.switches_down, 0u);
  EXPECT_EQ(evidence.returned_cheap, -1);
  EXPECT_EQ(evidence.returned_dear, 0);
}

TEST(BuildLadders, KeepsNoShareOfReturnsOfFewerThanMinBuyers) {
  LadderOptions options;
  options.min_buyers = 5;
  const Ladders ladders = Moves()
                              .Up("a", "b", {.upgrades = 40})
                              .Build({Camera("a", 10'000), Camera("b", 14'000), Camera("c", 19'000)}, options,
                                     {{500, 4, 0, 0}, {500, 9, 300, 6}, {500, 6, 300, 6}});
  EXPECT_EQ(ladders.Evidence("a", "b")->returned_cheap, -1) << "four bought it";
  EXPECT_EQ(ladders.Evidence("a", "b")->returned_dear, -1) << "three never sent it back";
  EXPECT_FLOAT_EQ(ladders.Evidence("b", "c")->returned_dear, 0.6F);
}

TEST(BuildLadders, SplitsATypeIntoItsSeries) {
  std::vector<Product> products;
  for (int i = 0; i < 3; ++i) {
    for (const char* series : {"case for A", "case for B"}) {
      products.push_back(Camera(series + std::to_string(i), 1'000 + 300 * i));
      products.back().series = series;
    }
  }
  const Ladders ladders = BuildLaddersOf(products);
  EXPECT_THAT(ladders.Of("case for A1"), ElementsAre("lower1 case for A0 WEAK", "higher1 case for A2 WEAK"));
}

TEST(BuildLadders, SaysWhatBrandsDo) {
  Product own = Camera("own", 1'000), national = Camera("national", 1'400);
  own.brand = "Private";
  national.brand = "Denwa";
  EXPECT_EQ(BuildLaddersOf({own, national}).Evidence("own", "national")->flags, kOwnToNational);
  own.brand = "Denwa";
  own.series = national.series = "S";
  EXPECT_EQ(BuildLaddersOf({own, national}).Evidence("own", "national")->flags, kSameBrand | kSameSeries);
}

}  // namespace
}  // namespace awase::ladder
