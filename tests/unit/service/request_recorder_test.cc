#include "service/request_recorder.h"

#include <sys/resource.h>
#include <sys/stat.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "awase/base/directory_lock.h"
#include "awase/base/files.h"
#include "awase/rules/rule_set.h"
#include "awase/serving/exposure_store.h"
#include "awase/serving/file_exposure_store.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase::service {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

v1::RecommendRequest PageOf(const std::string& product) {
  v1::RecommendRequest request;
  request.set_placement("product_page");
  request.add_product_ids(product);
  return request;
}

class RequestRecorderTest : public ::testing::Test {
 protected:
  std::unique_ptr<RequestRecorder> Make(double share = 1, std::size_t limit = 1000) {
    auto recorder = RequestRecorder::Create(
        {.path = path(), .share = share, .limit = limit, .warn = [this](const std::string& text) { warning_ = text; }});
    EXPECT_TRUE(recorder.ok()) << recorder.status();
    return *std::move(recorder);
  }
  std::string path() const { return absl::StrCat(folder_.path(), "/recorded.jsonl"); }
  std::string Text() const { return ReadFile(path()).value_or(""); }

  std::vector<std::string> Products(RequestRecorder& recorder, std::size_t most = 1'000'000) {
    std::vector<std::string> products;
    for (const v1::RecommendRequest& request : Newest(recorder, most)) products.push_back(request.product_ids(0));
    return products;
  }

  // Oldest first.
  std::vector<v1::RecommendRequest> Newest(RequestRecorder& recorder, std::size_t most = 1'000'000) {
    std::vector<v1::RecommendRequest> requests;
    const absl::Status read = recorder.ReadNewest([&](absl::StatusOr<v1::RecommendRequest> request) {
      if (request.ok()) requests.push_back(*std::move(request));
      if (!request.ok()) ++unreadable_;
      return requests.size() < most;
    });
    EXPECT_TRUE(read.ok()) << read;
    std::reverse(requests.begin(), requests.end());
    return requests;
  }

