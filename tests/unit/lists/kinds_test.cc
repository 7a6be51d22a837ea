#include "awase/lists/kinds.h"

#include "gmock/gmock.h"

namespace awase::lists {
namespace {

using catalog::Catalog;
using catalog::Product;
using relations::EntrySource;
using ::testing::ElementsAre;

Product Make(const std::string& id, const std::string& category) {
  Product product;
  product.product_id = id;
  product.category = category;
  return product;
}

std::vector<EntrySource> SourcesOf(const std::vector<Kind>& kinds) {
  std::vector<EntrySource> sources;
  for (const Kind& kind : kinds) sources.push_back(kind.source);
  return sources;
}

TEST(Kinds, WalkFromWhatIsNearestToWhatIsFarthest) {
  Product product = Make("a", "A > B > C");
  product.series = "s";
  product.author = "w";
  product.family = "f";
  product.product_type = "t";
  product.brand = "b";
  EXPECT_THAT(SourcesOf(KindsOf(Catalog::Build({product}))),
              ElementsAre(EntrySource::kSeries, EntrySource::kAuthor, EntrySource::kFamily, EntrySource::kType,
                          EntrySource::kCategory, EntrySource::kCategory, EntrySource::kCategory, EntrySource::kBrand));
}

TEST(Kinds, ACategoryIsWalkedUpStepByStep) {
  const Catalog catalog = Catalog::Build({Make("a", "A > B > C"), Make("b", "A >B"), Make("c", "A"), Make("d", "")});
  const std::vector<Kind> kinds = KindsOf(catalog);
  ASSERT_EQ(kinds.size(), 3u);
  EXPECT_THAT(kinds[0].groups.of, ElementsAre(0, 1, 2, kNoType));              // A > B > C, A >B, A
  EXPECT_EQ(kinds[1].groups.of[0] == kinds[1].groups.of[1], false);            // A > B and A
  EXPECT_EQ(kinds[1].groups.of[2], kNoType);                                   // nothing is around A
  EXPECT_THAT(kinds[2].groups.of, ElementsAre(0, kNoType, kNoType, kNoType));  // A is around A > B
}

TEST(Kinds, AreOfRootsWhichTakeTheirVariantsWhereNothingIsGiven) {
  Product variant = Make("a-red", "A");
  variant.parent_id = "a";
  const std::vector<Kind> kinds = KindsOf(Catalog::Build({Make("a", ""), variant}));
  ASSERT_EQ(kinds.size(), 1u);
  EXPECT_THAT(kinds[0].groups.of, ElementsAre(0, kNoType));
}

TEST(Kinds, OfACatalogueThatKnowsNothingThereAreNone) {
  EXPECT_TRUE(KindsOf(Catalog::Build({Make("a", "")})).empty());
  EXPECT_TRUE(KindsOf(Catalog()).empty());
}

}  // namespace
}  // namespace awase::lists
