// Plans for which nothing is paid: where they stand in a ladder.

#include <string>
#include <utility>
#include <vector>

#include "awase/ingest/read_dump.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"
#include "tests/unit/ladder/catalogue.h"

namespace awase::ladder {
namespace {

using catalog::Product;
using testing::BuildLaddersOf;
using testing::Camera;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::Ladders;
using testing::TempDir;
using testing::WithSpec;
using Kind = LadderProblem::Kind;

Product PlanOf(std::string id, std::int64_t price, const std::string& seats = "1") {
  Product product = Camera(std::move(id), price);
  product.subscription_interval = "month";
  return WithSpec(std::move(product), "limit.seats", seats);
}

Product BySeat(Product product, const std::string& fee_per_seat) {
  return WithSpec(std::move(product), "fee_per_seat", fee_per_seat);
}

Product OfSeries(Product product, std::string series) {
  product.series = std::move(series);
  return product;
}

Product OfParent(Product product, std::string parent) {
  product.parent_id = std::move(parent);
  return product;
}

Ladders OfCsv(const std::string& text) {
  const TempDir folder;
  ingest::ReadReport report;
  auto products = ingest::ReadProducts({folder.Write("products.csv", text)}, {}, ingest::ReadOptions(), &report);
  EXPECT_TRUE(products.ok()) << products.status();
  return BuildLaddersOf(*std::move(products));
}

TEST(FreePlans, LeadToTheCheapestPaid) {
  const Ladders ladders = BuildLaddersOf(
      {PlanOf("free", 0, "1"), PlanOf("basic", 1'000, "5"), PlanOf("plus", 1'500, "20"), PlanOf("pro", 2'500, "50")});
  EXPECT_THAT(ladders.Of("free"), ElementsAre("higher1 basic ASSERTED", "higher2 plus ASSERTED"));
  EXPECT_THAT(ladders.Of("basic"),
              ElementsAre("lower1 free ASSERTED", "higher1 plus ASSERTED", "higher2 pro ASSERTED"));
  EXPECT_THAT(ladders.notes.problems, IsEmpty());
}

TEST(FreePlans, AloneAreNoLadderAndAreNamed) {
  const Ladders ladders = BuildLaddersOf({PlanOf("a", 0), PlanOf("b", 0)});
  EXPECT_THAT(ladders.Of("a"), IsEmpty());
  EXPECT_THAT(ladders.notes.problems, ElementsAre(LadderProblem{Kind::kOnlyFreePlans, "price", 2, {"a", "b"}}));
}

TEST(FreePlans, AreNoneWhereSeatsArePaidFor) {
  const std::string columns = "product_id,family,subscription_interval,fee,fee_per_seat,limit.gb\n";
  const Ladders ladders =
      OfCsv(columns + "team,plans,month,0,20,9\nsolo,plans,month,,8,3\nduo,plans,month,0.00,12,6\n");
  EXPECT_THAT(ladders.Of("solo"), ElementsAre("higher1 duo ASSERTED", "higher2 team ASSERTED"));
  EXPECT_THAT(ladders.Of("team"), ElementsAre("lower1 duo ASSERTED", "lower2 solo ASSERTED"));
  EXPECT_THAT(ladders.notes.problems, IsEmpty());
}

TEST(FreePlans, AreNoneWhereAFeeIsPaid) {
  const Ladders ladders = OfCsv(
      "product_id,family,subscription_interval,price,fee,limit.gb\n"
      "slip,plans,month,0,29,1\nbasic,plans,month,10,,3\npro,plans,month,15,,9\n");
  EXPECT_THAT(ladders.Of("slip"), IsEmpty());
  EXPECT_THAT(ladders.notes.problems, ElementsAre(LadderProblem{Kind::kNegativePrice, "price", 1, {"slip"}}));
}

// The gaps between 10, 30 and 90 let a step be 3.5 times as dear; the one to what costs nothing says nothing of them.
TEST(FreePlans, DoNotNarrowTheBandOfTheOthers) {
  const Ladders ladders = BuildLaddersOf(
      {PlanOf("free", 0, "1"), PlanOf("a", 1'000, "2"), PlanOf("b", 3'000, "9"), PlanOf("c", 9'000, "20")});
  EXPECT_THAT(ladders.Of("a"), ElementsAre("lower1 free ASSERTED", "higher1 b ASSERTED", "higher2 c ASSERTED"));
}

TEST(FreePlans, StandBelowTheCheapestOfTheirSeries) {
  std::vector<Product> plans;
  for (const std::string series : {"home", "office"}) {
    const std::int64_t cheapest = series == "home" ? 500 : 4'000;
    plans.push_back(OfSeries(PlanOf(series + "-free", 0, "1"), series));
    plans.push_back(OfSeries(PlanOf(series + "-s", cheapest, "5"), series));
    plans.push_back(OfSeries(PlanOf(series + "-m", cheapest * 3 / 2, "20"), series));
  }
  const Ladders ladders = BuildLaddersOf(plans);
  EXPECT_THAT(ladders.Of("home-free"), ElementsAre("higher1 home-s ASSERTED", "higher2 home-m ASSERTED"));
  EXPECT_THAT(ladders.Of("office-free"), ElementsAre("higher1 office-s ASSERTED", "higher2 office-m ASSERTED"));
}

TEST(FreePlans, AreOfTheFamilyOfPlansThatArePaidBySeat) {
  const Ladders ladders =
      BuildLaddersOf({PlanOf("free", 0, "1"), BySeat(PlanOf("team", 800, "5"), "8"),
                      BySeat(PlanOf("business", 1'200, "20"), "12"), PlanOf("flat", 90'000, "900")});
  EXPECT_THAT(ladders.Of("free"), ElementsAre("higher1 team ASSERTED", "higher2 business ASSERTED"));
  EXPECT_THAT(ladders.Of("team"), ElementsAre("lower1 free ASSERTED", "higher1 business ASSERTED"));
  EXPECT_THAT(ladders.notes.problems,
              ElementsAre(LadderProblem{Kind::kSeveralFeesPerSeat, "fee_per_seat", 1, {"flat"}}));
}

TEST(FreePlans, ThatDoNotSpeakForTheirRootHaveRungsOfTheirOwn) {
  // The root "solo" is sold as "solo-free" and, more often, as "solo-plus"; ids in order of popularity below.
  const Ladders ladders =
      BuildLaddersOf({PlanOf("basic", 1'000, "5"), PlanOf("pro", 1'500, "20"),
                      OfParent(PlanOf("solo-free", 0, "1"), "solo"), OfParent(PlanOf("solo-plus", 800, "3"), "solo")},
                     {1, 1, 0, 1, 9});  // basic, pro, solo, solo-free, solo-plus
  EXPECT_THAT(ladders.Of("solo-plus"), ElementsAre("higher1 basic ASSERTED", "higher2 pro ASSERTED"));
  EXPECT_THAT(ladders.Of("solo-free"), ElementsAre("higher1 basic ASSERTED", "higher2 pro ASSERTED"));
}

TEST(FreePlans, AreAStepDownFromEveryVariant) {
  const Ladders ladders =
      BuildLaddersOf({PlanOf("free", 0, "1"), OfParent(PlanOf("basic-cheap", 700, "5"), "basic"),
                      OfParent(PlanOf("basic-usual", 1'000, "5"), "basic"), PlanOf("pro", 1'500, "20")},
                     {0, 1, 9, 1, 1});  // basic, basic-cheap, basic-usual, free, pro
  EXPECT_THAT(ladders.Of("basic-usual"), ElementsAre("lower1 free ASSERTED", "higher1 pro ASSERTED"));
  EXPECT_THAT(ladders.Of("basic-cheap"), ElementsAre("lower1 free ASSERTED", "higher1 pro WEAK"))
      << "cheaper than what the free plan stands below";
}

}  // namespace
}  // namespace awase::ladder
