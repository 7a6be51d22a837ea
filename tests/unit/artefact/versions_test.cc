#include <filesystem>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "awase/artefact/model.h"
#include "awase/artefact/writer.h"
#include "awase/base/files.h"
#include "tests/testing/model_builder.h"
#include "tests/testing/small_artefact.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase::artefact {
namespace {

using ::awase::testing::StatusIs;
using ::awase::testing::TempDir;
using ::awase::testing::WriteSmallVersion;
using ::testing::HasSubstr;

TEST(ActivateVersion, MakesAVersionTheLiveOne) {
  TempDir dir;
  const std::string version = WriteSmallVersion(dir.path());
  EXPECT_THAT(Model::Open(dir.path()), StatusIs(absl::StatusCode::kNotFound, HasSubstr("awase models activate")));
  AWASE_ASSERT_OK(ActivateVersion(dir.path(), version));
  EXPECT_EQ(*ReadActiveVersion(dir.path()), version);
  AWASE_EXPECT_OK(Model::Open(dir.path()));
}

TEST(ActivateVersion, RefusesWhatIsNotThereOrBroken) {
  TempDir dir;
  const std::string version = WriteSmallVersion(dir.path());
  AWASE_ASSERT_OK(ActivateVersion(dir.path(), version));
  EXPECT_THAT(ActivateVersion(dir.path(), "../etc"), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("16 hex")));
  EXPECT_THAT(ActivateVersion(dir.path(), "0123456789abcdef"),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("models list")));
  AWASE_ASSERT_OK(MakeDirectories(dir.Join("00000000000000ff")));
  EXPECT_FALSE(ActivateVersion(dir.path(), "00000000000000ff").ok());
  EXPECT_EQ(*ReadActiveVersion(dir.path()), version) << "a broken version never displaces a good one";
}

TEST(ActivateVersion, RefusesAVersionUnderAnotherName) {
  TempDir dir;
  const std::string version = WriteSmallVersion(dir.path());
  AWASE_ASSERT_OK(RenamePath(dir.Join(version), dir.Join("00000000000000ff")));
  EXPECT_THAT(ActivateVersion(dir.path(), "00000000000000ff"),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("holds version " + version)));
}

// Versions with other products, so that their ids differ.
std::vector<std::string> WriteVersions(const std::string& model_dir, int count) {
  std::vector<std::string> versions;
  for (int i = 0; i < count; ++i) {
    testing::ModelBuilder builder;
    builder.Add(absl::StrCat("product-", i), 100);
    const auto model = builder.Build(model_dir);
    versions.push_back((*model)->version());
  }
  return versions;
}

TEST(RollBackVersion, UndoesOneActivationAfterTheOther) {
  TempDir dir;
  const std::vector<std::string> versions = WriteVersions(dir.path(), 4);
  for (std::size_t i = 0; i < 3; ++i) AWASE_ASSERT_OK(ActivateVersion(dir.path(), versions[i]));
  EXPECT_EQ(RollBackVersion(dir.path()).value_or("none"), versions[1]);
  EXPECT_EQ(*ReadActiveVersion(dir.path()), versions[1]);
  EXPECT_EQ(RollBackVersion(dir.path()).value_or("none"), versions[0]) << "not the one that was left";
  EXPECT_THAT(RollBackVersion(dir.path()),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("was active before " + versions[0])));
  AWASE_ASSERT_OK(ActivateVersion(dir.path(), versions[3]));
  EXPECT_EQ(RollBackVersion(dir.path()).value_or("none"), versions[0]);
}

TEST(RollBackVersion, ActivatingAVersionAgainIsNoStepBack) {
  TempDir dir;
  const std::vector<std::string> versions = WriteVersions(dir.path(), 2);
  for (const std::size_t i : {0, 1, 1, 0, 1}) AWASE_ASSERT_OK(ActivateVersion(dir.path(), versions[i]));
  EXPECT_EQ(RollBackVersion(dir.path()).value_or("none"), versions[0]);
  EXPECT_THAT(RollBackVersion(dir.path()), StatusIs(absl::StatusCode::kNotFound));
}

TEST(RollBackVersion, PassesOverWhatIsGoneAndRefusesWhatIsBroken) {
  TempDir dir;
  const std::vector<std::string> versions = WriteVersions(dir.path(), 3);
  for (const std::string& version : versions) AWASE_ASSERT_OK(ActivateVersion(dir.path(), version));
  AWASE_ASSERT_OK(RemoveTree(dir.Join(versions[1])));
  dir.Write(versions[0] + "/manifest.json", "{}");
  EXPECT_THAT(RollBackVersion(dir.path()), StatusIs(absl::StatusCode::kDataLoss, HasSubstr(versions[0])));
  EXPECT_EQ(*ReadActiveVersion(dir.path()), versions[2]) << "a broken version never displaces a good one";
}

