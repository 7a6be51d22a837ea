#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "awase/artefact/model.h"
#include "awase/artefact/writer.h"
#include "awase/base/files.h"
#include "tests/testing/model_builder.h"
#include "tests/testing/small_artefact.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase::artefact {
namespace {

using ::awase::testing::StatusIs;
using ::awase::testing::TempDir;
using ::awase::testing::WriteSmallVersion;
using relations::RelationKind;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<std::string> NamesIn(const std::string& directory) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(directory))
    names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

TEST(Model, ReadsBackTheCartModel) {
  TempDir dir;
  AWASE_ASSERT_OK_AND_ASSIGN(const auto model, Model::Open(dir.Join(WriteSmallVersion(dir.path()))));
  EXPECT_TRUE(model->has_cart_model());
  const auto list = model->cart_weights(*model->Find("cam-red"));  // of its root
  ASSERT_EQ(list.size(), 2u);
  EXPECT_EQ(list[0], (cart::CartWeight{*model->Find("film"), 0.5F}));
  EXPECT_EQ(list[1], (cart::CartWeight{*model->Find("cam-pro"), -0.25F}));
  EXPECT_EQ(model->cart_baseline(*model->Find("cam-blue")), 0.0625F);
  EXPECT_TRUE(model->cart_weights(*model->Find("cam-pro")).empty());
}

TEST(Model, FindsEveryIdAndNoOther) {
  // They share beginnings and are of all lengths; those that are missing lie between the others.
  const auto id_of = [](std::size_t i) { return absl::StrCat("p", std::string(i % 40, 'x'), i); };
  TempDir dir;
  testing::ModelBuilder builder;
  for (std::size_t i = 0; i < 3000; i += 2) builder.Add(id_of(i), 100);
  AWASE_ASSERT_OK_AND_ASSIGN(const auto model, builder.Build(dir.path()));
  for (std::size_t i = 0; i < 3000; ++i) {
    const std::optional<ProductIndex> found = model->Find(id_of(i));
    ASSERT_EQ(found.has_value(), i % 2 == 0) << id_of(i);
    if (!found.has_value()) continue;
    ASSERT_EQ(model->product(*found).product_id(), id_of(i));
  }
  EXPECT_EQ(model->Find(""), std::nullopt);
}

TEST(Model, FindsEveryTextAndNoOther) {
  TempDir dir;
  AWASE_ASSERT_OK_AND_ASSIGN(const auto model, Model::Open(dir.Join(WriteSmallVersion(dir.path()))));
  const ProductView camera = model->product(*model->Find("cam-pro"));
  ASSERT_FALSE(camera.brand().empty());
  EXPECT_EQ(model->FindString(camera.brand()), camera.brand_id());
  EXPECT_EQ(model->FindString(""), kEmptyString);
  EXPECT_EQ(camera.author_id(), kEmptyString);
  EXPECT_EQ(camera.series_id(), kEmptyString);
  for (std::size_t i = 0; i < model->product_count(); ++i) {
    const absl::string_view id = model->product(static_cast<ProductIndex>(i)).product_id();
    const std::optional<StringId> found = model->FindString(id);
    ASSERT_TRUE(found.has_value()) << id;
    EXPECT_EQ(model->string(*found), id);
  }
  for (const char* missing : {"\x01", "cam-re", "cam-red ", "\xff"})
    EXPECT_EQ(model->FindString(missing), std::nullopt);
}

TEST(Model, WorksWithoutACartModel) {
  TempDir dir;
  testing::ModelBuilder builder;
  builder.Add("camera");
  AWASE_ASSERT_OK_AND_ASSIGN(const auto model, builder.Build(dir.path()));
  EXPECT_FALSE(model->has_cart_model());
  EXPECT_TRUE(model->cart_weights(*model->Find("camera")).empty());
  EXPECT_EQ(model->cart_baseline(*model->Find("camera")), 0);
}

