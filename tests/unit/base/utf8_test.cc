#include "awase/base/utf8.h"

#include "gtest/gtest.h"

namespace awase {
namespace {

TEST(Utf8Length, IsThatOfTheCharacterOrZero) {
  EXPECT_EQ(Utf8Length("aé", 0), 1u);
  EXPECT_EQ(Utf8Length("aé", 1), 2u);
  EXPECT_EQ(Utf8Length("aé", 2), 0u);
  EXPECT_EQ(Utf8Length("日", 0), 3u);
  EXPECT_EQ(Utf8Length("😀", 0), 4u);
  EXPECT_EQ(Utf8Length("\xC3", 0), 0u);
}

TEST(IsValidUtf8, KnowsTheFormsThatAreNone) {
  EXPECT_TRUE(IsValidUtf8("plain ascii of some length, é, 日本, 😀"));
  for (const char* text :
       {"\xC3", "\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xFF", "abcdefgh\x80"}) {
    EXPECT_FALSE(IsValidUtf8(text));
  }
}

}  // namespace
}  // namespace awase
