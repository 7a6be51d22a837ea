#include "awase/serving/revision_store.h"

#include <string>
#include <utility>

#include "awase/base/files.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase::serving {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using testing::StatusIs;

Revision Rules(std::string revision, std::string content = "rules: []\n") {
  return {{.revision = std::move(revision),
           .author = "Tanaka",
           .published_by = "tanaka@shop",
           .comment = "for the summer\nagreed with purchasing",
           .published_at = absl::FromUnixSeconds(1'790'000'000),
           .rule_count = 3,
           .folder_signature = "folder",
           .folder_revision = "taken"},
          {{"a.yaml", std::move(content)}}};
}

RevisionStore Open(const testing::TempDir& dir) {
  absl::StatusOr<RevisionStore> store = RevisionStore::Open(dir.Join("store"));
  AWASE_EXPECT_OK(store.status());
  return store.ok() ? *std::move(store) : RevisionStore::InMemory();
}

TEST(RevisionStore, RemovesWhatAKilledProcessHadHalfWritten) {
  const testing::TempDir dir;
  AWASE_ASSERT_OK(Open(dir).Append(Rules("one")).status());
  dir.Write("store/000002.json.4711.tmp", "{");
  dir.Write("store/notes.tmp", "of somebody");
  EXPECT_THAT(Open(dir).revisions(), SizeIs(1));
  EXPECT_FALSE(PathExists(dir.Join("store/000002.json.4711.tmp")));
  EXPECT_TRUE(PathExists(dir.Join("store/000001.json")));
  EXPECT_TRUE(PathExists(dir.Join("store/notes.tmp")));
}

TEST(RevisionStore, KeepsEverythingThatWasSaid) {
  const testing::TempDir dir;
  {
    RevisionStore store = Open(dir);
    EXPECT_FALSE(store.newest().has_value());
    AWASE_ASSERT_OK(store.Append(Rules("one", "rules: []  # päivää\n")).status());
    Revision back = Rules("two");
    back.info.source = RevisionInfo::Source::kRolledBack;
    back.info.restored = 1;
    AWASE_ASSERT_OK_AND_ASSIGN(const RevisionInfo info, store.Append(std::move(back)));
    EXPECT_EQ(info.number, 2U);
  }
  const RevisionStore store = Open(dir);
  ASSERT_THAT(store.revisions(), SizeIs(2));
  EXPECT_THAT(store.problems(), IsEmpty());
  AWASE_ASSERT_OK_AND_ASSIGN(const Revision first, store.Read(1));
  EXPECT_EQ(first.info.revision, "one");
  EXPECT_EQ(first.info.author, "Tanaka");
  EXPECT_EQ(first.info.published_by, "tanaka@shop");
  EXPECT_EQ(first.info.comment, "for the summer\nagreed with purchasing");
  EXPECT_EQ(first.info.published_at, absl::FromUnixSeconds(1'790'000'000));
  EXPECT_EQ(first.info.rule_count, 3U);
  EXPECT_EQ(first.info.folder_signature, "folder");
  EXPECT_EQ(first.info.folder_revision, "taken");
  ASSERT_THAT(first.files, SizeIs(1));
  EXPECT_EQ(first.files[0].name, "a.yaml");
  EXPECT_EQ(first.files[0].content, "rules: []  # päivää\n");
  EXPECT_EQ(store.newest()->source, RevisionInfo::Source::kRolledBack);
  EXPECT_EQ(store.newest()->restored, 1U);
}

TEST(RevisionStore, FindsByRevisionAndByNumber) {
  const testing::TempDir dir;
  RevisionStore store = Open(dir);
  for (const char* revision : {"one", "two", "one"}) AWASE_ASSERT_OK(store.Append(Rules(revision)).status());
  EXPECT_EQ(store.Find("one")->info.number, 3U) << "the newest of several";
  EXPECT_EQ(store.Find("#1")->info.number, 1U);
  EXPECT_EQ(store.Find("1")->info.number, 1U) << "a shell takes #1 for a comment";
  EXPECT_THAT(store.Find("#4"), StatusIs(absl::StatusCode::kNotFound, HasSubstr("#4")));
  EXPECT_THAT(store.Find("#"), StatusIs(absl::StatusCode::kNotFound, HasSubstr("ListRevisions")));
}

TEST(RevisionStore, HasTheNewestBelowANumber) {
  RevisionStore store = RevisionStore::InMemory();
  for (int i = 0; i < 5; ++i) AWASE_ASSERT_OK(store.Append({}).status());
  const auto numbers = [&store](std::uint64_t below, std::size_t most) {
    std::vector<std::uint64_t> found;
    for (const RevisionInfo& info : store.NewestBelow(below, most)) found.push_back(info.number);
    return found;
  };
  EXPECT_THAT(numbers(1000, 2), ElementsAre(5, 4));
  EXPECT_THAT(numbers(4, 10), ElementsAre(3, 2, 1));
  EXPECT_THAT(numbers(1, 10), IsEmpty());
}

TEST(RevisionStore, IsOfOneProcessAtATime) {
  const testing::TempDir dir;
  const RevisionStore store = Open(dir);
  EXPECT_THAT(RevisionStore::Open(dir.Join("store")),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr("another server")));
}

TEST(RevisionStore, PassesOverWhatIsBrokenAndNamesIt) {
  const testing::TempDir dir;
  {
    RevisionStore store = Open(dir);
    for (const char* revision : {"one", "two", "three", "four"})
      AWASE_ASSERT_OK(store.Append(Rules(revision)).status());
  }
  AWASE_ASSERT_OK_AND_ASSIGN(std::string changed, ReadFile(dir.Join("store/000002.json")));
  changed.replace(changed.find("Tanaka"), 6, "Suzuki");
  dir.Write("store/000002.json", changed);
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string third, ReadFile(dir.Join("store/000003.json")));
  dir.Write("store/000003.json", third.substr(0, third.size() / 2));
  dir.Write("store/000004.json", third);
  dir.Write("store/000005.json.17.tmp", "half");
  RevisionStore store = Open(dir);
  ASSERT_THAT(store.revisions(), SizeIs(1));
  EXPECT_THAT(store.problems(), ElementsAre(HasSubstr("000002.json: its content does not have its checksum"),
                                            HasSubstr("000003.json: no record of rules"),
                                            HasSubstr("000004.json: is the record of number 3")));
  AWASE_ASSERT_OK_AND_ASSIGN(const RevisionInfo next, store.Append(Rules("five")));
  EXPECT_EQ(next.number, 5U) << "numbers are not used again";
}

TEST(RevisionStore, PassesOverNamesThatItDoesNotWrite) {
  const testing::TempDir dir;
  {
    RevisionStore store = Open(dir);
    AWASE_ASSERT_OK(store.Append(Rules("one")).status());
  }
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string first, ReadFile(dir.Join("store/000001.json")));
  for (const char* name : {"1.json", "+1.json", "18446744073709551615.json", "000000.json", "notes.txt"}) {
    dir.Write(std::string("store/") + name, first);
  }
  RevisionStore store = Open(dir);
  EXPECT_THAT(store.revisions(), SizeIs(1));
  EXPECT_THAT(store.problems(), IsEmpty());
  EXPECT_EQ(store.Append(Rules("two"))->number, 2U);
}

