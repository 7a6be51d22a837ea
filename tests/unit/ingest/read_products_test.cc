#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "awase/ingest/read_dump.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"
#include "tests/unit/ingest/dump_files.h"

namespace awase::ingest {
namespace {

using awase::testing::StatusIs;
using awase::testing::TempDir;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

struct ProductsRead {
  absl::StatusOr<std::vector<catalog::Product>> products;
  ReadReport report;
};

ProductsRead ReadCatalogue(const std::vector<std::string>& patterns, const TableMap& map = {},
                           double max_bad_share = 1) {
  ReadOptions options;
  options.max_bad_share = max_bad_share;
  options.default_currency = CurrencyCode::Parse("EUR").value();
  ProductsRead read{absl::UnknownError("not read"), {}};
  read.products = ReadProducts(patterns, map, options, &read.report);
  return read;
}

ProductsRead ReadText(const std::string& text, const TableMap& map = {}, double max_bad_share = 1) {
  const TempDir folder;
  return ReadCatalogue({folder.Write("products.csv", text)}, map, max_bad_share);
}

TEST(ReadProducts, ReadsAllColumns) {
  const ProductsRead read = ReadText(
      "product_id,title,category,product_type,brand,author,series,parent_id,price,currency,cost,stock,visible,family,"
      "tier,"
      "pack_size,pack_quantity,pack_unit,subscription_interval,tags,url,image_url,spec.weight_g,limit.seats,spec."
      "color\n"
      "007,Title,A > B,type,Brand,Author,Series,7,12.345,USD,5,3.0,no,Family,2,6 x 1 l,6,l,month,\"a, b|c\",u,i, 120 "
      ",unlimited,\n");
  AWASE_ASSERT_OK(read.products);
  ASSERT_THAT(*read.products, SizeIs(1));
  const catalog::Product& product = read.products->front();
  const CurrencyCode usd = CurrencyCode::Parse("USD").value();
  catalog::Product wanted;
  wanted.product_id = "007";
  wanted.title = "Title";
  wanted.category = "A > B";
  wanted.product_type = "type";
  wanted.brand = "Brand";
  wanted.author = "Author";
  wanted.series = "Series";
  wanted.parent_id = "7";
  wanted.family = "Family";
  wanted.tier = "2";
  wanted.price = Money{1235, usd};
  wanted.cost = Money{500, usd};
  wanted.stock = 3;
  wanted.visible = false;
  wanted.pack_size = "6 x 1 l";
  wanted.pack_quantity = 6000;
  wanted.pack_unit = "ml";
  wanted.subscription_interval = "month";
  wanted.tags = {"a", "b", "c"};
  wanted.url = "u";
  wanted.image_url = "i";
  wanted.attributes = {{"limit.seats", "unlimited", std::nullopt}, {"spec.weight_g", "120", 120.0}};
  EXPECT_EQ(product, wanted);
  EXPECT_THAT(read.report.columns, SizeIs(25));
}

// "1980 ml", or "?" where nothing is known.
std::string PackOf(const std::string& quantity, const std::string& unit, const std::string& label) {
  const ProductsRead read = ReadText(
      absl::StrCat("product_id,pack_quantity,pack_unit,pack_size\np,", quantity, ",\"", unit, "\",\"", label, "\"\n"));
  const catalog::Product& product = read.products->front();
  if (!product.pack_quantity.has_value()) return "?";
  return absl::StrCat(FormatRatio(*product.pack_quantity), " ", product.pack_unit);
}

TEST(ReadProducts, PutsPacksIntoUnitsThatCompare) {
  EXPECT_EQ(PackOf("", "", "500 g"), "500 g");
  EXPECT_EQ(PackOf("0.5", "kg", ""), "500 g");
  EXPECT_EQ(PackOf("", "", "6 x 330 ml"), "1980 ml");
  EXPECT_EQ(PackOf("", "6 x 330 ml", ""), "1980 ml") << "a label in the column of units";
  EXPECT_EQ(PackOf("2", "6 x 330 ml", ""), "3960 ml");
  EXPECT_EQ(PackOf("12", "count", ""), "12 piece");
  EXPECT_EQ(PackOf("36", "shots", ""), "36 shots") << "the shop's own unit";
  EXPECT_EQ(PackOf("2", "l", "500 g"), "2000 ml") << "pack_quantity speaks before pack_size";
  EXPECT_EQ(PackOf("", "", "14-18 CT"), "?");
  EXPECT_EQ(PackOf("", "", "8 IN"), "?") << "of the thing itself";
  EXPECT_EQ(PackOf("20", "cm", ""), "?") << "likewise";
  EXPECT_EQ(PackOf("", "8 IN", ""), "?") << "likewise";
  EXPECT_EQ(PackOf("20", "cm", "6 ct"), "6 piece") << "frames of 20 cm";
  EXPECT_EQ(PackOf("", "kg", ""), "?");
  EXPECT_EQ(PackOf("999999999999999999", "kg", ""), "?");
}

TEST(ReadProducts, ReportsPacksThatItCouldNotRead) {
  const ProductsRead read = ReadText(
      "product_id,pack_quantity,pack_unit,pack_size\n"
      "d,,,CTN\nc,,,LARGE\nb,,,CTN\na,,,CTN\ne,,,14-18 CT\nf,,,8 IN\ng,,,500 g\nh,1,l,500 g\ni,36,shots,\n"
      "j,20,cm,\n");
  AWASE_ASSERT_OK(read.products);
  EXPECT_THAT(*read.products, SizeIs(10)) << "a pack that is not known is no reason to drop a product";
  EXPECT_THAT(
      read.report.notes,
      ElementsAre("3 of 8 values of pack_size were read.",
                  "pack_size has no number in 4 products, such as a \"CTN\", b \"CTN\", c \"LARGE\".",
                  "pack_size has two readings in 1 product: e \"14-18 CT\".",
                  "pack_size is not what pack_quantity and pack_unit say (they are taken) in 1 product: h \"500 g\".",
                  "pack_size measures the product itself and no content in 1 product: f \"8 IN\".",
                  "pack_unit is a unit of the shop's own in 1 product: i \"shots\".",
                  "pack_unit measures the product itself and no content in 1 product: j \"cm\"."));
}

TEST(ReadProducts, LeavesWhatIsNotGivenUnset) {
  const ProductsRead read = ReadText("product_id,price,stock,visible,spec.x\np,,,,\n", {}, 0);
  AWASE_ASSERT_OK(read.products);
  catalog::Product wanted;
  wanted.product_id = "p";
  EXPECT_THAT(*read.products, ElementsAre(wanted));
}

TEST(ReadProducts, UsesTheDefaultCurrency) {
  const ProductsRead read = ReadText("product_id,price\np,3\n");
  AWASE_ASSERT_OK(read.products);
  EXPECT_EQ(read.products->front().price, (Money{300, CurrencyCode::Parse("EUR").value()}));
}

struct BadProduct {
  const char* row;
  const char* reason;
};
class ReadProductsBadRow : public ::testing::TestWithParam<BadProduct> {};

TEST_P(ReadProductsBadRow, IsDroppedUnderItsReason) {
  const ProductsRead read = ReadText(absl::StrCat(
      "product_id,price,currency,cost,stock,visible,pack_quantity\ngood,1,EUR,1,1,1,1\n", GetParam().row, "\n"));
  AWASE_ASSERT_OK(read.products);
  EXPECT_THAT(*read.products, SizeIs(1));
  EXPECT_EQ(DroppedFor(read.report, GetParam().reason).count, 1u);
  EXPECT_THAT(DroppedFor(read.report, GetParam().reason).samples, SizeIs(1));
}

INSTANTIATE_TEST_SUITE_P(Reasons, ReadProductsBadRow,
                         ::testing::Values(BadProduct{" ,1,EUR,1,1,1,1", "product_id is empty"},
                                           BadProduct{"p,x,EUR,1,1,1,1", "price is no number"},
                                           BadProduct{"p,-1,EUR,1,1,1,1", "price is negative"},
                                           BadProduct{"p,99999999999999999999,EUR,1,1,1,1", "price is out of range"},
                                           BadProduct{"p,1,E,1,1,1,1", "currency is no ISO 4217 code"},
                                           BadProduct{"p,1,EUR,x,1,1,1", "cost is no number"},
                                           BadProduct{"p,1,EUR,-1,1,1,1", "cost is negative"},
                                           BadProduct{"p,1,EUR,99999999999999999999,1,1,1", "cost is out of range"},
                                           BadProduct{"p,1,EUR,1,some,1,1", "stock is no whole number"},
                                           BadProduct{"p,1,EUR,1,1,maybe,1", "visible is neither true nor false"},
                                           BadProduct{"p,1,EUR,1,1,1,0", "pack_quantity is no positive number"},
                                           BadProduct{"p,1", "line has too few columns"}));

TEST(ReadProducts, NamesTheMissingColumn) {
  EXPECT_THAT(ReadText("sku,title\n1,a\n").products,
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("products: {columns: {product_id: \"sku\"}}")));
}

TEST(ReadProducts, SaysWhichColumnAMisspeltOneSeemsToBe) {
  const ProductsRead read = ReadText("product_id,titel,trial_day\np,x,1\n");
  EXPECT_TRUE(HasNote(read.report, "products: {columns: {title: \"titel\"}}"));
  EXPECT_TRUE(HasNote(read.report, "products: {columns: {trial_days: \"trial_day\"}}"));
}

TEST(ReadProducts, SaysWhichAttributeAMisspeltOneSeemsToBe) {
  const ProductsRead read = ReadText(
      "product_id,Limit.minutes,limits.gb,overrage.data_gb,spec.minuets,Price,size.cm,limit.,.limit\np,1,1,1,1,1,1,1,"
      "1\n");
  EXPECT_TRUE(HasNote(read.report, "products: {columns: {limit.minutes: \"Limit.minutes\"}}"));
  EXPECT_TRUE(HasNote(read.report, "products: {columns: {limit.gb: \"limits.gb\"}}"));
  EXPECT_TRUE(HasNote(read.report, "products: {columns: {overage.data_gb: \"overrage.data_gb\"}}"));
  for (const char* other : {"spec.minuets", "Price", "size.cm", "limit.", ".limit"}) {
    EXPECT_FALSE(HasNote(read.report, absl::StrCat("\"", other, "\"}}"))) << "read, or like nothing of ours: " << other;
  }
}

TEST(ReadProducts, FailsWhenMoreRowsAreBadThanAllowed) {
  EXPECT_THAT(ReadText("product_id,price\np,x\n", {}, 0.05).products,
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("price is no number")));
}

