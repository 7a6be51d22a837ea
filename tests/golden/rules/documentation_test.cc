// The examples of docs/rules.md: those marked "yaml" load without a word, those marked "yaml broken" or "yaml warned"
// give exactly the report in the block that follows.

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "awase/base/files.h"
#include "awase/rules/load_rules.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"

namespace awase::rules {
namespace {

struct Block {
  std::string kind;  // what stands behind the fence
  std::string text;
};

std::vector<Block> ReadBlocks() {
  const absl::StatusOr<std::string> page = ReadFile(AWASE_SOURCE_DIR "/docs/rules.md");
  EXPECT_THAT(page, testing::IsOk());
  std::vector<Block> blocks;
  bool inside = false;
  for (const absl::string_view line : absl::StrSplit(page.value_or(""), '\n')) {
    if (absl::StartsWith(line, "```")) {
      inside = !inside;
      if (inside) blocks.push_back({std::string(line.substr(3)), ""});
    } else if (inside) {
      absl::StrAppend(&blocks.back().text, line, "\n");
    }
  }
  EXPECT_FALSE(inside) << "a fence is not closed";
  return blocks;
}

std::string ReportOf(const std::vector<RuleFile>& files) {
  std::string report;
  for (const Diagnostic& diagnostic : LoadRules(files, nullptr).diagnostics) {
    absl::StrAppend(&report, diagnostic.ToString(), "\n");
  }
  return report;
}

TEST(RulesPage, ExamplesLoadWithoutAWordEachAndTogether) {
  std::vector<RuleFile> all;
  for (const Block& block : ReadBlocks()) {
    if (block.kind != "yaml") continue;
    EXPECT_EQ(ReportOf({{"rules.yaml", block.text}}), "") << block.text;
    all.push_back({absl::StrCat(all.size(), ".yaml"), block.text});
  }
  EXPECT_EQ(all.size(), 20U);
  EXPECT_EQ(ReportOf(all), "");
}

TEST(RulesPage, BrokenExamplesGiveTheReportsShown) {
  const std::vector<Block> blocks = ReadBlocks();
  int examples = 0;
  for (std::size_t i = 0; i + 1 < blocks.size(); ++i) {
    if (blocks[i].kind != "yaml broken" && blocks[i].kind != "yaml warned") continue;
    ++examples;
    ASSERT_EQ(blocks[i + 1].kind, "text");
    EXPECT_EQ(ReportOf({{"rules.yaml", blocks[i].text}}), blocks[i + 1].text);
    const bool serves = LoadRules(std::vector<RuleFile>{{"rules.yaml", blocks[i].text}}, nullptr).rules != nullptr;
    EXPECT_EQ(serves, blocks[i].kind == "yaml warned");
  }
  EXPECT_EQ(examples, 4);
}

}  // namespace
}  // namespace awase::rules
