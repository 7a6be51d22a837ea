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
  ladder::RungEvidence step;
  step.gained_specs = 0b001;
  step.given_up_specs = 0b010;
  EXPECT_THAT(directions(&step), ElementsAre(Direction::kGained, Direction::kGivenUp, Direction::kChanged))
      << "of zoom the family does not say which way is better";
}

TEST(Differences, OfAnAssertedStepHaveTheDirectionThatOtherStepsLearned) {
  Shop shop;
  const auto laptop = [&](absl::string_view id, const char* memory, const char* weight) {
    shop.model().Add(id).attributes = {Text("spec.ram", memory), Text("spec.weight", weight)};
  };
  laptop("anchor", "8 GB", "1.4 kg");
  laptop("learned", "12 GB", "1300 g");
  laptop("asserted", "0.016 TB", "1.6kg");
  ladder::RungEvidence lighter_and_larger{};
  lighter_and_larger.gained_specs = 0b11;
  shop.model().AddRung("anchor", "learned", ladder::Direction::kHigher, 1, ladder::Grade::kCertified,
                       lighter_and_larger);
  const auto snapshot = shop.Snap();
  const artefact::Model& model = snapshot->model();
  using Direction = SpecDifference::Direction;
  const auto up = FindDifferences(model, *model.Find("anchor"), *model.Find("asserted"), nullptr);
  ASSERT_EQ(up.size(), 2U);
  EXPECT_EQ(up[0].direction, Direction::kGained);
  EXPECT_EQ(up[1].direction, Direction::kGivenUp) << "heavier";
  const auto back = FindDifferences(model, *model.Find("asserted"), *model.Find("anchor"), nullptr);
  EXPECT_EQ(back[0].direction, Direction::kGivenUp) << "what the other side's steps say";
}

// The attribute may be at another place of the offer, whose steps are asked where the anchor's say nothing.
TEST(Differences, OfAnAssertedStepAskTheOfferByItsOwnPlaces) {
  Shop shop;
  shop.model().Add("anchor").attributes = {Text("spec.ram", "8 GB"), Text("spec.weight", "1.4 kg")};
  shop.model().Add("offer").attributes = {Text("spec.a", "1"), Text("spec.b", "2"), Text("spec.ram", "16 GB"),
                                          Text("spec.weight", "1.6 kg")};
  shop.model().Add("learned").attributes = {Text("spec.ram", "32 GB"), Text("spec.weight", "1.1 kg")};
  ladder::RungEvidence evidence{};
  evidence.gained_specs = 0b1100;
  shop.model().AddRung("offer", "learned", ladder::Direction::kHigher, 1, ladder::Grade::kCertified, evidence);
  const auto snapshot = shop.Snap();
  const artefact::Model& model = snapshot->model();
  using Direction = SpecDifference::Direction;
  const auto found = FindDifferences(model, *model.Find("anchor"), *model.Find("offer"), nullptr);
  ASSERT_EQ(found.size(), 4U);
  EXPECT_EQ(found[0].direction, Direction::kGained) << found[0].name;
  EXPECT_EQ(found[1].direction, Direction::kGivenUp) << "heavier: " << found[1].name;
}

TEST(Differences, OneValueInTwoSpellingsIsNone) {
  EXPECT_THAT(Differences({Text("spec.weight", "1.30kg")}, {Text("spec.weight", "1.3 kg")}), IsEmpty());
  EXPECT_THAT(Differences({Text("spec.weight", "1.30kg")}, {Text("spec.weight", "1.3 lb")}),
              ElementsAre("spec.weight:1.30kg>1.3 lb"));
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
