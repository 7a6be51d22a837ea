#include "awase/service/convert.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/encode_answer.h"
#include "tests/testing/camera_shop.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase::service {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using testing::StatusIs;

CurrencyCode Usd() { return *CurrencyCode::Parse("USD"); }
const absl::Time kNow = absl::FromUnixSeconds(1'750'000'000);

TEST(ConvertMoney, GoesThereAndBack) {
  for (const std::int64_t minor : {std::int64_t{0}, std::int64_t{-1250}, std::int64_t{1} << 62}) {
    v1::Money proto;
    MoneyToProto({minor, Usd()}, &proto);
    EXPECT_EQ(proto.currency_code(), "USD");
    EXPECT_EQ(proto.minor_units(), minor);
    AWASE_ASSERT_OK_AND_ASSIGN(const Money back, MoneyFromProto(proto));
    EXPECT_EQ(back, (Money{minor, Usd()}));
  }
  EXPECT_THAT(MoneyFromProto(v1::Money()), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(ConvertRequest, GoesThereAndBack) {
  engine::Request request;
  request.placement = "cart";
  request.product_ids = {"a", "b"};
  request.cart = {{"c", 3}, {"d", 1}};
  request.customer.owned_product_ids = {"e"};
  request.currency = Usd();
  request.already_shown_ids = {"f", "合"};
  request.max_offers_per_slot = 4;
  request.evidence_only = true;
  request.language_code = "ja-JP";
  for (const auto explanation :
       {engine::Explanation::kNone, engine::Explanation::kReason, engine::Explanation::kTrace}) {
    request.explanation = explanation;
    v1::RecommendRequest proto;
    RequestToProto(request, &proto);
    AWASE_ASSERT_OK_AND_ASSIGN(const TimedRequest back, RequestFromProto(proto, kNow));
    EXPECT_EQ(back.request.placement, request.placement);
    EXPECT_EQ(back.request.product_ids, request.product_ids);
    ASSERT_THAT(back.request.cart, SizeIs(2));
    EXPECT_EQ(back.request.cart[0].product_id, "c");
    EXPECT_EQ(back.request.cart[0].quantity, 3);
    EXPECT_EQ(back.request.customer.owned_product_ids, request.customer.owned_product_ids);
    EXPECT_EQ(back.request.currency, request.currency);
    EXPECT_EQ(back.request.already_shown_ids, request.already_shown_ids);
    EXPECT_EQ(back.request.max_offers_per_slot, request.max_offers_per_slot);
    EXPECT_EQ(back.request.evidence_only, request.evidence_only);
    EXPECT_EQ(back.request.language_code, request.language_code);
    EXPECT_EQ(back.request.explanation, explanation);
    EXPECT_EQ(back.time, kNow);
  }
}

TEST(ConvertRequest, CustomersGoThereAndBack) {
  engine::Request request;
  request.customer.usage = {{"data_gb", {14'860'000}, "2026-10"}, {"seats", {3'000'000}, "2026-10"}};
  request.customer.subscription = engine::SubscriptionState{.product_id = "team",
                                                            .seats = 5,
                                                            .option_ids = {"backup", "support"},
                                                            .changed_at = kNow + absl::Nanoseconds(7),
                                                            .kind_of_use = "company"};
  v1::RecommendRequest proto;
  RequestToProto(request, &proto);
  EXPECT_EQ(proto.customer().usage(0).quantity(), 14.86);
  AWASE_ASSERT_OK_AND_ASSIGN(const TimedRequest back, RequestFromProto(proto, kNow));
  ASSERT_THAT(back.request.customer.usage, SizeIs(2));
  EXPECT_EQ(back.request.customer.usage[0].metric, "data_gb");
  EXPECT_EQ(back.request.customer.usage[0].quantity.micros, 14'860'000);
  EXPECT_EQ(back.request.customer.usage[0].period, "2026-10");
  ASSERT_TRUE(back.request.customer.subscription.has_value());
  const engine::SubscriptionState& subscription = *back.request.customer.subscription;
  EXPECT_EQ(subscription.product_id, "team");
  EXPECT_EQ(subscription.seats, 5);
  EXPECT_THAT(subscription.option_ids, ElementsAre("backup", "support"));
  EXPECT_EQ(subscription.changed_at, kNow + absl::Nanoseconds(7));
  EXPECT_EQ(subscription.kind_of_use, "company");
}

TEST(ConvertRequest, WhatRulesAskOfTheCustomerGoesThereAndBack) {
  engine::Request request;
  request.channel = "app";
  request.session_id = "s-1";
  engine::CustomerState& customer = request.customer;
  customer.id = "c-1";
  customer.segments = {"vip", "new"};
  customer.tier = "gold";
  customer.nps = 0;
  customer.health = 70;
  customer.interests = {"Cameras > Compact"};
  customer.milestones = {"first_order"};
  customer.birthday = MonthDay{2, 29};
  customer.exposures = {{"x", engine::Intent::kDownSell, engine::ExposureEvent::kDismissed,
                         absl::FromUnixNanos(1'700'000'000'000'000'001)},
                        {"y", std::nullopt, engine::ExposureEvent::kBought, absl::FromUnixSeconds(1)}};
  customer.subscription.emplace();
  customer.subscription->renews_on = absl::CivilDay(2026, 12, 1);
  customer.subscription->trial_ends_on = absl::CivilDay(2026, 11, 30);
  v1::RecommendRequest proto;
  RequestToProto(request, &proto);
  AWASE_ASSERT_OK_AND_ASSIGN(const TimedRequest back, RequestFromProto(proto, kNow));
  EXPECT_EQ(back.request.channel, "app");
  EXPECT_EQ(back.request.session_id, "s-1");
  EXPECT_EQ(back.request.customer.id, "c-1");
  EXPECT_EQ(back.request.customer.segments, customer.segments);
  EXPECT_EQ(back.request.customer.tier, "gold");
  EXPECT_EQ(back.request.customer.nps, 0U);
  EXPECT_EQ(back.request.customer.health, 70U);
  EXPECT_EQ(back.request.customer.interests, customer.interests);
  EXPECT_EQ(back.request.customer.milestones, customer.milestones);
  EXPECT_EQ(back.request.customer.birthday, customer.birthday);
  EXPECT_EQ(back.request.customer.exposures, customer.exposures);
  EXPECT_EQ(back.request.customer.subscription->renews_on, customer.subscription->renews_on);
  EXPECT_EQ(back.request.customer.subscription->trial_ends_on, customer.subscription->trial_ends_on);
}

TEST(ConvertRequest, DaysAreReadStrictly) {
  v1::RecommendRequest proto;
  proto.mutable_customer()->set_birthday("1990-02-29");
  EXPECT_THAT(RequestFromProto(proto, kNow),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("customer.birthday: want month and day")));
  proto.mutable_customer()->set_birthday("1992-02-29");
  AWASE_ASSERT_OK_AND_ASSIGN(const TimedRequest leap, RequestFromProto(proto, kNow));
  EXPECT_EQ(leap.request.customer.birthday, (MonthDay{2, 29}));
  proto.mutable_customer()->mutable_subscription()->set_renews_on("01.12.2026");
  EXPECT_THAT(RequestFromProto(proto, kNow),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("customer.subscription.renews_on: want a day")));
}

TEST(ConvertRequest, ExposuresAreReadStrictly) {
  v1::RecommendRequest proto;
  v1::Exposure* exposure = proto.mutable_customer()->add_exposures();
  EXPECT_THAT(RequestFromProto(proto, kNow), StatusIs(absl::StatusCode::kInvalidArgument,
                                                      HasSubstr("customer.exposures[0].time: missing: want when")));
  exposure->mutable_time()->set_seconds(1);
  AWASE_ASSERT_OK_AND_ASSIGN(const TimedRequest read, RequestFromProto(proto, kNow));
  EXPECT_EQ(read.request.customer.exposures[0].event, engine::ExposureEvent::kShown);
  EXPECT_EQ(read.request.customer.exposures[0].intent, std::nullopt);
  exposure->set_intent(static_cast<v1::Intent>(9));
  EXPECT_THAT(RequestFromProto(proto, kNow),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("customer.exposures[0].intent: 9 is not one of")));
  exposure->set_intent(v1::UP_SELL);
  exposure->set_event(static_cast<v1::Exposure::Event>(7));
  EXPECT_THAT(RequestFromProto(proto, kNow),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("customer.exposures[0].event: 7 is not one of")));
  exposure->set_event(v1::Exposure::BOUGHT);
  exposure->mutable_time()->set_nanos(-1);
  EXPECT_THAT(RequestFromProto(proto, kNow),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("customer.exposures[0].time: want a time")));
}

