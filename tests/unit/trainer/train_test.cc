#include "awase/trainer/train.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <functional>
#include <future>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/synchronization/notification.h"
#include "awase/artefact/model.h"
#include "awase/base/directory_lock.h"
#include "awase/base/files.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase::trainer {
namespace {

using ::awase::testing::StatusIs;
using ::awase::testing::TempDir;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

constexpr char kOrderHeader[] = "order_id,customer_id,product_id,quantity,unit_price,ordered_at\n";

// A shop of twelve products with everything whose order could matter: customers, days with several orders, returns,
// prices of two currencies, variants.
std::vector<std::string> OrderRows() {
  std::mt19937 random(11);
  std::vector<std::string> rows;
  for (int order = 0; order < 400; ++order) {
    const auto customer = random() % 60;
    const auto day = 1 + order / 100;
    const auto first = random() % 12;
    for (unsigned line = 0; line < 1 + random() % 4; ++line) {
      rows.push_back(absl::StrCat("o", order, ",", customer == 0 ? "" : absl::StrCat("c", customer), ",p",
                                  (first + line * line) % 12, ",1,", 10 + random() % 3, ".50,2024-03-0", day));
    }
    if (order % 7 == 0) rows.push_back(absl::StrCat("r", order, ",c", customer, ",p", first, ",-1,,2024-03-09"));
  }
  return rows;
}

// p0 is there twice without a price, p1 once with and once without one.
std::vector<std::string> ProductRows() {
  std::vector<std::string> rows = {"p0,Zinc,Tool,,",     "p0,Alum,Tool,,",      "p1,Bolt,Tool,,",
                                   "p1,Cork,Tool,7.00,", "p3,Red nut,Tool,,p2", "p2,Nut,Tool,12.00,"};
  for (int i = 4; i < 11; ++i) rows.push_back(absl::StrCat("p", i, ",Title,Tool,", 9 + i, ".00,"));
  return rows;
}

class Training : public ::testing::Test {
 protected:
  TrainOptions Options() const {
    TrainOptions options;
    options.orders = {dir_.Join("orders.csv")};
    options.model_dir = dir_.Join("models");
    options.currency = *CurrencyCode::Parse("EUR");
    return options;
  }

  void WriteOrders(const std::vector<std::string>& rows) const {
    dir_.Write("orders.csv", absl::StrCat(kOrderHeader, absl::StrJoin(rows, "\n"), "\n"));
  }

  std::string WriteProducts(const std::vector<std::string>& rows) const {
    return dir_.Write("products.csv",
                      absl::StrCat("product_id,title,product_type,price,parent_id\n", absl::StrJoin(rows, "\n"), "\n"));
  }

  std::vector<std::string> ModelFiles() const {
    std::vector<std::string> names;
    if (!PathExists(dir_.Join("models"))) return names;
    for (const auto& entry : std::filesystem::directory_iterator(dir_.Join("models"))) {
      const std::string name = entry.path().filename().string();
      if (name != ".lock") names.push_back(name);
    }
    return names;
  }

