#include "engine/reasons.h"

#include <string>
#include <tuple>
#include <utility>

#include "tests/unit/engine/shop.h"

namespace awase::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Request InJapanese(Request request) {
  request.language_code = "ja-JP";
  return request;
}

TEST(Reasons, AClaimSaysHowManyOrdersAndHowMuchMoreThanByChance) {
  Shop shop;
  for (const char* id : {"camera", "film"}) shop.model().Add(id);
  shop.model().SetUnitCount(kTogether, 100'000);
  shop.model().SetUnits(kTogether, "camera", 4870);
  shop.model().SetUnits(kTogether, "film", 1000);  // 4,870 · 1,000 / 100,000 = 48.7 orders by chance
  shop.model().Relate(kTogether, "camera", "film", {.together = 312});
  const Answer answer = shop.Ask(PageOf("camera"));
  const Reason& reason = SlotOf(answer, "bundle").offers.at(0).reason;
  EXPECT_EQ(reason.source, Source::kBoughtTogether);
  EXPECT_EQ(reason.text, "Bought together in 312 of 4,870 orders with this product, 6.4 times as often as by chance.");
  ASSERT_TRUE(reason.evidence.has_value());
  EXPECT_EQ(reason.evidence->units_together, 312U);
  EXPECT_EQ(reason.evidence->units_anchor, 4870U);
  EXPECT_EQ(reason.evidence->units_other, 1000U);
  EXPECT_EQ(reason.evidence->units_total, 100'000U);
  EXPECT_DOUBLE_EQ(reason.evidence->expected_together, 48.7);
  EXPECT_TRUE(reason.evidence->claim);
}

TEST(Reasons, ASetOfThreeCountsEachPairByItself) {
  Shop shop;
  for (const char* id : {"camera", "film", "tripod"}) shop.model().Add(id).product_type = id;
  shop.model().SetUnits(kTogether, "camera", 4870);
  shop.model().Relate(kTogether, "camera", "film", {.together = 312});
  shop.model().Relate(kTogether, "camera", "tripod", {.together = 190});
  const Answer answer = shop.Ask(PageOf("camera"));
  const Offer& offer = SlotOf(answer, "bundle").offers.at(0);
  ASSERT_EQ(offer.bundle->lines.size(), 3U);
  EXPECT_EQ(offer.reason.text, "Of 4,870 orders with this product: The film in 312 and The tripod in 190.");
}

TEST(Reasons, WithoutAClaimTheSentencePromisesNothing) {
  Shop shop;
  for (const char* id : {"camera", "film"}) shop.model().Add(id);
  shop.model().SetUnits(kAlso, "camera", 340);
  shop.model().Relate(kAlso, "camera", "film", {.together = 12, .claim = false});
  EXPECT_EQ(SlotOf(shop.Ask(PageOf("camera")), "also_bought").offers.at(0).reason.text,
            "12 of 340 customers who bought this product also bought this one.");
}

TEST(Reasons, AClaimOfAlsoBoughtCountsCustomers) {
  Shop shop;
  for (const char* id : {"camera", "film"}) shop.model().Add(id);
  shop.model().Relate(kAlso, "camera", "film", {.together = 30});
  EXPECT_EQ(SlotOf(shop.Ask(PageOf("camera")), "also_bought").offers.at(0).reason.text,
            "Bought by 30 of 100 customers who bought this product, 30.0 times as often as by chance.");
}

TEST(Reasons, ADirectedRelationCountsTheOtherProductByWhatCameAfter) {
  constexpr auto kAfter = relations::RelationKind::kBoughtAfter;
  Shop shop;
  for (const char* id : {"camera", "film"}) shop.model().Add(id);
  shop.model().SetUnitCount(kAfter, 1000);
  shop.model().SetUnits(kAfter, "camera", 200);
  shop.model().SetUnits(kAfter, "film", 500);        // bought by those who came back …
  shop.model().SetUnitsAsOther(kAfter, "film", 50);  // … and in a later order: 200 · 50 / 1,000 = 10 by chance
  shop.model().Relate(kAfter, "camera", "film", {.together = 30});
  const artefact::Model& model = shop.Snap()->model();
  const ProductIndex camera = *model.Find("camera");
  const Evidence evidence = MakeEvidence(model, kAfter, camera, model.related(kAfter, camera).at(0));
  EXPECT_EQ(evidence.units_anchor, 200U);
  EXPECT_EQ(evidence.units_other, 50U);
  EXPECT_DOUBLE_EQ(evidence.expected_together, 10);
  EXPECT_NEAR(evidence.lift, 3, 1e-6);
}

TEST(Reasons, AStepSaysItsPriceAndWhatChanges) {
  Shop shop;
  for (const auto& [id, price, storage] :
       {std::tuple("mini", 47000, 64), std::tuple("phone", 50000, 128), std::tuple("plus", 57000, 256)}) {
    shop.model().Add(id, price).attributes = {
        {"spec.storage_gb", std::to_string(storage), static_cast<double>(storage)}};
  }
  shop.model().AddRung("phone", "plus", kUp);
  shop.model().AddRung("phone", "mini", kDown);
  const Answer answer = shop.Ask(PageOf("phone"));
  const Offer& up = SlotOf(answer, "higher").offers.at(0);
  EXPECT_EQ(up.price, Usd(57000));
  EXPECT_EQ(up.price_difference, Usd(7000));
  EXPECT_EQ(up.reason.text, "The next model up: USD 70.00 more; gains storage_gb 128 → 256.");
  ASSERT_EQ(up.differences.size(), 1U);
  EXPECT_EQ(up.differences[0].offer_value, "256");
  const Offer& down = SlotOf(answer, "lower").offers.at(0);
  EXPECT_EQ(down.price_difference, Usd(-3000));
  EXPECT_EQ(down.reason.text, "A cheaper alternative: USD 30.00 less; gives up storage_gb 128 → 64.");
}

TEST(Reasons, AStepSaysWhatIsGainedFirstAndWhoMovedUp) {
  Shop shop;
  const auto number = [](absl::string_view name, int value) {
    return catalog::Attribute{std::string(name), std::to_string(value), static_cast<double>(value)};
  };
  shop.model().Add("phone", 50000).attributes = {number("spec.weight_g", 200), number("spec.zoom_x", 2)};
  shop.model().Add("plus", 57000).attributes = {number("spec.weight_g", 180), number("spec.zoom_x", 1)};
  ladder::RungEvidence evidence;
  evidence.gained_specs = 0b01;  // lighter
  evidence.given_up_specs = 0b10;
  evidence.upgrades = 30;
  evidence.downgrades = 7;
  evidence.switches_up = 4;
  evidence.flags = ladder::kBehaviour;
  shop.model().AddRung("phone", "plus", kUp, 1, ladder::Grade::kStatistical, evidence);
  std::swap(evidence.gained_specs, evidence.given_up_specs);
  shop.model().AddRung("plus", "phone", kDown, 1, ladder::Grade::kStatistical, evidence);
  EXPECT_EQ(SlotOf(shop.Ask(PageOf("phone")), "higher").offers.at(0).reason.text,
            "The next model up: USD 70.00 more; gains weight_g 200 → 180; gives up zoom_x 2 → 1. "
            "34 of 41 customers who moved between the two moved up.");
  EXPECT_EQ(SlotOf(shop.Ask(PageOf("plus")), "lower").offers.at(0).reason.text,
            "A cheaper alternative: USD 70.00 less; gains zoom_x 1 → 2; gives up weight_g 180 → 200.")
      << "that customers move up does not speak for the cheaper one";
  EXPECT_EQ(SlotOf(shop.Ask(InJapanese(PageOf("phone"))), "higher").offers.at(0).reason.text,
            "1つ上のモデルです（+USD 70.00、向上：weight_g 200 → 180、低下：zoom_x 2 → 1）。"
            "2つの間で乗り換えた41人のうち34人が上位モデルを選んでいます。");
}

TEST(Reasons, ACuratedBundleSpeaksItsOwnTextOrItsSaving) {
  Shop shop;
  for (const char* id : {"camera", "film"}) shop.model().Add(id, 1000);
  rules::Rule& rule = shop.AddRule("set", rules::Bundle{{"camera", "film"}, "", Usd(1500), "Made for each other."});
  EXPECT_EQ(SlotOf(shop.Ask(PageOf("camera")), "bundle").offers.at(0).reason.text, "Made for each other.");
  std::get<rules::Bundle>(rule.action).text = "";
  EXPECT_EQ(SlotOf(shop.Ask(PageOf("camera")), "bundle").offers.at(0).reason.text,
            "Together as a set, USD 5.00 less than separately.");
  std::get<rules::Bundle>(rule.action).price.reset();
  EXPECT_EQ(SlotOf(shop.Ask(PageOf("camera")), "bundle").offers.at(0).reason.text, "Together as a set.");
}

TEST(Reasons, WithoutExplanationsThereIsOnlySourceAndRules) {
  Shop shop;
  for (const char* id : {"camera", "film", "bag"}) shop.model().Add(id);
  shop.model().Relate(kTogether, "camera", "film");
  shop.AddRule("launch", rules::Pin{"bag", "also_bought", 1, {}});
  Request request = PageOf("camera");
  request.explanation = Explanation::kNone;
  const Answer answer = shop.Ask(request);
  const Reason& bundle = SlotOf(answer, "bundle").offers.at(0).reason;
  EXPECT_EQ(bundle.source, Source::kBoughtTogether);
  EXPECT_EQ(bundle.text, "");
  EXPECT_FALSE(bundle.evidence.has_value());
  const Reason& pinned = SlotOf(answer, "also_bought").offers.at(0).reason;
  EXPECT_EQ(pinned.text, "");
  EXPECT_THAT(pinned.rule_ids, ElementsAre("launch"));
}

TEST(Reasons, ALongTitleIsCutBetweenCharacters) {
  Shop shop;
  std::string title = "x";
  for (int i = 0; i < 60; ++i) title += "é";  // two bytes each: byte 80 is in the middle of one
  shop.model().Add("camera").title = title;
  shop.model().Add("film");
  shop.model().Relate(kAlso, "camera", "film", {.claim = false});
  const std::string text = SlotOf(shop.Ask(CartOf({"camera"})), "also_bought").offers.at(0).reason.text;
  EXPECT_THAT(text, HasSubstr(title.substr(0, 79) + " also bought this one"));
}

TEST(Reasons, JapaneseSaysTheSameCounts) {
  Shop shop;
  for (const char* id : {"camera", "film"}) shop.model().Add(id);
  shop.model().SetUnits(kTogether, "camera", 1234);
  shop.model().SetUnits(kAlso, "camera", 1234);
  shop.model().Relate(kTogether, "camera", "film", {.together = 123});
  shop.model().Relate(kAlso, "film", "camera", {.together = 30, .claim = false});
  const Answer page = shop.Ask(InJapanese(PageOf("camera")));
  EXPECT_EQ(page.language_code, "ja");
  EXPECT_EQ(SlotOf(page, "bundle").offers.at(0).reason.text,
            "この商品を購入した1,234件の注文のうち123件で一緒に購入されています（偶然の場合の10.0倍）。");
  EXPECT_EQ(SlotOf(shop.Ask(InJapanese(CartOf({"film"}))), "also_bought").offers.at(0).reason.text,
            "「The film」を購入した100人のうち30人がこちらも購入しています。");
}

TEST(Reasons, JapaneseOfASetOfAMultiPackOfAStepAndOfBackOff) {
  Shop shop;
  for (const char* id : {"camera", "film", "tripod", "pen"}) shop.model().Add(id, 5000);
  shop.model().SetUnits(kTogether, "camera", 4870);
  shop.model().Relate(kTogether, "camera", "film", {.together = 312});
  shop.model().Relate(kTogether, "camera", "tripod", {.together = 190});
  shop.model().Relate(kAlso, "camera", "pen",
                      {.together = 20, .claim = false, .entry_class = relations::EntryClass::kMultiPack});
  shop.model().Relate(kAlso, "film", "pen",
                      {.together = 0, .score = 1, .claim = false, .source = relations::EntrySource::kType});
  shop.model().Add("plus", 12000);
  shop.model().AddRung("camera", "plus", kUp);
  const Answer answer = shop.Ask(InJapanese(PageOf("camera")));
  EXPECT_EQ(
      SlotOf(answer, "bundle").offers.at(0).reason.text,
      "この商品を購入した4,870件の注文のうち、「The film」は312件、「The tripod」は190件で一緒に購入されています。");
  EXPECT_EQ(
      SlotOf(answer, "also_bought").offers.at(0).reason.text,
      "複数まとめて購入されることの多い種類の商品です。この商品を購入した100人のうち20人がこちらも購入しています。");
  EXPECT_EQ(SlotOf(answer, "higher").offers.at(0).reason.text, "1つ上のモデルです（+USD 70.00）。");
  EXPECT_EQ(SlotOf(shop.Ask(InJapanese(PageOf("film"))), "also_bought").offers.at(0).reason.text,
            "同じ種類の商品を購入した方がよく購入しています。");
}

TEST(Reasons, AnotherLanguageIsAnsweredInEnglishAndSaysSo) {
  Shop shop;
  for (const char* id : {"camera", "film"}) shop.model().Add(id);
  shop.model().Relate(kTogether, "camera", "film");
  Request request = PageOf("camera");
  request.language_code = "pt-BR";
  const Answer answer = shop.Ask(request);
  EXPECT_EQ(answer.language_code, "en");
  EXPECT_THAT(SlotOf(answer, "bundle").offers.at(0).reason.text, HasSubstr("Bought together in 10 of 100 orders"));
}

TEST(Reasons, ThePeriodIsThatOfTheOrders) {
  Shop shop;
  shop.model().Add("camera");
  EXPECT_EQ(shop.Ask(PageOf("camera")).first_day, "");
  Shop dated;
  dated.model().Add("camera");
  dated.model().SetPeriod({1'700'000'000'000'000, 1'710'028'799'999'999});
  const Answer answer = dated.Ask(PageOf("camera"));
  EXPECT_EQ(answer.first_day, "2023-11-14");
  EXPECT_EQ(answer.last_day, "2024-03-09") << "the last moment of the day, in UTC";
}

TEST(Reasons, EverySourceHasItsName) {
  EXPECT_STREQ(SourceName(Source::kBoughtTogether), "bought_together");
  EXPECT_STREQ(SourceName(Source::kAlsoBought), "also_bought");
  EXPECT_STREQ(SourceName(Source::kLadder), "ladder");
  EXPECT_STREQ(SourceName(Source::kRule), "rule");
}

}  // namespace
}  // namespace awase::engine
