#include "awase/live/live_catalogue.h"

#include <sys/stat.h>

#include <algorithm>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "awase/base/files.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/file_size_limit.h"
#include "tests/testing/no_threads.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase::live {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::IsOk;
using testing::StatusIs;
using Outcome = LiveCatalogue::Outcome;

ProductUpdate Stock(const std::string& product_id, std::int64_t pieces, std::uint64_t sequence = 0) {
  return {.product_id = product_id, .sequence = sequence, .set = {.stock = pieces}};
}
ProductUpdate Reset(const std::string& product_id, std::uint64_t sequence = 0) {
  return {.product_id = product_id, .sequence = sequence, .reset = true};
}

// A model of some products, and the tables that it was given.
struct ShopModel {
  explicit ShopModel(std::vector<std::string> product_ids) : ids(std::move(product_ids)) {
    std::sort(ids.begin(), ids.end());
  }

  LiveCatalogue::Binding Binding() {
    return {ids.size(), [this](absl::string_view id) { return Find(id); },
            [this](const LiveTable& table) { tables.push_back(table); }};
  }
  std::optional<ProductIndex> Find(absl::string_view id) const {
    const auto place = std::lower_bound(ids.begin(), ids.end(), id);
    if (place == ids.end() || *place != id) return std::nullopt;
    return ProductAt(static_cast<std::size_t>(place - ids.begin()));
  }
  // By the newest table.
  LiveValues Of(absl::string_view id) const {
    const LiveValues* const values = tables.back().Find(*Find(id));
    return values == nullptr ? LiveValues() : *values;
  }

  std::vector<std::string> ids;
  std::vector<LiveTable> tables;
};

class LiveCatalogueTest : public ::testing::Test {
 protected:
  std::unique_ptr<LiveCatalogue> Open() {
    auto catalogue = LiveCatalogue::Open(options_);
    EXPECT_THAT(catalogue, IsOk());
    return catalogue.ok() ? *std::move(catalogue) : nullptr;
  }
  std::string LogPath() const { return JoinPath(options_.directory, "log"); }

  testing::TempDir dir_;
  std::vector<std::string> warnings_;
  LiveCatalogue::Options options_ = {.directory = dir_.Join("shop/live"),
                                     .warn = [this](const std::string& sentence) { warnings_.push_back(sentence); }};
  ShopModel model_{{"coffee", "milk", "tea"}};
};

TEST_F(LiveCatalogueTest, WhatIsAcknowledgedIsPublished) {
  const auto catalogue = Open();
  catalogue->Bind(model_.Binding());
  ASSERT_EQ(model_.tables.size(), 1U);
  EXPECT_EQ(model_.tables.back().size(), 0U);
  const Money price = {499, *CurrencyCode::Parse("EUR")};
  EXPECT_THAT(catalogue->Update({Stock("tea", 0), {.product_id = "milk", .set = {.price = price, .visible = false}}}),
              IsOk());
  EXPECT_EQ(model_.Of("tea"), (LiveValues{.stock = 0}));
  EXPECT_EQ(model_.Of("milk"), (LiveValues{.price = price, .visible = false}));
  EXPECT_EQ(model_.Of("coffee"), LiveValues());
  AWASE_EXPECT_OK(catalogue->Update({Reset("tea")}));
  EXPECT_EQ(model_.Of("tea"), LiveValues());
  EXPECT_EQ(model_.tables.size(), 3U);
}

// A model beside the bound one, with other products in another order.
class TwoModels : public LiveCatalogueTest {
 protected:
  LiveCatalogue::Binding Both() {
    LiveCatalogue::Binding binding = model_.Binding();
    binding.publish = [this](const LiveTable& table) {
      model_.tables.push_back(table);
      besides_at_publication_.push_back(beside_.tables.size());
    };
    binding.beside = {beside_.ids.size(), [this](absl::string_view id) { return beside_.Find(id); },
                      [this](const LiveTable& table) { beside_.tables.push_back(table); }};
    return binding;
  }

