#include "awase/serving/file_exposure_store.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "awase/base/files.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase::serving {
namespace {

using ::awase::engine::Exposure;
using ::awase::engine::ExposureEvent;
using ::awase::engine::Intent;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::IsOk;
using ::testing::Not;
using ::testing::SizeIs;
using testing::StatusIs;

const absl::Time kNow = absl::FromUnixSeconds(1'780'000'000);

class FileExposureStoreTest : public ::testing::Test {
 protected:
  std::unique_ptr<FileExposureStore> Open() {
    FileExposureStore::Options options = options_;
    options.directory = Folder();
    options.now = [this] { return kNow + absl::Seconds(later_seconds_.load()); };
    options.warn = [this](const std::string& sentence) { warnings_.push_back(sentence); };
    auto store = FileExposureStore::Open(std::move(options));
    EXPECT_THAT(store, IsOk());
    return store.ok() ? *std::move(store) : nullptr;
  }
  std::string Folder() const { return JoinPath(temp_dir_.path(), "exposures"); }
  std::string LogPath() const { return JoinPath(Folder(), "log"); }

  static Exposure Shown(const std::string& product, absl::Time time = kNow) {
    return {product, Intent::kUpSell, ExposureEvent::kShown, time};
  }
  // Adds to what the customer has.
  static void Add(FileExposureStore& store, const std::string& customer, const Exposure& exposure) {
    AWASE_ASSERT_OK_AND_ASSIGN(const CustomerHistory history, store.Read(customer, kNow));
    AWASE_EXPECT_OK(store.Commit(customer, history.version, {exposure}));
  }
  static std::vector<Exposure> Of(FileExposureStore& store, const std::string& customer) {
    const auto history = store.Read(customer, kNow);
    return history.ok() ? history->exposures : std::vector<Exposure>();
  }

  testing::TempDir temp_dir_;
  FileExposureStore::Options options_;
  std::atomic<int> later_seconds_{0};  // than kNow; also the thread that rewrites asks
  std::vector<std::string> warnings_;
};

TEST_F(FileExposureStoreTest, KeepsWhatWasCommittedOverARestart) {
  const Exposure dismissed = {"b", std::nullopt, ExposureEvent::kBought, kNow - absl::Nanoseconds(1)};
  {
    const auto store = Open();
    EXPECT_THAT(Of(*store, "anna"), IsEmpty());
    AWASE_EXPECT_OK(store->Commit("anna", 0, {Shown("a"), dismissed}));
    Add(*store, "anna", Shown("c"));
    Add(*store, "ben", Shown("d"));
  }
  const auto store = Open();
  EXPECT_THAT(Of(*store, "anna"), ElementsAre(Shown("a"), dismissed, Shown("c")));
  EXPECT_THAT(Of(*store, "ben"), ElementsAre(Shown("d")));
  EXPECT_EQ(store->stats().customers, 2U);
  EXPECT_THAT(warnings_, IsEmpty());
}

TEST_F(FileExposureStoreTest, CommitsOnlyToTheStateThatWasRead) {
  const auto store = Open();
  AWASE_EXPECT_OK(store->Commit("anna", 0, {Shown("a")}));
  EXPECT_THAT(store->Commit("anna", 0, {Shown("b")}), StatusIs(absl::StatusCode::kAborted));
  AWASE_ASSERT_OK_AND_ASSIGN(const CustomerHistory history, store->Read("anna", kNow));
  AWASE_EXPECT_OK(store->Commit("anna", history.version, {Shown("c")}));
  EXPECT_THAT(store->Commit("anna", history.version, {Shown("d")}), StatusIs(absl::StatusCode::kAborted));
  EXPECT_THAT(Of(*store, "anna"), ElementsAre(Shown("a"), Shown("c")));
}

TEST_F(FileExposureStoreTest, HasNoIdsOfCustomersAndAKeyForItsOwnerAlone) {
  Add(*Open(), "anna@example.com", Shown("a"));
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string log, ReadFile(LogPath()));
  EXPECT_THAT(log, Not(HasSubstr("anna")));
  for (const char* name : {"key", "log"}) {
    struct stat status = {};
    ASSERT_EQ(stat(JoinPath(Folder(), name).c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600U) << name;
  }
}

TEST_F(FileExposureStoreTest, WhatIsErasedIsGoneFromTheLogToo) {
  {
    const auto store = Open();
    Add(*store, "anna", Shown("only-of-anna"));
    Add(*store, "ben", Shown("b"));
    AWASE_EXPECT_OK(store->Erase("anna"));
    AWASE_EXPECT_OK(store->Erase("nobody"));
    EXPECT_THAT(Of(*store, "anna"), IsEmpty());
    Add(*store, "ben", Shown("c"));
  }
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string log, ReadFile(LogPath()));
  EXPECT_THAT(log, Not(HasSubstr("only-of-anna")));
  const auto store = Open();
  EXPECT_THAT(Of(*store, "anna"), IsEmpty());
  EXPECT_THAT(Of(*store, "ben"), ElementsAre(Shown("b"), Shown("c")));
}

TEST_F(FileExposureStoreTest, CutsOffWhatIsNoWholeEntry) {
  {
    const auto store = Open();
    Add(*store, "anna", Shown("a"));
    Add(*store, "anna", Shown("b"));
  }
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string whole, ReadFile(LogPath()));
  const std::size_t header = whole.find('\n') + 1;
  const std::size_t record = (whole.size() - header) / 2;
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    SCOPED_TRACE(size);
    warnings_.clear();
    AWASE_ASSERT_OK(WriteFile(LogPath(), absl::string_view(whole).substr(0, size)));
    const auto store = Open();
    ASSERT_NE(store, nullptr);
    const std::size_t entries = size < header ? 0 : (size - header) / record;
    EXPECT_THAT(Of(*store, "anna"), SizeIs(entries));
    const bool is_cut = size > header && (size - header) % record != 0;
    EXPECT_THAT(warnings_, SizeIs(is_cut ? 1 : 0));
    Add(*store, "anna", Shown("c"));  // and what is written then can be read
    EXPECT_THAT(Of(*store, "anna"), SizeIs(entries + 1));
  }
  EXPECT_THAT(Of(*Open(), "anna"), SizeIs(3));
}

