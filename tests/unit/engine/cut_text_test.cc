#include "engine/cut_text.h"

#include "gtest/gtest.h"

namespace awase::engine {
namespace {

TEST(CutText, KeepsWhatFits) {
  EXPECT_EQ(CutText("", 3), "");
  EXPECT_EQ(CutText("abc", 3), "abc");
  EXPECT_EQ(CutText("abcd", 3), "abc");
}

TEST(CutText, NeverEndsWithinACharacter) {
  EXPECT_EQ(CutText("aéb", 2), "a");
  EXPECT_EQ(CutText("aéb", 3), "aé");
  EXPECT_EQ(CutText("合わせ", 8), "合わ");
  EXPECT_EQ(CutText("合わせ", 2), "");
}

}  // namespace
}  // namespace awase::engine
