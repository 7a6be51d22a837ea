#include "awase/serving/catalogue_facts.h"

#include "awase/base/money.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/model_builder.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase::serving {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(CatalogueFacts, HaveTheWordsOfAllProductsOnceEachInOrder) {
  testing::ModelBuilder builder;
  catalog::Product& a = builder.Add("a");
  a.category = "Cameras>Compact > Zoom";
  a.price = Money{1'000, *CurrencyCode::Parse("USD")};
  a.brand = "Hikari";
  a.tags = {"sale", "new"};
  a.attributes = {{"spec.b", "1", {}}, {"spec.c", "2", {}}};
  catalog::Product& b = builder.Add("b");
  b.category = "Cameras";
  b.brand = "Hikari";
  b.tags = {"sale"};
  b.author = "Sato";
  testing::TempDir directory;
  AWASE_ASSERT_OK_AND_ASSIGN(const auto model, builder.Build(directory.path()));
  const rules::CatalogueFacts facts = FactsOf(model);
  EXPECT_THAT(facts.words_of(rules::ProductColumn::kCategory),
              ElementsAre("Cameras", "Cameras > Compact", "Cameras > Compact > Zoom"));
  EXPECT_THAT(facts.words_of(rules::ProductColumn::kBrand), ElementsAre("Hikari"));
  EXPECT_THAT(facts.words_of(rules::ProductColumn::kTag), ElementsAre("new", "sale"));
  EXPECT_THAT(facts.words_of(rules::ProductColumn::kAuthor), ElementsAre("Sato"));
  EXPECT_THAT(facts.words_of(rules::ProductColumn::kAttribute), ElementsAre("spec.b", "spec.c"));
  EXPECT_THAT(facts.words_of(rules::ProductColumn::kSeries), IsEmpty());
  EXPECT_THAT(facts.words_of(rules::ProductColumn::kCurrency), ElementsAre("USD"));
  EXPECT_TRUE(facts.knows_product("a"));
  EXPECT_FALSE(facts.knows_product("c"));
}

}  // namespace
}  // namespace awase::serving
