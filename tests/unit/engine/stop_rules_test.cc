#include "engine/stop_rules.h"

#include <map>
#include <random>
#include <set>

#include "absl/strings/str_cat.h"
#include "tests/unit/engine/shop.h"

namespace awase::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

rules::Condition InSegment(const std::string& segment) {
  rules::Condition when;
  when.customer.segments = {segment};
  return when;
}

class StopRulesTest : public ::testing::Test {
 protected:
  StopRulesTest() {
    for (const char* id : {"camera", "film", "bag", "strap"}) shop_.model().Add(id);
    shop_.model().Relate(kAlso, "camera", "film", {.together = 30});
    shop_.model().Relate(kAlso, "camera", "bag", {.together = 20});
  }

  std::vector<std::string> Row(const Request& request) {
    answer_ = shop_.Ask(request);
    return shop_.Ids(SlotOf(answer_, "also_bought"));
  }

  Shop shop_;
  Answer answer_;
};

TEST_F(StopRulesTest, RulesBehindDoNotActAndRulesBeforeDo) {
  shop_.AddRule("first", rules::Hide{{"bag"}, {}});
  shop_.AddRule("stop", rules::Stop{}).when = InSegment("trade");
  shop_.AddRule("pin", rules::Pin{"strap", "also_bought", 1, {}});
  EXPECT_THAT(Row(PageOf("camera")), ElementsAre("strap", "film"));
  EXPECT_THAT(answer_.restraint.stop_rule_ids, IsEmpty());
  Request request = PageOf("camera");
  request.customer.segments = {"trade"};
  EXPECT_THAT(Row(request), ElementsAre("film"));
  EXPECT_THAT(answer_.restraint.stop_rule_ids, ElementsAre("stop"));
}

TEST_F(StopRulesTest, OnlyTheActionsThatItNames) {
  shop_.AddRule("stop", rules::Stop{{"pin"}});
  shop_.AddRule("pin", rules::Pin{"strap", "also_bought", 1, {}});
  shop_.AddRule("hide", rules::Hide{{"bag"}, {}});
  EXPECT_THAT(Row(PageOf("camera")), ElementsAre("film"));
}

TEST_F(StopRulesTest, AHideCanBeStopped) {
  shop_.AddRule("stop", rules::Stop{{"hide"}}).when = InSegment("staff");
  shop_.AddRule("hide", rules::Hide{{"bag"}, {}});
  EXPECT_THAT(Row(PageOf("camera")), ElementsAre("film"));
  Request request = PageOf("camera");
  request.customer.segments = {"staff"};
  EXPECT_THAT(Row(request), ElementsAre("film", "bag"));
}

TEST_F(StopRulesTest, AStopMayBeStopped) {
  shop_.AddRule("no-exceptions", rules::Stop{{"stop"}}).when = InSegment("sale");
  shop_.AddRule("stop", rules::Stop{{"pin"}});
  shop_.AddRule("pin", rules::Pin{"strap", "also_bought", 1, {}});
  EXPECT_THAT(Row(PageOf("camera")), ElementsAre("film", "bag"));
  Request request = PageOf("camera");
  request.customer.segments = {"sale"};
  EXPECT_THAT(Row(request), ElementsAre("strap", "film", "bag"));
  EXPECT_THAT(answer_.restraint.stop_rule_ids, ElementsAre("no-exceptions"));
}

TEST_F(StopRulesTest, AClosedGateAndItsOpeningCanBeStopped) {
  shop_.AddRule("stop", rules::Stop{{"gate"}}).when = InSegment("trade");
  shop_.AddRule("closed", rules::Gate{{"cross_sell"}, false, ""});
  EXPECT_THAT(Row(PageOf("camera")), IsEmpty());
  Request request = PageOf("camera");
  request.customer.segments = {"trade"};
  EXPECT_THAT(Row(request), ElementsAre("film", "bag"));
}

TEST_F(StopRulesTest, NothingIsStoppedWhereNothingWouldHaveActed) {
  shop_.AddRule("stop", rules::Stop{});
  rules::Rule& over = shop_.AddRule("pin", rules::Pin{"strap", "also_bought", 1, {}});
  over.until = TestNow() - absl::Hours(1);
  EXPECT_THAT(Row(PageOf("camera")), ElementsAre("film", "bag"));
  EXPECT_THAT(answer_.restraint.stop_rule_ids, IsEmpty());
}

// ---- Against a set from which somebody has taken the stopped rules by hand

const std::vector<std::string>& Segments() {
  static const auto& segments = *new std::vector<std::string>{"a", "b", "c"};
  return segments;
}

// Everything of a slot that depends on rules.
std::string TextOf(Shop& shop, const Answer& answer) {
  std::string text;
  for (const Slot& slot : answer.slots) {
    absl::StrAppend(&text, slot.name, ":");
    for (const Offer& offer : slot.offers) {
      absl::StrAppend(&text, " ", shop.IdOf(offer.product), "(", offer.reason.text);
      for (const std::string& id : offer.reason.rule_ids) absl::StrAppend(&text, "|", id);
      absl::StrAppend(&text, ")");
    }
    for (const std::uint32_t removed : slot.removed) absl::StrAppend(&text, " ", removed);
    absl::StrAppend(&text, " ", slot.empty_reason, "\n");
  }
  return text;
}