  ShopModel beside_{{"beer", "cake", "tea"}};
  std::vector<std::size_t> besides_at_publication_;
};

TEST_F(TwoModels, HaveTheSameValuesWhenACallIsAcknowledged) {
  const auto catalogue = Open();
  AWASE_EXPECT_OK(catalogue->Update({Stock("tea", 1), Stock("cake", 2)}));
  catalogue->Bind(Both());
  EXPECT_EQ(model_.Of("tea"), (LiveValues{.stock = 1}));
  EXPECT_EQ(beside_.Of("tea"), (LiveValues{.stock = 1}));
  EXPECT_EQ(beside_.Of("cake"), (LiveValues{.stock = 2}));
  AWASE_EXPECT_OK(catalogue->Update({Stock("tea", 0)}));
  EXPECT_EQ(model_.Of("tea"), (LiveValues{.stock = 0}));
  EXPECT_EQ(beside_.Of("tea"), (LiveValues{.stock = 0}));
  EXPECT_THAT(besides_at_publication_, ElementsAre(1U, 2U)) << "prepared before it is published";
}

TEST_F(TwoModels, ValuesOfOneModelAloneArePublishedToo) {
  const auto catalogue = Open();
  catalogue->Bind(Both());
  AWASE_ASSERT_OK_AND_ASSIGN(const Outcome outcome, catalogue->Update({Stock("cake", 5)}));
  EXPECT_EQ(outcome, (Outcome{.applied = 1, .unknown = 1})) << "counted for the bound model";
  EXPECT_EQ(beside_.Of("cake"), (LiveValues{.stock = 5}));
  AWASE_EXPECT_OK(catalogue->Update({Stock("milk", 6)}));
  EXPECT_EQ(model_.Of("milk"), (LiveValues{.stock = 6}));
  EXPECT_THAT(besides_at_publication_, ElementsAre(1U, 2U, 2U));
}

TEST_F(TwoModels, TheOneBesideEndsWithTheBinding) {
  const auto catalogue = Open();
  catalogue->Bind(Both());
  catalogue->Bind(model_.Binding());
  AWASE_EXPECT_OK(catalogue->Update({Stock("tea", 0), Stock("cake", 5)}));
  EXPECT_EQ(model_.Of("tea"), (LiveValues{.stock = 0}));
  EXPECT_EQ(beside_.tables.size(), 1U);
}

TEST_F(TwoModels, AModelThatIsNotBoundCanBeLookedUp) {
  const auto catalogue = Open();
  catalogue->Bind(model_.Binding());
  AWASE_EXPECT_OK(catalogue->Update({Stock("tea", 1), Stock("cake", 2), Stock("milk", 3)}));
  beside_.tables.push_back(
      catalogue->TableOf(beside_.ids.size(), [this](absl::string_view id) { return beside_.Find(id); }));
  EXPECT_EQ(beside_.tables.back().size(), 2U);
  EXPECT_EQ(beside_.Of("tea"), (LiveValues{.stock = 1}));
  EXPECT_EQ(beside_.Of("cake"), (LiveValues{.stock = 2}));
}

TEST_F(LiveCatalogueTest, KeepsWhatWasAcknowledgedOverARestart) {
  AWASE_EXPECT_OK(Open()->Update({Stock("tea", 3, 7), Stock("milk", 1), Reset("coffee", 2)}));
  const auto catalogue = Open();
  catalogue->Bind(model_.Binding());
  EXPECT_EQ(model_.tables.size(), 1U);
  EXPECT_EQ(model_.Of("tea"), (LiveValues{.stock = 3}));
  EXPECT_EQ(model_.Of("milk"), (LiveValues{.stock = 1}));
  AWASE_ASSERT_OK_AND_ASSIGN(const Outcome late, catalogue->Update({Stock("tea", 9, 7), Stock("coffee", 9, 1)}));
  EXPECT_EQ(late, (Outcome{.late = 2})) << "numbers are kept as well";
  EXPECT_EQ(model_.tables.size(), 1U) << "nothing has changed";
  EXPECT_THAT(warnings_, IsEmpty());
}

