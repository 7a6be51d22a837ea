#include "engine/reason_texts.h"

#include <set>
#include <string>

#include "absl/strings/match.h"
#include "gtest/gtest.h"

namespace awase::engine {
namespace {

// The places that a sentence gives to numbers and names.
std::set<char> PlacesOf(absl::string_view text) {
  std::set<char> places;
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    if (text[i] == '$') places.insert(text[i + 1]);
  }
  return places;
}

TEST(ReasonTexts, EverySentenceIsThereInBothLanguagesWithTheSamePlaces) {
  for (std::uint8_t i = 0; i < kTextCount; ++i) {
    const absl::string_view english = TextIn(Language::kEnglish, static_cast<Text>(i));
    const absl::string_view japanese = TextIn(Language::kJapanese, static_cast<Text>(i));
    EXPECT_FALSE(english.empty()) << int{i};
    EXPECT_FALSE(japanese.empty()) << english;
    EXPECT_EQ(PlacesOf(english), PlacesOf(japanese)) << english;
  }
}

TEST(ReasonTexts, SentencesEndAsTheirLanguageDoes) {
  for (const Text text : {Text::kOrdersClaim, Text::kCustomers, Text::kSet, Text::kStepUp, Text::kBrand}) {
    EXPECT_TRUE(absl::EndsWith(TextIn(Language::kEnglish, text), "."));
    EXPECT_TRUE(absl::EndsWith(TextIn(Language::kJapanese, text), "。"));
  }
}

TEST(ReasonTexts, SayPutsEachInItsPlace) {
  EXPECT_EQ(Say(Language::kEnglish, Text::kOrders, {"3", "40", "the $1 film"}),
            "Also in 3 of 40 orders with the $1 film.");
  EXPECT_EQ(Say(Language::kJapanese, Text::kOrders, {"3", "40", "「film」"}),
            "「film」を購入した40件の注文のうち3件で一緒に購入されています。");
  EXPECT_EQ(Say(Language::kEnglish, Text::kSetPlain, {}), "Together as a set.");
}

TEST(ReasonTexts, TheFirstSubtagDecides) {
  for (const char* tag : {"ja", "JA", "ja-JP", "ja_JP", "ja-Jpan-JP"}) EXPECT_EQ(LanguageOf(tag), Language::kJapanese);
  for (const char* tag : {"", "en", "en-US", "de", "jav", "x-ja", "-ja", "j"}) {
    EXPECT_EQ(LanguageOf(tag), Language::kEnglish) << tag;
  }
  EXPECT_EQ(LanguageTag(Language::kEnglish), "en");
  EXPECT_EQ(LanguageTag(Language::kJapanese), "ja");
}

}  // namespace
}  // namespace awase::engine