TEST(ReadProducts, GathersAttributesOverFilesAndTheMap) {
  const TempDir folder;
  TableMap map;
  map.constants = {{"spec.kind", "shop"}};
  const ProductsRead read = ReadCatalogue(
      {folder.Write("1.csv", "product_id,spec.a\np,1\n"), folder.Write("2.csv", "spec.b,product_id,spec.a\nx,q,\n")},
      map, 0);
  AWASE_ASSERT_OK(read.products);
  ASSERT_THAT(*read.products, SizeIs(2));
  using catalog::Attribute;
  EXPECT_THAT((*read.products)[0].attributes,
              ElementsAre(Attribute{"spec.a", "1", 1.0}, Attribute{"spec.kind", "shop", std::nullopt}));
  EXPECT_THAT((*read.products)[1].attributes,
              ElementsAre(Attribute{"spec.b", "x", std::nullopt}, Attribute{"spec.kind", "shop", std::nullopt}));
}

TEST(ReadProducts, ReadsTheColumnsOfPlans) {
  const ProductsRead read = ReadText(
      "product_id,price,fee,fee_per_seat,trial_days,includes,option_of,limit.gb,overage.gb,perk.lounge\n"
      "flat,5,4.50,,30,backup,,unlimited,10/1024,yes\nseats,,,8,,,,1,,\nbackup,,1.25,9,,,flat,,,\nodd,,-3,,,,,,,\n");
  AWASE_ASSERT_OK(read.products);
  ASSERT_THAT(*read.products, SizeIs(4));
  using catalog::Attribute;
  EXPECT_THAT(
      (*read.products)[0].attributes,
      ElementsAre(Attribute{"fee", "4.50", 4.5}, Attribute{"includes", "backup", std::nullopt},
                  Attribute{"limit.gb", "unlimited", std::nullopt}, Attribute{"overage.gb", "10/1024", std::nullopt},
                  Attribute{"perk.lounge", "yes", std::nullopt}, Attribute{"trial_days", "30", 30.0}));
  const CurrencyCode euro = CurrencyCode::Parse("EUR").value();
  EXPECT_EQ((*read.products)[0].price, (Money{500, euro})) << "a price of its own stays";
  EXPECT_EQ((*read.products)[1].price, (Money{800, euro})) << "that of a seat";
  EXPECT_EQ((*read.products)[2].price, (Money{125, euro})) << "the fee before that of a seat";
  EXPECT_EQ((*read.products)[3].price, std::nullopt);
}