TEST_F(LiveCatalogueTest, CountsWhatBecameOfTheUpdates) {
  const auto catalogue = Open();
  EXPECT_THAT(catalogue->Update({}), IsOk());
  AWASE_ASSERT_OK_AND_ASSIGN(const Outcome unbound, catalogue->Update({Stock("tea", 1, 5)}));
  EXPECT_EQ(unbound, (Outcome{.applied = 1, .unknown = 1}));
  catalogue->Bind(model_.Binding());
  AWASE_ASSERT_OK_AND_ASSIGN(const Outcome outcome,
                             catalogue->Update({Stock("tea", 2, 6), Stock("tea", 1, 5), Stock("tea", 3, 7),
                                                Stock("cake", 1), Stock("milk", 0)}));
  EXPECT_EQ(outcome, (Outcome{.applied = 4, .late = 1, .unknown = 1}));
  EXPECT_EQ(model_.Of("tea"), (LiveValues{.stock = 3}));
  EXPECT_THAT(catalogue->Update({Stock("tea", -1)}), StatusIs(absl::StatusCode::kInvalidArgument));
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string log, ReadFile(LogPath()));
  EXPECT_EQ(
      catalogue->stats(),
      (LiveCatalogue::Stats{.products = 3, .unknown_products = 1, .applied = 5, .late = 1, .log_bytes = log.size()}));
}

TEST_F(LiveCatalogueTest, ABatchWithAnErrorChangesNothing) {
  const auto catalogue = Open();
  catalogue->Bind(model_.Binding());
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string before, ReadFile(LogPath()));
  EXPECT_THAT(catalogue->Update({Stock("tea", 0), Stock("", 1), Stock("milk", -2)}),
              StatusIs(absl::StatusCode::kInvalidArgument, AllOf(HasSubstr("updates[1]"), HasSubstr("updates[2]"))));
  EXPECT_EQ(model_.Of("tea"), LiveValues());
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string after, ReadFile(LogPath()));
  EXPECT_EQ(after, before);
}

TEST_F(LiveCatalogueTest, WhatChangesNothingIsNotWritten) {
  const auto catalogue = Open();
  catalogue->Bind(model_.Binding());
  AWASE_EXPECT_OK(catalogue->Update({Stock("tea", 1)}));
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string before, ReadFile(LogPath()));
  AWASE_ASSERT_OK_AND_ASSIGN(const Outcome again, catalogue->Update({Stock("tea", 1), Reset("milk")}));
  EXPECT_EQ(again, (Outcome{.applied = 2}));
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string after, ReadFile(LogPath()));
  EXPECT_EQ(after, before);
  EXPECT_EQ(model_.tables.size(), 2U);
}

TEST_F(LiveCatalogueTest, ANewModelGetsWhatTheOldOneDidNotKnow) {
  const auto catalogue = Open();
  catalogue->Bind(model_.Binding());
  AWASE_EXPECT_OK(catalogue->Update({Stock("tea", 1), Stock("cake", 2)}));
  EXPECT_EQ(catalogue->stats().unknown_products, 1U);
  ShopModel next({"bread", "cake", "tea", "water"});
  catalogue->Bind(next.Binding());
  EXPECT_EQ(next.Of("tea"), (LiveValues{.stock = 1}));
  EXPECT_EQ(next.Of("cake"), (LiveValues{.stock = 2}));
  EXPECT_EQ(next.tables.back().product_count(), 4U);
  EXPECT_EQ(catalogue->stats().unknown_products, 0U);
  AWASE_EXPECT_OK(catalogue->Update({Stock("tea", 0), Stock("milk", 5)}));
  EXPECT_EQ(next.Of("tea"), (LiveValues{.stock = 0}));
  EXPECT_EQ(catalogue->stats().unknown_products, 1U);
  EXPECT_EQ(model_.tables.size(), 2U) << "the old one is told nothing any more";
}