class RandomStops {
 public:
  explicit RandomStops(std::uint32_t seed) : random_(seed) {
    for (int i = 0; i < 8; ++i) shop_.model().Add(Id(i), 1000 + 100 * i);
    for (int i = 0; i < 8; ++i) {
      for (int j = 0; j < 8; ++j) {
        if (i != j && Below(3) != 0)
          shop_.model().Relate(kAlso, Id(i), Id(j), {.together = static_cast<std::uint32_t>(10 + Below(90))});
      }
      if (i > 0) shop_.model().AddRung(Id(i), Id(i - 1), kDown);
      if (i < 7) shop_.model().AddRung(Id(i), Id(i + 1), kUp);
    }
    for (int i = 0; i < 12; ++i) {
      rules::Rule& rule = shop_.AddRule(absl::StrCat("r", i), AnyAction());
      if (Below(3) != 0) rule.when = InSegment(Segments()[Below(3)]);
      if (Below(4) == 0) rule.placements = {Below(2) == 0 ? "product_page" : "cart"};
      if (Below(8) == 0) rule.until = TestNow() - absl::Hours(1);
    }
  }

  Request AnyRequest() {
    Request request = Below(4) == 0 ? CartOf({Id(Below(8)), Id(Below(8))}) : PageOf(Id(Below(8)));
    for (const std::string& segment : Segments()) {
      if (Below(2) == 0) request.customer.segments.push_back(segment);
    }
    if (Below(3) == 0) request.customer.nps = static_cast<std::uint32_t>(Below(11));
    return request;
  }

  // Walks over all rules: those that a stop in force before them is about are gone, and so are the stops.
  static rules::RuleSet WithoutStopped(const rules::RuleSet& set, const Request& request) {
    rules::RuleSet left{set.revision, {}};
    std::set<std::string> stopped;
    for (const rules::Rule& rule : set.rules) {
      const auto& segments = request.customer.segments;
      const bool applies =
          rule.until > TestNow() && (rule.placements.empty() || rule.placements[0] == request.placement) &&
          (!rule.when.has_value() ||
           std::find(segments.begin(), segments.end(), rule.when->customer.segments[0]) != segments.end());
      const std::string name = NameOf(rule.action);
      if (stopped.contains(name)) continue;
      const auto* stop = std::get_if<rules::Stop>(&rule.action);
      if (stop == nullptr) {
        left.rules.push_back(rule);
      } else if (applies) {
        if (stop->actions.empty()) stopped = {"bundle", "hide", "pin", "rung", "gate", "stop"};
        stopped.insert(stop->actions.begin(), stop->actions.end());
      }
    }
    return left;
  }

  Shop& shop() { return shop_; }

 private:
  static std::string Id(std::size_t i) { return absl::StrCat("p", i); }
  static std::string NameOf(const rules::Action& action) {
    if (std::holds_alternative<rules::Bundle>(action)) return "bundle";
    if (std::holds_alternative<rules::Hide>(action)) return "hide";
    if (std::holds_alternative<rules::Pin>(action)) return "pin";
    if (std::holds_alternative<rules::Rung>(action)) return "rung";
    return std::holds_alternative<rules::Gate>(action) ? "gate" : "stop";
  }
  std::size_t Below(std::size_t bound) { return random_() % bound; }

  rules::Action AnyAction() {
    const std::size_t a = Below(8);
    const std::string one = Id(a);
    const std::string other = Id((a + 1 + Below(7)) % 8);
    switch (Below(8)) {
      case 0:
        return rules::Bundle{{one, other}, "", std::nullopt, ""};
      case 1:
        return rules::Hide{{one}, {}};
      case 2:
        return rules::Pin{one, Below(2) == 0 ? "also_bought" : "higher", 1, {}};
      case 3:
        return rules::Rung{{one, other}, "T", "", Below(2) == 0};
      case 4:
        return rules::Gate{{std::string(rules::kIntentNames[Below(3)])}, Below(3) == 0, ""};
      case 5:
        return rules::Stop{};
      default:
        return rules::Stop{{std::string(rules::kActionNames[Below(6)]), std::string(rules::kActionNames[Below(6)])}};
    }
  }

  Shop shop_;
  std::mt19937 random_;
};

TEST(StopRulesProperty, AnswersAreThoseOfASetWithoutTheStoppedRules) {
  int stopped = 0;
  for (std::uint32_t seed = 0; seed < 150; ++seed) {
    RandomStops random(seed);
    const auto snapshot = random.shop().Snap();
    for (int i = 0; i < 12; ++i) {
      const Request request = random.AnyRequest();
      const auto answer = Recommend(*snapshot, request, TestNow());
      AWASE_ASSERT_OK(answer.status());
      const auto left = std::make_shared<rules::RuleSet>(RandomStops::WithoutStopped(snapshot->rules(), request));
      const auto expected = Recommend(*snapshot->WithRules(left), request, TestNow());
      AWASE_ASSERT_OK(expected.status());
      EXPECT_EQ(TextOf(random.shop(), *answer), TextOf(random.shop(), *expected)) << "seed " << seed << ", " << i;
      EXPECT_EQ(answer->restraint.intents, expected->restraint.intents) << "seed " << seed << ", " << i;
      if (!answer->restraint.stop_rule_ids.empty()) ++stopped;
    }
  }
  EXPECT_GT(stopped, 300);
}

}  // namespace
}  // namespace awase::engine
