#include "awase/families/family.h"

#include <memory>
#include <string>
#include <vector>

#include "awase/artefact/model.h"
#include "awase/families/rung_text.h"
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
using relations::RelationKind;
using ::testing::ElementsAre;

std::vector<std::string> IdsOf(const artefact::Model& model, const std::vector<ProductIndex>& products) {
  std::vector<std::string> ids;
  for (const ProductIndex product : products) ids.emplace_back(model.product(product).product_id());
  return ids;
}

class FamiliesTest : public ::testing::Test {
 protected:
  std::shared_ptr<const artefact::Model> Build() {
    auto model = builder_.Build(dir_.path());
    EXPECT_TRUE(model.ok()) << model.status();
    return *model;
  }
  void AddOf(const std::string& id, std::int64_t price, const std::string& family) {
    builder_.Add(id, price).family = family;
  }

  TempDir dir_;
  ModelBuilder builder_;
};

TEST_F(FamiliesTest, AreByFamilyThenTypeThenCategory) {
  catalog::Product& declared = builder_.Add("declared");
  declared.family = "cameras";
  declared.product_type = "camera";
  builder_.Add("typed").product_type = "camera";
  builder_.Add("placed").category = "Photo > camera";
  builder_.Add("bare");
  const auto model = Build();
  const auto key = [&](const std::string& id) { return KeyOf(*model, *model->Find(id)); };
  EXPECT_EQ(key("declared"), (FamilyKey{FamilySource::kDeclared, "cameras"}));
  EXPECT_EQ(key("typed"), (FamilyKey{FamilySource::kProductType, "camera"}));
  EXPECT_EQ(key("placed"), (FamilyKey{FamilySource::kCategoryLeaf, "camera"})) << "a category of a type's name";
  EXPECT_EQ(key("bare"), std::nullopt);
  EXPECT_TRUE(FindFamilies(*model).empty()) << "each is alone";
}

TEST_F(FamiliesTest, AreSortedByOrdersAndTheirProductsByPrice) {
  AddOf("c", 300, "few");
  AddOf("a", 300, "few");
  AddOf("b", 100, "few");
  AddOf("x", 100, "many");
  AddOf("y", 200, "many");
  builder_.HaveRelation(RelationKind::kBoughtTogether);
  builder_.SetUnits(RelationKind::kBoughtTogether, "y", 5000);
  builder_.AddRung("x", "y", Direction::kHigher, 1, Grade::kAsserted);
  builder_.AddRung("y", "x", Direction::kLower, 1, Grade::kWeak);
  const auto model = Build();
  const std::vector<Family> families = FindFamilies(*model);
  ASSERT_EQ(families.size(), 2u);
  EXPECT_EQ(families[0].key.name, "many");
  EXPECT_EQ(families[0].orders, 5100u);
  EXPECT_EQ(families[0].steps, 1u) << "a WEAK one is not served";
  EXPECT_EQ(families[1].key.name, "few");
  EXPECT_THAT(IdsOf(*model, families[1].products), ElementsAre("b", "a", "c"));
}

TEST_F(FamiliesTest, HaveOneProductOfEachRootThatCanBeShown) {
  AddOf("root", 100, "f");
  catalog::Product& hidden = builder_.Add("hidden", 100);
  hidden.parent_id = "root";
  hidden.visible = false;
  builder_.Add("best", 120).parent_id = "root";
  builder_.SetPopularity("hidden", 90);
  builder_.SetPopularity("best", 80);
  builder_.SetPopularity("root", 10);
  AddOf("free", 0, "f");
  AddOf("unpriced", -1, "f");
  AddOf("other", 110, "f");
  const auto model = Build();
  const Family family = CollectFamily(*model, {FamilySource::kDeclared, "f"});
  EXPECT_THAT(IdsOf(*model, family.products), ElementsAre("other"))
      << "best speaks for its root, and the shop did not give it the family";
}

TEST_F(FamiliesTest, HaveTheirFreePlans) {
  const auto add_plan = [&](const std::string& id, std::int64_t price, std::vector<catalog::Attribute> fees) {
    catalog::Product& plan = builder_.Add(id, price);
    plan.family = "plans";
    plan.subscription_interval = "month";
    plan.attributes = std::move(fees);
  };
  add_plan("free", 0, {});
  add_plan("basic", 1000, {});
  add_plan("slip", 0, {{"fee", "29", 29.0}});
  add_plan("team", 0, {{"fee", "0", 0.0}, {"fee_per_seat", "20", 20.0}});
  const auto model = Build();
  const Family family = CollectFamily(*model, {FamilySource::kDeclared, "plans"});
  EXPECT_THAT(IdsOf(*model, family.products), ElementsAre("free", "basic"));
  EXPECT_EQ(FindFamilies(*model).size(), 1u);
}

TEST_F(FamiliesTest, OfOneKeyAreFoundAlike) {
  for (int i = 0; i < 40; ++i) AddOf("p" + std::to_string(i), 100 + i * 37 % 11, i % 3 == 0 ? "three" : "rest");
  const auto model = Build();
  for (const Family& family : FindFamilies(*model)) {
    const Family collected = CollectFamily(*model, family.key);
    EXPECT_EQ(collected.products, family.products);
    EXPECT_EQ(collected.orders, family.orders);
  }
  EXPECT_TRUE(CollectFamily(*model, {FamilySource::kProductType, "three"}).products.empty());
}

TEST_F(FamiliesTest, PacksWithoutPricesOfOneCurrencyHaveNoUnitPrices) {
  for (const char* id : {"small", "none", "euro"}) {
    catalog::Product& product =
        builder_.Add(id, id == std::string("none") ? -1 : 100, id == std::string("euro") ? "EUR" : "USD");
    product.pack_quantity = 10;
    product.pack_unit = "piece";
  }
  ladder::RungEvidence evidence;
  evidence.kind = ladder::StepKind::kPack;
  evidence.returned_cheap = evidence.returned_dear = -1;  // not known
  builder_.AddRung("small", "none", Direction::kHigher, 1, Grade::kAsserted, evidence);
  builder_.AddRung("none", "small", Direction::kHigher, 1, Grade::kAsserted, evidence);
  builder_.AddRung("euro", "small", Direction::kHigher, 1, Grade::kAsserted, evidence);
  const auto model = Build();
  for (const char* id : {"small", "none", "euro"}) {
    EXPECT_EQ(RungEvidenceText(*model, *model->Find(id), 0), "pack; family ") << id;
  }
}

}  // namespace
}  // namespace awase::families