TEST_F(LiveCatalogueTest, AResetProductIsForgotten) {
  const auto catalogue = Open();
  AWASE_EXPECT_OK(catalogue->Update({Stock("tea", 1), Stock("milk", 1, 1)}));
  AWASE_EXPECT_OK(catalogue->Update({Reset("tea"), Reset("milk", 2)}));
  EXPECT_EQ(catalogue->stats().products, 1U) << "but for the numbers";
  AWASE_EXPECT_OK(catalogue->Update({Reset("milk")}));
  EXPECT_EQ(catalogue->stats().products, 0U);
  AWASE_EXPECT_OK(catalogue->Update({Stock("milk", 1, 1)}));
  EXPECT_EQ(catalogue->stats().products, 1U);
}

TEST_F(LiveCatalogueTest, HoldsNoMoreProductsThanItMay) {
  options_.max_products = 2;
  const auto catalogue = Open();
  AWASE_EXPECT_OK(catalogue->Update({Stock("tea", 1), Stock("milk", 1), Stock("tea", 2)}));
  EXPECT_THAT(
      catalogue->Update({Stock("tea", 3), Stock("coffee", 1)}),
      StatusIs(absl::StatusCode::kResourceExhausted,
               AllOf(HasSubstr("3 products would be held, and 2 is the limit"), HasSubstr("without a sequence"))));
  EXPECT_EQ(catalogue->stats().failed, 2U);
  catalogue->Bind(model_.Binding());
  EXPECT_EQ(model_.Of("tea"), (LiveValues{.stock = 2})) << "all of a call or nothing";
  AWASE_EXPECT_OK(catalogue->Update({Reset("milk")}));
  AWASE_EXPECT_OK(catalogue->Update({Stock("coffee", 1)}));
}

TEST_F(LiveCatalogueTest, AFullDiskIsSaidAndTheNextCallTriesAnew) {
  const auto catalogue = Open();
  catalogue->Bind(model_.Binding());
  AWASE_EXPECT_OK(catalogue->Update({Stock("tea", 1)}));
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string before, ReadFile(LogPath()));
  {
    const testing::FileSizeLimit limit(before.size() + 10);  // the next entry is cut in two
    EXPECT_THAT(catalogue->Update({Stock("tea", 2), Stock("milk", 2)}),
                StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("the updates are not in effect")));
  }
  EXPECT_EQ(model_.Of("tea"), (LiveValues{.stock = 1}));
  EXPECT_EQ(model_.Of("milk"), LiveValues());
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string after, ReadFile(LogPath()));
  EXPECT_EQ(after, before);
  AWASE_ASSERT_OK_AND_ASSIGN(const Outcome outcome, catalogue->Update({Stock("tea", 3)}));
  EXPECT_EQ(outcome, (Outcome{.applied = 1}));
  EXPECT_EQ(model_.Of("tea"), (LiveValues{.stock = 3}));
}

TEST_F(LiveCatalogueTest, TellsWhyUpdatesCannotBeWrittenUntilTheyCan) {
  std::vector<std::string> problems;
  options_.tell_problem = [&problems](const std::string& problem) { problems.push_back(problem); };
  const auto catalogue = Open();
  AWASE_EXPECT_OK(catalogue->Update({Stock("tea", 1)}));
  EXPECT_THAT(problems, IsEmpty());
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string log, ReadFile(LogPath()));
  {
    const testing::FileSizeLimit limit(log.size());
    EXPECT_FALSE(catalogue->Update({Stock("tea", 2)}).ok());
    EXPECT_FALSE(catalogue->Update({Stock("tea", 3)}).ok());
    EXPECT_THAT(problems, ElementsAre(HasSubstr(LogPath()))) << "once";
  }
  AWASE_EXPECT_OK(catalogue->Update({Stock("tea", 1)}));
  EXPECT_EQ(problems.size(), 1U) << "what changes nothing is not written, and tells nothing";
  AWASE_EXPECT_OK(catalogue->Update({Stock("tea", 4)}));
  EXPECT_THAT(problems, ElementsAre(HasSubstr(LogPath()), ""));
}

