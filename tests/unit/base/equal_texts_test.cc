#include "awase/base/equal_texts.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>

namespace awase {
namespace {

TEST(EqualTexts, AgreesWithStringComparisonWhereverAByteDiffers) {
  for (std::size_t size = 0; size <= 40; ++size) {
    const std::string text = std::string("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGH").substr(0, size);
    EXPECT_TRUE(EqualTexts(text, std::string(text))) << size;
    for (std::size_t i = 0; i < size; ++i) {
      std::string other = text;
      other[i] = '\0';
      EXPECT_FALSE(EqualTexts(text, other)) << size << " " << i;
    }
  }
}

TEST(EqualTexts, TellsTextsOfOtherSizesApart) {
  EXPECT_FALSE(EqualTexts("", "a"));
  EXPECT_FALSE(EqualTexts("abcdefgh", "abcdefghi"));
}

}  // namespace
}  // namespace awase
