#include <sys/stat.h>  // mkfifo

#include <cerrno>
#include <filesystem>
#include <string>
#include <vector>

#include "awase/base/files.h"
#include "awase/rules/load_rules.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase::rules {
namespace {

using ::awase::testing::StatusIs;
using ::awase::testing::TempDir;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::string> NamesIn(const std::string& folder) {
  const absl::StatusOr<std::vector<RuleFile>> files = ReadRuleFolder(folder);
  EXPECT_THAT(files, testing::IsOk());
  std::vector<std::string> names;
  if (files.ok()) {
    for (const RuleFile& file : *files) names.push_back(file.name);
  }
  return names;
}

TEST(ReadRuleFolder, ReadsYamlFilesByName) {
  const TempDir folder;
  folder.Write("b.yaml", "two");
  folder.Write("a.yml", "one");
  folder.Write("B.yaml", "three");
  AWASE_ASSERT_OK_AND_ASSIGN(const std::vector<RuleFile> files, ReadRuleFolder(folder.path()));
  ASSERT_EQ(files.size(), 3U);
  EXPECT_EQ(files[0].name, "B.yaml");
  EXPECT_EQ(files[1].name, "a.yml");
  EXPECT_EQ(files[1].content, "one");
  EXPECT_EQ(files[2].name, "b.yaml");
}

TEST(ReadRuleFolder, PassesOverHiddenFilesBackupsAndFolders) {
  const TempDir folder;
  for (const char* name :
       {".a.yaml", ".a.yaml.swp", ".#a.yaml", "#a.yaml#", "a.yaml~", "a.yaml.bak", "README.md", "yaml", "old/a.yaml"}) {
    folder.Write(name, "rules: []");
  }
  EXPECT_THAT(NamesIn(folder.path()), IsEmpty());
}

TEST(ReadRuleFolder, FollowsSymbolicLinksAsInAConfigMap) {
  const TempDir folder;
  folder.Write("..2026_07_01/summer.yaml", "rules: []");
  std::filesystem::create_symlink("..2026_07_01", folder.Join("..data"));
  std::filesystem::create_symlink("..data/summer.yaml", folder.Join("summer.yaml"));
  EXPECT_THAT(NamesIn(folder.path()), ElementsAre("summer.yaml"));
  const TempDir elsewhere;
  std::filesystem::create_directory_symlink(folder.path(), elsewhere.Join("rules"));
  EXPECT_THAT(NamesIn(elsewhere.Join("rules")), ElementsAre("summer.yaml"));
}

TEST(ReadRuleFolder, AFolderThatIsNotThereIsNotFoundAndSaysWhatToDo) {
  const TempDir folder;
  EXPECT_THAT(ReadRuleFolder(folder.Join("nowhere")),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("nowhere: no such folder of rules")));
}

TEST(ReadSomeRules, RefusesAFolderWithoutRuleFiles) {
  const TempDir folder;
  folder.Write("RULES.YAML", "");
  EXPECT_THAT(ReadSomeRules(folder.path()),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("no *.yaml or *.yml in it")));
  folder.Write("a.yaml", "");
  EXPECT_THAT(ReadSomeRules(folder.path()), ::awase::testing::IsOk());
}

TEST(ReadRuleFolder, AFileIsNoFolder) {
  const TempDir folder;
  const std::string file = folder.Write("a.yaml", "");
  EXPECT_THAT(ReadRuleFolder(file), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("is no folder")));
}

TEST(ReadRuleFolder, AFolderOrPipeNamedLikeAFileIsNoFile) {
  const TempDir with_folder;
  with_folder.Write("a.yaml/inner", "");
  EXPECT_THAT(ReadRuleFolder(with_folder.path()),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("a.yaml: is no file")));
  const TempDir with_pipe;
  ASSERT_EQ(mkfifo(with_pipe.Join("a.yaml").c_str(), 0600), 0);
  EXPECT_THAT(ReadRuleFolder(with_pipe.path()),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("a.yaml: is no file")));
}

TEST(ReadRuleFolder, ALinkToNothingIsUnavailable) {
  const TempDir folder;
  std::filesystem::create_symlink("gone", folder.Join("a.yaml"));
  EXPECT_THAT(ReadRuleFolder(folder.path()), StatusIs(absl::StatusCode::kUnavailable, HasSubstr("a.yaml: went away")));
}

TEST(ReadRuleFolder, RefusesFilesOver4MiB) {
  const TempDir folder;
  folder.Write("a.yaml", std::string(kMaxRuleFileBytes, '#'));
  EXPECT_THAT(NamesIn(folder.path()), ElementsAre("a.yaml"));
  folder.Write("a.yaml", std::string(kMaxRuleFileBytes + 1, '#'));
  EXPECT_THAT(ReadRuleFolder(folder.path()),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("a.yaml: is larger than 4 MiB")));
}

TEST(ReadRuleFolder, WritesNamesSoThatMessagesCanCarryThem) {
  const TempDir folder;
  folder.Write("caf\xE9\n.yaml", "rules: 1");
  folder.Write("caf\xC3\xA9.yaml", "rules: []");
  AWASE_ASSERT_OK_AND_ASSIGN(const std::vector<RuleFile> files, ReadRuleFolder(folder.path()));
  ASSERT_EQ(files.size(), 2U);
  EXPECT_EQ(files[0].name, "caf\xC3\xA9.yaml");
  EXPECT_EQ(files[1].name, "caf\\xe9\\x0a.yaml");
  EXPECT_EQ(LoadRules(files, nullptr).diagnostics.at(0).file, files[1].name);
}

TEST(ReadRuleFolder, AnythingElseIsReportedAsTheSystemSays) {
  const TempDir folder;
  std::filesystem::create_symlink("a.yaml", folder.Join("a.yaml"));
  const absl::StatusOr<std::vector<RuleFile>> files = ReadRuleFolder(folder.path());
  EXPECT_EQ(files.status().code(), absl::ErrnoToStatusCode(ELOOP));
  EXPECT_THAT(std::string(files.status().message()), HasSubstr("a.yaml"));
}

}  // namespace
}  // namespace awase::rules