TEST_F(LiveCatalogueTest, ALongLogIsRewritten) {
  options_.compact_from_bytes = 2000;
  {
    const auto catalogue = Open();
    for (int i = 1; i <= 1000; ++i) AWASE_ASSERT_OK(catalogue->Update({Stock("tea", i), Stock("cake", i, 1)}));
    AWASE_ASSERT_OK_AND_ASSIGN(const std::string log, ReadFile(LogPath()));
    EXPECT_LT(log.size(), 2100U);
  }
  const auto catalogue = Open();
  catalogue->Bind(model_.Binding());
  EXPECT_EQ(model_.Of("tea"), (LiveValues{.stock = 1000}));
  EXPECT_EQ(catalogue->stats().products, 2U);
  EXPECT_THAT(warnings_, IsEmpty());
}

TEST_F(LiveCatalogueTest, StatsSayTheLengthOfARewrittenLog) {
  std::uint64_t with_one_product = 0;
  {
    const auto catalogue = Open();
    const std::uint64_t empty = catalogue->stats().log_bytes;
    AWASE_ASSERT_OK(catalogue->Update({Stock("tea", 0)}));
    with_one_product = catalogue->stats().log_bytes;
    options_.compact_from_bytes = with_one_product + 4 * (with_one_product - empty);
  }
  const auto catalogue = Open();
  for (int i = 1; i <= 4; ++i) AWASE_ASSERT_OK(catalogue->Update({Stock("tea", i)}));
  const absl::Time give_up = absl::Now() + absl::Seconds(10);  // the last call is answered before the log is rewritten
  while (catalogue->stats().log_bytes != with_one_product && absl::Now() < give_up) std::this_thread::yield();
  EXPECT_EQ(catalogue->stats().log_bytes, with_one_product);
}

TEST_F(LiveCatalogueTest, ALogThatCannotBeRewrittenGrowsOn) {
  options_.compact_from_bytes = 200;
  {
    const auto catalogue = Open();
    dir_.Write("shop/live/log.next/in-the-way", "");  // a folder where the new log would be
    for (int i = 1; i <= 20; ++i) AWASE_ASSERT_OK(catalogue->Update({Stock("tea", i)}));
  }
  EXPECT_THAT(warnings_, ElementsAre(HasSubstr("the log of the live catalogue grows on")));
  const auto catalogue = Open();
  catalogue->Bind(model_.Binding());
  EXPECT_EQ(model_.Of("tea"), (LiveValues{.stock = 20}));
}

TEST_F(LiveCatalogueTest, ATornEndIsTold) {
  AWASE_EXPECT_OK(Open()->Update({Stock("tea", 1)}));
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string log, ReadFile(LogPath()));
  AWASE_ASSERT_OK(WriteFile(LogPath(), log + "half an entry"));
  const auto catalogue = Open();
  EXPECT_THAT(warnings_, ElementsAre(AllOf(HasSubstr(LogPath()), HasSubstr("the last 13 bytes"))));
  EXPECT_EQ(catalogue->stats().products, 1U);
}

TEST_F(LiveCatalogueTest, ABrokenLogIsRefused) {
  AWASE_EXPECT_OK(Open()->Update({Stock("tea", 1)}));
  AWASE_ASSERT_OK(WriteFile(LogPath(), "broken"));
  EXPECT_THAT(LiveCatalogue::Open(options_), StatusIs(absl::StatusCode::kDataLoss, HasSubstr(LogPath())));
}

TEST_F(LiveCatalogueTest, ADirectoryIsOfOneCatalogue) {
  const auto catalogue = Open();
  EXPECT_THAT(LiveCatalogue::Open(options_), StatusIs(absl::StatusCode::kUnavailable, HasSubstr("another process")));
}

