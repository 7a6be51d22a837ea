#include "awase/serving/catalogue_facts.h"

#include <cstddef>
#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "awase/base/money.h"
#include "awase/engine/placements.h"
#include "awase/rules/load_rules.h"
#include "awase/serving/file_exposure_store.h"
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

TEST(CatalogueFacts, KnowProductsAsGoods) {
  testing::ModelBuilder builder;
  catalog::Product& shirt = builder.Add("shirt");
  shirt.cost = Money{700, *CurrencyCode::Parse("USD")};
  shirt.brand = "Hikari";
  builder.Add("shirt-m").parent_id = "shirt";
  builder.Add("sold-out").stock = 0;
  builder.Add("hidden").visible = false;
  testing::TempDir directory;
  AWASE_ASSERT_OK_AND_ASSIGN(const auto model, builder.Build(directory.path()));
  const rules::CatalogueFacts facts = FactsOf(model);
  EXPECT_EQ(facts.cost_of("shirt"), (Money{700, *CurrencyCode::Parse("USD")}));
  EXPECT_FALSE(facts.cost_of("hidden").has_value());
  EXPECT_EQ(facts.root_of("shirt-m"), "shirt");
  EXPECT_EQ(facts.root_of("shirt"), "shirt");
  EXPECT_EQ(facts.root_of("gone"), "");
  EXPECT_EQ(facts.why_not_sold("sold-out"), "is out of stock");
  EXPECT_EQ(facts.why_not_sold("hidden"), "is not visible");
  EXPECT_EQ(facts.why_not_sold("shirt"), "");
  EXPECT_EQ(facts.count_products({.in = {.brands = {"Hikari"}}}), 1U);
  EXPECT_EQ(facts.count_products({.in = {.products = {"gone", "hidden", "sold-out"}}}), 2U);
  EXPECT_EQ(facts.product_count, 4U);
}

// What the check of caps takes a full page to have is what slots have by themselves.
TEST(CatalogueFacts, CapsAreHeldAgainstPagesAsTheEngineFillsThem) {
  std::map<std::string, std::size_t> of_intent;
  std::size_t of_page = 0;
  for (const engine::SlotSpec& slot : engine::StandardSlots()) {
    const std::size_t shown = slot.kind == engine::SlotKind::kBundle ? slot.set.most_products - 1 : slot.count;
    of_intent[std::string(rules::kIntentNames[static_cast<std::size_t>(slot.intent)])] += shown;
    of_page += shown;
  }
  rules::CatalogueFacts facts;
  facts.kept_exposures = FileExposureStore::kMostOfCustomer;
  const auto warnings = [&](absl::string_view intents, std::size_t at_most) {
    const std::string rule =
        absl::StrCat("rules:\n- {id: a, cap: {", intents, "within: 7d, at_most: ", at_most, "}}\n");
    return rules::LoadRules({{"r.yaml", rule}}, &facts, absl::UnixEpoch()).warning_count;
  };
  EXPECT_EQ(warnings("", facts.kept_exposures / of_page), 0U);
  EXPECT_EQ(warnings("", facts.kept_exposures / of_page + 1), 1U);
  for (const auto& [intent, shown] : of_intent) {
    const std::string intents = absl::StrCat("intents: [", intent, "], ");
    EXPECT_EQ(warnings(intents, facts.kept_exposures / shown), 0U) << intent;
    EXPECT_EQ(warnings(intents, facts.kept_exposures / shown + 1), 1U) << intent;
  }
}

}  // namespace
}  // namespace awase::serving