TEST(RevisionStore, ARecordOfAnyDepthIsBroken) {
  const testing::TempDir dir;
  AWASE_ASSERT_OK(MakeDirectories(dir.Join("store")));
  dir.Write("store/000001.json",
            R"({"format":1,"sha256":"","rules":)" + std::string(1'000'000, '[') + std::string(1'000'000, ']') + "}");
  EXPECT_THAT(Open(dir).problems(), ElementsAre(HasSubstr("000001.json")));
}

TEST(RevisionStore, TakesNoControlCharactersAndNoNovels) {
  RevisionStore store = RevisionStore::InMemory();
  Revision revision = Rules("one");
  revision.info.author = "a\nb";
  EXPECT_THAT(store.Append(revision), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("author")));
  revision.info.author = std::string(201, 'x');
  EXPECT_THAT(store.Append(revision), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("at most 200")));
  revision.info.author = "Tanaka";
  revision.info.comment = "\x1b[31m";
  EXPECT_THAT(store.Append(revision), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("comment")));
  EXPECT_THAT(store.revisions(), IsEmpty());
}

TEST(RevisionStore, TakesNoOtherEncodings) {
  const testing::TempDir dir;
  RevisionStore store = Open(dir);
  EXPECT_THAT(store.Append(Rules("one", "rules: [] # \xe4\n")),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("UTF-8")));
  EXPECT_THAT(store.revisions(), IsEmpty());
}

TEST(RevisionStore, InMemoryKeepsTheNewest) {
  RevisionStore store = RevisionStore::InMemory();
  for (std::size_t i = 0; i < RevisionStore::kMostInMemory + 5; ++i) {
    AWASE_ASSERT_OK(store.Append(Rules("r" + std::to_string(i))).status());
  }
  EXPECT_THAT(store.revisions(), SizeIs(RevisionStore::kMostInMemory));
  EXPECT_EQ(store.newest()->number, RevisionStore::kMostInMemory + 5);
  EXPECT_EQ(store.Read(6)->info.revision, "r5");
  EXPECT_THAT(store.Read(5), StatusIs(absl::StatusCode::kNotFound));
}

TEST(RevisionStore, ACopyReadsWhatAnotherOneHoldsAndChangesNothing) {
  const testing::TempDir dir;
  RevisionStore store = Open(dir);
  AWASE_ASSERT_OK(store.Append(Rules("one")).status());
  AWASE_ASSERT_OK_AND_ASSIGN(RevisionStore copy, RevisionStore::OpenCopy(dir.Join("store")));
  AWASE_ASSERT_OK_AND_ASSIGN(const RevisionInfo info, copy.Append(Rules("two")));
  EXPECT_EQ(info.number, 2U);
  ASSERT_THAT(copy.revisions(), SizeIs(2));
  AWASE_ASSERT_OK_AND_ASSIGN(const Revision first, copy.Read(1));
  EXPECT_EQ(first.info.revision, "one");
  AWASE_ASSERT_OK_AND_ASSIGN(const Revision second, copy.Read(2));
  EXPECT_EQ(second.info.revision, "two");
  EXPECT_FALSE(PathExists(dir.Join("store/000002.json")));
  AWASE_ASSERT_OK_AND_ASSIGN(const RevisionStore none, RevisionStore::OpenCopy(dir.Join("none")));
  EXPECT_THAT(none.revisions(), IsEmpty());
  EXPECT_FALSE(PathExists(dir.Join("none")));
}

}  // namespace
}  // namespace awase::serving
