#include "tests/testing/small_artefact.h"

#include <vector>

#include "awase/artefact/writer.h"
#include "awase/relations/build_relation.h"
#include "gtest/gtest.h"
#include "tests/testing/basket_builder.h"

namespace awase::testing {

catalog::Catalog SmallCatalog() {
  const CurrencyCode usd = *CurrencyCode::Parse("USD");
  const auto make = [&](std::string id, std::string type, std::int64_t price) {
    catalog::Product product;
    product.product_id = std::move(id);
    product.title = "The " + product.product_id;
    product.product_type = std::move(type);
    product.price = Money{price, usd};
    return product;
  };
  catalog::Product red = make("cam-red", "Camera", 29'900);
  red.parent_id = "cam";
  red.attributes = {{"limit.shots", "1000", 1000.0}, {"spec.colour", "red", std::nullopt}};
  catalog::Product blue = make("cam-blue", "Camera", 29'900);
  blue.parent_id = "cam";
  blue.stock = 0;
  catalog::Product pro = make("cam-pro", "Camera", 39'900);
  pro.brand = "Léa, \"Optics\"";
  pro.cost = Money{20'000, usd};
  catalog::Product film = make("film", "Film", 900);
  film.tags = {"new", "35 mm"};
  film.pack_quantity = 36;
  film.pack_unit = "shots";
  film.visible = false;
  return catalog::Catalog::Build({red, blue, pro, film});
}

std::string WriteSmallVersion(const std::string& model_dir, const std::string& report_json) {
  const catalog::Catalog catalog = SmallCatalog();
  const ProductIndex cam = *catalog.Find("cam");
  const ProductIndex film = *catalog.Find("film");
  std::vector<ReferenceBasket> baskets;
  for (std::uint32_t buyer = 0; buyer < 20; ++buyer) baskets.push_back({buyer, {cam, film}});
  for (std::uint32_t buyer = 20; buyer < 80; ++buyer) baskets.push_back({buyer, {*catalog.Find("cam-pro")}});
  const orders::BasketSet set = BasketSetOf(catalog.size(), baskets);
  auto relation =
      std::make_shared<const relations::Relation>(*relations::BuildRelation(set, relations::RelationOptions()));
  const std::vector<std::uint32_t> popularity = {0, 3, 60, 17, 20};  // cam, cam-blue, cam-pro, cam-red, film
  const ladder::LadderSet ladders = ladder::BuildLadders(catalog, {.popularity = popularity}, ladder::LadderOptions());
  cart::CartWeights cart;
  cart.offsets = {0, 2, 2, 2, 2, 3};
  cart.entries = {{film, 0.5F}, {*catalog.Find("cam-pro"), -0.25F}, {cam, 0.125F}};
  cart.baselines = {0.0625F, 0, 0.5F, 0, 0.25F};
  artefact::Contents contents;
  contents.catalog = &catalog;
  contents.ladders = &ladders;
  contents.cart = &cart;
  contents.period = artefact::OrderPeriod{1'700'000'000'000'000, 1'710'000'000'000'000};
  contents.popularity = popularity;
  contents.settings_json = "{\"top_k\": 64}";
  contents.report_json = report_json;
  absl::StatusOr<artefact::VersionWriter> writer = artefact::VersionWriter::Create(model_dir);
  if (!writer.ok()) {
    ADD_FAILURE() << writer.status();
    return "";
  }
  EXPECT_TRUE(writer->AddRelation(std::move(relation)).ok());
  const absl::StatusOr<std::string> version = writer->Finish(contents);
  EXPECT_TRUE(version.ok()) << version.status();
  return version.value_or("");
}

}  // namespace awase::testing
