#include "awase/exporter/export_lists.h"

#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "awase/artefact/model.h"
#include "tests/testing/model_builder.h"
#include "tests/testing/small_artefact.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase::exporter {
namespace {

using ::awase::testing::ModelBuilder;
using ::awase::testing::StatusIs;
using ::awase::testing::TempDir;
using relations::RelationKind;
using ::testing::HasSubstr;

TEST(CsvField, QuotesWhatACsvReaderWouldTakeApart) {
  EXPECT_EQ(CsvField("plain-1"), "plain-1");
  EXPECT_EQ(CsvField("007"), "007");
  EXPECT_EQ(CsvField("a,b"), "\"a,b\"");
  EXPECT_EQ(CsvField("5\" pipe"), "\"5\"\" pipe\"");
  EXPECT_EQ(CsvField("a\nb"), "\"a\nb\"");
  EXPECT_EQ(CsvField("a\rb"), "\"a\rb\"");
  EXPECT_EQ(CsvField(" a"), "\" a\"");
  EXPECT_EQ(CsvField(""), "");
}

TEST(RelationToCsv, WritesCountsAndRanksByProductAndRank) {
  ModelBuilder builder;
  builder.Add("b");
  builder.Add("a,1");
  builder.Add("c");
  builder.SetUnits(RelationKind::kBoughtTogether, "c", 40);
  builder.Relate(RelationKind::kBoughtTogether, "a,1", "c", {.together = 8, .claim = false});
  builder.Relate(RelationKind::kBoughtTogether, "a,1", "b",
                 {.together = 20, .score = 2.5, .entry_class = relations::EntryClass::kMultiPack});
  TempDir dir;
  AWASE_ASSERT_OK_AND_ASSIGN(const auto model, builder.Build(dir.path()));
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string csv, RelationToCsv(*model, RelationKind::kBoughtTogether, 20));
  EXPECT_EQ(csv,
            "product_id,rank,other_id,score,orders_together,orders_product,orders_other,orders_total,buyers_together,"
            "lift,lift_low,lift_high,claim,class,source\n"
            "\"a,1\",1,c,8,8,100,40,10000,8,20,16,24,false,undecided,counted\n"
            "\"a,1\",2,b,2.5,20,100,100,10000,20,20,16,24,true,multi_pack,counted\n");
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string one, RelationToCsv(*model, RelationKind::kBoughtTogether, 1));
  EXPECT_EQ(std::vector<std::string>(absl::StrSplit(one, '\n')).size(), 3u) << "header, one row, nothing";
}

TEST(RelationToCsv, SaysWhenTheVersionHasNoSuchRelation) {
  TempDir dir;
  AWASE_ASSERT_OK_AND_ASSIGN(const auto model, artefact::Model::Open(dir.Join(testing::WriteSmallVersion(dir.path()))));
  EXPECT_THAT(RelationToCsv(*model, RelationKind::kBoughtAfter, 5),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("customers who order again")));
  EXPECT_THAT(RelationToCsv(*model, RelationKind::kViewedBought, 5),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("--views")));
  EXPECT_THAT(RelationToCsv(*model, RelationKind::kAlsoBought, 5),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("customer ids")));
}

TEST(LaddersToCsv, WritesEachRungWithItsEvidence) {
  TempDir dir;
  AWASE_ASSERT_OK_AND_ASSIGN(const auto model, artefact::Model::Open(dir.Join(testing::WriteSmallVersion(dir.path()))));
  const std::string csv = LaddersToCsv(*model);
  EXPECT_THAT(csv, HasSubstr("product_id,direction,rung,other_id,price_delta_minor,currency,grade,evidence\n"));
  EXPECT_THAT(csv, HasSubstr("cam-red,higher,1,cam-pro,10000,USD,WEAK,product_type Camera\n"));
  EXPECT_THAT(csv, HasSubstr("cam-pro,lower,1,cam-red,-10000,USD,WEAK,product_type Camera\n"));
}

TEST(LaddersToCsv, SaysEverythingThatSpeaksForARung) {
  ModelBuilder builder;
  catalog::Product& small = builder.Add("small", 10'000);
  catalog::Product& large = builder.Add("large", 14'000);
  small.family = large.family = "cameras";
  small.tier = "M";
  large.tier = "L";
  small.attributes = {{"spec.storage_gb", "128", 128.0}, {"spec.weight", "300 g", std::nullopt}};
  large.attributes = {{"spec.storage_gb", "256", 256.0}, {"spec.weight", "320 g", std::nullopt}};
  ladder::RungEvidence evidence{};
  evidence.gained_specs = 0b01;
  evidence.upgrades = 34;
  evidence.downgrades = 7;
  evidence.switches_up = 10;
  evidence.returned_cheap = 0.02F;
  evidence.returned_dear = 0.015F;
  evidence.flags = ladder::kDominates | ladder::kBehaviour | ladder::kTierColumn | ladder::kSameBrand;
  builder.AddRung("small", "large", ladder::Direction::kHigher, 1, ladder::Grade::kCertified, evidence);
  evidence.given_up_specs = 0b11;
  evidence.gained_specs = 0;
  builder.AddRung("large", "small", ladder::Direction::kLower, 1, ladder::Grade::kCertified, evidence);
  TempDir dir;
  AWASE_ASSERT_OK_AND_ASSIGN(const auto model, builder.Build(dir.path()));
  const std::string csv = LaddersToCsv(*model);
  EXPECT_THAT(csv, HasSubstr("small,higher,1,large,4000,USD,CERTIFIED,\"dominates: storage_gb 128→256, tier M→L; "
                             "later upgrade 34 of 41 customers (83 %, at least 68 %); "
                             "switch-up 10 of 10 customers (100 %, at least 69 %); sent back 2.0 %→1.5 %; "
                             "same brand; family cameras\"\n"));
  EXPECT_THAT(csv, HasSubstr("large,lower,1,small,-4000,USD,CERTIFIED,\"is dominated: storage_gb 256→128, "
                             "weight 320 g→300 g, tier L→M; later upgrade 34 of 41"));
}

}  // namespace
}  // namespace awase::exporter