TEST(RollBackVersion, KnowsWhatReplacedActiveWithoutIt) {
  TempDir dir;
  const std::vector<std::string> versions = WriteVersions(dir.path(), 2);
  AWASE_ASSERT_OK(ActivateVersion(dir.path(), versions[0]));
  dir.Write("ACTIVE", versions[1] + "\n");
  EXPECT_EQ(RollBackVersion(dir.path()).value_or("none"), versions[0]);
}

TEST(RollBackVersion, KnowsTheVersionsBeforeTheFirstLine) {
  TempDir dir;
  const std::vector<std::string> versions = WriteVersions(dir.path(), 3);
  dir.Write("ACTIVE", versions[0] + "\n");  // by a program that wrote nothing down
  AWASE_ASSERT_OK(ActivateVersion(dir.path(), versions[1]));
  dir.Write("ACTIVE", versions[2] + "\n");
  AWASE_ASSERT_OK(ActivateVersion(dir.path(), versions[1]));
  EXPECT_EQ(RollBackVersion(dir.path()).value_or("none"), versions[2]);
  EXPECT_EQ(RollBackVersion(dir.path()).value_or("none"), versions[0]);
}

TEST(ActivateVersion, IsReadByOthersAsActiveIs) {
  TempDir dir;
  const std::vector<std::string> versions = WriteVersions(dir.path(), 1);
  AWASE_ASSERT_OK(ActivateVersion(dir.path(), versions[0]));
  using std::filesystem::status;
  EXPECT_EQ(status(dir.Join("ACTIVATIONS")).permissions(), status(dir.Join("ACTIVE")).permissions());
}

TEST(ActivateVersion, ThatCannotBeWrittenDownChangesNothing) {
  TempDir dir;
  const std::vector<std::string> versions = WriteVersions(dir.path(), 2);
  AWASE_ASSERT_OK(ActivateVersion(dir.path(), versions[0]));
  AWASE_ASSERT_OK(RemoveTree(dir.Join("ACTIVATIONS")));
  AWASE_ASSERT_OK(MakeDirectories(dir.Join("ACTIVATIONS")));
  EXPECT_FALSE(ActivateVersion(dir.path(), versions[1]).ok());
  EXPECT_EQ(*ReadActiveVersion(dir.path()), versions[0]);
}

TEST(RollBackVersion, PassesOverLinesThatAreTorn) {
  TempDir dir;
  const std::vector<std::string> versions = WriteVersions(dir.path(), 2);
  AWASE_ASSERT_OK(ActivateVersion(dir.path(), versions[0]));
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string lines, ReadFile(dir.Join("ACTIVATIONS")));
  dir.Write("ACTIVATIONS", "2026-11-23T16:5\n" + lines + "2026-11-23T17:00:00Z ../../etc activated\n");
  AWASE_ASSERT_OK(ActivateVersion(dir.path(), versions[1]));
  EXPECT_EQ(RollBackVersion(dir.path()).value_or("none"), versions[0]);
}

TEST(ReadActiveVersion, RefusesWhatIsNoVersion) {
  TempDir dir;
  dir.Write("ACTIVE", "../../elsewhere\n");
  EXPECT_THAT(ReadActiveVersion(dir.path()), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("ACTIVE")));
  EXPECT_THAT(Model::Open(dir.Join("none")),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("no such model directory")));
}

TEST(ListVersions, ShowsAllWithTheirState) {
  TempDir dir;
  const std::string version = WriteSmallVersion(dir.path());
  dir.Write("00000000000000ff/manifest.json", "not json");
  dir.Write("notes.txt", "");
  AWASE_ASSERT_OK(ActivateVersion(dir.path(), version));
  AWASE_ASSERT_OK_AND_ASSIGN(const auto versions, ListVersions(dir.path()));
  ASSERT_EQ(versions.size(), 2u);
  EXPECT_EQ(versions[0].version, version);
  EXPECT_TRUE(versions[0].active);
  EXPECT_EQ(versions[0].problem, "");
  EXPECT_FALSE(versions[1].active);
  EXPECT_THAT(versions[1].problem, HasSubstr("manifest.json"));
  EXPECT_THAT(ListVersions(dir.Join("none")), StatusIs(absl::StatusCode::kNotFound));
}

}  // namespace
}  // namespace awase::artefact
