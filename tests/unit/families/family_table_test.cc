#include "awase/families/family_table.h"

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "awase/families/family_json.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/model_builder.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase::families {
namespace {

using ::awase::testing::ModelBuilder;
using ::awase::testing::TempDir;
using ladder::Direction;
using ladder::FamilySource;
using ladder::Grade;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Products p0 … p9 of one family, p0 the cheapest.
class FamilyTableTest : public ::testing::Test {
 protected:
  FamilyTableTest() {
    for (int i = 0; i < 10; ++i) {
      catalog::Product& product = builder_.Add(absl::StrCat("p", i), 1000 + 100 * i);
      product.family = "f";
      product.attributes = {{"spec.same", "1", 1.0}, {"spec.size", absl::StrCat(i), static_cast<double>(i)}};
      if (i == 4) product.attributes.push_back({"spec.some", "x", std::nullopt});
    }
  }
  FamilyTable Table(std::size_t rows, const std::string& center = "") {
    auto model = builder_.Build(dir_.path());
    EXPECT_TRUE(model.ok()) << model.status();
    model_ = *model;
    const Family family = CollectFamily(*model_, {FamilySource::kDeclared, "f"});
    return TableOf(*model_, family, rows, center.empty() ? kNoProduct : *model_->Find(center));
  }

  TempDir dir_;
  ModelBuilder builder_;
  std::shared_ptr<const artefact::Model> model_;
};

TEST_F(FamilyTableTest, ShowsWhatTheRowsDifferIn) {
  EXPECT_THAT(Table(10).specs, ElementsAre("spec.size", "spec.some")) << "what all have alike is not shown";
  const FamilyTable three = Table(3);
  EXPECT_THAT(three.specs, ElementsAre("spec.size")) << "none of the three has the other one";
  EXPECT_THAT(three.rows[2].specs, ElementsAre("2"));
  EXPECT_EQ(three.rows[2].price, "USD 12.00");
  EXPECT_EQ(three.products, 10u);
  EXPECT_EQ(three.center, std::nullopt);
}

TEST_F(FamilyTableTest, ShowsTheRowsAroundAProduct) {
  const auto window = [&](const std::string& center, std::size_t rows) {
    const FamilyTable table = Table(rows, center);
    EXPECT_EQ(table.rows.size(), std::min<std::size_t>(rows, 10));
    EXPECT_EQ(table.rows[*table.center].product_id, center);
    return table.first;
  };
  EXPECT_EQ(window("p0", 4), 0u);
  EXPECT_EQ(window("p5", 4), 3u);
  EXPECT_EQ(window("p9", 4), 6u);
  EXPECT_EQ(window("p9", 1), 9u);
  EXPECT_EQ(window("p5", 50), 0u);
  EXPECT_THAT(Table(0, "p5").rows, IsEmpty());
}

TEST_F(FamilyTableTest, ShowsUnitPricesAndSteps) {
  catalog::Product& pack = builder_.Add("pack", 1050);
  pack.family = "f";
  pack.pack_quantity = *Ratio::ParseDecimal("500");
  pack.pack_unit = "g";
  ladder::RungEvidence nothing{};
  nothing.returned_cheap = nothing.returned_dear = -1;
  builder_.AddRung("pack", "p1", Direction::kHigher, 1, Grade::kAsserted, nothing);
  builder_.AddRung("pack", "p0", Direction::kLower, 1, Grade::kWeak, nothing);
  const FamilyTable table = Table(20);
  ASSERT_EQ(table.rows.size(), 11u);
  const TableRow& row = table.rows[1];
  EXPECT_EQ(row.product_id, "pack");
  EXPECT_EQ(row.unit_price, "USD 2.10 per 100 g");
  EXPECT_EQ(table.rows[0].unit_price, "");
  ASSERT_EQ(row.steps.size(), 2u);
  EXPECT_EQ(row.steps[0].other_id, "p0");
  EXPECT_EQ(row.steps[0].grade, Grade::kWeak);
  EXPECT_EQ(row.steps[1].other_id, "p1");
  EXPECT_EQ(row.steps[1].price_delta, "+USD 0.50");
  EXPECT_EQ(row.steps[1].evidence, "family f");
}

TEST_F(FamilyTableTest, IsJsonWithAllSteps) {
  builder_.AddRung("p0", "p1", Direction::kHigher, 1, Grade::kCertified);
  builder_.AddRung("p0", "p2", Direction::kHigher, 2, Grade::kWeak);
  const nlohmann::json json = FamilyToJson(Table(6));
  EXPECT_EQ(json["family"], "f");
  EXPECT_EQ(json["source"], "family");
  EXPECT_EQ(json["products"], 10);
  EXPECT_EQ(json["specs"][0], "spec.size");
  ASSERT_EQ(json["rows"].size(), 6u);
  EXPECT_EQ(json["rows"][4]["specs"]["spec.some"], "x");
  EXPECT_FALSE(json["rows"][0]["specs"].contains("spec.some")) << "not given";
  ASSERT_EQ(json["rows"][0]["steps"].size(), 2u);
  EXPECT_EQ(json["rows"][0]["steps"][0]["grade"], "CERTIFIED");
  EXPECT_EQ(json["rows"][0]["steps"][1]["product_id"], "p2");
}

}  // namespace
}  // namespace awase::families
