#include "comparison/internal/version_ranker.h"

#include "tests/testing/model_builder.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase::comparison_internal {
namespace {

using evaluation::ScoredProduct;
using relations::RelationKind;

// In byte order of the ids: bag 0, camera 1, film 2, phone 3. In the space they stand the other way round.
constexpr std::size_t kSpace = 4;
std::vector<ProductIndex> ToSpace() { return {ProductAt(3), ProductAt(2), ProductAt(1), ProductAt(0)}; }
constexpr ProductIndex kCamera = ProductAt(2);
constexpr ProductIndex kPhone = ProductAt(0);

testing::ModelBuilder Shop() {
  testing::ModelBuilder builder;
  for (const char* id : {"bag", "camera", "film", "phone"}) builder.Add(id);
  builder.Relate(RelationKind::kBoughtTogether, "camera", "film", {.together = 40});
  builder.Relate(RelationKind::kBoughtTogether, "camera", "bag", {.together = 10});
  builder.Relate(RelationKind::kBoughtTogether, "phone", "bag", {.together = 20});
  return builder;
}

float ScoreOf(const std::vector<ScoredProduct>& scored, std::size_t product) {
  for (const ScoredProduct& s : scored) {
    if (s.product == ProductAt(product)) return s.score;
  }
  return 0;
}

TEST(VersionCartRanker, SumsTheWeightsOfTheCartModelAndTheBaseline) {
  testing::ModelBuilder builder = Shop();
  builder.WeighForCarts("camera", "bag", 0.25F);
  builder.WeighForCarts("phone", "bag", 0.5F);
  builder.WeighForCarts("phone", "film", -0.5F);
  builder.SetCartBaseline("bag", 0.125F);
  testing::TempDir dir;
  AWASE_ASSERT_OK_AND_ASSIGN(const auto model, builder.Build(dir.path()));
  const VersionListRanker version(model, ToSpace(), kSpace);
  const VersionCartRanker ranker(version);
  EXPECT_EQ(ranker.name(), model->version());
  const std::vector<ScoredProduct> scored = ranker.Score({kCamera, kPhone});
  ASSERT_EQ(scored.size(), 2u);
  EXPECT_EQ(ScoreOf(scored, 3), 0.875F);  // bag
  EXPECT_EQ(ScoreOf(scored, 1), -0.5F);   // film
}

TEST(VersionCartRanker, AddsUpTheListsOfAVersionWithoutACartModel) {
  testing::TempDir dir;
  AWASE_ASSERT_OK_AND_ASSIGN(const auto model, Shop().Build(dir.path()));
  const VersionListRanker version(model, ToSpace(), kSpace);
  const std::vector<ScoredProduct> scored = VersionCartRanker(version).Score({kCamera, kPhone});
  ASSERT_EQ(scored.size(), 2u);
  EXPECT_EQ(ScoreOf(scored, 3), 1.25F);  // bag: all of phone's best, a quarter of camera's
  EXPECT_EQ(ScoreOf(scored, 1), 1);      // film
}

}  // namespace
}  // namespace awase::comparison_internal
