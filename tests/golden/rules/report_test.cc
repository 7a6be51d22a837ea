// The report of a file full of mistakes: its text is pinned, and its places are checked against the file by another
// way. AWASE_APPROVE=1 in the environment rewrites the pinned text; review the difference.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "awase/base/files.h"
#include "awase/rules/load_rules.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"

namespace awase::rules {
namespace {

constexpr char kFolder[] = AWASE_SOURCE_DIR "/tests/golden/rules/";

std::vector<Diagnostic> LoadManyErrors(std::string* text) {
  const absl::StatusOr<std::string> content = ReadFile(absl::StrCat(kFolder, "many_errors.yaml"));
  EXPECT_THAT(content, testing::IsOk());
  *text = content.value_or("");
  const RuleFile file = {"many_errors.yaml", *text};
  const LoadResult result = LoadRules({&file, 1}, nullptr);
  EXPECT_EQ(result.rules, nullptr);
  return result.diagnostics;
}

TEST(Report, OfManyErrorsIsAsPinned) {
  std::string text;
  std::string report;
  for (const Diagnostic& diagnostic : LoadManyErrors(&text)) absl::StrAppend(&report, diagnostic.ToString(), "\n");
  const std::string pinned = absl::StrCat(kFolder, "many_errors.txt");
  if (std::getenv("AWASE_APPROVE") != nullptr) {
    AWASE_ASSERT_OK(WriteFile(pinned, report));
  }
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string expected, ReadFile(pinned));
  EXPECT_EQ(report, expected);
}

// Where `mark` begins in `text`, behind `after`: line and column in characters, both from 1.
std::pair<std::uint32_t, std::uint32_t> Find(const std::string& text, const std::string& after,
                                             const std::string& mark) {
  const std::size_t offset = text.find(mark, text.find(after));
  EXPECT_NE(offset, std::string::npos) << after << " … " << mark;
  std::pair<std::uint32_t, std::uint32_t> place = {1, 1};
  for (std::size_t i = 0; i < offset; ++i) {
    if (text[i] == '\n') {
      ++place.first;
      place.second = 1;
    } else if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) {
      ++place.second;
    }
  }
  return place;
}

TEST(Report, PointsAtExactlyWhatIsWrong) {
  struct Mistake {
    std::string path, after, mark;
  };
  const std::vector<Mistake> mistakes = {
      {"rules[0].id", "id: summer", "summer set"},
      {"rules[0].priority", "priority:", "1001"},
      {"rules[0].placements[1]", "placements:", "Cart"},
      {"rules[0].until", "until:", "2026-07-01"},
      {"rules[0].bundle.products", "products:", "[A]"},
      {"rules[0].bundle.anchor", "anchor:", "Z"},
      {"rules[0].bundle.price", "price:", "49.905"},
      {"rules[1].id", "夏のセット", "夏"},
      {"rules[1].prioritty", "prioritty", "prioritty"},
      {"rules[1].hide.products", "hide:", "[]"},
      {"rules[1].hide.anchors[2]", "anchors:", "{id"},
      {"rules[2].from", "- id: window", "from: tomorrow"},
      {"rules[2].from", "- id: window", "tomorrow"},
      {"rules[2].pin.product", "pin: {product: \"", "\"\""},
      {"rules[2].pin.slot", "slot: top", "top"},
      {"rules[2].pin.position", "position: 51", "51"},
      {"rules[3].id", "51}", "window"},
      {"rules[3].description", "51}", "description"},
      {"rules[3].pin", "[D]", "pin"},
      {"rules[3].pin.position", "[D]", "\"2\""},
      {"rules[4]", "\"2\"", "placements: []"},
      {"rules[4]", "\"2\"", "placements: []"},
      {"rules[4].placements", "\"2\"", "[]"},
  };
  std::string text;
  const std::vector<Diagnostic> diagnostics = LoadManyErrors(&text);
  ASSERT_EQ(diagnostics.size(), mistakes.size());
  for (std::size_t i = 0; i < mistakes.size(); ++i) {
    EXPECT_EQ(diagnostics[i].path, mistakes[i].path) << diagnostics[i].ToString();
    EXPECT_EQ(std::make_pair(diagnostics[i].line, diagnostics[i].column),
              Find(text, mistakes[i].after, mistakes[i].mark))
        << diagnostics[i].ToString();
  }
}

}  // namespace
}  // namespace awase::rules