TEST_F(LiveCatalogueTest, TheLogIsItsOwnersAlone) {
  options_.compact_from_bytes = 1;
  AWASE_EXPECT_OK(Open()->Update({Stock("tea", 1)}));
  struct stat info = {};
  ASSERT_EQ(stat(LogPath().c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777U, 0600U);
}

TEST_F(LiveCatalogueTest, SaysWhenThereIsNoThread) {
  const testing::NoThreads no_threads;
  EXPECT_THAT(LiveCatalogue::Open(options_), StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("no thread")));
}

// All updates that were acknowledged, and what they amount to by the words of product_update.h.
class History {
 public:
  void Add(const std::vector<ProductUpdate>& updates) {
    for (const ProductUpdate& update : updates) of_[update.product_id].push_back(update);
  }
  LiveValues Of(const std::string& product_id) {
    const std::vector<ProductUpdate>& updates = of_[product_id];
    return {Field(updates, &LiveValues::price), Field(updates, &LiveValues::stock),
            Field(updates, &LiveValues::visible)};
  }

 private:
  template <typename Value>
  static Value Field(const std::vector<ProductUpdate>& updates, Value LiveValues::* field) {
    Value value;
    std::uint64_t largest = 0;
    for (const ProductUpdate& update : updates) {
      if (!(update.set.*field).has_value() && !update.reset) continue;
      if (update.reset && update.sequence == 0) largest = 0;
      if (update.sequence != 0 && update.sequence <= largest) continue;
      value = update.set.*field;
      largest = std::max(largest, update.sequence);
    }
    return value;
  }
  std::map<std::string, std::vector<ProductUpdate>> of_;
};

class RandomFeed {
 public:
  explicit RandomFeed(unsigned seed) : random_(seed) {}

  std::size_t Below(std::size_t end) { return std::uniform_int_distribution<std::size_t>(0, end - 1)(random_); }
  std::vector<ProductUpdate> Batch() {
    std::vector<ProductUpdate> updates(Below(6));
    for (ProductUpdate& update : updates) {
      update.product_id = absl::StrCat("p", Below(30));
      update.sequence = Below(2) == 0 ? 0 : Below(40);
      update.reset = Below(4) == 0;
      if (Below(2) == 0) update.set.price = Money{static_cast<std::int64_t>(Below(100)), *CurrencyCode::Parse("EUR")};
      if (Below(2) == 0) update.set.stock = Below(100);
      if (update.set.empty() || Below(2) == 0) update.set.visible = Below(2) == 0;
    }
    return updates;
  }
  ShopModel Model() {
    std::vector<std::string> ids = {"always there"};
    for (int i = 0; i < 30; ++i) {
      if (Below(3) > 0) ids.push_back(absl::StrCat("p", i));
    }
    return ShopModel(ids);
  }

 private:
  std::mt19937 random_;
};

TEST_F(LiveCatalogueTest, IsWhatTheFeedAmountsTo) {
  for (unsigned seed = 1; seed <= 5; ++seed) {
    SCOPED_TRACE(seed);
    RandomFeed feed(seed);
    options_.directory = dir_.Join(absl::StrCat("seed", seed));
    options_.compact_from_bytes = 3000;
    History history;
    auto catalogue = Open();
    for (int step = 0; step < 120; ++step) {
      if (feed.Below(10) == 0) {
        catalogue = nullptr;
        catalogue = Open();
      }
      const std::vector<ProductUpdate> updates = feed.Batch();
      AWASE_ASSERT_OK_AND_ASSIGN(const Outcome outcome, catalogue->Update(updates));
      ASSERT_EQ(outcome.applied + outcome.late, updates.size());
      history.Add(updates);
      ShopModel model = feed.Model();
      catalogue->Bind(model.Binding());
      for (const std::string& id : model.ids) ASSERT_EQ(model.Of(id), history.Of(id)) << id << " at step " << step;
      catalogue->Bind(model_.Binding());
    }
  }
}

}  // namespace
}  // namespace awase::live