  TempDir dir_;
};

TEST_F(Training, GivesTheSameVersionForShuffledRowsAndAnyNumberOfThreads) {
  std::vector<std::string> orders = OrderRows();
  std::vector<std::string> products = ProductRows();
  std::mt19937 random(5);
  std::string version;
  for (const std::size_t threads : {1, 2, 8}) {
    for (int round = 0; round < 3; ++round) {
      WriteOrders(orders);
      TrainOptions options = Options();
      options.products = {WriteProducts(products)};
      options.threads = threads;
      AWASE_ASSERT_OK_AND_ASSIGN(const TrainReport report, trainer::Train(options));
      if (version.empty()) version = report.version;
      ASSERT_EQ(report.version, version) << threads << " threads, round " << round;
      ASSERT_EQ(report.relations.size(), 3u);
      EXPECT_GT(report.relations[0].entries, 0u);
      EXPECT_GT(report.cleaning.returns_matched, 0u);
      std::shuffle(orders.begin(), orders.end(), random);
      std::shuffle(products.begin(), products.end(), random);
    }
  }
  EXPECT_THAT(ModelFiles(), UnorderedElementsAre("ACTIVATIONS", "ACTIVE", version));
}

TEST_F(Training, GivesAnotherVersionForOtherSettings) {
  WriteOrders(OrderRows());
  TrainOptions options = Options();
  AWASE_ASSERT_OK_AND_ASSIGN(const TrainReport first, trainer::Train(options));
  options.lists.ranking.half_life_days = 10;
  options.activate = false;
  AWASE_ASSERT_OK_AND_ASSIGN(const TrainReport second, trainer::Train(options));
  EXPECT_NE(first.version, second.version);
  EXPECT_FALSE(second.activated);
  EXPECT_EQ(*artefact::ReadActiveVersion(options.model_dir), first.version);
}

TEST_F(Training, SaysInTheSettingsThatLikeProfilesHadNoSay) {
  WriteOrders(OrderRows());
  std::vector<std::string> products = ProductRows();
  for (int i = 0; i < 200'000; ++i) products.push_back(absl::StrCat("never", i, ",Title,Tool,1.00,"));
  TrainOptions options = Options();
  options.products = {WriteProducts(products)};
  options.tune = options.tune_cart = options.report = false;
  AWASE_ASSERT_OK_AND_ASSIGN(const TrainReport without, trainer::Train(options));
  options.lists.similar_orders = 10;
  AWASE_ASSERT_OK_AND_ASSIGN(const TrainReport given, trainer::Train(options));
  EXPECT_THAT(given.warnings, Contains(HasSubstr("--similar-orders has no say")));
  EXPECT_EQ(given.version, without.version);
}

TEST_F(Training, PricesProductsByOrdersWhereTheCatalogueHasNone) {
  WriteOrders({"1,amy,a,1,3.00,2024-01-01", "1,amy,b,1,5.00,2024-01-01", "2,bob,new,1,8.00,2024-01-01"});
  TrainOptions options = Options();
  options.products = {WriteProducts({"a,A,T,,", "a,A,T,,", "b,B,T,4.00,"})};  // a twice
  AWASE_ASSERT_OK_AND_ASSIGN(const TrainReport report, trainer::Train(options));
  EXPECT_EQ(report.prices_from_orders, 2u) << "a and new";
  EXPECT_EQ(report.catalog.duplicate_ids, 1u);
  EXPECT_EQ(report.products_only_in_orders, 1u);
  AWASE_ASSERT_OK_AND_ASSIGN(const auto model, artefact::Model::Open(options.model_dir));
  EXPECT_EQ(model->product(*model->Find("a")).price()->minor_units, 300);
  EXPECT_EQ(model->product(*model->Find("b")).price()->minor_units, 400);
  EXPECT_FALSE(model->product(*model->Find("new")).visible());
}

TEST_F(Training, WarnsOfWhatADumpCannotGive) {
  WriteOrders({"1,,a,1,,", "1,,b,1,,"});
  TrainOptions options = Options();
  options.products = {WriteProducts({"a,A,,,"})};
  AWASE_ASSERT_OK_AND_ASSIGN(const TrainReport report, trainer::Train(options));
  EXPECT_THAT(report.warnings, UnorderedElementsAre(HasSubstr("--min-buyers"), HasSubstr("no customer ids"),
                                                    HasSubstr("no ladders"), HasSubstr("1 ordered products")));
  EXPECT_EQ(report.relations.size(), 1u) << "also_bought needs customers";
}

TEST_F(Training, WarnsOfOrdersInTwoCurrencies) {
  dir_.Write("orders.csv", "order_id,product_id,unit_price,currency\n1,a,3,USD\n2,b,3,EUR\n3,c,,GBP\n4,a,4,\n");
  AWASE_ASSERT_OK_AND_ASSIGN(const TrainReport report, trainer::Train(Options()));
  EXPECT_THAT(report.order_currencies, ElementsAre("EUR", "USD")) << "of prices";
  EXPECT_THAT(report.warnings, Contains(HasSubstr("products were last sold in 2 currencies (EUR, USD)")));
}

TEST_F(Training, WarnsOfACopyOfAFile) {
  WriteOrders(OrderRows());
  TrainOptions options = Options();
  options.orders.push_back(dir_.Write("copy.csv", ReadFile(dir_.Join("orders.csv")).value()));
  AWASE_ASSERT_OK_AND_ASSIGN(const TrainReport report, trainer::Train(options));
  EXPECT_THAT(report.warnings, Contains(HasSubstr(absl::StrCat("orders.csv holds the same bytes as ", options.orders[1],
                                                               ": its quantities count twice"))));
}

TEST_F(Training, RefusesADumpOfWhichNothingIsLeft) {
  WriteOrders({"1,amy,a,1,,", "1,amy,a,-1,,"});
  EXPECT_THAT(trainer::Train(Options()), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("no order is left")));
}

TEST_F(Training, RefusesADumpWithoutRows) {
  TrainOptions options = Options();
  dir_.Write("orders.csv", kOrderHeader);
  EXPECT_THAT(trainer::Train(options), StatusIs(absl::StatusCode::kInvalidArgument,
                                                HasSubstr("orders.csv has a header but no rows: nothing was written")));
  options.orders.push_back(dir_.Write("more.csv", kOrderHeader));
  EXPECT_THAT(trainer::Train(options), StatusIs(absl::StatusCode::kInvalidArgument,
                                                HasSubstr("each of 2 order files has a header but no rows")));
  options.orders.pop_back();
  options.dataset_map = dir_.Write("map.yaml", "orders: {sql: SELECT * FROM input WHERE false}\n");
  WriteOrders(OrderRows());
  EXPECT_THAT(trainer::Train(options),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("no rows, or none that the dataset map lets")));
}

