// Which relations a run makes of which data, from the files on.

#include <algorithm>
#include <filesystem>
#include <map>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "awase/artefact/model.h"
#include "awase/base/files.h"
#include "awase/trainer/train.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase::trainer {
namespace {

using ::awase::testing::StatusIs;
using ::awase::testing::TempDir;
using relations::RelationKind;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr char kOrderHeader[] = "order_id,customer_id,product_id,ordered_at\n";
constexpr char kViewHeader[] = "session_id,customer_id,product_id,viewed_at\n";

// A shop of eight products, p0 … p7, whose customers come back.
std::vector<std::string> OrderRows() {
  std::mt19937 random(3);
  std::vector<std::string> rows;
  for (int order = 0; order < 200; ++order) {
    const auto customer = random() % 25;
    const auto day = 1 + random() % 28;
    for (unsigned line = 0; line < 1 + random() % 3; ++line) {
      rows.push_back(absl::StrCat("o", order, ",", customer == 0 ? "" : absl::StrCat("buyer-", customer), ",p",
                                  random() % 8, ",2024-03-", day < 10 ? "0" : "", day));
    }
  }
  return rows;
}

// Sessions over p0 … p9: p8 and p9 are never ordered.
std::vector<std::string> ViewRows() {
  std::mt19937 random(4);
  std::vector<std::string> rows;
  for (int session = 0; session < 150; ++session) {
    const auto customer = random() % 25;
    const auto day = 1 + random() % 28;
    for (unsigned view = 0; view < 1 + random() % 5; ++view) {
      rows.push_back(absl::StrCat("visit-", session, ",", customer < 5 ? "" : absl::StrCat("buyer-", customer), ",p",
                                  random() % 10, ",2024-03-", day < 10 ? "0" : "", day));
    }
  }
  return rows;
}

class TrainRelations : public ::testing::Test {
 protected:
  TrainOptions Options() const {
    TrainOptions options;
    options.orders = {dir_.Join("orders.csv")};
    options.model_dir = dir_.Join("models");
    return options;
  }
  std::string WriteRows(const std::string& name, const std::string& header,
                        const std::vector<std::string>& rows) const {
    return dir_.Write(name, absl::StrCat(header, absl::StrJoin(rows, "\n"), "\n"));
  }
  void WriteOrders() const { WriteRows("orders.csv", kOrderHeader, OrderRows()); }
  std::string WriteViews() const { return WriteRows("views.csv", kViewHeader, ViewRows()); }

  static std::vector<std::string> NamesOf(const TrainReport& report) {
    std::vector<std::string> names;
    for (const RelationReport& relation : report.relations) names.push_back(relation.relation);
    return names;
  }

  TempDir dir_;
};

TEST_F(TrainRelations, ShowsNoRowThatWasDroppedInTheReportForPeople) {
  std::vector<std::string> orders = OrderRows();
  std::vector<std::string> views = ViewRows();
  orders.push_back("secret-order,amy,,2024-03-01");
  views.push_back("visit-1,amy,,secret-day");
  WriteRows("orders.csv", kOrderHeader, orders);
  TrainOptions options = Options();
  options.products = {WriteRows("products.csv", "product_id,title\n", {"p1,Tea", "p2,Cup", ",secret-title"})};
  options.views = {WriteRows("views.csv", kViewHeader, views)};
  options.max_bad_share = 0.5;
  AWASE_ASSERT_OK_AND_ASSIGN(const TrainReport report, trainer::Train(options));
  for (const ingest::ReadReport* read : {&report.orders, &report.products, &report.views}) {
    ASSERT_EQ(read->dropped.size(), 1u);
    EXPECT_THAT(read->dropped[0].samples, Contains(HasSubstr("secret-")));
  }
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string page,
                             ReadFile(JoinPath(JoinPath(options.model_dir, report.version), "report.html")));
  EXPECT_THAT(page, HasSubstr(report.views.dropped[0].reason));
  EXPECT_THAT(page, Not(HasSubstr("secret-")));
}

