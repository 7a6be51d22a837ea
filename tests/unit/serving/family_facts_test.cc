#include <memory>
#include <string>
#include <vector>

#include "awase/artefact/writer.h"
#include "awase/ladder/ladder.h"
#include "awase/serving/catalogue_facts.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase::serving {
namespace {

using awase::testing::TempDir;
using catalog::Product;

Product OfSeries(std::string id, const std::string& series, std::int64_t price) {
  Product product;
  product.product_id = std::move(id);
  product.product_type = "camera";
  product.series = series;
  product.price = Money{price, *CurrencyCode::Parse("USD")};
  return product;
}

std::shared_ptr<const artefact::Model> ModelOf(std::vector<Product> products) {
  const catalog::Catalog catalog = catalog::Catalog::Build(std::move(products));
  const std::vector<std::uint32_t> popularity(catalog.size(), 1);
  const ladder::LadderSet ladders = ladder::BuildLadders(catalog, {.popularity = popularity}, ladder::LadderOptions());
  artefact::Contents contents;
  contents.catalog = &catalog;
  contents.ladders = &ladders;
  contents.popularity = popularity;
  contents.settings_json = contents.report_json = "{}";
  const TempDir dir;
  auto writer = artefact::VersionWriter::Create(dir.path());
  EXPECT_TRUE(writer.ok()) << writer.status();
  const auto version = writer->Finish(contents);
  EXPECT_TRUE(version.ok()) << version.status();
  auto model = artefact::Model::Open(dir.Join(*version));
  EXPECT_TRUE(model.ok()) << model.status();
  return *std::move(model);
}

TEST(FamilyFacts, NameFamiliesByWhatTheShopGave) {
  Product declared, placed, bare;
  declared.product_id = "declared";
  declared.family = "line";
  declared.product_type = "camera";
  placed.product_id = "placed";
  placed.category = "Photo > Film";
  bare.product_id = "bare";
  const rules::CatalogueFacts facts = FactsOf(ModelOf({declared, placed, bare}));
  EXPECT_EQ(facts.family_of("declared"), "line");
  EXPECT_EQ(facts.family_of("placed"), "Film");
  EXPECT_EQ(facts.family_of("bare"), "");
  EXPECT_EQ(facts.family_of("nobody"), "");
}

// A type that falls into its series tells so by rungs alone, and a hidden product has none.
TEST(FamilyFacts, NameOneFamilyWithAndWithoutRungs) {
  std::vector<Product> products;
  for (const std::string series : {"Alpha", "Beta"}) {
    for (int i = 0; i < 3; ++i) products.push_back(OfSeries(series + std::to_string(i), series, 10'000 + 3'000 * i));
  }
  products.push_back(OfSeries("hidden", "Alpha", 14'000));
  products.back().visible = false;
  const auto model = ModelOf(products);
  ASSERT_EQ(static_cast<ladder::FamilySource>(model->rungs(*model->Find("Alpha0"))[0].family_source),
            ladder::FamilySource::kSeries);
  const rules::CatalogueFacts facts = FactsOf(model);
  EXPECT_EQ(facts.family_of("Alpha0"), facts.family_of("hidden"));
}

}  // namespace
}  // namespace awase::serving
