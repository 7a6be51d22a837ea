// What is said to who writes YAML for the first time.

#include "yaml/internal/remedy.h"

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/yaml/sample_testing.h"
#include "yaml/internal/source_text.h"

namespace awase::yaml {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

struct Mistake {
  std::string text;
  std::string place;   // where the parser stops, or the reader refuses
  std::string remedy;  // the end of the message
};

void ExpectRemedies(const std::vector<Mistake>& mistakes) {
  for (const Mistake& mistake : mistakes) {
    EXPECT_THAT(ProblemsOf(mistake.text), Contains(AllOf(StartsWith(absl::StrCat(mistake.place, " ")),
                                                         EndsWith(absl::StrCat("; ", mistake.remedy)))))
        << mistake.text;
  }
}

TEST(Remedy, TextThatNeedsQuotesIsShownInThem) {
  ExpectRemedies({
      {"name: Sale: 20% off\nflag: true\n", "1:11", "a text with \": \" in it stands in quotes: \"Sale: 20% off\""},
      {"name: Sale: \"now\" # why\n", "1:11", "a text with \": \" in it stands in quotes: 'Sale: \"now\"'"},
      {"tags: [a, b: c: d]\n", "1:15", "a text with \": \" in it stands in quotes: \"c: d\""},
      {"child: {name: a: b}\n", "1:16", "a text with \": \" in it stands in quotes: \"a: b\""},
      {"name: @home\n", "1:7", "a text that begins with \"@\" stands in quotes: \"@home\""},
      {"name: `x`\n", "1:7", "a text that begins with \"`\" stands in quotes: \"`x`\""},
      {"name: %20\n", "1:7", "a text that begins with \"%\" stands in quotes: \"%20\""},
      {"name: * new *\n", "1:8", "a text that begins with \"*\" stands in quotes: \"* new *\""},
      {"name: & co\n", "1:8", "a text that begins with \"&\" stands in quotes: \"& co\""},
      {"name: > 50 EUR\nflag: true\n", "1:9", "a text that begins with \">\" stands in quotes: \"> 50 EUR\""},
      {"name: | and\nflag: true\n", "1:9", "a text that begins with \"|\" stands in quotes: \"| and\""},
      {"name: [Sale] now\nflag: true\n", "1:14", "a text that begins with \"[\" stands in quotes: \"[Sale] now\""},
      {"name: {Sale} now\nflag: true\n", "1:14", "a text that begins with \"{\" stands in quotes: \"{Sale} now\""},
      {"name: - 20%\n", "1:7", "a text that begins with \"-\" stands in quotes: \"- 20%\""},
      {"tags:\n- @a\n- b\n", "2:3", "a text that begins with \"@\" stands in quotes: \"@a\""},
      {"tags: [a, @b]\n", "1:11", "a text that begins with \"@\" stands in quotes: \"@b\""},
  });
}

TEST(Remedy, QuotesWithinQuotesAreTakenByTheOtherKind) {
  constexpr char kWhy[] = "a text in quotes ends with the next one of their kind: ";
  ExpectRemedies({
      {"name: \"The \"best\" one\"\nflag: true\n", "1:13", absl::StrCat(kWhy, "write 'The \"best\" one'")},
      {"name: 'it's new'\nflag: true\n", "1:11", absl::StrCat(kWhy, "write \"it's new\"")},
      {"name: \"Sale\" now\nflag: true\n", "1:14", absl::StrCat(kWhy, "write '\"Sale\" now'")},
  });
}

TEST(Remedy, BracketsThatAreNotClosedAreNamed) {
  ExpectRemedies({
      {"tags: [a, b\nflag: true\n", "2:5", "line 1: \"[\" is not closed: want \"]\" at the end"},
      {"tags: [a, b\n", "2:1", "line 1: \"[\" is not closed: want \"]\" at the end"},
      {"child: {name: a\nflag: true\n", "2:5", "line 1: \"{\" is not closed: want \"}\" at the end"},
      {"child: {tags: [a, b]\nflag: true\n", "2:1", "line 1: \"{\" is not closed: want \"}\" at the end"},
      {"child: {tags: [a}\nflag: true\n", "1:17", "\"[\" is not closed: want \"]\" before \"}\""},
      {"child: {tags: [a]]}\nflag: true\n", "1:18", "\"]\" closes nothing: take it away"},
      {"tags: [a]]\nflag: true\n", "1:10", "\"]\" closes nothing: take it away"},
      {"tags: [a #1, b]\nflag: true\n", "2:1",
       "line 1: \"#\" behind a blank begins a comment: a text with it stands in quotes"},
  });
}

TEST(Remedy, WhatKeyboardsWriteForWhatYamlKnowsIsNamed) {
  ExpectRemedies({
      {"child:\n  name：a\n  flag: true\n", "3:7", "line 2: ： (U+FF1A) is a letter to YAML: write :"},
      {"child:\n  name: a\n　　flag: true\n", "3:1", "a blank in it is of another kind (U+3000): write ordinary ones"},
      {"name:\xC2\xA0"
       "a\nflag: true\n",
       "2:5", "line 1: a blank in it is of another kind (U+00A0): write ordinary ones"},
      {"name: “Sale: now”\n", "1:12", "“ (U+201C) is a letter to YAML: write \""},
      {"child:\n  name: a\n\u00A0\u00A0flag: true\n", "3:1",
       "a blank in it is of another kind (U+00A0): write ordinary ones"},
      {"tags: ［a］\n", "1:7", "［ (U+FF3B) is a letter to YAML: write ["},
      {"name：a\n", "1:1", "： (U+FF1A) is a letter to YAML: write :"},
      {"child: {name：a}\n", "1:9", "： (U+FF1A) is a letter to YAML: write :"},
  });
}

TEST(Remedy, BlanksThatAreMissingAreNamed) {
  ExpectRemedies({
      {"children:\n- name:a\n  flag: true\n", "3:7", "line 2: a blank is missing behind \":\""},
      {"name: a\nflag:true\n", "2:1", "a blank is missing behind \":\""},
      {"children:\n- name:a\n", "2:3", "a blank is missing behind \":\""},
      {"child: {name:a}\n", "1:9", "a blank is missing behind \":\""},
      {"children:\n-name: a\n", "2:1", "a blank is missing behind \"-\""},
      {"children:\n- name: a\n-name: b\n", "3:1", "a blank is missing behind \"-\""},
      {"child:\n  tags:\n  -a\n  -b\n", "4:3", "line 3: a blank is missing behind \"-\""},
      {"children:\n  -name: a\n", "2:3", "a blank is missing behind \"-\""},
  });
}

TEST(Remedy, WrongIndentationIsToldWithTheColumnThatFits) {
  ExpectRemedies({
      {"children:\n- name: a\n - name: b\n", "3:2",
       "it begins in column 2, where nothing can be continued: column 1, under line 2, would fit"},
      {"children:\n  - name: a\n- name: b\n", "3:1",
       "it begins in column 1, where nothing can be continued: column 3, under line 2, would fit"},
      {"child:\n  name: a\n   flag: true\n", "3:8",
       "it begins in column 4, where nothing can be continued: column 3, under line 2, would fit"},
      {"child:\n  name: a\n flag: true\n", "3:2",
       "it begins in column 2, where nothing can be continued: column 3, under line 2, would fit"},
      {"child:\n\tname: a\n", "2:6", "a tab cannot indent, blanks can: column 3, under line 1, would fit"},
  });
}

TEST(Remedy, WhereNothingIsRecognisedTheWordsOfTheParserStand) {
  EXPECT_THAT(ProblemsOf("child\n- name: a\n"), ElementsAre(Not(HasSubstr("; "))));
}

// A line of a megabyte in which everything needs quotes: trials end, and the words of the parser stand.
TEST(Remedy, IsLookedForInLongLinesForAWhile) {
  std::string text = "tags: [a";
  for (int i = 0; i < 300'000; ++i) text += ",@a";
  text += "]\nflag: true\n";
  EXPECT_THAT(ProblemsOf(text), Contains(HasSubstr("not valid YAML from here on: ")));
  std::size_t bytes = 0;
  yaml_internal::FindRemedy(yaml_internal::SourceText(text), 0, &bytes);
  EXPECT_GT(bytes, text.size()) << "some were made";
  EXPECT_LE(bytes, yaml_internal::kMostTrialBytes + 2 * text.size());
}

// What comes behind the mistake is not read in each trial.
TEST(Remedy, IsFoundAtOnceBeforeALongRest) {
  std::string text = "tags: [@a, b]\n";
  for (int i = 0; i < 100'000; ++i) text += "# a comment that goes on and on\n";
  std::size_t bytes = 0;
  EXPECT_THAT(yaml_internal::FindRemedy(yaml_internal::SourceText(text), 0, &bytes), HasSubstr("\"@a\""));
  EXPECT_LE(bytes, 10'000u);
}

TEST(Remedy, DoesNotWriteOutALongText) {
  const auto problems = ProblemsOf(absl::StrCat("name: @", std::string(1'000'000, 'y'), "\n"));
  EXPECT_THAT(problems, Contains(HasSubstr("a text that begins with \"@\" stands in quotes")));
  for (const std::string& problem : problems) EXPECT_LE(problem.size(), 400u);
}

// One slip anywhere.
TEST(Remedy, OfAnySlipIsAWholeSentence) {
  constexpr absl::string_view kText =
      "name: 'it''s' # one\nchild:\n  name: two three\n  tags: [a, \"b: c\"]\n  children:\n  - {flag: true}\n  - name: "
      "x\n";
  for (std::size_t place = 0; place <= kText.size(); ++place) {
    for (const absl::string_view slip :
         {"", " ", "\t", "\n", "'", "\"", ":", ": ", "- ", "[", "}", "#", "　", "：", "@"}) {
      const std::string text = absl::StrCat(kText.substr(0, place), slip,
                                            kText.substr(place + (slip.empty() && place < kText.size() ? 1 : 0)));
      yaml_test::Sample sample;
      const Decoded decoded = DecodeMessage(text, DecodeOptions(), &sample);
      EXPECT_TRUE(decoded.whole() || !decoded.problems().empty()) << text;
      for (const Problem& problem : decoded.problems()) {
        EXPECT_FALSE(absl::EndsWith(problem.message, "; ")) << text;
        EXPECT_FALSE(absl::EndsWith(problem.message, ": ")) << text;
        EXPECT_LE(problem.message.size(), 400u) << text;
      }
    }
  }
}

}  // namespace
}  // namespace awase::yaml
