#include "awase/yaml/decode_message.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "sample.pb.h"
#include "tests/unit/yaml/sample_testing.h"

namespace awase::yaml {
namespace {

using ::awase::yaml_test::Sample;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

TEST(DecodeMessage, TextWithoutValuesIsAnEmptyMessage) {
  for (const char* text : {"", "\n\n", "# only a comment\n", "---\n", "\xEF\xBB\xBF", "~", "{}"}) {
    EXPECT_EQ(DecodeSample(text).ByteSizeLong(), 0U) << text;
  }
}

TEST(DecodeMessage, ClearsTheMessageFirst) {
  Sample sample;
  sample.set_name("before");
  DecodeMessage("flag: true", DecodeOptions(), &sample);
  EXPECT_EQ(sample.name(), "");
  EXPECT_TRUE(sample.flag());
}

TEST(DecodeMessage, FollowsTheDescriptorThroughMapsAndLists) {
  const Sample sample = DecodeSample(
      "name: root\n"
      "tags: [a, 'b c']\n"
      "child:\n"
      "  children:\n"
      "  - name: first\n"
      "  - {name: second, numbers: [1, -2]}\n"
      "limits: {seats: 5, 'a b': 6}\n"
      "children_by_number: {3: {name: three}}\n");
  EXPECT_EQ(sample.name(), "root");
  EXPECT_THAT(sample.tags(), ElementsAre("a", "b c"));
  EXPECT_EQ(sample.child().children(1).name(), "second");
  EXPECT_THAT(sample.child().children(1).numbers(), ElementsAre(1, -2));
  EXPECT_EQ(sample.limits().at("a b"), 6);
  EXPECT_EQ(sample.children_by_number().at(3).name(), "three");
}

TEST(DecodeMessage, WritesAListInPlaceOfAMessageThatHoldsNothingElse) {
  const auto sample = DecodeSample("words_by_name: {spec.colour: [black, 007], empty: []}\n");
  EXPECT_THAT(sample.words_by_name().at("spec.colour").values(), ElementsAre("black", "007"));
  EXPECT_TRUE(sample.words_by_name().at("empty").values().empty());
  EXPECT_THAT(ProblemsOf("words_by_name: {a: b, c: {values: [d]}, e: [[f]]}\n"),
              ElementsAre("1:20 words_by_name.a: want a list such as [a, b], got \"b\"",
                          "1:26 words_by_name.c: want a list such as [a, b], got a map",
                          "1:45 words_by_name.e[0]: want text, got a list"));
}

TEST(DecodeMessage, ReportsUnknownKeysWithTheNearestKnownOne) {
  EXPECT_THAT(ProblemsOf("nmae: a\nchild:\n  falg: true\n"),
              ElementsAre("1:1 nmae: unknown key \"nmae\"; did you mean \"name\"?",
                          "3:3 child.falg: unknown key \"falg\"; did you mean \"flag\"?"));
  EXPECT_THAT(ProblemsOf("quite_other: 1"), ElementsAre(HasSubstr("known here: at, big_count, big_counts, child,")));
  EXPECT_THAT(ProblemsOf("<<: {name: a}"), ElementsAre(StartsWith("1:1 <<: unknown key \"<<\"")));
}

TEST(DecodeMessage, ReportsDuplicateKeysAndWhatIsWrongInThem) {
  EXPECT_THAT(ProblemsOf("name: a\nflag: true\nname: [b]\nlimits: {x: 1, x: 2}"),
              ElementsAre("3:1 name: duplicate key; the first one is at 1:1", "3:7 name: want text, got a list",
                          "4:16 limits.x: duplicate key; the first one is at 4:10"));
}

TEST(DecodeMessage, KeepsTheFirstOfDuplicateKeys) {
  Sample sample;
  DecodeMessage("tags: [a]\ntags: [b]\n", DecodeOptions(), &sample);
  EXPECT_THAT(sample.tags(), ElementsAre("a"));
}

TEST(DecodeMessage, ReportsASecondMemberOfAOneof) {
  EXPECT_THAT(ProblemsOf("left: a\nright: {name: 1, flag: 2}\n"),
              ElementsAre("2:1 right: only one choice is possible, and \"left\" is already given at 1:1",
                          "2:24 right.flag: want true or false, got \"2\""));
}

TEST(DecodeMessage, ReportsValuesOfAnotherKind) {
  EXPECT_THAT(
      ProblemsOf("name: {a: b}\n"
                 "tags: a\n"
                 "child: [1]\n"
                 "children: {name: a}\n"
                 "limits: 3\n"
                 "flag: []\n"
                 "price: {currency_code: USD, minor_units: 5}\n"
                 "prices: [1.00 USD, [2.00 USD]]\n"),
      ElementsAre("1:7 name: want text, got a map", "2:7 tags: want a list such as [a, b], got \"a\"",
                  "3:8 child: want a map of keys and values, got a list",
                  "4:11 children: want a list such as [a, b], got a map",
                  "5:9 limits: want a map of keys and values, got \"3\"", "6:7 flag: want true or false, got a list",
                  "7:8 price: want an amount such as 49.90 USD, got a map",
                  "8:20 prices[1]: want an amount such as 49.90 USD, got a list"));
  EXPECT_THAT(ProblemsOf("- name: a"), ElementsAre("1:1 : want a map of keys and values, got a list"));
  EXPECT_THAT(ProblemsOf("just text"), ElementsAre("1:1 : want a map of keys and values, got \"just text\""));
}

TEST(DecodeMessage, ReportsKeysWithoutValueAtTheKey) {
  EXPECT_THAT(ProblemsOf("name:\ntags: ~\nchild: # nothing\nflag: true\n"),
              ElementsAre("1:1 name: has no value: want text, or take it away",
                          "2:1 tags: has no value: want a list such as [a, b], or take it away",
                          "3:1 child: has no value: want a map of keys and values, or take it away"));
}

TEST(DecodeMessage, ReportsListItemsWithoutValueAtTheirDash) {
  EXPECT_THAT(ProblemsOf("tags:\n- a\n-\n  # - no dash\n\n- b\n- ~\n-\nname: x\n"),
              ElementsAre("3:1 tags[1]: has no value: want text, or take it away",
                          "7:3 tags[3]: has no value: want text, or take it away",
                          "8:1 tags[4]: has no value: want text, or take it away"));
  EXPECT_THAT(ProblemsOf("tags:\n-\nname: null-like\n"), ElementsAre(StartsWith("2:1 tags[0]: has no value")));
}

TEST(DecodeMessage, RefusesAliasesSoThatNothingGrows) {
  EXPECT_THAT(
      ProblemsOf("tags: &t [a]\nchild:\n  tags: *t\n"),
      ElementsAre("3:9 child.tags: aliases (*name) are not accepted: write the value out, and a text that begins "
                  "with * in quotes"));
  std::string bomb = "name: a\nchildren:\n- &x0 {name: a}\n";
  for (int i = 1; i < 30; ++i) absl::StrAppend(&bomb, "- &x", i, " {children: [*x", i - 1, ", *x", i - 1, "]}\n");
  EXPECT_THAT(ProblemsOf(bomb), SizeIs(58));
}

TEST(DecodeMessage, RefusesTagsAndKeysThatAreNoText) {
  EXPECT_THAT(ProblemsOf("name: !!str a\ntags: !x [a]\n"),
              ElementsAre(HasSubstr(" name: tags (!name) are not accepted"), HasSubstr(" tags: tags (!name) are not")));
  EXPECT_THAT(ProblemsOf("? [a]\n: b\n"), ElementsAre(HasSubstr("a key must be text")));
}

TEST(DecodeMessage, RefusesASecondDocument) {
  EXPECT_THAT(ProblemsOf("name: a\n---\nname: b\n"),
              ElementsAre("2:1 : a second document begins here (\"---\"): write one document per file"));
}

TEST(DecodeMessage, ReportsWhatPrecedesASyntaxErrorToo) {
  Sample sample;
  const Decoded decoded = DecodeMessage("nmae: a\nflag: yes\nname: a: b\nnever: read\n", DecodeOptions(), &sample);
  EXPECT_THAT(ToTexts(decoded),
              ElementsAre(StartsWith("1:1 nmae: unknown key"), "2:7 flag: want true or false, got \"yes\"",
                          StartsWith("3:8 : not valid YAML from here on: ")));
  EXPECT_FALSE(decoded.whole());
}

TEST(DecodeMessage, RefusesQuotedTextOverALineBreakAtItsQuote) {
  constexpr absl::string_view kUnclosed = "the quote that opens here is not closed on its line: close it, or write";
  const std::vector<std::pair<std::string, std::string>> texts = {
      {"name: \"a\ntags: [x]\nchild: {name: b\"}\n", "1:7 : "},  // closed far behind
      {"name: 'a\ntags: [x]\nchild: {name: b'}\n", "1:7 : "},
      {"flag: true\nname: \"a\ntags: [x]\n", "2:7 : "},  // never closed
      {"tags: ['it''s', 'a, b]\nname: x\n", "1:17 : "},
      {"tags: [\"a\\\"\", \"b\\\\\", \"c\\\n  d\"]\n", "1:22 : "},
      {"name: &x  'a\n\n  b'\n", "1:11 : "},
      {"? 'name\n  x'\n: a\n", "1:3 : "},
      {"name: \"a", "1:7 : "},
      {"name: \"a\n---\nflag: true\n", "1:7 : "},
      {"tags: [夏, \"a\r\n b\"]\r\n", "1:11 : "},
  };
  for (const auto& [text, place] : texts) {
    EXPECT_THAT(ProblemsOf(text), ElementsAre(StartsWith(absl::StrCat(place, kUnclosed)))) << text;
  }
  Sample sample;
  EXPECT_FALSE(DecodeMessage("tags: [a]\nname: 'a\n b'\nflag: true\n", DecodeOptions(), &sample).whole());
  EXPECT_THAT(sample.tags(), ElementsAre("a"));
}

TEST(DecodeMessage, TakesQuotesWithinALineAndTextOfSeveralLinesWithout) {
  EXPECT_EQ(DecodeSample("name: \"it's \\\"so\\\" \\n\"").name(), "it's \"so\" \n");
  EXPECT_EQ(DecodeSample("name: 'a ''\"'' b' # it's").name(), "a '\"' b");
  EXPECT_EQ(DecodeSample("name: it's\n  a 'b\n").name(), "it's a 'b");
  EXPECT_EQ(DecodeSample("name: >-\n  \"a\n  b\nflag: true\n").name(), "\"a b");
  EXPECT_EQ(DecodeSample("name: |\n  'a\n  b\n").name(), "'a\nb\n");
}

TEST(DecodeMessage, CountsColumnsInCharacters) {
  EXPECT_THAT(ProblemsOf("tags: [夏のセット, {a: b}]\n"), ElementsAre("1:15 tags[1]: want text, got a map"));
  EXPECT_THAT(ProblemsOf("\xEF\xBB\xBFname: []\r\nflag: x\r\n"),
              ElementsAre("1:7 name: want text, got a list", "2:7 flag: want true or false, got \"x\""));
}

TEST(DecodeMessage, RefusesControlCharactersAndWhatIsNotUtf8) {
  // yaml-cpp takes U+0004 for the end of the text.
  EXPECT_THAT(ProblemsOf(absl::string_view("name: a\n\x04nmae: b\n", 16)),
              ElementsAre(StartsWith("2:1 : control character U+0004")));
  EXPECT_THAT(ProblemsOf(absl::string_view("name: \0", 7)), ElementsAre(StartsWith("1:7 : control character U+0000")));
  for (const char* bad : {"\xFF", "\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE3\x81", "\x80"}) {
    EXPECT_THAT(ProblemsOf(absl::StrCat("name: ", bad)), ElementsAre(HasSubstr("1:7 : byte 0x"))) << bad;
  }
}

TEST(DecodeMessage, BoundsTheDepth) {
  std::string deep;
  for (int i = 0; i < 40; ++i) absl::StrAppend(&deep, "{child: ");
  deep += "{name: a}" + std::string(40, '}');
  EXPECT_THAT(ProblemsOf(deep), ElementsAre(HasSubstr("nested more than 32 deep")));
  DecodeOptions deeper;
  deeper.max_depth = 41;
  EXPECT_THAT(ProblemsOf(deep, deeper), IsEmpty());
  EXPECT_THAT(ProblemsOf(std::string(100'000, '[')),
              ElementsAre("0:0 : not readable: lists and maps are nested too deep"));
}

TEST(DecodeMessage, BoundsTheNumberOfNodes) {
  DecodeOptions options;
  options.max_nodes = 5;
  EXPECT_THAT(ProblemsOf("tags: [a, b]", options), IsEmpty());
  EXPECT_THAT(ProblemsOf("tags: [a, b, c]", options),
              ElementsAre("1:14 : more than 5 keys and values: split the file; the rest is not read"));
  EXPECT_THAT(ProblemsOf("[{[{[{", options),
              ElementsAre("0:0 : more than 5 lists and maps in brackets: split the file"));
}

TEST(DecodeMessage, BoundsTheNumberOfProblems) {
  DecodeOptions options;
  options.max_problems = 2;
  Sample sample;
  const Decoded decoded = DecodeMessage("a1: 1\na2: 1\na3: 1\na4: 1\n", options, &sample);
  EXPECT_THAT(ToTexts(decoded), ElementsAre(StartsWith("1:1 a1"), StartsWith("2:1 a2"),
                                            "0:0 : more than 2 problems: the rest is not listed"));
  EXPECT_FALSE(decoded.whole());
}

TEST(Decoded, TellsThePlaceOfWhatIsThereAndElseOfWhatIsAround) {
  Sample sample;
  const Decoded decoded = DecodeMessage("name: a\nchild:\n  tags: [x, y]\n", DecodeOptions(), &sample);
  EXPECT_EQ(decoded.PlaceOf("child.tags[1]"), (Place{3, 13}));
  EXPECT_EQ(decoded.PlaceOf("child.tags[2]"), (Place{3, 9}));
  EXPECT_EQ(decoded.PlaceOf("child.price"), (Place{3, 3}));
  EXPECT_EQ(decoded.PlaceOf("flag"), (Place{1, 1}));
  EXPECT_TRUE(decoded.Has("child.tags"));
  EXPECT_FALSE(decoded.Has("child.tags[2]"));
}

TEST(Decoded, TellsWhereProblemsAre) {
  Sample sample;
  const Decoded decoded =
      DecodeMessage("child:\n  tags: [x, [y]]\n  name: a\nright: {nmae: b}\n", DecodeOptions(), &sample);
  for (const char* path : {"", "child", "child.tags", "child.tags[1]", "right", "right.nmae"}) {
    EXPECT_TRUE(decoded.HasProblem(path)) << path;
  }
  for (const char* path : {"child.name", "child.tags[0]", "right.name"}) EXPECT_FALSE(decoded.HasProblem(path)) << path;
  EXPECT_TRUE(decoded.HasUnknownKey("right"));
  EXPECT_FALSE(decoded.HasUnknownKey("child"));
}

}  // namespace
}  // namespace awase::yaml
