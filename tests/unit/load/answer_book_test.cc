#include "bench/service/answer_book.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace awase::load {
namespace {

using ::testing::HasSubstr;

v1::RecommendResponse Answer(const std::string& revision, const std::string& offered) {
  v1::RecommendResponse answer;
  answer.set_model_version("m");
  answer.set_rule_revision(revision);
  answer.add_slots()->add_offers()->mutable_product()->set_product_id(offered);
  return answer;
}

class AnswerBookTest : public ::testing::Test {
 protected:
  void SetUp() override {
    book_.Enter(0, Answer("a", "case"));
    book_.Enter(0, Answer("b", "tripod"));
  }
  AnswerBook book_;
};

TEST_F(AnswerBookTest, WhatWasAnsweredInPeaceIsRightWhateverItsToken) {
  v1::RecommendResponse answer = Answer("a", "case");
  answer.set_token("another");
  book_.Judge(0, answer);
  EXPECT_EQ(book_.right(), 1u);
  EXPECT_EQ(book_.states_seen(), 1u);
  book_.Judge(0, Answer("b", "tripod"));
  EXPECT_EQ(book_.states_seen(), 2u);
  EXPECT_EQ(book_.first_wrong(), "");
}

TEST_F(AnswerBookTest, OffersOfAnotherRevisionThanTheOneNamedAreMixed) {
  book_.Judge(0, Answer("a", "tripod"));
  EXPECT_EQ(book_.mixed(), 1u);
  EXPECT_EQ(book_.right(), 0u);
  EXPECT_THAT(book_.first_wrong(), HasSubstr("tripod"));
}

TEST_F(AnswerBookTest, AnotherRequestsAnswerIsMixed) {
  book_.Judge(1, Answer("a", "case"));
  EXPECT_EQ(book_.mixed(), 1u);
}

TEST_F(AnswerBookTest, AnAnswerThatIsDegradedIsNotTheOneGivenInPeace) {
  v1::RecommendResponse answer = Answer("a", "case");
  answer.set_degraded(true);
  book_.Judge(0, answer);
  EXPECT_EQ(book_.mixed(), 1u);
}

TEST_F(AnswerBookTest, ARevisionThatNeverServedIsUnknown) {
  book_.Judge(0, Answer("c", "case"));
  EXPECT_EQ(book_.unknown(), 1u);
  EXPECT_THAT(book_.first_wrong(), HasSubstr("never served"));
}

}  // namespace
}  // namespace awase::load
