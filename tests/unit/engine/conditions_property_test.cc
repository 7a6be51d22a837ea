// Compiled conditions against plain ones: random rules, shops and requests. The other side reads rules::Condition as
// docs/rules.md does, rule by rule, without any index, and has no code of the engine's.

#include <algorithm>
#include <cstdint>
#include <functional>
#include <iterator>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/applying_rules.h"
#include "engine/bound_rules.h"
#include "engine/context.h"
#include "tests/unit/engine/shop.h"

namespace awase::engine {
namespace {

using rules::Condition;
using rules::ProductFilter;
using rules::ProductSet;
using rules::Range;
using rules::Words;
using Products = std::vector<catalog::Product>;

bool Has(const Words& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool IsIn(const ProductFilter& filter, const catalog::Product& product) {
  if (!filter.products.empty() && !Has(filter.products, product.product_id) &&
      (product.parent_id.empty() || !Has(filter.products, product.parent_id))) {
    return false;
  }
  if (!filter.brands.empty() && !Has(filter.brands, product.brand)) return false;
  if (!filter.product_types.empty() && !Has(filter.product_types, product.product_type)) return false;
  if (!filter.authors.empty() && !Has(filter.authors, product.author)) return false;
  if (!filter.series.empty() && !Has(filter.series, product.series)) return false;
  if (!filter.categories.empty()) {
    bool any = false;
    for (const std::string& named : filter.categories) {
      any = any || product.category == named || product.category.rfind(named + " > ", 0) == 0;
    }
    if (!any) return false;
  }
  if (!filter.tags.empty()) {
    bool any = false;
    for (const std::string& tag : product.tags) any = any || Has(filter.tags, tag);
    if (!any) return false;
  }
  for (const auto& [name, values] : filter.attributes) {
    bool any = false;
    for (const catalog::Attribute& attribute : product.attributes) {
      any = any || (attribute.name == name && Has(values, attribute.text));
    }
    if (!any) return false;
  }
  if (filter.price.has_value()) {
    if (!product.price.has_value() || product.price->currency != filter.price->currency) return false;
    if (product.price->minor_units < filter.price->minor_units.low) return false;
    if (product.price->minor_units > filter.price->minor_units.high) return false;
  }
  return true;
}

bool IsIn(const ProductSet& set, const catalog::Product& product) {
  return IsIn(set.in, product) && !(set.not_in.has_value() && IsIn(*set.not_in, product));
}

// A request, and the products of the shop that it names.
struct Asked {
  Request request;
  Products anchors, owned;
  std::vector<std::pair<catalog::Product, std::int64_t>> cart;
  std::optional<CurrencyCode> currency;
  absl::Time now;
};

bool HoldsForCart(const rules::CartCondition& cart, const Asked& asked) {
  std::int64_t all = 0, contained = 0, lacking = 0, total = 0;
  for (const CartLine& line : asked.request.cart) all += line.quantity;
  for (const auto& [product, quantity] : asked.cart) {
    if (cart.contains.has_value() && IsIn(*cart.contains, product)) contained += quantity;
    if (cart.lacks.has_value() && IsIn(*cart.lacks, product)) lacking += quantity;
    if (product.price.has_value() && product.price->currency == asked.currency) {
      total += product.price->minor_units * quantity;
    }
  }
  if (cart.contains.has_value() && contained == 0) return false;
  if (lacking > 0) return false;
  if (cart.quantity.has_value() && !cart.quantity->Contains(cart.contains.has_value() ? contained : all)) return false;
  return !cart.total.has_value() || (cart.total->currency == asked.currency && cart.total->minor_units.Contains(total));
}

bool HoldsForCustomer(const rules::CustomerCondition& when, const Asked& asked) {
  const CustomerState& customer = asked.request.customer;
  const auto any_said = [](const Words& words, const Words& said) {
    return std::any_of(words.begin(), words.end(), [&](const auto& word) { return Has(said, word); });
  };
  const auto all_said = [](const Words& words, const Words& said) {
    return std::all_of(words.begin(), words.end(), [&](const auto& word) { return Has(said, word); });
  };
  const auto owns = [&](const ProductSet& set) {
    return std::any_of(asked.owned.begin(), asked.owned.end(), [&](const auto& product) { return IsIn(set, product); });
  };
  if (!when.segments.empty() && !any_said(when.segments, customer.segments)) return false;
  if (any_said(when.lacks_segments, customer.segments)) return false;
  if (!when.tiers.empty() && !Has(when.tiers, customer.tier)) return false;
  if (!when.interests.empty() && !any_said(when.interests, customer.interests)) return false;
  if (!all_said(when.milestones, customer.milestones)) return false;
  if (!when.milestones_missing.empty() && all_said(when.milestones_missing, customer.milestones)) return false;
  if (when.nps.has_value() && !(customer.nps.has_value() && when.nps->Contains(*customer.nps))) return false;
  if (when.owns.has_value() && !owns(*when.owns)) return false;
  if (when.lacks.has_value() && owns(*when.lacks)) return false;
  return !when.birthday_month || (customer.birthday.has_value() &&
                                  customer.birthday->month == absl::ToCivilDay(asked.now, absl::UTCTimeZone()).month());
}

bool Holds(const rules::Rule& rule, const Asked& asked) {
  if (asked.now < rule.from || asked.now >= rule.until) return false;
  if (!rule.when.has_value()) return true;
  const Condition& when = *rule.when;
  const auto is_anchor = [&](const catalog::Product& product) { return IsIn(*when.anchor, product); };
  if (when.anchor.has_value() && std::none_of(asked.anchors.begin(), asked.anchors.end(), is_anchor)) return false;
  const auto minute = absl::ToCivilMinute(asked.now, when.time_zone);
  if (when.every_year.has_value() && !when.every_year->Contains(absl::CivilDay(minute))) return false;
  if (when.hours.has_value() && !when.hours->Contains(minute)) return false;
  if (!when.channels.empty() && !Has(when.channels, asked.request.channel)) return false;
  if (when.traffic.has_value()) {
    const CustomerState& customer = asked.request.customer;
    const std::string& id = customer.id.empty() ? asked.request.session_id : customer.id;
    const std::string& salt = when.traffic->salt.empty() ? rule.id : when.traffic->salt;
    if (id.empty() || rules::TrafficPart(salt, id) >= when.traffic->parts) return false;
  }
  return HoldsForCart(when.cart, asked) && HoldsForCustomer(when.customer, asked);
}

constexpr int kProducts = 12;

enum class Actions : std::uint8_t { kPins, kAll };

class RandomConditions {
 public:
  explicit RandomConditions(std::uint32_t seed, Actions actions = Actions::kPins) : random_(seed) {
    for (int i = 0; i < kProducts; ++i) AddProduct(i);
    for (int i = 0; i < 150; ++i) {
      rules::Rule& rule = shop_.AddRule(
          absl::StrCat("r", i), actions == Actions::kAll ? AnyAction() : rules::Pin{AnyId(), "also_bought", 1, {}});
      if (Below(10) != 0) rule.when = AnyCondition();
      if (Below(5) == 0) rule.until = TestNow() + absl::Hours(Below(48) - 24);
    }
  }

  Shop& shop() { return shop_; }

  Asked Ask() {
    Asked asked;
    Request& request = asked.request;
    request.placement = Below(2) == 0 ? "product_page" : "cart";
    request.product_ids = Ids(1, 2);
    for (const std::string& id : Ids(0, 3)) request.cart.push_back({id, 1 + Below(3)});
    CustomerState& customer = request.customer;
    customer.owned_product_ids = Ids(0, 3);
    customer.segments = Some("segment", 3);
    if (Below(2) == 0) customer.tier = Any("tier", 3);
    if (Below(2) == 0) customer.nps = static_cast<std::uint32_t>(Below(11));
    customer.interests = Some("interest", 3);
    customer.milestones = Some("milestone", 3);
    if (Below(2) == 0) customer.birthday = MonthDay{1 + Below(12), 1};
    if (Below(2) == 0) customer.id = absl::StrCat("customer-", Below(1000));
    if (Below(2) == 0) request.session_id = absl::StrCat("session-", Below(1000));
    if (Below(2) == 0) request.channel = Any("channel", 3);
    request.currency = Below(4) == 0 ? Currency("EUR") : Currency("USD");
    asked.currency = request.currency;
    asked.now = TestNow() + absl::Hours(Below(24 * 400));
    for (const std::string& id : request.product_ids) AddIfKnown(id, &asked.anchors);
    for (const std::string& id : customer.owned_product_ids) AddIfKnown(id, &asked.owned);
    for (const CartLine& line : request.cart) {
      Products known;
      AddIfKnown(line.product_id, &known);
      if (!known.empty()) asked.cart.push_back({known.front(), line.quantity});
    }
    return asked;
  }

 private:
  int Below(int bound) { return static_cast<int>(random_() % static_cast<std::uint32_t>(bound)); }
  std::string Any(absl::string_view stem, int count) { return absl::StrCat(stem, Below(count)); }
  std::string AnyId() { return Any("p", kProducts); }

  Words Some(absl::string_view stem, int count) {
    Words words;
    for (int i = 0; i < count; ++i) {
      if (Below(3) == 0) words.push_back(absl::StrCat(stem, i));
    }
    return words;
  }
  // As Some, never empty.
  Words OneOrTwo(absl::string_view stem, int count) {
    Words words = {Any(stem, count), Any(stem, count)};
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    return words;
  }
  std::vector<std::string> Ids(int least, int most) {
    std::vector<std::string> ids;
    for (int count = least + Below(most - least + 1); count > 0; --count) {
      ids.push_back(Below(8) == 0 ? "gone" : AnyId());
    }
    return ids;
  }
  void AddIfKnown(const std::string& id, Products* products) {
    for (const catalog::Product& product : products_) {
      if (product.product_id == id) products->push_back(product);
    }
  }

  void AddProduct(int i) {
    catalog::Product& product = shop_.model().Add(absl::StrCat("p", i), Below(6) == 0 ? -1 : 100 + Below(10) * 100,
                                                  Below(4) == 0 ? "EUR" : "USD");
    static const char* const kCategories[] = {"", "A", "A > B", "A > B > C", "A > BC", "D"};
    product.category = kCategories[Below(6)];
    if (Below(3) == 0) product.author = Any("author", 2);
    if (Below(3) == 0) product.series = Any("author", 2);  // the same words in another column
    if (Below(3) != 0) product.brand = Any("brand", 3);
    if (Below(3) != 0) product.product_type = Any("type", 3);
    product.tags = Some("tag", 3);
    if (Below(2) == 0) product.attributes.push_back({"spec.a", Any("", 3), {}});
    if (Below(2) == 0) product.attributes.push_back({"spec.b", Any("", 3), {}});
    if (i > 0 && Below(4) == 0 && products_.front().parent_id.empty()) product.parent_id = "p0";
    products_.push_back(product);
  }

  // One that is found by its condition.
  rules::Action AnyAction() {
    const ProductSet cheap = {{.price = rules::MoneyRange{Currency("USD"), {.high = 500}}}, std::nullopt};
    const rules::Action actions[] = {
        rules::Pin{AnyId(), "also_bought", 1, {}},
        rules::Hide{{}, {}, cheap},
        rules::Boost{cheap, 2 * rules::kFactorParts},
        rules::Require{std::nullopt, {"brand"}, {"also_bought"}},
        rules::Quota{cheap, 1},
        rules::PriceBand{std::nullopt, std::nullopt, rules::MoneyRange{Currency("USD"), {.high = 500}}, {"higher"}},
        rules::Discount{.takes = {ProductSet()}},
        rules::Discount{.takes = {ProductSet()}, .is_step_up = true},
        rules::Benefit{rules::FreeShipping()},
        rules::Cap{.per = "brand", .slots = {"also_bought"}},
        rules::Cap{.within = absl::Hours(24)},
        rules::Gate{{"cross_sell"}},
        rules::Stop{{"rung"}}};
    static_assert(std::size(actions) == kRuleLists);
    return actions[Below(kRuleLists)];
  }

  Range AnyRange(int least, int most) {
    const int low = least + Below(most - least + 1);
    Range range = {low, low + Below(most - low + 1)};
    if (Below(3) == 0) range.low = Range().low;
    if (Below(3) == 0) range.high = Range().high;
    return range;
  }

  ProductFilter AnyFilter() {
    ProductFilter filter;
    static const char* const kNamed[] = {"A", "A > B", "A > B > C", "A > BC", "D", "E"};
    switch (Below(9)) {
      case 0:
        filter.products = {"gone", AnyId()};
        break;
      case 1:
        filter.categories = {kNamed[Below(6)]};
        if (Below(2) == 0) filter.categories.push_back(kNamed[Below(6)]);
        break;
      case 2:
        filter.brands = OneOrTwo("brand", 3);
        filter.tags = OneOrTwo("tag", 3);
        break;
      case 3:
        filter.product_types = OneOrTwo("type", 3);
        break;
      case 4:
        filter.tags = OneOrTwo("tag", 4);
        break;
      case 5:
        filter.authors = OneOrTwo("author", 2);
        break;
      case 6:
        filter.series = OneOrTwo("author", 2);
        break;
      case 7:
        filter.attributes = {{"spec.a", OneOrTwo("", 3)}};
        if (Below(2) == 0) filter.attributes.push_back({"spec.b", OneOrTwo("", 3)});
        break;
      default:
        filter.price = rules::MoneyRange{Currency(Below(3) == 0 ? "EUR" : "USD"), AnyRange(100, 1000)};
    }
    std::sort(filter.products.begin(), filter.products.end());
    return filter;
  }
  ProductSet AnySet() {
    ProductSet set{AnyFilter(), std::nullopt};
    if (Below(3) == 0) set.not_in = AnyFilter();
    return set;
  }

  void AddCustomer(Condition& when) {
    rules::CustomerCondition& customer = when.customer;
    // One of them.
    const std::function<void()> parts[] = {[&] { customer.segments = OneOrTwo("segment", 3); },
                                           [&] { customer.lacks_segments = OneOrTwo("segment", 3); },
                                           [&] { customer.tiers = OneOrTwo("tier", 3); },
                                           [&] { customer.nps = AnyRange(0, 10); },
                                           [&] { customer.interests = OneOrTwo("interest", 3); },
                                           [&] { customer.owns = AnySet(); },
                                           [&] { customer.lacks = AnySet(); },
                                           [&] { customer.milestones = OneOrTwo("milestone", 3); },
                                           [&] { customer.milestones_missing = OneOrTwo("milestone", 3); },
                                           [&] { customer.birthday_month = true; }};
    parts[Below(10)]();
  }

  void AddCart(Condition& when) {
    rules::CartCondition& cart = when.cart;
    if (Below(2) == 0) cart.contains = AnySet();
    if (Below(3) == 0) cart.lacks = AnySet();
    if (Below(3) == 0) cart.quantity = AnyRange(1, 6);
    if (Below(3) == 0) cart.total = rules::MoneyRange{Currency("USD"), AnyRange(0, 3000)};
  }

  void AddTime(Condition& when) {
    if (Below(3) == 0) absl::LoadTimeZone("America/New_York", &when.time_zone);
    if (Below(2) == 0) {
      when.every_year = {{1 + Below(12), 1 + Below(28)}, {1 + Below(12), 29}};
    } else {
      when.hours = rules::Hours{Below(1440), 1 + Below(1440), {}};
      for (bool& day : when.hours->days) day = Below(2) == 0;
    }
  }

  Condition AnyCondition() {
    Condition when;
    for (int parts = 1 + Below(3); parts > 0; --parts) {
      switch (Below(6)) {
        case 0:
          when.anchor = AnySet();
          break;
        case 1:
          AddCart(when);
          break;
        case 2:
        case 3:
          AddCustomer(when);
          break;
        case 4:
          AddTime(when);
          break;
        default:
          if (Below(2) == 0) {
            when.channels = OneOrTwo("channel", 3);
          } else {
            when.traffic = {Below(1'000'000), Below(2) == 0 ? "" : Any("salt", 3)};
          }
      }
    }
    return when;
  }

  std::mt19937 random_;
  Shop shop_;
  Products products_;
};

TEST(ConditionsProperty, CompiledRulesApplyExactlyWherePlainOnesDo) {
  int held = 0;
  int asked_rules = 0;
  for (std::uint32_t seed = 1; seed <= 30; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    RandomConditions random(seed);
    const auto snapshot = random.shop().Snap();
    for (int i = 0; i < 100; ++i) {
      const Asked asked = random.Ask();
      std::vector<std::string> expected;
      for (const rules::Rule& rule : snapshot->rules().rules) {
        if (Holds(rule, asked)) expected.push_back(rule.id);
      }
      std::vector<std::string> missing_ids;
      const Context context = ResolveContext(*snapshot, asked.request, asked.now, missing_ids);
      std::vector<std::string> found;
      for (const BoundPin* pin : context.pins) found.push_back(pin->rule.rule->id);
      EXPECT_EQ(found, expected) << "request " << i;
      // Rule by rule, without the index, in another order of questions.
      const Context again = ResolveContext(*snapshot, asked.request, asked.now, missing_ids);
      const auto& pins = snapshot->bound_rules().pins;
      std::vector<std::string> one_by_one;
      for (auto pin = pins.rbegin(); pin != pins.rend(); ++pin) {
        if (Applies(again, pin->rule)) one_by_one.insert(one_by_one.begin(), pin->rule.rule->id);
      }
      EXPECT_EQ(one_by_one, expected) << "request " << i;
      held += static_cast<int>(expected.size());
      asked_rules += static_cast<int>(snapshot->rules().rules.size());
    }
  }
  // Neither side says yes or no to everything.
  EXPECT_GT(held, asked_rules / 10);
  EXPECT_LT(held, asked_rules / 2);
}

// The ids of the rules of a list that apply: those found by the index, and those of the oracle.
class ListCheck {
 public:
  ListCheck(const Context& context, const Asked& asked) : context_(context), asked_(asked) {}

  template <typename Bound>
  void Expect(const std::vector<Bound>& rules, RuleList list) {
    Expect(rules, list, [](const Bound&) { return true; });
  }

  // Of a vector that has the rules of two lists.
  template <typename Bound, typename IsOfList>
  void Expect(const std::vector<Bound>& rules, RuleList list, const IsOfList& is_of_list) {
    std::vector<std::string> expected;
    for (const Bound& bound : rules) {
      if (is_of_list(bound) && Holds(*bound.rule.rule, asked_)) expected.push_back(bound.rule.rule->id);
    }
    std::vector<std::string> found;
    for (const Bound* bound : ApplyingRules(context_, rules, list)) found.push_back(bound->rule.rule->id);
    EXPECT_EQ(found, expected) << "list " << static_cast<int>(list);
    if (!expected.empty()) ++lists_with_rules_;
  }

  int lists_with_rules() const { return lists_with_rules_; }

 private:
  const Context& context_;
  const Asked& asked_;
  int lists_with_rules_ = 0;
};

TEST(ConditionsProperty, RulesOfAllListsAreFoundByTheirConditions) {
  int lists_with_rules = 0;
  for (std::uint32_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    RandomConditions random(seed, Actions::kAll);
    const auto snapshot = random.shop().Snap();
    const Snapshot::BoundRules& bound = snapshot->bound_rules();
    for (int i = 0; i < 50; ++i) {
      SCOPED_TRACE(absl::StrCat("request ", i));
      const Asked asked = random.Ask();
      std::vector<std::string> missing_ids;
      const Context context = ResolveContext(*snapshot, asked.request, asked.now, missing_ids);
      ListCheck check(context, asked);
      check.Expect(bound.hides, RuleList::kHides);
      check.Expect(bound.pins, RuleList::kPins);
      check.Expect(bound.selection.weights, RuleList::kWeights);
      check.Expect(bound.selection.requirements, RuleList::kRequirements);
      check.Expect(bound.selection.quotas, RuleList::kQuotas);
      check.Expect(bound.selection.price_bands, RuleList::kPriceBands);
      check.Expect(bound.discounts, RuleList::kDiscounts);
      check.Expect(bound.step_ups, RuleList::kStepUps);
      check.Expect(bound.benefits, RuleList::kBenefits);
      check.Expect(bound.caps, RuleList::kRowCaps, [](const BoundCap& cap) { return !cap.cap->per.empty(); });
      check.Expect(bound.caps, RuleList::kCustomerCaps, [](const BoundCap& cap) { return cap.cap->per.empty(); });
      check.Expect(bound.gates, RuleList::kGates);
      check.Expect(bound.stops, RuleList::kStops);
      lists_with_rules += check.lists_with_rules();
    }
  }
  EXPECT_GT(lists_with_rules, 20 * 50 * static_cast<int>(kRuleLists) / 2);
}

// Blanks around the steps of a category say nothing.
TEST(ConditionIndex, FindsCategoriesHoweverTheyAreWritten) {
  Shop shop;
  shop.model().Add("a").category = "Shop>Shelf  >Box";
  shop.model().Add("b").category = "Shop > Shelf > Boxes";
  rules::Rule& rule = shop.AddRule("r", rules::Pin{"b", "also_bought", 1, {}});
  rule.when.emplace();
  rule.when->anchor = ProductSet{{.categories = {"Shop > Shelf > Box"}}, std::nullopt};
  const auto snapshot = shop.Snap();
  std::vector<std::string> missing_ids;
  Request request;
  request.product_ids = {"a"};
  EXPECT_EQ(ResolveContext(*snapshot, request, TestNow(), missing_ids).pins.size(), 1U);
  request.product_ids = {"b"};
  EXPECT_EQ(ResolveContext(*snapshot, request, TestNow(), missing_ids).pins.size(), 0U);
}

TEST(ConditionBook, RulesThatAskTheSameShareTheirQuestions) {
  Shop shop;
  shop.model().Add("a");
  for (int i = 0; i < 5; ++i) {
    rules::Rule& rule = shop.AddRule(absl::StrCat("r", i), rules::Pin{"a", "also_bought", 1, {}});
    rule.when.emplace();
    rule.when->channels = {"app"};
    rule.when->customer.nps = Range{9, 10};
    if (i == 4) rule.when->anchor = ProductSet{{.brands = {"b"}}, std::nullopt};
  }
  const auto snapshot = shop.Snap();
  const ConditionBook& book = snapshot->bound_rules().conditions;
  EXPECT_EQ(book.question_count(), 3U);
  EXPECT_EQ(snapshot->bound_rules().pins[0].rule.condition, snapshot->bound_rules().pins[3].rule.condition);
  EXPECT_NE(snapshot->bound_rules().pins[0].rule.condition, snapshot->bound_rules().pins[4].rule.condition);
}

}  // namespace
}  // namespace awase::engine