TEST(ConvertRequest, ASubscriptionIsAsOldAsItsLastChange) {
  v1::RecommendRequest proto;
  v1::Subscription* subscription = proto.mutable_customer()->mutable_subscription();
  AWASE_ASSERT_OK_AND_ASSIGN(const TimedRequest unknown, RequestFromProto(proto, kNow));
  EXPECT_FALSE(unknown.request.customer.subscription->changed_at.has_value());
  subscription->mutable_started_at()->set_seconds(1'000);
  AWASE_ASSERT_OK_AND_ASSIGN(const TimedRequest started, RequestFromProto(proto, kNow));
  EXPECT_EQ(started.request.customer.subscription->changed_at, absl::FromUnixSeconds(1'000));
  subscription->mutable_changed_at()->set_seconds(2'000);
  AWASE_ASSERT_OK_AND_ASSIGN(const TimedRequest changed, RequestFromProto(proto, kNow));
  EXPECT_EQ(changed.request.customer.subscription->changed_at, absl::FromUnixSeconds(2'000));
}

TEST(ConvertRequest, UsageThatIsNoQuantityIsRefusedByName) {
  v1::RecommendRequest proto;
  proto.mutable_customer()->add_usage()->set_quantity(1);
  proto.mutable_customer()->add_usage()->set_quantity(-0.5);
  EXPECT_THAT(RequestFromProto(proto, kNow),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("customer.usage[1].quantity: -0.5")));
  v1::RecommendRequest time;
  time.mutable_customer()->mutable_subscription()->mutable_changed_at()->set_nanos(-1);
  EXPECT_THAT(RequestFromProto(time, kNow),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("customer.subscription.changed_at")));
}

TEST(ConvertRequest, AnEmptyMessageGivesTheDefaults) {
  AWASE_ASSERT_OK_AND_ASSIGN(const TimedRequest timed, RequestFromProto(v1::RecommendRequest(), kNow));
  EXPECT_EQ(timed.request.placement, "product_page");
  EXPECT_EQ(timed.request.explanation, engine::Explanation::kReason);
  EXPECT_FALSE(timed.request.currency.has_value());
  EXPECT_FALSE(timed.request.max_offers_per_slot.has_value());
  v1::RecommendRequest with_line;
  with_line.add_cart()->set_product_id("x");
  AWASE_ASSERT_OK_AND_ASSIGN(const TimedRequest with_cart, RequestFromProto(with_line, kNow));
  EXPECT_EQ(with_cart.request.cart[0].quantity, 1);
}

TEST(ConvertRequest, AtTimeReplacesNow) {
  v1::RecommendRequest proto;
  proto.mutable_at_time()->set_seconds(1'000);
  proto.mutable_at_time()->set_nanos(5);
  AWASE_ASSERT_OK_AND_ASSIGN(const TimedRequest timed, RequestFromProto(proto, kNow));
  EXPECT_EQ(timed.time, absl::FromUnixSeconds(1'000) + absl::Nanoseconds(5));
}

TEST(ConvertRequest, WhatTheDomainCannotHoldIsRefusedByName) {
  v1::RecommendRequest currency;
  currency.set_currency_code("dollars");
  EXPECT_THAT(RequestFromProto(currency, kNow),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("currency_code")));
  v1::RecommendRequest explanation;
  explanation.set_explanation(static_cast<v1::RecommendRequest::Explanation>(9));
  EXPECT_THAT(RequestFromProto(explanation, kNow),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("explanation: 9")));
  v1::RecommendRequest at_time;
  at_time.mutable_at_time()->set_seconds(std::int64_t{1} << 60);
  EXPECT_THAT(RequestFromProto(at_time, kNow), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("at_time")));
}

TEST(ConvertEnums, TheNamesAreTheSame) {
  for (std::size_t i = 0; i < engine::kRemovalCauseCount; ++i) {
    const auto cause = static_cast<engine::RemovalCause>(i);
    if (!v1::Removal::Cause_IsValid(CauseToProto(cause))) continue;  // numbers of causes that are not there yet
    EXPECT_EQ(v1::Removal::Cause_Name(CauseToProto(cause)), engine::RemovalCauseName(cause));
  }
  EXPECT_EQ(IntentToProto(engine::Intent::kCrossSell), v1::CROSS_SELL);
  EXPECT_EQ(IntentToProto(engine::Intent::kUpSell), v1::UP_SELL);
  EXPECT_EQ(IntentToProto(engine::Intent::kDownSell), v1::DOWN_SELL);
  EXPECT_EQ(SourceToProto(engine::Source::kBoughtTogether), v1::Reason::BOUGHT_TOGETHER);
  EXPECT_EQ(SourceToProto(engine::Source::kAlsoBought), v1::Reason::ALSO_BOUGHT);
  EXPECT_EQ(SourceToProto(engine::Source::kLadder), v1::Reason::LADDER);
  EXPECT_EQ(SourceToProto(engine::Source::kRule), v1::Reason::RULE);
  EXPECT_EQ(SourceToProto(engine::Source::kPlan), v1::Reason::PLAN);
}

TEST(ConvertDiagnostic, KeepsThePlace) {
  v1::RuleDiagnostic proto;
  DiagnosticToProto({rules::Severity::kWarning, "a.yaml", 3, 5, "rules[0].id", "odd"}, &proto);
  EXPECT_EQ(proto.severity(), v1::RuleDiagnostic::WARNING);
  EXPECT_EQ(proto.file(), "a.yaml");
  EXPECT_EQ(proto.line(), 3u);
  EXPECT_EQ(proto.column(), 5u);
  EXPECT_EQ(proto.path(), "rules[0].id");
  EXPECT_EQ(proto.message(), "odd");
  DiagnosticToProto({rules::Severity::kError, "", 0, 0, "", ""}, &proto);
  EXPECT_EQ(proto.severity(), v1::RuleDiagnostic::ERROR);
}

TEST(FindingsToProto, CountsThoseThatAreNotKeptAsWell) {
  rules::LoadResult loaded;
  loaded.diagnostics = {{rules::Severity::kError, "a.yaml", 3, 5, "rules[0].id", "odd"}};
  loaded.error_count = 3;
  loaded.warning_count = 900;
  v1::ValidateRulesResponse response;
  FindingsToProto(loaded, &response);
  EXPECT_EQ(response.diagnostics_size(), 1);
  EXPECT_EQ(response.rule_count(), 0U);
  EXPECT_EQ(response.error_count(), 3U);
  EXPECT_EQ(response.warning_count(), 900U);
  EXPECT_EQ(loaded.ToString(), "a.yaml:3:5: rules[0].id: odd\nand 2 more errors and 900 more warnings");
}

class ConvertAnswerTest : public ::testing::Test {
 protected:
  void SetUp() override {
    AWASE_ASSERT_OK(testing::WriteCameraShop(dir_.path()).status());
    AWASE_ASSERT_OK_AND_ASSIGN(model_, artefact::Model::Open(dir_.path()));
  }
  ProductIndex Find(const char* id) { return *model_->Find(id); }
  v1::RecommendResponse Convert(const engine::Answer& answer,
                                engine::Explanation explanation = engine::Explanation::kReason) {
    v1::RecommendResponse proto;
    AnswerToProto(answer, explanation, *model_, &proto);
    proto.set_token("t");
    WireWriter writer;
    EncodeAnswer(answer, explanation, *model_, proto.token(), &writer);
    EXPECT_EQ(writer.bytes(), proto.SerializeAsString()) << "the fast way says something else";
    return proto;
  }

  testing::TempDir dir_;
  std::shared_ptr<const artefact::Model> model_;
};

TEST_F(ConvertAnswerTest, TheFrameArrives) {
  engine::Answer answer;
  answer.missing_ids = {"x", "y"};
  answer.trace = {{"bundle", "z", engine::RemovalCause::kHiddenByRule, "r1", false, "Sato"}};
  answer.trace[0].set = engine::TracedSet{"kit", {"y", "z"}};
  answer.model_version = "v";
  answer.rule_revision = "r";
  answer.degraded = true;
  answer.restraint.intents = {{engine::Intent::kUpSell, true, "g1", "not yet"}};
  answer.restraint.stop_rule_ids = {"s1"};
  answer.slots.resize(1);
  answer.slots[0].name = "lower";
  answer.slots[0].empty_reason = "no cheaper one";
  answer.slots[0].removed[static_cast<std::size_t>(engine::RemovalCause::kOwned)] = 7;
  const v1::RecommendResponse proto = Convert(answer);
  EXPECT_THAT(proto.missing_ids(), ElementsAre("x", "y"));
  ASSERT_EQ(proto.trace_size(), 1);
  EXPECT_EQ(proto.trace(0).slot(), "bundle");
  EXPECT_EQ(proto.trace(0).product_id(), "z");
  EXPECT_EQ(proto.trace(0).cause(), v1::Removal::HIDDEN_BY_RULE);
  EXPECT_EQ(proto.trace(0).rule_id(), "r1");
  EXPECT_EQ(proto.trace(0).rule_author(), "Sato");
  EXPECT_EQ(proto.trace(0).set().rule_id(), "kit");
  EXPECT_THAT(proto.trace(0).set().product_ids(), ElementsAre("y", "z"));
  EXPECT_EQ(proto.model_version(), "v");
  EXPECT_EQ(proto.rule_revision(), "r");
  EXPECT_TRUE(proto.degraded());
  ASSERT_EQ(proto.restraint().intents_size(), 1);
  EXPECT_EQ(proto.restraint().intents(0).intent(), v1::UP_SELL);
  EXPECT_TRUE(proto.restraint().intents(0).closed());
  EXPECT_EQ(proto.restraint().intents(0).rule_id(), "g1");
  EXPECT_EQ(proto.restraint().intents(0).reason(), "not yet");
  EXPECT_THAT(proto.restraint().stop_rule_ids(), ElementsAre("s1"));
  EXPECT_FALSE(Convert(engine::Answer()).has_restraint());
  ASSERT_EQ(proto.slots_size(), 1);
  EXPECT_EQ(proto.slots(0).empty_reason(), "no cheaper one");
  ASSERT_EQ(proto.slots(0).removed_size(), 1);
  EXPECT_EQ(proto.slots(0).removed(0).cause(), v1::Removal::OWNED);
  EXPECT_EQ(proto.slots(0).removed(0).count(), 7u);
}

TEST_F(ConvertAnswerTest, ABundleArrivesWithItsSaving) {
  engine::Answer answer;
  answer.slots.resize(1);
  engine::Offer& offer = answer.slots[0].offers.emplace_back();
  offer.product = Find("film");
  offer.price = Money{50'500, Usd()};
  offer.bundle = engine::BundleOffer{
      {{Find("camera"), 50'000, 49'510}, {Find("film"), 1'000, 990, true}}, {51'000, Usd()}, {50'500, Usd()}};
  const v1::RecommendResponse proto = Convert(answer);
  const v1::Offer& converted = proto.slots(0).offers(0);
  EXPECT_EQ(converted.price().minor_units(), 50'500);
  EXPECT_EQ(converted.product().price().minor_units(), 1'000);
  EXPECT_EQ(converted.bundle().saving().minor_units(), 500);
  EXPECT_EQ(converted.bundle().saving().currency_code(), "USD");
  ASSERT_EQ(converted.bundle().lines_size(), 2);
  EXPECT_EQ(converted.bundle().lines(0).product().title(), "Camera");
  EXPECT_EQ(converted.bundle().lines(0).product().image_url(), "https://shop.example/camera.jpg");
  EXPECT_EQ(converted.bundle().lines(0).set_price().minor_units(), 49'510);
  EXPECT_EQ(converted.bundle().lines(1).list_price().minor_units(), 1'000);
  EXPECT_FALSE(converted.bundle().lines(0).in_cart());
  EXPECT_TRUE(converted.bundle().lines(1).in_cart());
}

TEST_F(ConvertAnswerTest, AnExplanationArrivesWithItsIdleRules) {
  engine::ProductExplanation explanation;
  explanation.is_known = true;
  engine::SlotVerdict& verdict = explanation.slots.emplace_back();
  verdict.slot = "higher";
  verdict.idle_rules = {{"launch", engine::IdleRule::Why::kStopped, "halt", "rule halt stops it"}};
  v1::ExplainResponse proto;
  ExplanationToProto(explanation, *model_, &proto);
  ASSERT_EQ(proto.slots_size(), 1);
  EXPECT_EQ(proto.slots(0).outcome(), v1::SlotVerdict::NO_CANDIDATE);
  ASSERT_EQ(proto.slots(0).idle_rules_size(), 1);
  const v1::IdleRule& idle = proto.slots(0).idle_rules(0);
  EXPECT_EQ(idle.rule_id(), "launch");
  EXPECT_EQ(idle.why(), v1::IdleRule::STOPPED);
  EXPECT_EQ(idle.stop_rule_id(), "halt");
  EXPECT_EQ(idle.text(), "rule halt stops it");
}

TEST_F(ConvertAnswerTest, WhatTheCartCostsArrives) {
  engine::Answer answer;
  engine::CartPrice& cart = answer.cart_price.emplace();
  cart.currency = Usd();
  cart.list_minor = 3'000;
  cart.price_minor = 2'700;
  cart.lines = {{Find("film"), 3, {3'000, 2'700, {{3, 900}}}}};
  cart.discounts = {{"three", "Film weeks", pricing::Verdict::kApplied, 3, 300, 20, {}},
                    {"big", "", pricing::Verdict::kNotReached, 0, 0, 0, engine::DiscountGap{0, 2'300, "more"}}};
  cart.unpriced_ids = {"import"};
  const v1::CartPrice proto = Convert(answer).cart_price();
  EXPECT_EQ(proto.list_price().minor_units(), 3'000);
  EXPECT_EQ(proto.price().minor_units(), 2'700);
  EXPECT_EQ(proto.saving().minor_units(), 300);
  EXPECT_EQ(proto.saving().currency_code(), "USD");
  ASSERT_EQ(proto.lines_size(), 1);
  EXPECT_EQ(proto.lines(0).product_id(), "film");
  EXPECT_EQ(proto.lines(0).quantity(), 3);
  EXPECT_EQ(proto.lines(0).units(0).unit_price().minor_units(), 900);
  ASSERT_EQ(proto.discounts_size(), 2);
  EXPECT_EQ(proto.discounts(0).verdict(), v1::CartDiscount::APPLIED);
  EXPECT_EQ(proto.discounts(0).times(), 3);
  EXPECT_EQ(proto.discounts(0).cut_by_floor().minor_units(), 20);
  EXPECT_FALSE(proto.discounts(0).has_gap());
  EXPECT_EQ(proto.discounts(1).verdict(), v1::CartDiscount::NOT_REACHED);
  EXPECT_EQ(proto.discounts(1).gap().amount().minor_units(), 2'300);
  EXPECT_EQ(proto.discounts(1).gap().text(), "more");
  EXPECT_THAT(proto.unpriced_ids(), ElementsAre("import"));
  cart.problem = "too large";
  EXPECT_EQ(Convert(answer).cart_price().problem(), "too large");
  EXPECT_FALSE(Convert(answer).cart_price().has_price());
}

TEST_F(ConvertAnswerTest, WhatTheCartEarnsArrives) {
  engine::Answer answer;
  engine::BenefitOffer& shipping = answer.benefits.emplace_back();
  shipping.rule_id = "ship";
  shipping.text = "soon";
  shipping.above = Money{5'000, Usd()};
  shipping.gap_minor = 760;
  shipping.gap_offers = {{{Find("film"), Find("camera")}, 770, 10}};
  engine::BenefitOffer& gift = answer.benefits.emplace_back();
  gift.kind = engine::BenefitKind::kGift;
  gift.reached = true;
  gift.gift = Find("film");
  const v1::RecommendResponse proto = Convert(answer);
  ASSERT_EQ(proto.benefits_size(), 2);
  EXPECT_EQ(proto.benefits(0).kind(), v1::Benefit::FREE_SHIPPING);
  EXPECT_EQ(proto.benefits(0).text(), "soon");
  EXPECT_FALSE(proto.benefits(0).reached());
  EXPECT_EQ(proto.benefits(0).gap().minor_units(), 760);
  ASSERT_EQ(proto.benefits(0).gap_offers_size(), 1);
  EXPECT_EQ(proto.benefits(0).gap_offers(0).products(1).product_id(), "camera");
  EXPECT_EQ(proto.benefits(0).gap_offers(0).overshoot().minor_units(), 10);
  EXPECT_EQ(proto.benefits(1).kind(), v1::Benefit::GIFT);
  EXPECT_FALSE(proto.benefits(1).has_above());
  EXPECT_EQ(proto.benefits(1).gift().product_id(), "film");
}

TEST_F(ConvertAnswerTest, AnOfferCheaperBesideTheCartSaysSo) {
  engine::Answer answer;
  engine::Offer& offer = answer.slots.emplace_back().offers.emplace_back();
  offer.product = Find("film");
  offer.price = Money{800, Usd()};
  offer.list_price = Money{1'000, Usd()};
  const v1::Offer proto = Convert(answer).slots(0).offers(0);
  EXPECT_EQ(proto.list_price().minor_units(), 1'000);
  EXPECT_EQ(proto.saving().minor_units(), 200);
}

TEST_F(ConvertAnswerTest, ARungSaysWhatIsGainedAndGivenUp) {
  engine::Answer answer;
  answer.slots.resize(1);
  engine::Offer& offer = answer.slots[0].offers.emplace_back();
  offer.product = Find("reflex");
  offer.intent = engine::Intent::kUpSell;
  offer.rung = 1;
  offer.price_difference = Money{20'000, Usd()};
  using Direction = engine::SpecDifference::Direction;
  offer.differences = {{"spec.mp", "24", "45", Direction::kGained},
                       {"spec.weight", "900", "800", Direction::kGivenUp},
                       {"spec.colour", "red", "blue", Direction::kChanged}};
  offer.reason = {engine::Source::kLadder, "the next model", std::nullopt, {"r1", "r2"}, "Tanaka"};
  const v1::RecommendResponse proto = Convert(answer);
  const v1::Offer& converted = proto.slots(0).offers(0);
  EXPECT_EQ(converted.intent(), v1::UP_SELL);
  EXPECT_EQ(converted.rung(), 1u);
  EXPECT_EQ(converted.price_difference().minor_units(), 20'000);
  ASSERT_EQ(converted.differences_size(), 3);
  EXPECT_EQ(converted.differences(0).direction(), v1::SpecDifference::GAINED);
  EXPECT_EQ(converted.differences(1).direction(), v1::SpecDifference::GIVEN_UP);
  EXPECT_EQ(converted.differences(2).direction(), v1::SpecDifference::CHANGED);
  EXPECT_EQ(converted.differences(0).name(), "spec.mp");
  EXPECT_EQ(converted.differences(0).anchor_value(), "24");
  EXPECT_EQ(converted.differences(0).offer_value(), "45");
  EXPECT_EQ(converted.reason().source(), v1::Reason::LADDER);
  EXPECT_FALSE(converted.reason().has_evidence());
  EXPECT_THAT(converted.reason().rule_ids(), ElementsAre("r1", "r2"));
  EXPECT_EQ(converted.reason().rule_author(), "Tanaka");
}

TEST_F(ConvertAnswerTest, AChangeOfPlanArrivesWithItsSaving) {
  engine::Answer answer;
  answer.slots.resize(1);
  engine::Offer& offer = answer.slots[0].offers.emplace_back();
  offer.product = Find("reflex");
  offer.reason.source = engine::Source::kPlan;
  offer.plan_change = engine::PlanChange{.from = Find("camera"),
                                         .to = Find("reflex"),
                                         .seats = 3,
                                         .options = {Find("film")},
                                         .periods = 12,
                                         .interval = "month",
                                         .fee_now = {900, Usd()},
                                         .fee_then = {1'200, Usd()},
                                         .cost_now = {1'000, Usd()},
                                         .cost_then = {1'250, Usd()},
                                         .near_limits = {{"gb", {95'500'000}, {100'000'000}, true}}};
  const v1::RecommendResponse response = Convert(answer);
  EXPECT_EQ(response.slots(0).offers(0).reason().source(), v1::Reason::PLAN);
  const v1::PlanChange& change = response.slots(0).offers(0).plan_change();
  EXPECT_EQ(change.from().product_id(), "camera");
  EXPECT_EQ(change.to().product_id(), "reflex");
  EXPECT_EQ(change.seats(), 3);
  EXPECT_THAT(change.option_ids(), ElementsAre("film"));
  EXPECT_EQ(change.periods(), 12u);
  EXPECT_EQ(change.interval(), "month");
  EXPECT_EQ(change.fee_now().minor_units(), 900);
  EXPECT_EQ(change.fee_then().minor_units(), 1'200);
  EXPECT_EQ(change.cost_now().minor_units(), 1'000);
  EXPECT_EQ(change.cost_then().minor_units(), 1'250);
  EXPECT_EQ(change.saving().minor_units(), -250);
  EXPECT_EQ(change.saving().currency_code(), "USD");
  ASSERT_EQ(change.near_limits_size(), 1);
  EXPECT_EQ(change.near_limits(0).metric(), "gb");
  EXPECT_EQ(change.near_limits(0).used(), 95.5);
  EXPECT_EQ(change.near_limits(0).limit(), 100);
  EXPECT_TRUE(change.near_limits(0).hard());
}

TEST_F(ConvertAnswerTest, WhatAnOfferIsBackedOffToArrives) {
  using relations::EntrySource;
  for (const auto& [source, name] : {std::pair(EntrySource::kCounted, "BACK_OFF_UNSPECIFIED"),
                                     {EntrySource::kFamily, "FAMILY"},
                                     {EntrySource::kType, "TYPE"},
                                     {EntrySource::kCategory, "CATEGORY"},
                                     {EntrySource::kAuthor, "AUTHOR"},
                                     {EntrySource::kSeries, "SERIES"},
                                     {EntrySource::kBrand, "BRAND"}}) {
    engine::Answer answer;
    answer.slots.resize(1);
    engine::Offer& offer = answer.slots[0].offers.emplace_back();
    offer.product = Find("film");
    offer.reason.back_off = source;
    EXPECT_EQ(v1::Reason::BackOff_Name(Convert(answer).slots(0).offers(0).reason().backed_off_to()), name);
  }
}

TEST_F(ConvertAnswerTest, EvidenceArrivesAndNoneLeavesTheReasonOut) {
  engine::Answer answer;
  answer.slots.resize(1);
  engine::Offer& offer = answer.slots[0].offers.emplace_back();
  offer.product = Find("film");
  offer.score = 0.5;
  offer.reason.evidence = engine::Evidence{1, 2, 3, 4, 5, 6.5, 7.5, 8.5, 9.5, true, relations::EntryClass::kMultiPack};
  answer.first_day = "2026-01-02";
  answer.last_day = "2026-03-04";
  answer.language_code = "ja";
  const v1::RecommendResponse proto = Convert(answer);
  const v1::Evidence& evidence = proto.slots(0).offers(0).reason().evidence();
  EXPECT_EQ(proto.language_code(), "ja");
  EXPECT_EQ(evidence.entry_class(), v1::Evidence::MULTI_PACK);
  EXPECT_EQ(evidence.first_day(), "2026-01-02");
  EXPECT_EQ(evidence.last_day(), "2026-03-04");
  EXPECT_EQ(evidence.units_together(), 1u);
  EXPECT_EQ(evidence.units_anchor(), 2u);
  EXPECT_EQ(evidence.units_other(), 3u);
  EXPECT_EQ(evidence.units_total(), 4u);
  EXPECT_EQ(evidence.buyers_together(), 5u);
  EXPECT_EQ(evidence.expected_together(), 6.5);
  EXPECT_EQ(evidence.lift(), 7.5);
  EXPECT_EQ(evidence.lift_low(), 8.5);
  EXPECT_EQ(evidence.lift_high(), 9.5);
  EXPECT_TRUE(evidence.claim());
  EXPECT_EQ(proto.slots(0).offers(0).score(), 0.5);
  EXPECT_FALSE(Convert(answer, engine::Explanation::kNone).slots(0).offers(0).has_reason());
}

TEST_F(ConvertAnswerTest, AProductArrivesWhole) {
  v1::Product proto;
  ProductToProto(*model_, Find("camera"), &proto);
  EXPECT_EQ(proto.product_id(), "camera");
  EXPECT_EQ(proto.title(), "Camera");
  EXPECT_EQ(proto.product_type(), "camera");
  EXPECT_EQ(proto.price().minor_units(), 50'000);
  EXPECT_FALSE(proto.has_stock());
  EXPECT_TRUE(proto.visible());
  ASSERT_EQ(proto.attributes_size(), 1);
  EXPECT_EQ(proto.attributes(0).name(), "spec.megapixels");
  EXPECT_EQ(proto.attributes(0).text(), "24");
  EXPECT_EQ(proto.attributes(0).number(), 24.0);
  EXPECT_EQ(proto.variant_ids_size(), 0);
}

}  // namespace
}  // namespace awase::service