TEST_F(FileExposureStoreTest, AFlippedBitEndsTheLogThere) {
  {
    const auto store = Open();
    Add(*store, "anna", Shown("a"));
    Add(*store, "anna", Shown("b"));
  }
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string whole, ReadFile(LogPath()));
  for (std::size_t i = whole.find('\n') + 1; i < whole.size(); ++i) {
    std::string broken = whole;
    broken[i] = static_cast<char>(broken[i] ^ 4);
    AWASE_ASSERT_OK(WriteFile(LogPath(), broken));
    warnings_.clear();
    EXPECT_THAT(Of(*Open(), "anna"), SizeIs(::testing::Lt(2))) << i;
    EXPECT_THAT(warnings_, ElementsAre(HasSubstr("were no whole entry and are cut off"))) << i;
  }
}

TEST_F(FileExposureStoreTest, RefusesWhatItCannotRead) {
  Add(*Open(), "anna", Shown("a"));
  FileExposureStore::Options options;
  options.directory = Folder();
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string key, ReadFile(JoinPath(Folder(), "key")));
  AWASE_ASSERT_OK(RemoveTree(JoinPath(Folder(), "key")));
  EXPECT_THAT(FileExposureStore::Open(options), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("is missing")));
  AWASE_ASSERT_OK(WriteFile(JoinPath(Folder(), "key"), "short"));
  EXPECT_THAT(FileExposureStore::Open(options),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("5 bytes instead of 32")));
  AWASE_ASSERT_OK(WriteFile(JoinPath(Folder(), "key"), key));
  AWASE_ASSERT_OK(WriteFile(LogPath(), "something else altogether"));
  EXPECT_THAT(FileExposureStore::Open(options),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("no exposure log of a format")));
}

TEST_F(FileExposureStoreTest, AFolderIsOfOneProcess) {
  const auto store = Open();
  FileExposureStore::Options options;
  options.directory = Folder();
  EXPECT_THAT(FileExposureStore::Open(options), StatusIs(absl::StatusCode::kUnavailable, HasSubstr("another process")));
}

TEST_F(FileExposureStoreTest, DropsTheOldestAndCountsThem) {
  options_.max_customers = 64;  // one per shard
  options_.max_exposures_per_customer = 3;
  const auto store = Open();
  for (int i = 0; i < 5; ++i) Add(*store, "anna", Shown(absl::StrCat(i)));
  EXPECT_THAT(Of(*store, "anna"), ElementsAre(Shown("2"), Shown("3"), Shown("4")));
  EXPECT_EQ(store->stats().dropped_exposures, 2U);
  for (int i = 0; i < 1000; ++i) Add(*store, absl::StrCat("customer", i), Shown("a"));
  EXPECT_LE(store->stats().customers, 64U);
  EXPECT_EQ(store->stats().customers + store->stats().dropped_customers, 1001U);
}