TEST_F(TrainRelations, MakesViewedTogetherOfSessions) {
  WriteOrders();
  TrainOptions options = Options();
  options.views = {WriteViews()};
  options.min_buyers = 1;
  AWASE_ASSERT_OK_AND_ASSIGN(const TrainReport report, trainer::Train(options));
  EXPECT_THAT(NamesOf(report), Contains("viewed_together"));

  std::map<std::string, std::set<std::string>> sessions;
  std::set<std::pair<std::string, std::string>> unknown;
  for (const std::string& row : ViewRows()) {
    const std::vector<std::string> fields = absl::StrSplit(row, ',');
    const bool known = fields[2] < "p8";
    if (known) sessions[fields[0]].insert(fields[2]);
    if (!known) unknown.insert({fields[0], fields[2]});
  }
  EXPECT_EQ(report.sessions.sessions, sessions.size());
  EXPECT_EQ(report.stages[static_cast<std::size_t>(Stage::kIntern)].rows,
            report.orders.rows_kept + report.views.rows_kept);
  std::size_t known_views = 0;
  for (const auto& [session, products] : sessions) known_views += products.size();
  EXPECT_EQ(report.sessions.views, known_views);
  EXPECT_EQ(report.sessions.sessions_without_known, 150 - sessions.size());
  EXPECT_EQ(report.sessions.unknown_products, 2u);
  EXPECT_EQ(report.sessions.unknown_views, unknown.size());
  EXPECT_THAT(report.warnings, Contains(HasSubstr("2 viewed products are neither")));

  AWASE_ASSERT_OK_AND_ASSIGN(const auto model, artefact::Model::Open(options.model_dir));
  EXPECT_FALSE(model->Find("p8").has_value()) << "nothing is known of it but that somebody looked";
  const ProductIndex p1 = *model->Find("p1");
  EXPECT_EQ(model->unit_count(RelationKind::kViewedTogether), sessions.size());
  const auto list = model->related(RelationKind::kViewedTogether, p1);
  ASSERT_EQ(list.size(), 7u);
  for (const relations::RelationEntry& entry : list) {
    const std::string other(model->product(entry.other).product_id());
    const auto together = std::count_if(sessions.begin(), sessions.end(), [&](const auto& session) {
      return session.second.count("p1") > 0 && session.second.count(other) > 0;
    });
    EXPECT_EQ(entry.units_together, static_cast<std::uint32_t>(together)) << other;
  }
}

TEST_F(TrainRelations, GiveTheSameVersionForShuffledViewsAndAnyNumberOfThreads) {
  WriteOrders();
  std::vector<std::string> views = ViewRows();
  std::mt19937 random(5);
  std::string version;
  for (const std::size_t threads : {1, 2, 5}) {
    TrainOptions options = Options();
    options.views = {WriteRows("views.csv", kViewHeader, views)};
    options.threads = threads;
    AWASE_ASSERT_OK_AND_ASSIGN(const TrainReport report, trainer::Train(options));
    if (version.empty()) version = report.version;
    EXPECT_EQ(report.version, version) << threads << " threads";
    std::shuffle(views.begin(), views.end(), random);
  }
}

TEST_F(TrainRelations, TellNobodyWhoLookedOrBought) {
  WriteOrders();
  std::vector<std::string> views = ViewRows();
  views.push_back("visit-bad,buyer-bad,p1,yesterday");
  views.push_back("visit-bad,buyer-bad,,2024-03-01");
  TrainOptions options = Options();
  options.views = {WriteRows("views.csv", kViewHeader, views)};
  AWASE_ASSERT_OK_AND_ASSIGN(const TrainReport report, trainer::Train(options));
  EXPECT_EQ(report.views.dropped.size(), 2u);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(options.model_dir)) {
    if (!entry.is_regular_file()) continue;
    AWASE_ASSERT_OK_AND_ASSIGN(const std::string bytes, ReadFile(entry.path().string()));
    EXPECT_FALSE(absl::StrContains(bytes, "visit-")) << entry.path();
    EXPECT_FALSE(absl::StrContains(bytes, "buyer-")) << entry.path();
  }
}