TEST(ReadProducts, TakesWhatASeatCostsWhereNothingElseIsPaid) {
  const ProductsRead read =
      ReadText("product_id,fee,fee_per_seat\nteam,0,20\ntext,0.00,ask\nfree,0,\nnothing,0,0\nboth,29,5\n");
  AWASE_ASSERT_OK(read.products);
  ASSERT_THAT(*read.products, SizeIs(5));
  const CurrencyCode euro = CurrencyCode::Parse("EUR").value();
  EXPECT_EQ((*read.products)[0].price, (Money{2000, euro}));
  EXPECT_EQ((*read.products)[1].price, std::nullopt) << "no fee that can be read: not for nothing";
  EXPECT_EQ((*read.products)[2].price, (Money{0, euro}));
  EXPECT_EQ((*read.products)[3].price, (Money{0, euro}));
  EXPECT_EQ((*read.products)[4].price, (Money{2900, euro}));
}

TEST(ReadProducts, MapsAttributes) {
  TableMap map;
  map.columns = {{"product_id", "sku"}, {"spec.weight_g", "Weight"}};
  const ProductsRead read = ReadText("sku,Weight,Other\np,3,x\n", map, 0);
  AWASE_ASSERT_OK(read.products);
  EXPECT_THAT(read.products->front().attributes, ElementsAre(catalog::Attribute{"spec.weight_g", "3", 3.0}));
  EXPECT_TRUE(HasNote(read.report, "columns not used: Other."));
}

