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

TEST(RenderPage, AStepUpAtADiscountHasBothPrices) {
  v1::RecommendResponse response = CameraPage();
  v1::Offer* reflex = response.mutable_slots(3)->mutable_offers(0);
  SetMoney(70'000, reflex->mutable_list_price());
  SetMoney(65'000, reflex->mutable_price());
  SetMoney(15'000, reflex->mutable_price_difference());
  PageOptions wide;
  wide.width = 140;
  EXPECT_THAT(RenderPage(response, nullptr, wide), HasSubstr("USD 650.00 instead of USD 700.00 (+USD 150.00)"));
}

TEST(RenderPage, SaysThatTheProductHasNoPriceInTheCurrencyAskedFor) {
  const v1::Product camera = Camera();
  PageOptions options;
  options.currency = "USD";
  EXPECT_THAT(RenderPage(CameraPage(), &camera, options), Not(HasSubstr("none in")));
  options.currency = "JPY";
  EXPECT_THAT(RenderPage(CameraPage(), &camera, options), HasSubstr("USD 500.00, none in JPY"));
}

TEST(RenderPage, ASetThatIsNotOfferedIsNamedWhole) {
  v1::RecommendResponse response = CameraPage();
  v1::RemovedSet* set = response.mutable_trace(0)->mutable_set();
  set->set_rule_id("kit");
  set->add_product_ids("camera");
  set->add_product_ids("bag");
  PageOptions options;
  options.explain = true;
  EXPECT_THAT(RenderPage(response, nullptr, options),
              HasSubstr("bundle bag OUT_OF_STOCK in the set camera + bag of rule kit"));
}

TEST(RenderPage, ExplainsWhichIntentsWereDecidedAbout) {
  v1::RecommendResponse response = CameraPage();
  v1::IntentDecision* opened = response.mutable_restraint()->add_intents();
  opened->set_intent(v1::UP_SELL);
  opened->set_rule_id("gold");
  v1::IntentDecision* closed = response.mutable_restraint()->add_intents();
  closed->set_intent(v1::DOWN_SELL);
  closed->set_closed(true);
  response.mutable_restraint()->add_stop_rule_ids("vip");
  PageOptions options;
  EXPECT_THAT(RenderPage(response, nullptr, options), Not(HasSubstr("UP_SELL")));
  options.explain = true;
  EXPECT_THAT(RenderPage(response, nullptr, options),
              AllOf(HasSubstr("UP_SELL opened by rule gold"), HasSubstr("DOWN_SELL closed by default"),
                    HasSubstr("other rules stopped by rule vip")));
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

TEST(RenderPage, ShowsWhatTheCartCostsAndWhy) {
  v1::RecommendResponse response = CameraPage();
  v1::CartPrice* cart = response.mutable_cart_price();
  v1::CartLinePrice* line = cart->add_lines();
  line->set_product_id("film");
  line->set_quantity(3);
  SetMoney(2'970, line->mutable_list_price());
  SetMoney(2'673, line->mutable_price());
  v1::PricedUnits* units = line->add_units();
  units->set_quantity(3);
  SetMoney(891, units->mutable_unit_price());
  SetMoney(2'970, cart->mutable_list_price());
  SetMoney(2'673, cart->mutable_price());
  SetMoney(297, cart->mutable_saving());
  v1::CartDiscount* applied = cart->add_discounts();
  applied->set_rule_id("three-films");
  applied->set_verdict(v1::CartDiscount::APPLIED);
  SetMoney(297, applied->mutable_saving());
  applied->mutable_gap()->set_text("7 more for 15% off");
  v1::CartDiscount* missed = cart->add_discounts();
  missed->set_rule_id("big-cart");
  missed->set_verdict(v1::CartDiscount::NOT_REACHED);
  cart->add_unpriced_ids("import");
  const std::string page = RenderPage(response, nullptr, {});
  EXPECT_THAT(page, AllOf(HasSubstr("CART"), HasSubstr("3 x film"), HasSubstr("USD 26.73 (3 x USD 8.91)"),
                          HasSubstr("- rule three-films (7 more for 15% off)"), HasSubstr("- USD 2.97"),
                          HasSubstr("not reached"), HasSubstr("= to pay"),
                          HasSubstr("without a price in this currency: import")));
  cart->set_problem("too many units");
  EXPECT_THAT(RenderPage(response, nullptr, {}), HasSubstr("no price: too many units"));
}

TEST(RenderPage, ShowsBenefitsAndOffersBesideTheCart) {
  v1::RecommendResponse response = CameraPage();
  v1::Offer* tripod = response.mutable_slots(1)->mutable_offers(0);
  SetMoney(5'000, tripod->mutable_list_price());
  SetMoney(4'500, tripod->mutable_price());
  SetMoney(500, tripod->mutable_saving());
  v1::Benefit* shipping = response.add_benefits();
  shipping->set_rule_id("ship");
  shipping->set_text("USD 7.60 more for free shipping");
  v1::GapOffer* offer = shipping->add_gap_offers();
  offer->add_products()->set_product_id("hook");
  offer->add_products()->set_product_id("felt");
  SetMoney(770, offer->mutable_price());
  v1::Benefit* points = response.add_benefits();
  points->set_rule_id("birthday");
  points->set_kind(v1::Benefit::POINTS);
  points->set_reached(true);
  EXPECT_THAT(RenderPage(response, nullptr, {}),
              AllOf(HasSubstr("by itself USD 50.00, here -USD 5.00"), HasSubstr("BENEFITS"),
                    HasSubstr("not yet: USD 7.60 more for free shipping [rule ship]"), HasSubstr("+ hook + felt"),
                    HasSubstr("USD 7.70"), HasSubstr("yes: POINTS [rule birthday]")));
}

}  // namespace
}  // namespace awase::apps