TEST_F(TrainRelations, MakeBoughtAfterOfLaterOrdersWithinTheWindow) {
  // Four customers buy a camera, then film on the next day, and a bag after four months; one of them buys film first.
  std::vector<std::string> rows;
  for (int c = 0; c < 4; ++c) {
    rows.push_back(absl::StrCat("a", c, ",c", c, ",camera,2024-01-0", 1 + c));
    rows.push_back(absl::StrCat("b", c, ",c", c, ",film,2024-01-0", 2 + c));
    rows.push_back(absl::StrCat("d", c, ",c", c, ",bag,2024-05-0", 2 + c));
  }
  rows.push_back("e,c0,film,2023-12-30");
  rows.push_back("f,c9,camera,2024-01-01");
  WriteRows("orders.csv", kOrderHeader, rows);
  AWASE_ASSERT_OK(trainer::Train(Options()).status());
  AWASE_ASSERT_OK_AND_ASSIGN(const auto model, artefact::Model::Open(dir_.Join("models")));
  const ProductIndex camera = *model->Find("camera");
  const ProductIndex film = *model->Find("film");
  constexpr RelationKind kAfter = RelationKind::kBoughtAfter;
  EXPECT_EQ(model->unit_count(kAfter), 4u) << "c9 never came back";
  const auto list = model->related(kAfter, camera);
  ASSERT_EQ(list.size(), 1u) << "the bag came too late";
  EXPECT_EQ(list[0].other, film);
  EXPECT_EQ(list[0].units_together, 4u);
  EXPECT_EQ(model->units(kAfter, camera), 4u);
  EXPECT_EQ(model->units_as_other(kAfter, camera), 1u) << "after the first film";
  EXPECT_EQ(model->units(kAfter, film), 1u);
  EXPECT_EQ(model->units_as_other(kAfter, film), 4u);
  EXPECT_THAT(model->related(kAfter, film), IsEmpty()) << "of one buyer";
}

TEST_F(TrainRelations, CountAlsoBoughtWithinItsWindow) {
  WriteRows("orders.csv", kOrderHeader,
            {"1,amy,tea,2024-01-01", "2,amy,cup,2024-01-05", "3,amy,sofa,2024-03-01", "4,bob,tea,2024-01-01",
             "5,bob,cup,2024-01-02", "6,bob,sofa,2024-02-20"});
  const auto names_beside_tea = [&](double days) {
    TrainOptions options = Options();
    options.also_bought_window_days = days;
    EXPECT_TRUE(trainer::Train(options).ok());
    const auto model = *artefact::Model::Open(options.model_dir);
    EXPECT_EQ(model->unit_count(RelationKind::kAlsoBought), 2u);
    std::vector<std::string> names;
    for (const auto& entry : model->related(RelationKind::kAlsoBought, *model->Find("tea"))) {
      names.emplace_back(model->product(entry.other).product_id());
    }
    return names;
  };
  EXPECT_THAT(names_beside_tea(10), ElementsAre("cup"));
  EXPECT_THAT(names_beside_tea(1), IsEmpty()) << "of one buyer";
  EXPECT_THAT(names_beside_tea(0), ElementsAre("cup", "sofa"));
  EXPECT_THAT(names_beside_tea(365), ElementsAre("cup", "sofa")) << "which every history fits into";
}

TEST_F(TrainRelations, MakeViewedBoughtOfWhatCustomersOrderedAfterASession) {
  // Three shoppers look at a camera and a phone and buy the phone; one of them buys a case two days later.
  std::vector<std::string> orders;
  std::vector<std::string> views;
  for (int c = 0; c < 3; ++c) {
    for (const char* product : {"camera", "phone"}) {
      views.push_back(absl::StrCat("s", c, ",c", c, ",", product, ",2024-01-0", 1 + c, " 10:00"));
    }
    orders.push_back(absl::StrCat("o", c, ",c", c, ",phone,2024-01-0", 1 + c, " 18:00"));
  }
  orders.push_back("p,c0,case,2024-01-03 18:00");
  orders.push_back("q,c1,camera,2024-01-02 09:59");  // before the session
  views.push_back("s8,,camera,2024-01-01 10:00");
  views.push_back("s9,stranger,camera,2024-01-01 10:00");
  WriteRows("orders.csv", kOrderHeader, orders);
  TrainOptions options = Options();
  options.views = {WriteRows("views.csv", kViewHeader, views)};
  options.min_buyers = 1;
  AWASE_ASSERT_OK_AND_ASSIGN(const TrainReport report, trainer::Train(options));
  EXPECT_THAT(NamesOf(report), Contains("viewed_bought"));
  AWASE_ASSERT_OK_AND_ASSIGN(const auto model, artefact::Model::Open(options.model_dir));
  constexpr RelationKind kBought = RelationKind::kViewedBought;
  const ProductIndex camera = *model->Find("camera");
  const ProductIndex phone = *model->Find("phone");
  EXPECT_EQ(model->unit_count(kBought), 3u) << "sessions that came to an order";
  const auto list = model->related(kBought, camera);
  ASSERT_EQ(list.size(), 1u);
  EXPECT_EQ(list[0].other, phone);
  EXPECT_EQ(list[0].units_together, 3u);
  EXPECT_EQ(list[0].buyers_together, 3u);
  EXPECT_EQ(model->units(kBought, camera), 3u);
  EXPECT_EQ(model->units_as_other(kBought, camera), 0u);
  EXPECT_EQ(model->units_as_other(kBought, phone), 3u);
  EXPECT_THAT(model->related(kBought, phone), IsEmpty()) << "it was itself that was bought";
}

