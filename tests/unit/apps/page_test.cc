#include "apps/awase/page.h"

#include <string>

#include "absl/strings/str_split.h"
#include "apps/awase/terminal_text.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace awase::apps {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

void SetMoney(std::int64_t minor, v1::Money* money) {
  money->set_currency_code("USD");
  money->set_minor_units(minor);
}

v1::Offer* AddOffer(v1::Slot* slot, const std::string& id, const std::string& title, std::int64_t minor) {
  v1::Offer* offer = slot->add_offers();
  offer->mutable_product()->set_product_id(id);
  offer->mutable_product()->set_title(title);
  SetMoney(minor, offer->mutable_price());
  return offer;
}

v1::RecommendResponse CameraPage() {
  v1::RecommendResponse response;
  response.set_model_version("0123456789abcdef");
  response.set_rule_revision("empty");
  for (const char* name : {"bundle", "also_bought", "lower", "higher"}) response.add_slots()->set_name(name);
  v1::Offer* set = AddOffer(response.mutable_slots(0), "film", "Film", 50'500);
  for (const auto& [id, minor] : {std::pair("camera", 50'000), std::pair("film", 1'000)}) {
    v1::BundleLine* line = set->mutable_bundle()->add_lines();
    line->mutable_product()->set_product_id(id);
    SetMoney(minor, line->mutable_list_price());
  }
  SetMoney(51'000, set->mutable_bundle()->mutable_list_price());
  SetMoney(50'500, set->mutable_bundle()->mutable_set_price());
  SetMoney(500, set->mutable_bundle()->mutable_saving());
  set->mutable_reason()->set_text("Bought together.");
  set->mutable_reason()->add_rule_ids("summer");
  AddOffer(response.mutable_slots(1), "tripod", "三脚", 5'000)->mutable_reason()->set_text("40 of 100 also bought it.");
  response.mutable_slots(2)->set_empty_reason("the model has no cheaper product");
  v1::Offer* reflex = AddOffer(response.mutable_slots(3), "reflex", "Reflex", 70'000);
  SetMoney(20'000, reflex->mutable_price_difference());
  v1::SpecDifference* gain = reflex->add_differences();
  gain->set_name("spec.storage_gb");
  gain->set_anchor_value("64");
  gain->set_offer_value("128");
  gain->set_direction(v1::SpecDifference::GAINED);
  v1::Removal* removal = response.mutable_slots(0)->add_removed();
  removal->set_cause(v1::Removal::OUT_OF_STOCK);
  removal->set_count(3);
  v1::RemovedCandidate* candidate = response.add_trace();
  candidate->set_slot("bundle");
  candidate->set_product_id("bag");
  candidate->set_cause(v1::Removal::OUT_OF_STOCK);
  return response;
}

v1::Product Camera() {
  v1::Product camera;
  camera.set_product_id("camera");
  camera.set_title("Camera");
  SetMoney(50'000, camera.mutable_price());
  return camera;
}

TEST(RenderPage, ShowsTheBundleWithItsSaving) {
  const v1::Product camera = Camera();
  const std::string page = RenderPage(CameraPage(), &camera, {});
  EXPECT_THAT(page,
              AllOf(HasSubstr("Camera (camera)"), HasSubstr("BUNDLE"), HasSubstr("+ film"), HasSubstr("USD 510.00"),
                    HasSubstr("USD 505.00"), HasSubstr("USD 5.00"), HasSubstr("Bought together. [rule summer]")));
}

TEST(RenderPage, PutsLowerAndHigherSideBySide) {
  const std::string page = RenderPage(CameraPage(), nullptr, {});
  bool found = false;
  for (const absl::string_view line : absl::StrSplit(page, '\n')) {
    if (line.find("LOWER") == absl::string_view::npos) continue;
    found = true;
    EXPECT_THAT(std::string(line), HasSubstr("HIGHER"));
  }
  EXPECT_TRUE(found);
  EXPECT_THAT(page, AllOf(HasSubstr("nothing: the model has no cheaper"), HasSubstr("USD 700.00 (+USD 200.00)"),
                          HasSubstr("gains: storage gb 64 → 128")));
}

TEST(RenderPage, RemovedCandidatesOnlyWhenAskedFor) {
  PageOptions options;
  EXPECT_THAT(RenderPage(CameraPage(), nullptr, options), Not(HasSubstr("OUT_OF_STOCK")));
  options.explain = true;
  EXPECT_THAT(RenderPage(CameraPage(), nullptr, options),
              AllOf(HasSubstr("bundle: OUT_OF_STOCK 3"), HasSubstr("bundle bag OUT_OF_STOCK")));
}

TEST(RenderPage, NoLineIsWiderThanTheTerminal) {
  v1::RecommendResponse response = CameraPage();
  response.mutable_slots(1)->mutable_offers(0)->mutable_product()->set_title(std::string(300, 'x'));
  response.mutable_slots(3)->mutable_offers(0)->mutable_product()->set_title(
      "三脚三脚三脚三脚三脚三脚三脚三脚三脚三脚三脚三脚");
  const v1::Product camera = Camera();
  for (const std::size_t width : {std::size_t{40}, std::size_t{61}, std::size_t{100}, std::size_t{200}}) {
    PageOptions options;
    options.width = width;
    options.explain = true;
    const std::string page = RenderPage(response, &camera, options);
    for (const absl::string_view line : absl::StrSplit(page, '\n')) {
      EXPECT_LE(DisplayWidth(line), width) << line;
    }
  }
}

TEST(RenderPage, SaysWhatTheModelDoesNotKnow) {
  v1::RecommendResponse response;
  response.add_missing_ids("ghost");
  EXPECT_THAT(RenderPage(response, nullptr, {}), HasSubstr("does not know: ghost"));
}

TEST(RenderPage, EmphasisOnlyWhenAskedFor) {
  PageOptions options;
  EXPECT_THAT(RenderPage(CameraPage(), nullptr, options), Not(HasSubstr("\x1b")));
  options.emphasis = true;
  EXPECT_THAT(RenderPage(CameraPage(), nullptr, options), HasSubstr("\x1b[1mBUNDLE\x1b[0m"));
}

}  // namespace
}  // namespace awase::apps
