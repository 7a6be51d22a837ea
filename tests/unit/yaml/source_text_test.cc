#include "yaml/internal/source_text.h"

#include <cstdint>
#include <string>

#include "gtest/gtest.h"

namespace awase::yaml_internal {
namespace {

TEST(SourceText, PlacesAgreeWithCountingFromTheStart) {
  std::string text;
  for (int i = 0; i < 400; ++i) text += i % 7 == 0 ? "é" : i % 97 == 0 ? "\n" : i % 5 == 0 ? "夏" : "a";
  const SourceText source(text);
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  for (std::size_t offset = 0; offset < text.size(); ++offset) {
    const bool begins_character = (static_cast<unsigned char>(text[offset]) & 0xC0) != 0x80;
    if (!begins_character) continue;
    EXPECT_EQ(source.PlaceAt(offset), (yaml::Place{line, column})) << offset;
    ++column;
    if (text[offset] == '\n') {
      ++line;
      column = 1;
    }
  }
  EXPECT_EQ(source.PlaceAt(text.size() + 100), (yaml::Place{line, column}));
}

TEST(SourceText, FindsTheDashBehindCommentsAndEmptyLines) {
  const SourceText source("a:\n  -\n\n  # no - dash\nb: 1\n");
  EXPECT_EQ(source.DashBefore(source.text().find("b:")), 5U);
  EXPECT_EQ(SourceText("no dash").DashBefore(4), 4U);
}

TEST(SourceText, TakesAnyUtf8AndLineBreaksAndTabs) {
  EXPECT_FALSE(SourceText("\t\r\n aé夏🎁\xF4\x8F\xBF\xBF").FindBadByte().has_value());
}

}  // namespace
}  // namespace awase::yaml_internal
