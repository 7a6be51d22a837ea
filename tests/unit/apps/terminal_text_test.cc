#include "apps/awase/terminal_text.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace awase::apps {
namespace {

using ::testing::ElementsAre;

TEST(DisplayWidth, CountsColumns) {
  EXPECT_EQ(DisplayWidth(""), 0u);
  EXPECT_EQ(DisplayWidth("abc"), 3u);
  EXPECT_EQ(DisplayWidth("é"), 1u);
  EXPECT_EQ(DisplayWidth("e\xCC\x81"), 1u);  // combining acute
  EXPECT_EQ(DisplayWidth("合わせ"), 6u);
  EXPECT_EQ(DisplayWidth("📷"), 2u);
}

TEST(FitTo, CutsBetweenCharactersAndSaysSo) {
  EXPECT_EQ(FitTo("camera", 6), "camera");
  EXPECT_EQ(FitTo("camera", 4), "cam…");
  EXPECT_EQ(FitTo("合わせ", 6), "合わせ");
  EXPECT_EQ(FitTo("合わせ", 5), "合わ…");
  EXPECT_EQ(FitTo("合わせ", 4), "合…");
  EXPECT_EQ(FitTo("camera", 0), "");
}

TEST(FitTo, ControlCharactersAndBrokenBytesBecomeHarmless) {
  EXPECT_EQ(FitTo("a\x1b[2Jb", 10), "a\xEF\xBF\xBD[2Jb");
  EXPECT_EQ(FitTo("a\xFFz", 10), "a\xEF\xBF\xBDz");
  EXPECT_EQ(FitTo("a\xE5\x90", 10), "a\xEF\xBF\xBD\xEF\xBF\xBD");  // cut in the middle of a character
  EXPECT_EQ(FitTo("a\nb", 10),
            "a\xEF\xBF\xBD"
            "b");
}

TEST(Pad, FillsToTheColumn) {
  EXPECT_EQ(PadRight("合", 4), "合  ");
  EXPECT_EQ(PadLeft("12", 4), "  12");
  EXPECT_EQ(DisplayWidth(PadRight("合わせ", 4)), 4u);
  EXPECT_EQ(DisplayWidth(PadLeft("合わせ", 4)), 4u);
}

TEST(WrapTo, BreaksAtSpacesWhereThereAreAny) {
  EXPECT_THAT(WrapTo("one two three", 7), ElementsAre("one two", "three"));
  EXPECT_THAT(WrapTo("abcdefgh", 3), ElementsAre("abc", "def", "gh"));
  EXPECT_THAT(WrapTo("合わせ買い", 4), ElementsAre("合わ", "せ買", "い"));
  EXPECT_THAT(WrapTo("", 5), ElementsAre(""));
}

}  // namespace
}  // namespace awase::apps