TEST_F(TrainRelations, SayWhyThereIsNoViewedBought) {
  WriteOrders();
  TrainOptions options = Options();
  options.views = {WriteRows("views.csv", "session_id,product_id\n", {"1,p1", "1,p2", "2,p1", "2,p2"})};
  AWASE_ASSERT_OK_AND_ASSIGN(const TrainReport report, trainer::Train(options));
  EXPECT_THAT(NamesOf(report), Not(Contains("viewed_bought")));
  EXPECT_THAT(report.warnings, Contains(HasSubstr("viewed_bought is not made")));
}

TEST_F(TrainRelations, SayWhyThereIsNoBoughtAfter) {
  WriteRows("orders.csv", kOrderHeader, {"1,amy,a,", "1,amy,b,", "2,amy,c,"});
  AWASE_ASSERT_OK_AND_ASSIGN(const TrainReport report, trainer::Train(Options()));
  EXPECT_THAT(NamesOf(report), ElementsAre("bought_together", "also_bought"));
  EXPECT_THAT(report.warnings, Contains(HasSubstr("bought_after is not made")));
}

TEST_F(TrainRelations, AreTheWantedOnes) {
  WriteOrders();
  TrainOptions options = Options();
  options.views = {WriteViews()};
  options.relations = {RelationKind::kViewedTogether, RelationKind::kBoughtTogether};
  AWASE_ASSERT_OK_AND_ASSIGN(const TrainReport report, trainer::Train(options));
  EXPECT_THAT(NamesOf(report), ElementsAre("bought_together", "viewed_together"));
  AWASE_ASSERT_OK_AND_ASSIGN(const auto model, artefact::Model::Open(options.model_dir));
  EXPECT_THAT(model->manifest_json(), HasSubstr("viewed_together"));

  options.relations = {RelationKind::kBoughtTogether};
  options.views = {dir_.Join("none.csv")};
  AWASE_ASSERT_OK_AND_ASSIGN(const TrainReport without, trainer::Train(options));
  EXPECT_THAT(without.views.files, IsEmpty()) << "nobody needs them";
  EXPECT_NE(without.version, report.version);

  options.relations = {RelationKind::kAlsoBought};
  EXPECT_THAT(trainer::Train(options), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("bought_together")));
}

TEST_F(TrainRelations, OfViewsAreNotMissedUnlessTheyWereAskedForByName) {
  WriteOrders();
  TrainOptions options = Options();
  AWASE_ASSERT_OK_AND_ASSIGN(const TrainReport by_default, trainer::Train(options));
  EXPECT_THAT(by_default.warnings, Not(Contains(HasSubstr("--views"))));
  options.relations = {RelationKind::kBoughtTogether, RelationKind::kViewedTogether};
  AWASE_ASSERT_OK_AND_ASSIGN(const TrainReport by_name, trainer::Train(options));
  EXPECT_THAT(by_name.warnings, Contains(HasSubstr("--views")));
}

TEST_F(TrainRelations, AskForViewsAgainWhenOrdersAreAppended) {
  std::vector<std::string> rows = OrderRows();
  const std::vector<std::string> later(rows.begin() + 250, rows.end());
  rows.resize(250);
  WriteRows("orders.csv", kOrderHeader, rows);
  TrainOptions options = Options();
  options.views = {WriteViews()};
  AWASE_ASSERT_OK(trainer::Train(options).status());

  TrainOptions append = Options();
  append.orders.clear();
  append.append = {WriteRows("later.csv", kOrderHeader, later)};
  EXPECT_THAT(trainer::Train(append),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("was trained with views: give them again")));
  append.views = options.views;
  AWASE_ASSERT_OK_AND_ASSIGN(const TrainReport appended, trainer::Train(append));

  WriteOrders();
  options.model_dir = dir_.Join("whole");
  AWASE_ASSERT_OK_AND_ASSIGN(const TrainReport whole, trainer::Train(options));
  EXPECT_EQ(appended.version, whole.version);
}

}  // namespace
}  // namespace awase::trainer
