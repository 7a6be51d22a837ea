#include "awase/engine/differences.h"

#include "tests/unit/engine/shop.h"

namespace awase::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

catalog::Attribute Number(absl::string_view name, absl::string_view text, double number) {
  return {std::string(name), std::string(text), number};
}
catalog::Attribute Text(absl::string_view name, absl::string_view text) {
  return {std::string(name), std::string(text), std::nullopt};
}

std::vector<std::string> Differences(std::vector<catalog::Attribute> anchor, std::vector<catalog::Attribute> offer) {
  Shop shop;
  shop.model().Add("anchor").attributes = std::move(anchor);
  shop.model().Add("offer").attributes = std::move(offer);
  const auto snapshot = shop.Snap();
  const artefact::Model& model = snapshot->model();
  std::vector<std::string> found;
  for (const SpecDifference& difference :
       FindDifferences(model, *model.Find("anchor"), *model.Find("offer"), nullptr)) {
    found.push_back(difference.name + ":" + difference.anchor_value + ">" + difference.offer_value);
  }
  return found;
}

TEST(Differences, SayOnlyWhatDiffers) {
  EXPECT_THAT(
      Differences({Text("spec.colour", "red"), Number("spec.ram_gb", "8", 8), Number("spec.storage_gb", "128", 128)},
                  {Text("spec.colour", "red"), Number("spec.ram_gb", "8.0", 8), Number("spec.storage_gb", "256", 256)}),
      ElementsAre("spec.storage_gb:128>256"));
}

TEST(Differences, CompareTextWhereAValueIsNoNumber) {
  EXPECT_THAT(Differences({Text("limit.seats", "unlimited")}, {Number("limit.seats", "5", 5)}),
              ElementsAre("limit.seats:unlimited>5"));
}

TEST(Differences, PairsComeBeforeWhatOnlyOneHas) {
  EXPECT_THAT(Differences({Text("spec.a", "1"), Text("spec.c", "3")}, {Text("spec.b", "2"), Text("spec.c", "4")}),
              ElementsAre("spec.c:3>4", "spec.a:1>", "spec.b:>2"));
}

TEST(Differences, AreAtMostEight) {
  std::vector<catalog::Attribute> anchor;
  std::vector<catalog::Attribute> offer;
  for (char c = 'a'; c < 'k'; ++c) {
    anchor.push_back(Text(std::string("spec.") + c, "1"));
    offer.push_back(Text(std::string("spec.") + c, "2"));
  }
  EXPECT_EQ(Differences(anchor, offer).size(), kMaxDifferences);
  EXPECT_EQ(Differences(anchor, {}).size(), kMaxDifferences);
}

TEST(Differences, LeaveOutWhatIsSaidInMoney) {
  EXPECT_THAT(Differences({Number("fee", "5", 5), Text("includes", "a"), Text("overage.gb", "2")},
                          {Number("fee", "9", 9), Text("option_of", "b"), Text("overage.gb", "1")}),
              ElementsAre("overage.gb:2>1"));
}

TEST(Differences, APerkThatSaysNoIsNotThere) {
  EXPECT_THAT(Differences({Text("perk.a", "no"), Text("perk.b", "yes"), Text("perk.c", "No"), Text("perk.d", "-")},
                          {Text("perk.a", "yes"), Text("perk.b", "0"), Text("perk.c", "false")}),
              ElementsAre("perk.a:>yes", "perk.b:yes>"));
}

TEST(Differences, NothingDiffersWithoutAttributes) { EXPECT_THAT(Differences({}, {}), IsEmpty()); }

TEST(Differences, TakeTheDirectionThatTheLadderLearned) {
  Shop shop;
  shop.model().Add("anchor").attributes = {Text("spec.storage", "8 GB"), Number("spec.weight", "900", 900),
                                           Number("spec.zoom", "4", 4)};
  shop.model().Add("offer").attributes = {Text("spec.storage", "16 GB"), Number("spec.weight", "950", 950),
                                          Number("spec.zoom", "6", 6)};
  const auto snapshot = shop.Snap();
  const artefact::Model& model = snapshot->model();
  const auto directions = [&](const ladder::RungEvidence* step) {
    std::vector<SpecDifference::Direction> found;
    for (const auto& d : FindDifferences(model, *model.Find("anchor"), *model.Find("offer"), step)) {
      found.push_back(d.direction);
    }
    return found;
  };
  using Direction = SpecDifference::Direction;
  EXPECT_THAT(directions(nullptr), ElementsAre(Direction::kChanged, Direction::kGained, Direction::kGained));
  ladder::RungEvidence step{};
  step.gained_specs = 0b001;
  step.given_up_specs = 0b010;
  EXPECT_THAT(directions(&step), ElementsAre(Direction::kGained, Direction::kGivenUp, Direction::kChanged))
      << "of zoom the family does not say which way is better";
}

TEST(CompareValues, LimitsAndTariffsHaveDirectionsOfTheirOwn) {
  using Direction = SpecDifference::Direction;
  EXPECT_EQ(CompareValues("limit.gb", "100", "Unlimited"), Direction::kGained);
  EXPECT_EQ(CompareValues("limit.gb", "unlimited", "100"), Direction::kGivenUp);
  EXPECT_EQ(CompareValues("limit.gb", "1,500", "900"), Direction::kGivenUp);
  EXPECT_EQ(CompareValues("overage.gb", "0.03", "0.01"), Direction::kGained);
  EXPECT_EQ(CompareValues("overage.gb", "10/1024", "7/1024"), Direction::kChanged);
  EXPECT_EQ(CompareValues("spec.gb", "", "7"), Direction::kGained);
  EXPECT_EQ(CompareValues("spec.gb", "7", ""), Direction::kGivenUp);
}

}  // namespace
}  // namespace awase::engine
