#include "service/compare_answers.h"

#include <cstdint>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace awase::service {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class CompareAnswersTest : public ::testing::Test {
 protected:
  CompareAnswersTest() {
    for (v1::RecommendResponse* answer : {a(), b()}) {
      answer->add_slots()->set_name("bundle");
      answer->add_slots()->set_name("also_bought");
    }
  }

  v1::RecommendResponse* a() { return compared_.mutable_answer_a(); }
  v1::RecommendResponse* b() { return compared_.mutable_answer_b(); }
  static v1::Offer* AlsoBought(v1::RecommendResponse* answer, const std::string& id, std::int64_t minor = 1000) {
    v1::Offer* offer = answer->mutable_slots(1)->add_offers();
    offer->mutable_product()->set_product_id(id);
    offer->mutable_price()->set_currency_code("USD");
    offer->mutable_price()->set_minor_units(minor);
    return offer;
  }
  static v1::Bundle* Set(v1::RecommendResponse* answer, const std::vector<std::string>& ids) {
    v1::Offer* offer = answer->mutable_slots(0)->add_offers();
    offer->mutable_product()->set_product_id(ids[1]);
    for (const std::string& id : ids) {
      offer->mutable_bundle()->add_lines()->mutable_product()->set_product_id(id);
    }
    return offer->mutable_bundle();
  }
  // "film 1>2 price" of each offer that differs in the only slot that does.
  std::vector<std::string> Differences() {
    CompareAnswers(&compared_);
    std::vector<std::string> texts;
    for (const v1::SlotDifference& slot : compared_.slots()) {
      for (const v1::OfferDifference& offer : slot.offers()) {
        std::string text = slot.slot();
        for (const std::string& id : offer.product_ids()) text += " " + id;
        text += " " + std::to_string(offer.place_a()) + ">" + std::to_string(offer.place_b());
        texts.push_back(text + (offer.repriced() ? " price" : "") + (offer.reworded() ? " words" : ""));
      }
    }
    return texts;
  }

  v1::CompareModelsResponse compared_;
};

TEST_F(CompareAnswersTest, TheSameShowsNoDifference) {
  for (v1::RecommendResponse* answer : {a(), b()}) {
    Set(answer, {"camera", "film"});
    AlsoBought(answer, "case")->set_score(answer == a() ? 1 : 2);
  }
  a()->set_model_version("one");
  b()->set_model_version("two");
  EXPECT_THAT(Differences(), IsEmpty());
  EXPECT_FALSE(compared_.cart_differs());
}

TEST_F(CompareAnswersTest, SaysWhatCameWentAndMoved) {
  for (const char* id : {"case", "film", "strap"}) AlsoBought(a(), id);
  for (const char* id : {"film", "case", "tripod"}) AlsoBought(b(), id);
  EXPECT_THAT(Differences(), ElementsAre("also_bought film 2>1", "also_bought case 1>2", "also_bought tripod 0>3",
                                         "also_bought strap 3>0"));
}

TEST_F(CompareAnswersTest, SaysWhatCostsOrReadsOtherwise) {
  AlsoBought(a(), "case", 1000)->mutable_reason()->set_text("40 of 100");
  AlsoBought(b(), "case", 1200)->mutable_reason()->set_text("41 of 100");
  AlsoBought(a(), "film")->mutable_reason()->set_text("7 of 9");
  AlsoBought(b(), "film")->mutable_reason()->set_text("7 of 10");
  EXPECT_THAT(Differences(), ElementsAre("also_bought case 1>1 price words", "also_bought film 2>2 words"));
}

TEST_F(CompareAnswersTest, ASetIsWhatIsInIt) {
  Set(a(), {"camera", "film"});
  Set(b(), {"camera", "film", "case"});
  EXPECT_THAT(Differences(), ElementsAre("bundle camera film case 0>1", "bundle camera film 1>0"));
}

TEST_F(CompareAnswersTest, SharesOfASetAreAPrice) {
  Set(a(), {"camera", "film"})->mutable_lines(1)->mutable_set_price()->set_minor_units(900);
  Set(b(), {"camera", "film"})->mutable_lines(1)->mutable_set_price()->set_minor_units(800);
  EXPECT_THAT(Differences(), ElementsAre("bundle camera film 1>1 price"));
}

TEST_F(CompareAnswersTest, APlanChangeIsWhereItLeads) {
  AlsoBought(a(), "plan-m")->mutable_plan_change()->set_seats(5);
  AlsoBought(b(), "plan-m")->mutable_plan_change()->set_seats(6);
  EXPECT_THAT(Differences(), SizeIs(2));
}

TEST_F(CompareAnswersTest, SaysThatTheCartDiffers) {
  a()->mutable_cart_price()->mutable_price()->set_minor_units(1000);
  CompareAnswers(&compared_);
  EXPECT_TRUE(compared_.cart_differs());
  *b()->mutable_cart_price() = a()->cart_price();
  CompareAnswers(&compared_);
  EXPECT_FALSE(compared_.cart_differs());
  b()->add_benefits()->set_rule_id("ship");
  CompareAnswers(&compared_);
  EXPECT_TRUE(compared_.cart_differs());
}

}  // namespace
}  // namespace awase::service