TEST_F(Training, LeavesNothingBehindWhereverItIsCancelled) {
  WriteOrders(OrderRows());
  TrainOptions options = Options();
  int allowed = 0;
  for (bool finished = false; !finished; ++allowed) {
    int asked = 0;
    options.cancelled = [&] { return ++asked > allowed; };
    const auto report = trainer::Train(options);
    finished = report.ok();
    if (finished) break;
    ASSERT_THAT(report, StatusIs(absl::StatusCode::kCancelled));
    ASSERT_FALSE(PathExists(options.model_dir)) << "after " << allowed << " questions";
    ASSERT_LT(allowed, 1000);
  }
  EXPECT_GT(allowed, 5) << "each stage asks";
  const std::vector<std::string> before = ModelFiles();
  options.lists.ranking.half_life_days = 10;
  options.cancelled = [] { return true; };
  EXPECT_THAT(trainer::Train(options), StatusIs(absl::StatusCode::kCancelled, HasSubstr("nothing was written")));
  EXPECT_EQ(ModelFiles(), before);
}

// What ends with the run is still being written when it is given up: the pipe takes nothing until somebody reads it.
TEST_F(Training, HoldsTheDirectoryUntilTheLastWritingHasEnded) {
  WriteOrders(OrderRows());
  TrainOptions options = Options();
  AWASE_ASSERT_OK(MakeDirectories(options.model_dir));
  const std::string store = JoinPath(options.model_dir, TemporaryName(".orders-"));
  ASSERT_EQ(mkfifo(store.c_str(), 0600), 0);
  absl::Notification given_up;
  bool counts = false;
  options.progress = [&](const TrainProgress& progress) { counts = counts || progress.stage == "fit carts"; };
  options.cancelled = [&] {
    if (counts && !given_up.HasBeenNotified()) given_up.Notify();
    return counts;
  };
  std::future<absl::Status> run =
      std::async(std::launch::async, [&options] { return trainer::Train(options).status(); });
  given_up.WaitForNotification();
  EXPECT_EQ(run.wait_for(std::chrono::milliseconds(50)), std::future_status::timeout);
  EXPECT_THAT(DirectoryLock::Acquire(options.model_dir, "held"), StatusIs(absl::StatusCode::kUnavailable));
  const int reader = open(store.c_str(), O_RDONLY | O_NONBLOCK);
  std::array<char, 1 << 16> bytes;
  while (run.wait_for(std::chrono::milliseconds(1)) == std::future_status::timeout) {
    while (read(reader, bytes.data(), bytes.size()) > 0) continue;
  }
  close(reader);
  EXPECT_THAT(run.get(), StatusIs(absl::StatusCode::kCancelled));
  AWASE_EXPECT_OK(DirectoryLock::Acquire(options.model_dir, "held").status());
  EXPECT_THAT(ModelFiles(), IsEmpty());
}

TEST_F(Training, LeavesTheLockOfAnotherRunAlone) {
  WriteOrders(OrderRows());
  TrainOptions first = Options();
  absl::Status second;
  first.progress = [&](const TrainProgress& progress) {
    if (progress.stage == "make baskets") second = trainer::Train(Options()).status();
    if (progress.stage == "write") {
      EXPECT_THAT(DirectoryLock::Acquire(first.model_dir, "held"), StatusIs(absl::StatusCode::kUnavailable));
    }
  };
  AWASE_ASSERT_OK(trainer::Train(first).status());
  EXPECT_THAT(second, StatusIs(absl::StatusCode::kUnavailable, HasSubstr("another training run")));
}

