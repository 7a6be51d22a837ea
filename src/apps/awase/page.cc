#include "apps/awase/page.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "apps/awase/message_text.h"
#include "apps/awase/terminal_text.h"
#include "awase/base/money.h"
#include "awase/service/convert.h"

namespace awase::apps {
namespace {

constexpr std::size_t kMinWidth = 40;
constexpr std::size_t kIndent = 2;

std::string DifferenceText(const v1::Money& proto) {
  const absl::StatusOr<Money> money = service::MoneyFromProto(proto);
  return money.ok() ? FormatMoneyDifference(*money) : MoneyText(proto);
}

std::string PriceText(const v1::Offer& offer) { return offer.has_price() ? MoneyText(offer.price()) : "no price"; }

// "USD 250.00 instead of USD 300.00 (+USD 50.00)", as far as it is known.
std::string StepPriceText(const v1::Offer& offer) {
  std::string text = PriceText(offer);
  if (offer.has_list_price()) absl::StrAppend(&text, " instead of ", MoneyText(offer.list_price()));
  if (offer.has_price_difference()) absl::StrAppend(&text, " (", DifferenceText(offer.price_difference()), ")");
  return text;
}

std::string NameText(const v1::OfferedProduct& product) {
  if (product.title().empty() || product.title() == product.product_id()) return product.product_id();
  return absl::StrCat(product.title(), " (", product.product_id(), ")");
}

std::string ReasonText(const v1::Reason& reason) {
  if (reason.rule_ids().empty()) return reason.text();
  const char* noun = reason.rule_ids_size() == 1 ? "rule " : "rules ";
  const std::string author = reason.rule_author().empty() ? "" : absl::StrCat(" of ", reason.rule_author());
  const std::string rules = absl::StrCat("[", noun, absl::StrJoin(reason.rule_ids(), ", "), author, "]");
  return reason.text().empty() ? rules : absl::StrCat(reason.text(), " ", rules);
}

// "spec.storage_gb" is "storage gb" to people.
std::string SpecName(const std::string& name) {
  absl::string_view shown = absl::StripPrefix(absl::StripPrefix(name, "spec."), "limit.");
  std::string text(absl::StripPrefix(shown, "perk."));  // overage.minutes stays: it is a price
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

std::string DifferenceLine(const v1::SpecDifference& difference) {
  const std::string name = SpecName(difference.name());
  if (difference.anchor_value().empty()) return absl::StrCat(name, " ", difference.offer_value());
  if (difference.offer_value().empty()) return absl::StrCat(name, " ", difference.anchor_value());
  return absl::StrCat(name, " ", difference.anchor_value(), " → ", difference.offer_value());
}

// "gains: storage gb 128 → 256; gives up: …", one entry per kind that occurs.
std::vector<std::string> DifferenceTexts(const v1::Offer& offer) {
  constexpr std::pair<v1::SpecDifference::Direction, const char*> kKinds[] = {
      {v1::SpecDifference::GAINED, "gains: "},
      {v1::SpecDifference::GIVEN_UP, "gives up: "},
      {v1::SpecDifference::CHANGED, "changes: "}};
  std::vector<std::string> texts;
  for (const auto& [direction, label] : kKinds) {
    std::vector<std::string> parts;
    for (const v1::SpecDifference& difference : offer.differences()) {
      if (difference.direction() == direction) parts.push_back(DifferenceLine(difference));
    }
    if (!parts.empty()) texts.push_back(absl::StrCat(label, absl::StrJoin(parts, ", ")));
  }
  return texts;
}

v1::Money Negated(v1::Money money) {
  money.set_minor_units(-money.minor_units());
  return money;
}

// "USD 27.00 (2 x USD 9.00 + 1 x USD 9.00)" where units of the line cost less than they did.
std::string LinePriceText(const v1::CartLinePrice& line) {
  if (line.price().minor_units() == line.list_price().minor_units()) return MoneyText(line.price());
  std::vector<std::string> units;
  for (const v1::PricedUnits& each : line.units()) {
    units.push_back(absl::StrCat(each.quantity(), " x ", MoneyText(each.unit_price())));
  }
  return absl::StrCat(MoneyText(line.price()), " (", absl::StrJoin(units, " + "), ")");
}

std::string VerdictText(v1::CartDiscount::Verdict verdict) {
  switch (verdict) {
    case v1::CartDiscount::SAVES_NOTHING:
      return "saves nothing";
    case v1::CartDiscount::HELD_BY_FLOOR:
      return "held by its least margin";
    default:
      return "not reached";
  }
}

// " in the set camera + film of rule kit"
std::string SetText(const v1::RemovedSet& set) {
  return absl::StrCat(" in the set ", absl::StrJoin(set.product_ids(), " + "),
                      set.rule_id().empty() ? "" : absl::StrCat(" of rule ", set.rule_id()));
}

class Page {
 public:
  explicit Page(const PageOptions& options) : options_(options), width_(std::max(options.width, kMinWidth)) {}

  void Header(const v1::RecommendResponse& response, const v1::Product* anchor) {
    if (anchor != nullptr) {
      const std::string price = AnchorPriceText(*anchor);
      const std::string id = absl::StrCat(" (", anchor->product_id(), ")");
      const std::string title = anchor->title().empty() ? anchor->product_id() : absl::StrCat(anchor->title(), id);
      const std::size_t price_width = std::min(DisplayWidth(price), width_ / 2);
      Bold(absl::StrCat(PadRight(title, width_ - price_width - 1), " ", FitTo(price, price_width)));
    }
    Line(absl::StrCat("version ", response.model_version().substr(0, 12), ", rules ",
                      response.rule_revision().substr(0, 12),
                      response.degraded() ? "; DEGRADED: the active version was refused" : ""));
    if (!response.missing_ids().empty()) {
      Wrapped(0, absl::StrCat("The model does not know: ", absl::StrJoin(response.missing_ids(), ", ")));
    }
  }

  void List(const v1::Slot& slot) {
    Heading(slot.name());
    if (slot.offers().empty()) Wrapped(kIndent, EmptyText(slot));
    for (const v1::Offer& offer : slot.offers()) {
      offer.has_bundle() ? BundleOffer(offer) : PlainOffer(offer);
    }
  }

  void SideBySide(const v1::Slot& left, const v1::Slot& right) {
    const std::size_t column = (width_ - 3) / 2;
    const std::vector<std::string> left_lines = RungLines(left, column);
    const std::vector<std::string> right_lines = RungLines(right, column);
    text_.push_back('\n');
    Bold(absl::StrCat(PadRight(HeadingText(left.name()), column), " │ ", HeadingText(right.name())));
    for (std::size_t i = 0; i < std::max(left_lines.size(), right_lines.size()); ++i) {
      Line(absl::StrCat(PadRight(i < left_lines.size() ? left_lines[i] : "", column), " │ ",
                        i < right_lines.size() ? right_lines[i] : ""));
    }
  }

  void Cart(const v1::CartPrice& cart) {
    Heading("cart");
    if (!cart.problem().empty()) return Wrapped(kIndent, absl::StrCat("no price: ", cart.problem()));
    for (const v1::CartLinePrice& line : cart.lines()) {
      Amount(kIndent, absl::StrCat(line.quantity(), " x ", line.product_id()), LinePriceText(line));
    }
    if (cart.saving().minor_units() > 0) Amount(kIndent, "list price", MoneyText(cart.list_price()));
    for (const v1::CartDiscount& discount : cart.discounts()) Discount(discount);
    Amount(kIndent, "= to pay", MoneyText(cart.price()));
    if (!cart.unpriced_ids().empty()) {
      Wrapped(kIndent, absl::StrCat("without a price in this currency: ", absl::StrJoin(cart.unpriced_ids(), ", ")));
    }
  }

  void Benefits(const v1::RecommendResponse& response) {
    Heading("benefits");
    for (const v1::Benefit& benefit : response.benefits()) {
      Wrapped(kIndent, absl::StrCat(benefit.reached() ? "yes: " : "not yet: ", BenefitText(benefit), " [rule ",
                                    benefit.rule_id(), "]"));
      for (const v1::GapOffer& offer : benefit.gap_offers()) {
        std::vector<std::string> names;
        for (const v1::OfferedProduct& product : offer.products()) names.push_back(NameText(product));
        Amount(2 * kIndent, absl::StrCat("+ ", absl::StrJoin(names, " + ")), MoneyText(offer.price()));
      }
    }
  }

  void Removed(const v1::RecommendResponse& response) {
    Heading("removed");
    for (const v1::Slot& slot : response.slots()) {
      std::vector<std::string> counts;
      for (const v1::Removal& removal : slot.removed()) {
        counts.push_back(absl::StrCat(v1::Removal::Cause_Name(removal.cause()), " ", removal.count()));
      }
      Wrapped(kIndent, absl::StrCat(slot.name(), ": ", counts.empty() ? "none" : absl::StrJoin(counts, ", ")));
    }
    for (const v1::RemovedCandidate& candidate : response.trace()) {
      std::string rule = candidate.rule_id().empty() ? "" : absl::StrCat(" by rule ", candidate.rule_id());
      if (!candidate.rule_author().empty()) absl::StrAppend(&rule, " of ", candidate.rule_author());
      if (candidate.has_set()) absl::StrAppend(&rule, SetText(candidate.set()));
      Wrapped(2 * kIndent, absl::StrCat(candidate.slot(), " ", candidate.product_id(), " ",
                                        v1::Removal::Cause_Name(candidate.cause()), rule));
    }
  }

  // What was decided for the whole page.
  void Decisions(const v1::Restraint& restraint) {
    for (const v1::IntentDecision& decision : restraint.intents()) {
      const std::string by = decision.rule_id().empty() ? "by default" : absl::StrCat("by rule ", decision.rule_id());
      Wrapped(kIndent,
              absl::StrCat(v1::Intent_Name(decision.intent()), " ", decision.closed() ? "closed " : "opened ", by));
    }
  }

  void Stops(const v1::Restraint& restraint) {
    for (const std::string& id : restraint.stop_rule_ids())
      Wrapped(kIndent, absl::StrCat("other rules stopped by rule ", id));
  }

  std::string TakeText() { return std::move(text_); }

 private:
  // Nothing is offered at a price in another currency than the one asked for, so the page says where it has none in it.
  std::string AnchorPriceText(const v1::Product& anchor) const {
    if (!anchor.has_price()) return "no price";
    const std::string price = MoneyText(anchor.price());
    const bool is_asked_for = options_.currency.empty() || options_.currency == anchor.price().currency_code();
    return is_asked_for ? price : absl::StrCat(price, ", none in ", options_.currency);
  }

  static std::string HeadingText(const std::string& slot_name) {
    std::string heading = absl::AsciiStrToUpper(slot_name);
    std::replace(heading.begin(), heading.end(), '_', ' ');
    return heading;
  }

  static std::string EmptyText(const v1::Slot& slot) {
    return absl::StrCat("nothing: ", slot.empty_reason().empty() ? "no reason given" : slot.empty_reason());
  }

  void Line(absl::string_view line) { absl::StrAppend(&text_, absl::StripTrailingAsciiWhitespace(line), "\n"); }

  void Bold(absl::string_view line) {
    if (!options_.emphasis) return Line(line);
    absl::StrAppend(&text_, "\x1b[1m", absl::StripTrailingAsciiWhitespace(line), "\x1b[0m\n");
  }

  void Heading(const std::string& slot_name) {
    text_.push_back('\n');
    Bold(HeadingText(slot_name));
  }

  void Wrapped(std::size_t indent, const std::string& text) {
    for (const std::string& line : WrapTo(text, width_ - indent)) Line(absl::StrCat(std::string(indent, ' '), line));
  }

  // A name at the left, an amount at the right.
  void Amount(std::size_t indent, const std::string& name, const std::string& amount) {
    const std::size_t amount_width = std::min(std::max<std::size_t>(DisplayWidth(amount), 14), width_ / 2);
    const std::size_t name_width = std::min<std::size_t>(width_ - indent - amount_width - 1, 70);
    Line(absl::StrCat(std::string(indent, ' '), PadRight(name, name_width), " ", PadLeft(amount, amount_width)));
  }

  void BundleOffer(const v1::Offer& offer) {
    const v1::Bundle& bundle = offer.bundle();
    for (int i = 0; i < bundle.lines_size(); ++i) {
      const v1::BundleLine& line = bundle.lines(i);
      const char* in_cart = line.in_cart() ? ", in the cart" : "";
      Amount(kIndent, absl::StrCat(i == 0 ? "  " : "+ ", NameText(line.product()), in_cart),
             MoneyText(line.list_price()));
    }
    Amount(kIndent, "= together", MoneyText(bundle.list_price()));
    if (bundle.saving().minor_units() != 0) {
      Amount(kIndent, "  as a set", MoneyText(bundle.set_price()));
      Amount(kIndent, "  saving", MoneyText(bundle.saving()));
    }
    if (offer.has_reason()) Wrapped(2 * kIndent, ReasonText(offer.reason()));
  }

  // "- rule three-films" and what it saves, else why it does not; and what is missing to more.
  void Discount(const v1::CartDiscount& discount) {
    const std::string gap = discount.gap().text().empty() ? "" : absl::StrCat(" (", discount.gap().text(), ")");
    const std::string cut = discount.cut_by_floor().minor_units() == 0
                                ? ""
                                : absl::StrCat(", ", MoneyText(discount.cut_by_floor()), " less by its least margin");
    const std::string amount = discount.verdict() == v1::CartDiscount::APPLIED
                                   ? absl::StrCat("- ", MoneyText(discount.saving()))
                                   : VerdictText(discount.verdict());
    Amount(kIndent, absl::StrCat("- rule ", discount.rule_id(), cut, gap), amount);
    if (!discount.text().empty()) Wrapped(2 * kIndent, discount.text());
  }

  void PlainOffer(const v1::Offer& offer) {
    Amount(kIndent, NameText(offer.product()), PriceText(offer));
    if (offer.has_list_price()) {
      Wrapped(2 * kIndent, absl::StrCat("by itself ", MoneyText(offer.list_price()), ", here ",
                                        DifferenceText(Negated(offer.saving()))));
    }
    if (offer.has_reason()) Wrapped(2 * kIndent, ReasonText(offer.reason()));
  }

  static void AddWrapped(const std::string& text, std::size_t column, std::vector<std::string>* lines) {
    for (const std::string& line : WrapTo(text, column - kIndent)) lines->push_back(absl::StrCat("  ", line));
  }

  static std::vector<std::string> RungLines(const v1::Slot& slot, std::size_t column) {
    std::vector<std::string> lines;
    if (slot.offers().empty()) AddWrapped(EmptyText(slot), column, &lines);
    for (const v1::Offer& offer : slot.offers()) {
      if (!lines.empty()) lines.emplace_back();
      AddWrapped(NameText(offer.product()), column, &lines);
      AddWrapped(StepPriceText(offer), column, &lines);
      for (const std::string& difference : DifferenceTexts(offer)) AddWrapped(difference, column, &lines);
      if (offer.has_reason()) AddWrapped(ReasonText(offer.reason()), column, &lines);
    }
    return lines;
  }

  const PageOptions options_;
  const std::size_t width_;
  std::string text_;
};

const v1::Slot* FindSlot(const v1::RecommendResponse& response, const char* name) {
  for (const v1::Slot& slot : response.slots()) {
    if (slot.name() == name) return &slot;
  }
  return nullptr;
}

}  // namespace

std::string RenderPage(const v1::RecommendResponse& response, const v1::Product* anchor, const PageOptions& options) {
  Page page(options);
  page.Header(response, anchor);
  const v1::Slot* lower = FindSlot(response, "lower");
  const v1::Slot* higher = FindSlot(response, "higher");
  const bool side_by_side = options.side_by_side && lower != nullptr && higher != nullptr;
  for (const v1::Slot& slot : response.slots()) {
    if (!side_by_side || (&slot != lower && &slot != higher)) page.List(slot);
  }
  if (side_by_side) page.SideBySide(*lower, *higher);
  if (response.has_cart_price()) page.Cart(response.cart_price());
  if (!response.benefits().empty()) page.Benefits(response);
  if (options.explain) {
    page.Removed(response);
    page.Decisions(response.restraint());
    page.Stops(response.restraint());
  }
  return page.TakeText();
}

}  // namespace awase::apps
