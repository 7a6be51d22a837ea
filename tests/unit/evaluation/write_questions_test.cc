#include "awase/evaluation/write_questions.h"

#include "awase/base/files.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/basket_builder.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase::evaluation {
namespace {

TEST(WriteQuestions, WritesWhatIsLearnedFromAndWhatIsAsked) {
  const testing::TempDir dir;
  const orders::BasketSet learned_from =
      testing::BasketSetOf(4, {{0, {ProductAt(0), ProductAt(2)}}, {1, {ProductAt(3)}}});
  TestCases cases;
  cases.lists = {{ProductAt(0), {ProductAt(2), ProductAt(3)}}, {ProductAt(3), {ProductAt(0)}}};
  cases.carts = {{{ProductAt(1), ProductAt(2)}, ProductAt(0)}};
  const std::string folder = dir.Join("made/questions");
  AWASE_ASSERT_OK(WriteQuestions(folder, learned_from, cases));
  EXPECT_EQ(*ReadFile(folder + "/learned_from.csv"), "order,product\n0,0\n0,2\n1,3\n");
  EXPECT_EQ(*ReadFile(folder + "/lists.csv"), "anchor,targets\n0,2 3\n3,0\n");
  EXPECT_EQ(*ReadFile(folder + "/carts.csv"), "cart,hidden\n1 2,0\n");
}

TEST(WriteQuestions, SaysWhichFileCannotBeWritten) {
  const testing::TempDir dir;
  AWASE_ASSERT_OK(WriteFile(dir.Join("taken"), "a file"));
  EXPECT_THAT(WriteQuestions(dir.Join("taken"), testing::BasketSetOf(1, {}), {}).message(),
              ::testing::HasSubstr("taken"));
}

}  // namespace
}  // namespace awase::evaluation