TEST(Model, ReadsBackWhatWasWritten) {
  TempDir dir;
  const std::string version = WriteSmallVersion(dir.path());
  AWASE_ASSERT_OK_AND_ASSIGN(const auto model, Model::Open(dir.Join(version)));
  EXPECT_EQ(model->version(), version);
  EXPECT_EQ(model->product_count(), 5u);

  const ProductView red = model->product(*model->Find("cam-red"));
  EXPECT_EQ(red.title(), "The cam-red");
  EXPECT_EQ(red.product_type(), "Camera");
  EXPECT_EQ(red.price(), (Money{29'900, *CurrencyCode::Parse("USD")}));
  EXPECT_FALSE(red.stock().has_value());
  EXPECT_EQ(red.parent(), model->Find("cam"));
  ASSERT_EQ(red.attribute_count(), 2u);
  EXPECT_EQ(red.attribute(0).name, "limit.shots");
  EXPECT_EQ(red.attribute(0).number, 1000.0);
  EXPECT_EQ(red.attribute(1).text, "red");
  EXPECT_FALSE(red.attribute(1).number.has_value());
  EXPECT_EQ(red.FindAttribute("limit.shots"), 0u);
  EXPECT_EQ(red.FindAttribute(red.attribute(1).name), 1u);
  EXPECT_EQ(red.FindAttribute("limit.shot"), std::nullopt);
  EXPECT_EQ(red.FindAttribute("spec.zzz"), std::nullopt);
  EXPECT_EQ(red.AttributeText(red.attribute(1).name), "red");
  EXPECT_EQ(red.AttributeText(""), "");
  EXPECT_EQ(red.product_type_id(), model->product(*model->Find("cam-blue")).product_type_id());

  EXPECT_EQ(model->product(*model->Find("cam-blue")).stock(), 0);
  EXPECT_EQ(model->product(*model->Find("cam-pro")).brand(), "Léa, \"Optics\"");
  EXPECT_EQ(model->product(*model->Find("cam-pro")).cost()->minor_units, 20'000);
  const ProductView film = model->product(*model->Find("film"));
  EXPECT_EQ(film.tags(), "new,35 mm");
  EXPECT_EQ(film.pack_quantity(), 36);
  EXPECT_FALSE(film.visible());
  const ProductView cam = model->product(*model->Find("cam"));
  EXPECT_FALSE(cam.price().has_value());
  EXPECT_FALSE(cam.parent().has_value());
  EXPECT_FALSE(model->Find("CAM").has_value());
  EXPECT_FALSE(model->Find("").has_value());
  EXPECT_FALSE(model->Find("zzz").has_value());
}

TEST(Model, GivesAVariantTheListsOfItsRoot) {
  TempDir dir;
  AWASE_ASSERT_OK_AND_ASSIGN(const auto model, Model::Open(dir.Join(WriteSmallVersion(dir.path()))));
  const ProductIndex red = *model->Find("cam-red");
  EXPECT_EQ(model->root(red), *model->Find("cam"));
  EXPECT_THAT(model->variants(model->root(red)), ElementsAre(red, *model->Find("cam-blue"), *model->Find("cam")))
      << "best seller first";
  const auto list = model->related(RelationKind::kBoughtTogether, red);
  ASSERT_EQ(list.size(), 1u);
  EXPECT_EQ(list[0].other, *model->Find("film"));
  EXPECT_EQ(list[0].units_together, 20u);
  EXPECT_EQ(list[0].is_claim, 1u);
  EXPECT_EQ(list[0].source, relations::EntrySource::kCounted);
  EXPECT_EQ(model->order_period(), (OrderPeriod{1'700'000'000'000'000, 1'710'000'000'000'000}));
  EXPECT_EQ(model->units(RelationKind::kBoughtTogether, red), 20u);
  EXPECT_EQ(model->unit_count(RelationKind::kBoughtTogether), 80u);
  EXPECT_GT(model->basket_size_factor(RelationKind::kBoughtTogether), 0);
  EXPECT_FALSE(model->has_relation(RelationKind::kAlsoBought));
  EXPECT_TRUE(model->related(RelationKind::kAlsoBought, red).empty());
  ASSERT_EQ(model->rungs(red).size(), 1u);
  EXPECT_EQ(model->rungs(red)[0].other, *model->Find("cam-pro"));
  EXPECT_EQ(model->rungs(red)[0].price_delta_minor, 10'000);
}

TEST(Model, KnowsBothUnitsOfADirectedRelation) {
  TempDir dir;
  testing::ModelBuilder builder;
  for (const char* id : {"camera", "film"}) builder.Add(id);
  builder.SetUnits(RelationKind::kBoughtAfter, "film", 7);
  builder.SetUnitsAsOther(RelationKind::kBoughtAfter, "film", 40);
  builder.SetUnits(RelationKind::kBoughtTogether, "film", 8);
  AWASE_ASSERT_OK_AND_ASSIGN(const auto model, builder.Build(dir.path()));
  const ProductIndex film = *model->Find("film");
  EXPECT_EQ(model->units(RelationKind::kBoughtAfter, film), 7u);
  EXPECT_EQ(model->units_as_other(RelationKind::kBoughtAfter, film), 40u);
  EXPECT_EQ(model->units_as_other(RelationKind::kBoughtTogether, film), 8u);
  EXPECT_EQ(model->units_as_other(RelationKind::kViewedTogether, film), 0u) << "there is none";
}

TEST(VersionWriter, NamesAVersionByItsContentAlone) {
  TempDir dir;
  const std::string version = WriteSmallVersion(dir.Join("a"), "{\"when\": \"today\"}");
  EXPECT_EQ(WriteSmallVersion(dir.Join("b"), "{\"when\": \"tomorrow\"}"), version);
  EXPECT_EQ(version.size(), 16u);
  for (const std::string& name : NamesIn(dir.Join("a/" + version))) {
    if (name.find("manifest") != std::string::npos) continue;
    EXPECT_EQ(*ReadFile(dir.Join("a/" + version + "/" + name)), *ReadFile(dir.Join("b/" + version + "/" + name)))
        << name;
  }
}

TEST(VersionWriter, LeavesAnExistingGoodVersionAlone) {
  TempDir dir;
  const std::string version = WriteSmallVersion(dir.path(), "{\"run\": 1}");
  EXPECT_EQ(WriteSmallVersion(dir.path(), "{\"run\": 2}"), version);
  EXPECT_THAT(*ReadFile(dir.Join(version + "/manifest.json")), HasSubstr("\"run\": 1"));
  EXPECT_THAT(NamesIn(dir.path()), ElementsAre(version)) << "no temporary directory is left";
}

TEST(Model, HasLiveValuesInPlaceOfThoseOfTheTraining) {
  TempDir dir;
  testing::ModelBuilder builder;
  builder.Add("camera", 50000).stock = 3;
  builder.Add("film", -1).visible = false;
  builder.Add("lens", 20000);
  AWASE_ASSERT_OK_AND_ASSIGN(const auto trained, builder.Build(dir.path()));
  const ProductIndex camera = *trained->Find("camera");
  const ProductIndex film = *trained->Find("film");
  const Money price = {0, *CurrencyCode::Parse("EUR")};
  const auto live =
      trained->WithLive(live::LiveTable(3).With({{camera, {.price = price, .stock = 0}}, {film, {.visible = true}}}));
  EXPECT_EQ(live->product(camera).price(), price);
  EXPECT_EQ(live->product(camera).stock(), 0);
  EXPECT_TRUE(live->product(camera).visible());
  EXPECT_EQ(live->product(film).price(), std::nullopt);
  EXPECT_EQ(live->product(film).stock(), std::nullopt);
  EXPECT_TRUE(live->product(film).visible());
  EXPECT_EQ(live->product(*live->Find("lens")).price()->minor_units, 20000);
  EXPECT_EQ(live->version(), trained->version());
  for (const auto& as_trained : {trained, live->WithLive(live::LiveTable())}) {
    EXPECT_EQ(as_trained->product(camera).price()->minor_units, 50000);
    EXPECT_EQ(as_trained->product(camera).stock(), 3);
    EXPECT_FALSE(as_trained->product(film).visible());
  }
}

TEST(VersionWriter, ReplacesABrokenVersionOfTheSameName) {
  TempDir dir;
  const std::string version = WriteSmallVersion(dir.path());
  dir.Write(version + "/rungs.bin", "broken");
  EXPECT_EQ(WriteSmallVersion(dir.path()), version);
  AWASE_EXPECT_OK(Model::Open(dir.Join(version)));
}

TEST(VersionWriter, LeavesNothingBehindWhenItCannotWrite) {
  TempDir dir;
  const std::string file = dir.Write("occupied", "");
  const catalog::Catalog catalog;
  const ladder::LadderSet ladders{{0}, {}, {}};
  Contents contents;
  contents.catalog = &catalog;
  contents.ladders = &ladders;
  contents.settings_json = contents.report_json = "{}";
  EXPECT_FALSE(VersionWriter::Create(file).ok());
  EXPECT_THAT(NamesIn(dir.path()), ElementsAre("occupied"));
  contents.settings_json = "no json";
  {
    AWASE_ASSERT_OK_AND_ASSIGN(VersionWriter writer, VersionWriter::Create(dir.Join("models")));
    EXPECT_THAT(writer.Finish(contents), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("settings")));
  }
  EXPECT_THAT(NamesIn(dir.Join("models")), ElementsAre());
}

TEST(VersionWriter, LeavesNothingBehindOfRelationsWhoseVersionNeverCame) {
  TempDir dir;
  relations::Relation relation;
  relation.offsets = {0};
  {
    AWASE_ASSERT_OK_AND_ASSIGN(VersionWriter writer, VersionWriter::Create(dir.Join("models")));
    AWASE_ASSERT_OK(writer.AddRelation(std::make_shared<const relations::Relation>(relation)));
  }
  EXPECT_THAT(NamesIn(dir.Join("models")), ElementsAre());
}

}  // namespace
}  // namespace awase::artefact