TEST_F(FileExposureStoreTest, DropsSeveralAtOnce) {
  options_.max_exposures_per_customer = 16;
  const auto store = Open();
  for (int i = 0; i < 18; ++i) Add(*store, "anna", Shown(absl::StrCat(i)));
  EXPECT_EQ(store->stats().dropped_exposures, 0U);
  Add(*store, "anna", Shown("18"));
  EXPECT_EQ(store->stats().dropped_exposures, 3U);
  EXPECT_THAT(Of(*store, "anna"), SizeIs(16));
}

TEST_F(FileExposureStoreTest, KeepsWhatTheServingCapsCountWhateverElseIsShown) {
  rules::RuleSet rules;
  rules::Cap cap;
  cap.at_most = 0;
  cap.after = rules::Cap::After::kDismissed;
  cap.within = absl::Hours(60 * 24);
  rules.rules.emplace_back().action = cap;
  options_.rules = [shared = std::make_shared<const rules::RuleSet>(rules)] { return shared; };
  options_.max_exposures_per_customer = 3;
  const Exposure dismissed = {"no", Intent::kCrossSell, ExposureEvent::kDismissed, kNow - absl::Hours(50 * 24)};
  {
    const auto store = Open();
    Add(*store, "anna", dismissed);
    for (int i = 0; i < 5; ++i) Add(*store, "anna", Shown(absl::StrCat(i)));
    EXPECT_THAT(Of(*store, "anna"), ElementsAre(dismissed, Shown("3"), Shown("4")));
  }
  EXPECT_THAT(Of(*Open(), "anna"), ElementsAre(dismissed, Shown("3"), Shown("4"))) << "also when the log is read";
}

TEST_F(FileExposureStoreTest, ForgetsWhatNoCapLooksBackTo) {
  const auto store = Open();
  Add(*store, "anna", Shown("old", kNow - FileExposureStore::kKeep));
  EXPECT_THAT(Of(*store, "anna"), IsEmpty());
  Add(*store, "anna", Shown("a", kNow - FileExposureStore::kKeep + absl::Seconds(1)));
  EXPECT_THAT(Of(*store, "anna"), SizeIs(1));
  AWASE_ASSERT_OK_AND_ASSIGN(const CustomerHistory later, store->Read("anna", kNow + absl::Seconds(1)));
  EXPECT_THAT(later.exposures, IsEmpty());
}

TEST_F(FileExposureStoreTest, AFullDiskIsSaidAndServingGoesOn) {
  auto store = Open();
  Add(*store, "anna", Shown("a"));
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string log, ReadFile(LogPath()));
  rlimit before = {};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  rlimit full = before;
  full.rlim_cur = log.size() + 10;  // the next entry is cut in two
  std::signal(SIGXFSZ, SIG_IGN);
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &full), 0);
  Add(*store, "anna", Shown("b"));
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
  std::signal(SIGXFSZ, SIG_DFL);
  EXPECT_THAT(Of(*store, "anna"), SizeIs(2));
  EXPECT_EQ(store->stats().unwritten, 1U);
  EXPECT_THAT(warnings_, ElementsAre(HasSubstr("hold only until this process ends")));
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string same, ReadFile(LogPath()));
  EXPECT_EQ(same, log);
  Add(*store, "anna", Shown("c"));  // written again, behind the last whole entry
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string longer, ReadFile(LogPath()));
  EXPECT_GT(longer.size(), log.size());
  store.reset();
  EXPECT_THAT(Of(*Open(), "anna"), SizeIs(3)) << "what was not written when it came has been since";
}

TEST_F(FileExposureStoreTest, WhatCouldNotBeRewrittenIsTriedAgain) {
  auto store = Open();
  Add(*store, "anna", Shown("a"));
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string log, ReadFile(LogPath()));
  rlimit before = {};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit full = before;
  full.rlim_cur = log.size() + 100;  // room for a short entry, and not for a long one
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &full), 0);
  Add(*store, "anna", Shown(std::string(200, 'b')));
  Add(*store, "anna", Shown("c"));  // is written; all of it is not
  EXPECT_FALSE(store->Erase("nobody").ok());
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
  std::signal(SIGXFSZ, SIG_DFL);
  later_seconds_ = 60;
  Add(*store, "anna", Shown("d"));
  store.reset();
  // What came while the log was rewritten may be there twice, and is one answer.
  const auto reopened = Open();
  for (const std::string& product : {std::string("a"), std::string(200, 'b'), std::string("c"), std::string("d")}) {
    EXPECT_THAT(Of(*reopened, "anna"), Contains(Shown(product)));
  }
}