  awase::testing::TempDir folder_;
  std::string warning_;
  int unreadable_ = 0;
  const absl::Time noon_ = absl::FromUnixSeconds(1'800'000'000);
};

TEST_F(RequestRecorderTest, KeepsRequestsWithTheTimeOfTheirAnswer) {
  const auto recorder = Make();
  recorder->Record(PageOf("a"), noon_);
  recorder->Record(PageOf("b"), noon_ + absl::Seconds(1));
  const auto requests = Newest(*recorder);
  ASSERT_THAT(requests, SizeIs(2));
  EXPECT_EQ(requests[0].product_ids(0), "a");
  EXPECT_EQ(requests[1].at_time().seconds(), 1'800'000'001);
}

TEST_F(RequestRecorderTest, SaysNothingOfWhoAsked) {
  v1::RecommendRequest request = PageOf("a");
  request.set_session_id("session-of-alice");
  request.mutable_customer()->set_id("alice@example.com");
  request.mutable_customer()->set_birthday("1990-07-23");
  request.mutable_customer()->add_segments("vip");
  const auto recorder = Make();
  recorder->Record(request, noon_);
  recorder->Record(request, noon_);
  recorder->Flush();
  EXPECT_THAT(Text(), Not(HasSubstr("alice")));
  EXPECT_THAT(Text(), Not(HasSubstr("1990")));
  EXPECT_THAT(Text(), HasSubstr("vip"));
  const auto requests = Newest(*recorder);
  ASSERT_THAT(requests, SizeIs(2));
  EXPECT_EQ(requests[0].customer().birthday(), "07-01");
  EXPECT_THAT(requests[0].customer().id(), SizeIs(16));
  EXPECT_EQ(requests[0].customer().id(), requests[1].customer().id()) << "the same side of a share of traffic";
  EXPECT_NE(requests[0].customer().id(), requests[0].session_id());
}

TEST_F(RequestRecorderTest, KeepsWhatTheServerKnewThatTheCustomerWasOffered) {
  serving::FileExposureStore::Options options;
  options.directory = folder_.Join("exposures");
  options.now = [this] { return noon_; };
  AWASE_ASSERT_OK_AND_ASSIGN(const auto exposures, serving::FileExposureStore::Open(std::move(options)));
  std::vector<engine::Exposure> shown;
  for (int i = 0; i < 150; ++i) {
    shown.push_back({absl::StrCat(i), engine::Intent::kUpSell, engine::ExposureEvent::kShown, noon_ - absl::Hours(i)});
  }
  AWASE_ASSERT_OK(exposures->Commit("alice", 0, shown));  // the first with this answer
  AWASE_ASSERT_OK_AND_ASSIGN(const auto recorder,
                             RequestRecorder::Create({.path = path(), .exposures = exposures.get()}));
  v1::RecommendRequest request = PageOf("a");
  recorder->Record(request, noon_);
  request.mutable_customer()->set_id("alice");
  recorder->Record(request, noon_);
  const auto requests = Newest(*recorder);
  ASSERT_THAT(requests, SizeIs(2));
  EXPECT_THAT(requests[0].customer().exposures(), IsEmpty());
  ASSERT_THAT(requests[1].customer().exposures(), SizeIs(RequestRecorder::kMostExposures));
  EXPECT_EQ(requests[1].customer().exposures(0).product_id(), "1");
  EXPECT_EQ(requests[1].customer().exposures(0).intent(), v1::UP_SELL);
  EXPECT_THAT(Text(), Not(HasSubstr("alice")));
}

// A hundred others were shown since.
TEST_F(RequestRecorderTest, KeepsReactionsAndWhatCapsCountBeforeOtherOffers) {
  using engine::ExposureEvent;
  using engine::Intent;
  serving::FileExposureStore::Options options;
  options.directory = folder_.Join("exposures");
  options.now = [this] { return noon_; };
  AWASE_ASSERT_OK_AND_ASSIGN(const auto exposures, serving::FileExposureStore::Open(std::move(options)));
  std::vector<engine::Exposure> past = {{"no", Intent::kUpSell, ExposureEvent::kDismissed, noon_ - absl::Hours(103)},
                                        {"mine", Intent::kUpSell, ExposureEvent::kBought, noon_ - absl::Hours(102)},
                                        {"up", Intent::kUpSell, ExposureEvent::kShown, noon_ - absl::Hours(101)}};
  for (int i = 100; i > 0; --i) {
    past.push_back({absl::StrCat(i), Intent::kCrossSell, ExposureEvent::kShown, noon_ - absl::Hours(i)});
  }
  AWASE_ASSERT_OK(exposures->Commit("alice", 0, past));
  const auto rules = std::make_shared<rules::RuleSet>();
  rules::Cap cap;
  cap.within = absl::Hours(120);
  cap.at_most = 2;
  cap.intents = {"up_sell"};
  rules->rules.emplace_back().action = cap;
  AWASE_ASSERT_OK_AND_ASSIGN(
      const auto recorder,
      RequestRecorder::Create({.path = path(), .exposures = exposures.get(), .rules = [rules] { return rules; }}));
  v1::RecommendRequest request = PageOf("a");
  request.mutable_customer()->set_id("alice");
  recorder->Record(request, noon_);
  const auto requests = Newest(*recorder);
  ASSERT_THAT(requests, SizeIs(1));
  ASSERT_THAT(requests[0].customer().exposures(), SizeIs(RequestRecorder::kMostExposures));
  EXPECT_EQ(requests[0].customer().exposures(0).product_id(), "no");
  EXPECT_EQ(requests[0].customer().exposures(1).product_id(), "mine");
  EXPECT_EQ(requests[0].customer().exposures(2).product_id(), "up");
  EXPECT_EQ(requests[0].customer().exposures(3).product_id(), "97") << "the newest others";
}

// Reading may take a while: no caller waits for it.
TEST_F(RequestRecorderTest, ReadsExposuresInItsOwnThread) {
  struct : serving::ExposureStore {
    absl::StatusOr<serving::CustomerHistory> Read(absl::string_view, absl::Time) override {
      reader = std::this_thread::get_id();
      return serving::CustomerHistory();
    }
    absl::Status Commit(absl::string_view, std::uint64_t, absl::Span<const engine::Exposure>) override {
      return absl::UnimplementedError("");
    }
    absl::Status Erase(absl::string_view) override { return absl::UnimplementedError(""); }
    std::thread::id reader;
  } exposures;
  AWASE_ASSERT_OK_AND_ASSIGN(const auto recorder, RequestRecorder::Create({.path = path(), .exposures = &exposures}));
  v1::RecommendRequest request = PageOf("a");
  request.mutable_customer()->set_id("alice");
  recorder->Record(request, noon_);
  recorder->Flush();
  EXPECT_NE(exposures.reader, std::thread::id());
  EXPECT_NE(exposures.reader, std::this_thread::get_id());
}

TEST_F(RequestRecorderTest, OnlyItsOwnerMayReadTheFile) {
  Make();
  struct stat info{};
  ASSERT_EQ(stat(path().c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777U, 0600U);
}

TEST_F(RequestRecorderTest, PreviewsAreNoTraffic) {
  v1::RecommendRequest preview = PageOf("a");
  preview.mutable_at_time()->set_seconds(1);
  const auto recorder = Make();
  recorder->Record(preview, noon_);
  EXPECT_THAT(Products(*recorder), IsEmpty());
}

TEST_F(RequestRecorderTest, AShareIsSpreadOverAnyRhythm) {
  const auto recorder = Make(0.1, 1'000'000);
  for (int i = 0; i < 10'000; ++i) {
    recorder->Record(PageOf(i % 2 == 0 ? "even" : "odd"), noon_);
    if (i % 1000 == 0) recorder->Flush();
  }
  int even = 0;
  int odd = 0;
  for (const std::string& product : Products(*recorder)) ++(product == "even" ? even : odd);
  EXPECT_NEAR(even, 500, 10);
  EXPECT_NEAR(odd, 500, 10);
}

TEST_F(RequestRecorderTest, TheNewestAreThereWhateverCame) {
  const auto recorder = Make(1, 10);
  for (int i = 0; i < 95; ++i) {
    recorder->Record(PageOf(absl::StrCat(i)), noon_);
    if (i % 7 == 0) recorder->Flush();
  }
  const std::vector<std::string> kept = Products(*recorder);
  ASSERT_GE(kept.size(), 10U);
  ASSERT_LE(kept.size(), 20U);
  for (std::size_t i = 0; i < kept.size(); ++i) EXPECT_EQ(kept[i], absl::StrCat(95 - kept.size() + i));
  EXPECT_THAT(Products(*recorder, 3), ::testing::ElementsAre("92", "93", "94"));
}

TEST_F(RequestRecorderTest, GoesOnBehindWhatIsThereAndEndsATornLine) {
  Make()->Record(PageOf("a"), noon_);
  std::ofstream(path(), std::ios::app) << R"({"placement": "product_pa)";
  const auto recorder = Make();
  recorder->Record(PageOf("b"), noon_);
  EXPECT_THAT(Products(*recorder), ::testing::ElementsAre("a", "b"));
  EXPECT_EQ(unreadable_, 1) << "what is no request is told";
}

TEST_F(RequestRecorderTest, ALineThatIsBeingWrittenIsNotYetThere) {
  const auto recorder = Make();
  recorder->Record(PageOf("a"), noon_);
  recorder->Flush();
  std::ofstream(path(), std::ios::app) << R"({"placement": "product_pa)";
  EXPECT_THAT(Products(*recorder), ::testing::ElementsAre("a"));
  EXPECT_EQ(unreadable_, 0);
}

TEST_F(RequestRecorderTest, AFileIsOfOneServer) {
  const auto recorder = Make();
  const auto second = RequestRecorder::Create({.path = path()});
  EXPECT_EQ(second.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(second.status().message()), HasSubstr("another server records here"));
}

// It may be renamed until then.
TEST_F(RequestRecorderTest, AFileIsOpenedWhenItIsOurs) {
  AWASE_ASSERT_OK_AND_ASSIGN(const DirectoryLock lock, DirectoryLock::AcquireFile(path(), "held"));
  EXPECT_EQ(RequestRecorder::Create({.path = path()}).status().code(), absl::StatusCode::kUnavailable);
  EXPECT_FALSE(PathExists(path()));
}

TEST_F(RequestRecorderTest, WhatCannotBeWrittenIsCountedAndSaidAndTearsNoLine) {
  const auto recorder = Make();
  recorder->Record(PageOf("a"), noon_);
  recorder->Flush();
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto old_handler = std::signal(SIGXFSZ, SIG_IGN);
  rlimit full = before;
  full.rlim_cur = Text().size() + 10;
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &full), 0);
  recorder->Record(PageOf("b"), noon_);
  recorder->Flush();
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
  std::signal(SIGXFSZ, old_handler);
  EXPECT_EQ(recorder->dropped(), 1U);
  EXPECT_THAT(warning_, HasSubstr(path()));
  recorder->Record(PageOf("c"), noon_);
  EXPECT_THAT(Products(*recorder), ::testing::ElementsAre("a", "c"));
}

TEST_F(RequestRecorderTest, ADeviceIsNoFileToRecordIn) {
  const std::string device = folder_.Join("device");
  std::filesystem::create_symlink("/dev/full", device);
  EXPECT_THAT(RequestRecorder::Create({.path = device}).status(),
              testing::StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("is no regular file")));
}

TEST_F(RequestRecorderTest, AFileThatCannotBeOpenedIsAnError) {
  EXPECT_FALSE(RequestRecorder::Create({.path = absl::StrCat(folder_.path(), "/no/such/folder")}).ok());
}

TEST_F(RequestRecorderTest, ManyThreadsLoseNothingThatFitsTheQueue) {
  const auto recorder = Make(1, 100'000);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 500; ++i) recorder->Record(PageOf("a"), noon_);
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(Products(*recorder).size() + recorder->dropped(), 2000U);
  EXPECT_EQ(recorder->dropped(), 0U);
}

}  // namespace
}  // namespace awase::service
