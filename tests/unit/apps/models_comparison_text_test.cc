#include "apps/awase/models_comparison_text.h"

#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "apps/awase/canary_text.h"
#include "apps/awase/terminal_text.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace awase::apps {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

void Offer(v1::RecommendResponse* answer, const std::string& slot_name, const std::string& id) {
  v1::Slot* slot = answer->add_slots();
  slot->set_name(slot_name);
  slot->add_offers()->mutable_product()->set_product_id(id);
}

v1::CompareModelsResponse Compared() {
  v1::CompareModelsResponse compared;
  compared.mutable_answer_a()->set_model_version("aaaaaaaaaaaaaaaa");
  compared.mutable_answer_b()->set_model_version("bbbbbbbbbbbbbbbb");
  for (const char* slot : {"lower", "higher"}) {
    Offer(compared.mutable_answer_a(), slot, "三脚");
    Offer(compared.mutable_answer_b(), slot, "case");
  }
  return compared;
}

TEST(ModelsComparisonText, HasBothAnswersBesideEachOther) {
  PageOptions options;
  options.width = 103;
  options.emphasis = true;
  const std::string text = ModelsComparisonText(Compared(), options);
  const std::vector<std::string> lines = absl::StrSplit(text, '\n');
  EXPECT_THAT(lines[0], AllOf(StartsWith("A  "), EndsWith(" │ B")));
  EXPECT_THAT(lines[1], AllOf(StartsWith("version aaaaaaaaaaaa"), HasSubstr(" │ version bbbbbbbbbbbb")));
  EXPECT_THAT(text, AllOf(HasSubstr("LOWER"), HasSubstr("HIGHER")));
  for (const std::string& line : lines) {
    EXPECT_LE(DisplayWidth(line), 103u) << line;
    const std::vector<std::string> sides = absl::StrSplit(line, " │");
    EXPECT_EQ(sides.size() == 2 ? DisplayWidth(sides[0]) : 50u, 50u) << line;
  }
  EXPECT_THAT(text, EndsWith("\nBoth show the same.\n"));
}

TEST(ModelsComparisonText, SaysWhatDiffers) {
  v1::CompareModelsResponse compared = Compared();
  v1::SlotDifference* slot = compared.add_slots();
  slot->set_slot("lower");
  const auto add = [slot](const std::string& id, std::uint32_t place_a, std::uint32_t place_b) {
    v1::OfferDifference* offer = slot->add_offers();
    offer->add_product_ids(id);
    offer->set_place_a(place_a);
    offer->set_place_b(place_b);
    return offer;
  };
  add("new", 0, 1);
  add("both", 1, 2)->set_reworded(true);
  add("dear", 3, 3)->set_repriced(true);
  add("old", 2, 0)->add_product_ids("part");
  compared.set_cart_differs(true);
  EXPECT_THAT(ModelsComparisonText(compared, {}), EndsWith("\nlower\n"
                                                           "  + new: 1 in B\n"
                                                           "  ~ both: 1 in A, 2 in B, another sentence\n"
                                                           "  ~ dear: another price\n"
                                                           "  - old + part: 2 in A\n"
                                                           "the cart costs or earns something else\n"));
}

TEST(CanaryText, SaysTheShareAndWhatIsWrong) {
  v1::Canary canary;
  canary.set_version("0123456789abcdef");
  canary.set_share_basis_points(250);
  EXPECT_EQ(CanaryText(canary), "0123456789abcdef is tried out on 2.5% of the customers\n");
  canary.set_rule_problem("the rules are not right");
  canary.set_problem("it is broken");
  EXPECT_THAT(CanaryText(canary), EndsWith("\nthe canary is refused: it is broken\nthe rules are not right\n"));
  canary.clear_version();
  EXPECT_THAT(CanaryText(canary), StartsWith("the canary is refused"));
}

}  // namespace
}  // namespace awase::apps