TEST_F(FileExposureStoreTest, TheLogIsRewrittenBeforeItIsFarLongerThanWhatIsInForce) {
  options_.max_exposures_per_customer = 4;
  {
    const auto store = Open();
    for (int i = 0; i < 200; ++i) Add(*store, "anna", Shown(absl::StrCat(i)));
  }
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string long_log, ReadFile(LogPath()));
  options_.least_rewritten_bytes = 1000;
  {
    const auto store = Open();  // most of what it reads is not in force any more
    Add(*store, "anna", Shown("200"));
  }
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string log, ReadFile(LogPath()));
  EXPECT_LT(log.size(), long_log.size() / 20);
  EXPECT_THAT(Of(*Open(), "anna"), ElementsAre(Shown("197"), Shown("198"), Shown("199"), Shown("200")));
  EXPECT_THAT(warnings_, IsEmpty());
}

// A pipe in the place of the next log: whoever writes to it waits until somebody reads.
TEST_F(FileExposureStoreTest, CommitsDoNotWaitForTheLogToBeRewritten) {
  options_.least_rewritten_bytes = 200;
  auto store = Open();
  const std::string next = LogPath() + ".next";
  ASSERT_EQ(mkfifo(next.c_str(), 0600), 0);
  for (int i = 0; i < 50; ++i) Add(*store, "anna", Shown(absl::StrCat(i)));
  EXPECT_THAT(Of(*store, "anna"), SizeIs(50));
  const int reader = open(next.c_str(), O_RDONLY);
  ASSERT_GE(reader, 0);
  store.reset();
  close(reader);
  EXPECT_THAT(warnings_, ElementsAre(HasSubstr("the exposure log grows on: ")));
  EXPECT_THAT(Of(*Open(), "anna"), SizeIs(50));
}

TEST_F(FileExposureStoreTest, WhatIsCommittedWhileTheLogIsRewrittenIsInTheNextOne) {
  options_.least_rewritten_bytes = 200;
  options_.max_exposures_per_customer = 10;
  {
    const auto store = Open();
    std::vector<std::thread> threads;
    for (const char* customer : {"anna", "ben", "carl", "dora"}) {
      threads.emplace_back([&store, customer] {
        for (int i = 0; i < 500; ++i) Add(*store, customer, Shown(absl::StrCat(i)));
      });
    }
    for (std::thread& thread : threads) thread.join();
  }
  const auto store = Open();
  for (const char* customer : {"anna", "ben", "carl", "dora"}) {
    EXPECT_THAT(Of(*store, customer), Contains(Shown("499"))) << customer;
  }
  EXPECT_THAT(warnings_, IsEmpty());
}

// A child commits until it is killed, and says so after each commit.
TEST_F(FileExposureStoreTest, AKilledProcessLosesAtMostWhatItHasNotSaid) {
  int said[2] = {};
  ASSERT_EQ(pipe(said), 0);
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    FileExposureStore::Options options;
    options.directory = Folder();
    options.now = [] { return kNow; };
    auto store = FileExposureStore::Open(std::move(options));
    for (int i = 0; store.ok() && i < 900; ++i) {
      const auto history = (*store)->Read("anna", kNow);
      const Exposure shown[] = {Shown(absl::StrCat(i))};
      if (!(*store)->Commit("anna", history->version, shown).ok() || write(said[1], "x", 1) != 1) break;
    }
    pause();
    _exit(0);
  }
  close(said[1]);
  std::size_t acknowledged = 0;
  char byte = 0;
  while (acknowledged < 50 && read(said[0], &byte, 1) == 1) ++acknowledged;
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  while (read(said[0], &byte, 1) == 1) ++acknowledged;
  close(said[0]);
  const auto store = Open();
  ASSERT_NE(store, nullptr);
  EXPECT_GE(Of(*store, "anna").size(), acknowledged);
  EXPECT_LE(Of(*store, "anna").size(), acknowledged + 1);
}

}  // namespace
}  // namespace awase::serving
