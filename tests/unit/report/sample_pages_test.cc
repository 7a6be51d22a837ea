#include "awase/report/sample_pages.h"

#include <algorithm>
#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "gmock/gmock.h"
#include "tests/testing/model_builder.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase::report {
namespace {

using ::awase::testing::ModelBuilder;
using ::awase::testing::TempDir;
using relations::RelationKind;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::set<std::string> IdsOf(const std::vector<SamplePage>& pages) {
  std::set<std::string> ids;
  for (const SamplePage& page : pages) ids.insert(page.product_id);
  return ids;
}

// `products` products, each bought a little less often than the one before.
ModelBuilder Shop(int products) {
  ModelBuilder builder;
  for (int i = 0; i < products; ++i) {
    const std::string id = absl::StrFormat("p%03d", i);
    builder.Add(id);
    builder.SetUnits(RelationKind::kBoughtTogether, id, static_cast<std::uint32_t>(6000 / (i + 5)));
  }
  return builder;
}

TEST(SamplePages, AreDrawnFromAllBandsByTheirIds) {
  const TempDir dir;
  AWASE_ASSERT_OK_AND_ASSIGN(const auto model, Shop(300).Build(dir.Join("a")));
  const std::vector<SamplePage> pages = SamplePages(*model);
  ASSERT_THAT(pages, SizeIs(20));
  EXPECT_THAT(IdsOf(pages), SizeIs(20));
  EXPECT_TRUE(
      std::is_sorted(pages.begin(), pages.end(), [](const auto& a, const auto& b) { return a.orders > b.orders; }));
  std::map<std::string, int> bands;
  for (const SamplePage& page : pages) ++bands[page.band];
  EXPECT_EQ(bands["head"], 6);
  EXPECT_EQ(bands["middle"], 7);
  EXPECT_EQ(bands["tail"], 7);

  // Another version of the shop, with a few products more at its end, shows most of them again.
  AWASE_ASSERT_OK_AND_ASSIGN(const auto later, Shop(305).Build(dir.Join("b")));
  std::set<std::string> both;
  const std::set<std::string> before = IdsOf(pages);
  const std::set<std::string> after = IdsOf(SamplePages(*later));
  std::set_intersection(before.begin(), before.end(), after.begin(), after.end(), std::inserter(both, both.end()));
  EXPECT_GE(both.size(), 14u);
}

TEST(SamplePages, AreAllThereAreWhereThereAreFew) {
  const TempDir dir;
  ModelBuilder builder = Shop(5);
  builder.SetUnits(RelationKind::kBoughtTogether, "p004", 0);  // never ordered: nobody can judge its page
  builder.Add("hidden").visible = false;
  AWASE_ASSERT_OK_AND_ASSIGN(const auto model, builder.Build(dir.path()));
  EXPECT_THAT(IdsOf(SamplePages(*model)), ElementsAre("p000", "p001", "p002", "p003"));
}

TEST(SamplePages, HaveListsWithTheirEvidenceAndRungs) {
  const TempDir dir;
  ModelBuilder builder;
  builder.Add("cam", 50'000).title = "Camera";
  builder.Add("film", 129'990).product_type = "Film";
  builder.Add("bag", -1);
  builder.Add("pro", 60'000);
  builder.SetUnits(RelationKind::kBoughtTogether, "cam", 40);
  builder.SetUnitCount(RelationKind::kBoughtTogether, 1000);
  builder.SetUnits(RelationKind::kBoughtTogether, "film", 50);
  builder.Relate(RelationKind::kBoughtTogether, "cam", "film", {.together = 30});
  builder.Relate(RelationKind::kBoughtTogether, "cam", "bag", {.together = 10, .claim = false});
  builder.HaveRelation(RelationKind::kAlsoBought);
  builder.AddRung("cam", "pro", ladder::Direction::kHigher);
  AWASE_ASSERT_OK_AND_ASSIGN(const auto model, builder.Build(dir.path()));
  const std::vector<SamplePage> pages = SamplePages(*model, 20, 1);
  const auto found =
      std::find_if(pages.begin(), pages.end(), [](const auto& page) { return page.product_id == "cam"; });
  ASSERT_NE(found, pages.end());
  EXPECT_EQ(found->title, "Camera");
  EXPECT_EQ(found->price, "USD 500.00");
  EXPECT_EQ(found->orders, 40u);
  ASSERT_THAT(found->lists, SizeIs(2));
  EXPECT_EQ(found->lists[0].relation, "bought_together");
  EXPECT_EQ(found->lists[0].units, 40u);
  EXPECT_EQ(found->lists[0].unit_count, 1000u);
  ASSERT_THAT(found->lists[0].entries, SizeIs(1));
  EXPECT_EQ(found->lists[0].entries[0].product_id, "film");
  EXPECT_EQ(found->lists[0].entries[0].price, "USD 1,299.90");
  EXPECT_EQ(found->lists[0].entries[0].together, 30u);
  EXPECT_NEAR(found->lists[0].entries[0].lift, 30.0 * 1000 / (40 * 50), 1e-6);
  EXPECT_TRUE(found->lists[0].entries[0].claim);
  EXPECT_THAT(found->lists[1].entries, IsEmpty());
  ASSERT_THAT(found->rungs, SizeIs(1));
  EXPECT_EQ(found->rungs[0].direction, "higher");
  EXPECT_EQ(found->rungs[0].price_delta, "+USD 100.00");
}

TEST(SamplePages, ShowTheBestSellingVariant) {
  const TempDir dir;
  ModelBuilder builder;
  builder.Add("root", -1).visible = false;
  builder.Add("red", 1'000).parent_id = "root";
  builder.Add("blue", 1'200).parent_id = "root";
  for (const char* id : {"red", "blue"}) builder.SetUnits(RelationKind::kBoughtTogether, id, 0);
  builder.SetUnits(RelationKind::kBoughtTogether, "root", 50);
  builder.SetPopularity("blue", 30);
  builder.SetPopularity("red", 20);
  AWASE_ASSERT_OK_AND_ASSIGN(const auto model, builder.Build(dir.path()));
  const std::vector<SamplePage> pages = SamplePages(*model);
  ASSERT_THAT(pages, SizeIs(1));
  EXPECT_EQ(pages[0].product_id, "blue");
  EXPECT_EQ(pages[0].price, "USD 12.00");
  EXPECT_EQ(pages[0].orders, 50u);
}

}  // namespace
}  // namespace awase::report