TEST_F(Training, TellsOfABadOutputDirectoryBeforeItReads) {
  TrainOptions options = Options();  // there are no orders: reading would say kNotFound
  options.model_dir = "";
  EXPECT_THAT(trainer::Train(options), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("--out")));
  options.model_dir = dir_.Write("file", "");
  const auto report = trainer::Train(options);
  EXPECT_FALSE(absl::IsNotFound(report.status()));
  EXPECT_THAT(std::string(report.status().message()), HasSubstr("--out cannot be written"));
  EXPECT_TRUE(PathExists(options.model_dir)) << "what was there stays";
}

TEST_F(Training, TellsOfOptionsOutOfRangeBeforeItReads) {
  const auto expect_refused = [this](const char* name, const std::function<void(TrainOptions*)>& change) {
    TrainOptions options = Options();  // there are no orders: reading would say kNotFound
    change(&options);
    EXPECT_THAT(trainer::Train(options), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(name)));
  };
  expect_refused("top_k", [](TrainOptions* o) { o->top_k = 0; });
  expect_refused("popularity_exponent", [](TrainOptions* o) { o->lists.ranking.popularity_exponent = 2; });
  expect_refused("max_bad_share", [](TrainOptions* o) { o->max_bad_share = -1; });
  expect_refused("ladder", [](TrainOptions* o) { o->ladder.max_step = 1; });
  expect_refused("widest_step", [](TrainOptions* o) { o->ladder.widest_step = 0; });
  expect_refused("false_share", [](TrainOptions* o) { o->ladder.false_share = 2; });
  expect_refused("ladder rungs", [](TrainOptions* o) { o->ladder.rungs = 300; });
  EXPECT_THAT(ModelFiles(), IsEmpty());
}

TEST_F(Training, PassesOnWhatReadingSaysAndLeavesNothing) {
  EXPECT_THAT(trainer::Train(Options()), StatusIs(absl::StatusCode::kNotFound, HasSubstr("orders.csv")));
  EXPECT_FALSE(PathExists(dir_.Join("models")));
}

TEST_F(Training, LeavesNothingBehindWhenItsOrdersCannotBeStored) {
  WriteOrders(OrderRows());
  AWASE_ASSERT_OK(MakeDirectories(dir_.Join("models")));
  const std::string store = JoinPath(dir_.Join("models"), TemporaryName(".orders-"));
  AWASE_ASSERT_OK(MakeDirectories(store));  // a directory where the file should be
  const auto report = trainer::Train(Options());
  EXPECT_EQ(report.status().message(), absl::StrCat(dir_.Join("models"), ": Is a directory")) << "no temporary name";
  EXPECT_THAT(ModelFiles(), IsEmpty());
}

TEST_F(Training, KeepsAVersionThatCannotBeMadeActive) {
  WriteOrders(OrderRows());
  AWASE_ASSERT_OK(MakeDirectories(dir_.Join("models/ACTIVE")));  // a directory where the file should be
  TrainOptions options = Options();
  options.force = "whatever it is";
  EXPECT_FALSE(trainer::Train(options).ok());
  const std::vector<std::string> files = ModelFiles();
  ASSERT_EQ(files.size(), 2u);
  const std::string version = files[0] == "ACTIVE" ? files[1] : files[0];
  AWASE_EXPECT_OK(artefact::Model::Open(dir_.Join("models/" + version)));
}

