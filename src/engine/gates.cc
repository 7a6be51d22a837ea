#include "gates.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "cut_text.h"

namespace awase::engine {
namespace {

constexpr std::size_t kMaxIdInSentence = 40;  // ids may be 10 kB long, sentences not

std::string NoKnownProduct(const Context& context) {
  const Request& request = context.request;
  if (request.product_ids.empty()) {
    return request.cart.empty() ? "no product in the request: neither product_ids nor a cart"
                                : "unknown product: the model knows none of the cart's";
  }
  const absl::string_view id = request.product_ids.front();
  return absl::StrCat("unknown product: the model does not know \"", CutText(id, kMaxIdInSentence),
                      id.size() > kMaxIdInSentence ? "…\"" : "\"");
}

// A step down or up is said in money, so it needs a price to start from, in the currency of the answer.
std::string NoPriceToCompare(const Context& context) {
  const std::optional<Money> price = context.model.product(context.step_from()).price();
  if (!price.has_value()) return "the product has no price, so nothing can be called cheaper or dearer";
  if (price->currency == *context.currency) return "";
  return absl::StrCat("the product is priced in ", price->currency.text(), ", the request asks for ",
                      context.currency->text());
}

}  // namespace

std::string ClosedGate(const Context& context, const SlotSpec& slot) {
  if (context.intent_gates[static_cast<std::size_t>(slot.intent)].closed) return WhyClosed(context, slot.intent);
  const bool is_rung = slot.kind == SlotKind::kLower || slot.kind == SlotKind::kHigher;
  // Another product of the request must not lend its ladder or its sets to a page that is not about it.
  const bool needs_page_product = is_rung || (slot.kind == SlotKind::kBundle && !context.placement.cart_speaks);
  const ProductIndex about = is_rung ? context.step_from() : context.page_product;
  if ((context.seeds.empty() && about == kNoProduct) || (needs_page_product && about == kNoProduct)) {
    return NoKnownProduct(context);
  }
  return is_rung ? NoPriceToCompare(context) : "";
}

}  // namespace awase::engine
