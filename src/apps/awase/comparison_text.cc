#include "apps/awase/comparison_text.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "apps/awase/message_text.h"
#include "apps/awase/terminal_text.h"
#include "awase/base/money.h"
#include "awase/rules/load_rules.h"
#include "awase/service/comparison.h"
#include "awase/service/convert.h"

namespace awase::apps {
namespace {

using google::protobuf::RepeatedPtrField;

constexpr int kMostProducts = 20;      // of the text; JSON has them all
constexpr double kMostMinor = 9.0e15;  // that a double still counts one by one

std::string Grouped(double count) { return GroupThousands(static_cast<std::uint64_t>(std::llround(count))); }

std::string Counted(double count, const char* noun) {
  return absl::StrCat(Grouped(count), " ", noun, count == 1 ? "" : "s");
}

std::string ShareText(double part, double whole) {
  return absl::StrFormat("%.1f %%", whole == 0 ? 0 : 100 * part / whole);
}

std::string ArrowText(double before, double after) { return absl::StrCat(Grouped(before), " → ", Grouped(after)); }
std::string ArrowText(const v1::CountChange& change) { return ArrowText(change.before(), change.after()); }

std::string NameText(const v1::ProductComparison& product) {
  if (product.title().empty() || product.title() == product.product_id()) return product.product_id();
  return absl::StrCat(product.title(), " (", product.product_id(), ")");
}

std::string RequestText(const v1::PageDifference& asked) {
  std::string text = asked.placement();
  if (!asked.product_ids().empty()) absl::StrAppend(&text, " of ", absl::StrJoin(asked.product_ids(), ", "));
  if (asked.cart_product_ids().empty()) return text;
  return absl::StrCat(text, " with ", absl::StrJoin(asked.cart_product_ids(), ", "), " in the cart");
}

std::string TimeText(const google::protobuf::Timestamp& time) {
  return absl::FormatTime("%E4Y-%m-%d %H:%M:%S", absl::FromUnixSeconds(time.seconds()), absl::UTCTimeZone());
}

// Requests that are not compared, and what is not known of the others.
void AddLeftOut(const v1::RuleComparison& comparison, std::string& text) {
  if (comparison.unreadable() != 0) {
    absl::StrAppend(&text, Counted(comparison.unreadable(), "recorded line"),
                    " could not be read, the newest: ", comparison.first_unreadable(), "\n");
  }
  if (comparison.with_unknown_placement() != 0) {
    absl::StrAppend(&text, Counted(comparison.with_unknown_placement(), "further request"),
                    " on placements that are not known, the first: ", comparison.first_unknown_placement(),
                    " (--config of the server)\n");
  }
  if (comparison.refused() != 0) {
    absl::StrAppend(&text, Counted(comparison.refused(), "further request"),
                    " could not be answered, the first: ", comparison.first_refusal(), "\n");
  }
  if (comparison.with_unknown_products() != 0) {
    absl::StrAppend(&text, Counted(comparison.with_unknown_products(), "request"),
                    " with products that the model does not know\n");
  }
}

void AddSlots(const v1::RuleComparison& comparison, std::string& text) {
  std::size_t width = 0;
  for (const v1::SlotComparison& slot : comparison.by_slot()) {
    width = std::max(width, slot.placement().size() + 1 + slot.slot().size());
  }
  for (const v1::SlotComparison& slot : comparison.by_slot()) {
    if (slot.changed() == 0) continue;
    absl::StrAppend(&text, "  ", PadRight(absl::StrCat(slot.placement(), " ", slot.slot()), width), "  ",
                    Grouped(slot.changed()), " of ", Grouped(slot.asked()), " change:");
    const auto add = [&](std::uint32_t count, const char* what) {
      if (count != 0) absl::StrAppend(&text, " ", Grouped(count), " ", what, ",");
    };
    add(slot.gained(), "offers gained");
    add(slot.lost(), "lost");
    add(slot.moved(), "moved");
    add(slot.repriced(), "with another price");
    add(slot.reworded(), "with another sentence");
    absl::StrAppend(&text, " empty ", ArrowText(slot.empty()), "\n");
  }
}

std::string ValueLine(double before, double after, const std::string& currency_code) {
  const CurrencyCode currency = CurrencyCode::Parse(currency_code).value_or(CurrencyCode());
  const auto money = [&](double minor) {
    return Money{std::llround(std::clamp(minor, -kMostMinor, kMostMinor)), currency};
  };
  return absl::StrCat(FormatMoney(money(before)), " → ", FormatMoney(money(after)), " (",
                      FormatMoneyDifference({money(after).minor_units - money(before).minor_units, currency}), ")");
}

// What discounts do to carts, and benefits for them.
void AddCarts(const v1::RuleComparison& comparison, std::string& text) {
  for (const v1::CartComparison& cart : comparison.by_cart()) {
    if (cart.cheaper() + cart.dearer() == 0) continue;
    absl::StrAppend(&text, "  carts in ", cart.currency_code(), ": ", Grouped(cart.cheaper()), " cheaper, ",
                    Grouped(cart.dearer()), " dearer, of ", Grouped(cart.carts()),
                    " under discounts; with something off ", ArrowText(cart.reduced()), "\n");
  }
  if (comparison.benefits_changed() != 0) {
    absl::StrAppend(&text, "  benefits: other ones in ", Counted(comparison.benefits_changed(), "request"), "\n");
  }
}

// Per 1,000 orders' worth of requests, so that the size of the sample does not matter.
void AddValue(const v1::RuleComparison& comparison, std::string& text) {
  if (comparison.weight() == 0 || (comparison.value().empty() && comparison.by_cart().empty())) return;
  const double scale = 1000 / comparison.weight();
  absl::StrAppend(&text, "\nExpected per 1,000 weighted requests, if customers go on to buy as they do\n");
  double known_before = 0;
  double known_after = 0;
  for (const v1::ValueComparison& value : comparison.value()) {
    absl::StrAppend(
        &text, "  revenue beside the page  ",
        ValueLine(scale * value.before().revenue_minor(), scale * value.after().revenue_minor(), value.currency_code()),
        "\n");
    known_before += value.before().offers_with_chance();
    known_after += value.after().offers_with_chance();
    if (value.before().offers_with_cost() + value.after().offers_with_cost() == 0) continue;
    absl::StrAppend(
        &text, "  margin, of known costs   ",
        ValueLine(scale * value.before().margin_minor(), scale * value.after().margin_minor(), value.currency_code()),
        "\n");
  }
  for (const v1::CartComparison& cart : comparison.by_cart()) {
    absl::StrAppend(
        &text, "  off the list prices of carts as they are  ",
        ValueLine(scale * cart.saving_minor().before(), scale * cart.saving_minor().after(), cart.currency_code()),
        "\n");
  }
  absl::StrAppend(&text, "  offers whose chance no counts tell, and which are not in it: ",
                  ArrowText(comparison.offers().before() - known_before, comparison.offers().after() - known_after),
                  " of ", ArrowText(comparison.offers()), "\n");
}

void AddProducts(const v1::RuleComparison& comparison, std::string& text) {
  const auto& products = comparison.by_product();
  if (products.empty()) return;
  absl::StrAppend(&text, "\nProducts, by pages gained and lost\n");
  for (int i = 0; i < std::min(products.size(), kMostProducts); ++i) {
    absl::StrAppend(&text, "  +", Grouped(products[i].pages_gained()), " −", Grouped(products[i].pages_lost()), "  ",
                    NameText(products[i]), "\n");
  }
  if (products.size() > kMostProducts) {
    absl::StrAppend(&text, "  and ", Counted(products.size() - kMostProducts, "further product"), " (--format json)\n");
  }
}

std::string BlockedText(const v1::RuleUse& rule) {
  std::vector<std::string> parts;
  for (const v1::RuleUse::Blocked& blocked : rule.blocked()) {
    parts.push_back(absl::StrCat(blocked.cause(), " ", Grouped(blocked.count())));
  }
  return parts.empty() ? "" : absl::StrCat("; not shown: ", absl::StrJoin(parts, ", "));
}

std::string RuleLine(const v1::RuleUse& rule) {
  if (!rule.after()) return absl::StrCat("is gone; fired in ", Counted(rule.fired().before(), "request"));
  const char* state = rule.before() ? "" : "is new; ";
  if (rule.fired().after() == 0) {
    return absl::StrCat(state, "NEVER FIRES, in reach of ", Counted(rule.reached().after(), "request"),
                        BlockedText(rule));
  }
  const std::string fired = rule.before() ? ArrowText(rule.fired()) : Grouped(rule.fired().after());
  return absl::StrCat(state, "fires in ", fired, " of ", Grouped(rule.reached().after()), " in reach",
                      BlockedText(rule));
}

void AddRules(const v1::RuleComparison& comparison, std::string& text) {
  if (comparison.rules().empty()) return;
  absl::StrAppend(&text, "\nRules\n");
  for (const v1::RuleUse& rule : comparison.rules()) {
    absl::StrAppend(&text, "  ", rule.rule_id(), ": ", RuleLine(rule), "\n");
  }
  const bool any_idle = std::any_of(comparison.rules().begin(), comparison.rules().end(),
                                    [](const v1::RuleUse& rule) { return rule.after() && rule.fired().after() == 0; });
  if (any_idle && comparison.requests_from() == service::kGeneratedSample) {
    absl::StrAppend(
        &text,
        "  (Made-up requests say nothing of customers but their plans, of channels or of what was shown before,\n"
        "  and their carts are small: rules that ask for these fire in recorded requests alone.)\n");
  }
}

std::string OffersText(const RepeatedPtrField<v1::ShownOffer>& offers) {
  if (offers.empty()) return "nothing";
  return absl::StrJoin(offers, ", ", [&](std::string* out, const v1::ShownOffer& offer) {
    absl::StrAppend(out, absl::StrJoin(offer.product_ids(), " + "));
    if (offer.has_price()) absl::StrAppend(out, " ", MoneyText(offer.price()));
  });
}

std::string SaidText(const RepeatedPtrField<v1::ShownOffer>& offers) {
  return absl::StrJoin(offers, " | ", [](std::string* out, const v1::ShownOffer& offer) { out->append(offer.text()); });
}

// "USD 25.20 (USD 2.80 off by tenth)"
std::string CartPriceText(const v1::CartPrice& cart) {
  if (!cart.problem().empty()) return absl::StrCat("no price: ", cart.problem());
  std::string text = MoneyText(cart.price());
  std::vector<std::string> parts;
  for (const v1::CartDiscount& discount : cart.discounts()) {
    if (discount.saving().minor_units() > 0) {
      parts.push_back(absl::StrCat(MoneyText(discount.saving()), " off by ", discount.rule_id()));
    } else if (!discount.gap().text().empty()) {
      parts.push_back(absl::StrCat(discount.gap().text(), " by ", discount.rule_id()));
    }
  }
  if (!parts.empty()) absl::StrAppend(&text, " (", absl::StrJoin(parts, "; "), ")");
  return text;
}

std::string CartText(const v1::ShownCart& cart) {
  std::vector<std::string> parts;
  if (cart.has_price()) parts.push_back(CartPriceText(cart.price()));
  for (const v1::Benefit& benefit : cart.benefits()) {
    parts.push_back(absl::StrCat(benefit.reached() ? "" : "not yet: ", BenefitText(benefit)));
  }
  return parts.empty() ? "list prices, no benefits" : absl::StrJoin(parts, "; ");
}

std::string BehindText(const v1::PageDifference& difference) {
  std::vector<std::string> parts;
  if (!difference.rule_ids_before().empty()) {
    parts.push_back(absl::StrCat("before ", absl::StrJoin(difference.rule_ids_before(), ", ")));
  }
  if (!difference.rule_ids_after().empty()) {
    parts.push_back(absl::StrCat("now ", absl::StrJoin(difference.rule_ids_after(), ", ")));
  }
  return absl::StrJoin(parts, "; ");
}

void AddDifferences(const v1::RuleComparison& comparison, std::string& text) {
  const auto& differences = comparison.differences();
  if (differences.empty()) return;
  absl::StrAppend(&text, "\nThe ", differences.size() == 1 ? "difference" : "differences that tell most", "\n");
  for (int i = 0; i < differences.size(); ++i) {
    const v1::PageDifference& difference = differences[i];
    const bool is_cart = difference.slot().empty();
    const std::string before = is_cart ? CartText(difference.cart_before()) : OffersText(difference.before());
    const std::string after = is_cart ? CartText(difference.cart_after()) : OffersText(difference.after());
    absl::StrAppend(&text, i + 1, ". ", RequestText(difference), ", ", is_cart ? "the cart" : difference.slot(), ", ",
                    TimeText(difference.time()),
                    difference.alike() > 1 ? absl::StrCat(" (", Grouped(difference.alike()), " alike)") : "", "\n");
    absl::StrAppend(&text, "     before  ", before, "\n     now     ", after, "\n");
    if (before == after && !is_cart) {
      absl::StrAppend(&text, "     said    ", SaidText(difference.before()), "\n     and now ",
                      SaidText(difference.after()), "\n");
    }
    absl::StrAppend(&text, "     rules   ", BehindText(difference), "\n");
  }
}

}  // namespace

std::string ComparisonText(const v1::RuleComparison& comparison) {
  std::string text =
      absl::StrCat("Rules ", comparison.before_revision(), " against the draft, ", comparison.after_revision(), ": ",
                   Counted(comparison.requests(), "request"), " of ", comparison.requests_from(), "\n");
  AddLeftOut(comparison, text);
  if (comparison.requests_changed() == 0) {
    absl::StrAppend(&text, "Nothing changes.\n");
  } else {
    absl::StrAppend(&text, Grouped(comparison.requests_changed()), " change, ",
                    ShareText(comparison.requests_changed(), comparison.requests()), " (weighted ",
                    ShareText(comparison.weight_changed(), comparison.weight()), ")\n");
  }
  AddSlots(comparison, text);
  AddCarts(comparison, text);
  AddValue(comparison, text);
  AddProducts(comparison, text);
  AddRules(comparison, text);
  AddDifferences(comparison, text);
  if (!comparison.findings().empty()) absl::StrAppend(&text, "\nFindings in the draft\n");
  for (const v1::RuleDiagnostic& finding : comparison.findings()) {
    absl::StrAppend(&text, "  ", service::DiagnosticFromProto(finding).ToString(), "\n");
  }
  const auto kept = static_cast<std::uint32_t>(comparison.findings_size());
  if (comparison.finding_count() > kept) {
    absl::StrAppend(&text, "  ", rules::LeftOutText(0, comparison.finding_count() - kept), "\n");
  }
  return text;
}

}  // namespace awase::apps