TEST(ReadProducts, ReadsListsOfTagsFromJsonAndParquet) {
  const TempDir folder;
  WriteDump(folder.Join("b.parquet"), "SELECT 'q' AS product_id, ['x', 'y z'] AS tags, true AS visible, 5 AS stock");
  const ProductsRead read = ReadCatalogue(
      {folder.Write("a.jsonl", "{\"product_id\":\"p\",\"tags\":[\"x\",\"y z\"],\"price\":1.50,\"visible\":false}\n"),
       folder.Join("b.parquet")},
      {}, 0);
  AWASE_ASSERT_OK(read.products);
  ASSERT_THAT(*read.products, SizeIs(2));
  EXPECT_THAT((*read.products)[0].tags, ElementsAre("x", "y z"));
  EXPECT_FALSE((*read.products)[0].visible);
  EXPECT_EQ((*read.products)[0].price->minor_units, 150);
  EXPECT_THAT((*read.products)[1].tags, ElementsAre("x", "y z"));
  EXPECT_EQ((*read.products)[1].stock, 5);
}

TEST(ReadProducts, ReadsThroughSql) {
  TableMap map;
  map.sql = "SELECT sku AS product_id, g || ' kg' AS title, g::INT * 1000 AS \"spec.weight_g\" FROM input";
  const ProductsRead read = ReadText("sku,g\np,2\n", map, 0);
  AWASE_ASSERT_OK(read.products);
  EXPECT_EQ(read.products->front().title, "2 kg");
  EXPECT_THAT(read.products->front().attributes, ElementsAre(catalog::Attribute{"spec.weight_g", "2000", 2000.0}));
  EXPECT_THAT(read.report.dropped, IsEmpty());
}

}  // namespace
}  // namespace awase::ingest
