#include "engine/quotas.h"

#include "absl/strings/str_cat.h"
#include "tests/unit/engine/shop.h"

namespace awase::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A camera with a to h, in this order; b, g and h are of the shop's own brand. Rows of four.
class Quotas : public ::testing::Test {
 protected:
  Quotas() {
    shop_.model().Add("camera");
    std::uint32_t together = 50;
    for (const char* id : {"a", "b", "c", "d", "e", "f", "g", "h"}) {
      catalog::Product& product = shop_.model().Add(id);
      if (std::string("bgh").find(id) != std::string::npos) product.brand = "Own";
      shop_.model().Relate(kAlso, "camera", id, {.together = together--});
    }
  }

  static rules::Quota Own(std::uint32_t at_least) {
    rules::Quota quota;
    quota.matching.in.brands = {"Own"};
    quota.at_least = at_least;
    return quota;
  }
  static rules::Quota Listed(rules::Words products, std::uint32_t at_least) {
    rules::Quota quota;
    quota.matching.in.products = std::move(products);
    quota.at_least = at_least;
    return quota;
  }
  static Request Page(Explanation explanation = Explanation::kReason) {
    Request request = PageOf("camera");
    request.max_offers_per_slot = 4;
    request.explanation = explanation;
    return request;
  }
  std::vector<std::string> Row() { return shop_.Ids(SlotOf(shop_.Ask(Page()), "also_bought")); }

  Shop shop_;
};

TEST_F(Quotas, TheBestOfTheSetTakeTheLastSeatsOfOthers) {
  EXPECT_THAT(Row(), ElementsAre("a", "b", "c", "d"));
  shop_.AddRule("own", Own(2));
  EXPECT_THAT(Row(), ElementsAre("a", "b", "c", "g"));
  shop_.rules().rules[0].action = Own(3);
  EXPECT_THAT(Row(), ElementsAre("a", "b", "g", "h"));
}

TEST_F(Quotas, WhatTheRowHasAlreadyCounts) {
  shop_.AddRule("own", Own(1));
  const Answer answer = shop_.Ask(Page());
  EXPECT_THAT(shop_.Ids(SlotOf(answer, "also_bought")), ElementsAre("a", "b", "c", "d"));
  for (const Offer& offer : SlotOf(answer, "also_bought").offers) EXPECT_THAT(offer.reason.rule_ids, IsEmpty());
}

TEST_F(Quotas, NothingIsInvented) {
  shop_.AddRule("own", Own(4));
  EXPECT_THAT(Row(), ElementsAre("a", "b", "g", "h")) << "there is no fourth";
  shop_.rules().rules[0].action = Listed({"gone", "camera"}, 1);
  EXPECT_THAT(Row(), ElementsAre("a", "b", "c", "d"));
}

TEST_F(Quotas, WhoLostTheSeatAndWhoTookItAreNamed) {
  shop_.AddRule("own", Own(2));
  const Answer answer = shop_.Ask(Page(Explanation::kTrace));
  const Slot& row = SlotOf(answer, "also_bought");
  EXPECT_THAT(row.offers[3].reason.rule_ids, ElementsAre("own"));
  EXPECT_THAT(row.offers[1].reason.rule_ids, IsEmpty());
  EXPECT_EQ(Removed(row, RemovalCause::kLimit), 4U);
  std::vector<std::string> removed;
  for (const TraceEntry& entry : answer.trace) removed.push_back(absl::StrCat(entry.product_id, "/", entry.rule_id));
  EXPECT_THAT(removed, ElementsAre("d/own", "e/", "f/", "h/"));
}

TEST_F(Quotas, CandidatesMustPassAllStagesAndAreCountedWhereTheyDoNot) {
  shop_.AddRule("no-g", rules::Hide{{"g"}, {}});
  shop_.AddRule("own", Own(2));
  const Answer answer = shop_.Ask(Page());
  EXPECT_THAT(shop_.Ids(SlotOf(answer, "also_bought")), ElementsAre("a", "b", "c", "h"));
  EXPECT_EQ(Removed(SlotOf(answer, "also_bought"), RemovalCause::kHiddenByRule), 1U);
  EXPECT_EQ(Removed(SlotOf(answer, "also_bought"), RemovalCause::kLimit), 3U);
}

TEST_F(Quotas, PinsKeepTheirSeatsAndCount) {
  shop_.AddRule("pin", rules::Pin{"f", "also_bought", 4, {}});
  shop_.AddRule("own", Own(2));
  EXPECT_THAT(Row(), ElementsAre("a", "b", "g", "f"));
  shop_.rules().rules[0].action = rules::Pin{"h", "also_bought", 1, {}};
  EXPECT_THAT(Row(), ElementsAre("h", "a", "b", "c"));
}

TEST_F(Quotas, ALaterQuotaDoesNotUndoAnEarlierOne) {
  shop_.AddRule("first", Own(3));
  shop_.AddRule("second", Listed({"e", "f"}, 2));
  EXPECT_THAT(Row(), ElementsAre("b", "e", "g", "h")) << "one seat is left";
}

TEST_F(Quotas, NewcomersStandInTheOrderOfTheirScores) {
  shop_.AddRule("first", Listed({"h"}, 1));
  shop_.AddRule("second", Listed({"e", "f"}, 2));
  EXPECT_THAT(Row(), ElementsAre("a", "e", "f", "h"));
}

TEST_F(Quotas, AProductOfTwoSetsMayStandForBoth) {
  shop_.AddRule("first", Listed({"g"}, 1));
  shop_.AddRule("second", Listed({"g", "h"}, 1));
  EXPECT_THAT(Row(), ElementsAre("a", "b", "c", "g"));
}

TEST_F(Quotas, ProductTypesStillBindNewcomers) {
  Shop shop;
  shop.model().Add("camera");
  std::uint32_t together = 50;
  for (const char* id : {"a", "b", "c", "d"}) {
    shop.model().Add(id).product_type = *id == 'c' ? "other" : "film";
    shop.model().Relate(kAlso, "camera", id, {.together = together--});
  }
  shop.AddRule("d", Listed({"d"}, 1));
  Request request = PageOf("camera");
  request.max_offers_per_slot = 3;
  const Answer answer = shop.Ask(request);
  EXPECT_THAT(shop.Ids(SlotOf(answer, "also_bought")), ElementsAre("a", "b", "c"));
  EXPECT_EQ(Removed(SlotOf(answer, "also_bought"), RemovalCause::kSameProductType), 1U);
  request.max_offers_per_slot = 2;
  EXPECT_THAT(shop.Ids(SlotOf(shop.Ask(request), "also_bought")), ElementsAre("a", "d"))
      << "b, of the same type, gives up its seat";
}

TEST_F(Quotas, ApplyWhereTheirConditionsHold) {
  shop_.AddRule("own", Own(2)).when.emplace().channels = {"web"};
  EXPECT_THAT(Row(), ElementsAre("a", "b", "c", "d"));
  Request request = Page();
  request.channel = "web";
  EXPECT_THAT(shop_.Ids(SlotOf(shop_.Ask(request), "also_bought")), ElementsAre("a", "b", "c", "g"));
}

}  // namespace
}  // namespace awase::engine