TEST_F(Training, ReportsItsStages) {
  WriteOrders(OrderRows());
  TrainOptions options = Options();
  std::vector<std::string> seen;
  options.progress = [&seen](const TrainProgress& progress) {
    if (seen.empty() || seen.back() != progress.stage) seen.push_back(progress.stage);
  };
  AWASE_ASSERT_OK_AND_ASSIGN(const TrainReport report, trainer::Train(options));
  EXPECT_THAT(seen,
              ElementsAre("read orders", "make baskets", "tune", "ladder", "store orders", "count bought_together",
                          "fit carts", "count bought_after", "count also_bought", "write"));
  const auto rows_of = [&report](Stage stage) { return report.stages[static_cast<std::size_t>(stage)].rows; };
  EXPECT_EQ(rows_of(Stage::kRead), OrderRows().size());
  EXPECT_EQ(rows_of(Stage::kIntern), report.orders.rows_kept);
  std::uint64_t units = 0;
  std::uint64_t entries = 0;
  for (const RelationReport& relation : report.relations) {
    units += relation.unit_count;
    entries += relation.entries;
  }
  EXPECT_EQ(rows_of(Stage::kCount), units);
  EXPECT_EQ(rows_of(Stage::kRank), entries);
  EXPECT_EQ(rows_of(Stage::kLadder), report.product_count);
  EXPECT_EQ(rows_of(Stage::kWrite), report.product_count);
  for (const StageTime& stage : report.stages) EXPECT_GE(stage.seconds, 0);
  EXPECT_GT(report.peak_rss_bytes, 0u);
}

TEST_F(Training, GivesTheSameVersionWithALimitAndWarnsWhenItPassedIt) {
  WriteOrders(OrderRows());
  TrainOptions options = Options();
  AWASE_ASSERT_OK_AND_ASSIGN(const TrainReport unlimited, trainer::Train(options));
  options.memory_limit_bytes = 1;
  AWASE_ASSERT_OK_AND_ASSIGN(const TrainReport limited, trainer::Train(options));
  EXPECT_EQ(limited.version, unlimited.version);
  EXPECT_THAT(limited.warnings, Contains(HasSubstr("--memory-limit was passed")));
  options.memory_limit_bytes = std::uint64_t{1} << 40;
  AWASE_ASSERT_OK_AND_ASSIGN(const TrainReport ample, trainer::Train(options));
  EXPECT_THAT(ample.warnings, Not(Contains(HasSubstr("--memory-limit"))));
}

// With a new product of a type of its own, and one of the type that everything is of.
TEST_F(Training, GivesColdProductsAListAndSaysSoAndCanBeToldNotTo) {
  using relations::EntrySource;
  using relations::RelationKind;
  std::vector<std::string> products = ProductRows();
  products[4] = "p4,Saw,Blade,13.00,";
  products.push_back("new,New saw,Blade,13.00,");
  WriteOrders(OrderRows());
  TrainOptions options = Options();
  options.products = {WriteProducts(products)};
  options.tune = false;
  options.min_buyers = 4;
  ASSERT_TRUE(Train(options).ok());
  AWASE_ASSERT_OK_AND_ASSIGN(const auto model, artefact::Model::Open(options.model_dir));
  for (const RelationKind kind : {RelationKind::kBoughtTogether, RelationKind::kAlsoBought}) {
    EXPECT_FALSE(model->related(kind, *model->Find("new")).empty());
    for (std::size_t p = 0; p < model->product_count(); ++p) {
      for (const relations::RelationEntry& entry : model->related(kind, ProductAt(p))) {
        if (entry.source == EntrySource::kCounted) {
          EXPECT_GE(entry.buyers_together, 4u) << "nothing of fewer buyers is ever said";
        } else {
          EXPECT_EQ(entry.units_together, 0u);
          EXPECT_EQ(entry.is_claim, 0);
        }
      }
    }
  }
  options.back_off = false;
  ASSERT_TRUE(Train(options).ok());
  AWASE_ASSERT_OK_AND_ASSIGN(const auto without, artefact::Model::Open(options.model_dir));
  EXPECT_NE(without->version(), model->version());
  EXPECT_TRUE(without->related(RelationKind::kBoughtTogether, *without->Find("new")).empty());
}

TEST_F(Training, KeepsThePeriodOfItsOrders) {
  WriteOrders({"1,a,x,1,1,2024-03-05", "1,a,y,1,1,2024-03-05", "2,b,x,1,1,2024-03-01T12:00:00Z", "3,c,z,1,1,"});
  ASSERT_TRUE(Train(Options()).ok());
  AWASE_ASSERT_OK_AND_ASSIGN(const auto model, artefact::Model::Open(Options().model_dir));
  constexpr std::int64_t kDay = 86'400'000'000;
  const std::int64_t first_of_march = 19'783 * kDay;
  EXPECT_EQ(model->order_period(), (artefact::OrderPeriod{first_of_march + kDay / 2, first_of_march + 4 * kDay}));
}

}  // namespace
}  // namespace awase::trainer
