#include "tests/testing/answer_promises.h"

#include <cmath>
#include <cstdint>
#include <optional>
#include <set>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace awase::testing {
namespace {

class AnswerCheck {
 public:
  AnswerCheck(const artefact::Model& model, const v1::RecommendRequest& request, const v1::RecommendResponse& response)
      : model_(model), request_(request), response_(response) {}

  std::string Run() {
    Exclude(request_.product_ids());
    Exclude(request_.already_shown_ids());
    Exclude(request_.customer().owned_product_ids());
    for (const v1::CartLine& line : request_.cart()) ExcludeOne(line.product_id());
    CheckLimits();
    for (const v1::Slot& slot : response_.slots()) CheckSlot(slot);
    CheckRestraint();
    CheckCartPrice();
    CheckBenefits();
    for (const std::string& id : response_.missing_ids()) {
      Check(!model_.Find(id).has_value(), absl::StrCat("missing: ", id));
    }
    Check(response_.trace().empty() || request_.explanation() == v1::RecommendRequest::TRACE, "a trace");
    Check(response_.model_version() == model_.version(), "the version");
    return problem_;
  }

 private:
  void Check(bool holds, absl::string_view what) {
    if (!holds && problem_.empty()) problem_ = std::string(what);
  }

  void ExcludeOne(const std::string& id) {
    if (const std::optional<ProductIndex> product = model_.Find(id)) excluded_.insert(model_.root(*product));
  }

  template <typename Ids>
  void Exclude(const Ids& ids) {
    for (const std::string& id : ids) ExcludeOne(id);
  }

  // Of the answer's own number of offers, and of each slot's.
  void CheckLimits() {
    int offers = 0;
    for (const v1::Slot& slot : response_.slots()) {
      offers += slot.offers_size();
      const bool has_limit = request_.has_max_offers_per_slot();
      Check(!has_limit || slot.offers_size() <= static_cast<int>(request_.max_offers_per_slot()),
            absl::StrCat(slot.name(), ": max_offers_per_slot"));
    }
    Check(!request_.has_max_offers() || offers <= static_cast<int>(request_.max_offers()), "max_offers");
  }

  void CheckSlot(const v1::Slot& slot) {
    Check(slot.offers().empty() != slot.empty_reason().empty(), absl::StrCat(slot.name(), ": empty_reason"));
    int last_cause = 0;
    for (const v1::Removal& removal : slot.removed()) {
      Check(removal.cause() > last_cause && removal.count() > 0, absl::StrCat(slot.name(), ": removed"));
      last_cause = removal.cause();
    }
    for (const v1::Offer& offer : slot.offers()) CheckOffer(slot, offer);
  }

  void CheckOffer(const v1::Slot& slot, const v1::Offer& offer) {
    const std::string where = absl::StrCat(slot.name(), ": ", offer.product().product_id(), ": ");
    Check(model_.Find(offer.product().product_id()).has_value(), where + "not of the model");
    Check(std::isfinite(offer.score()) && offer.score() >= 0, where + "score");
    if (offer.has_bundle()) {
      CheckBundle(where, offer);
    } else if (offer.has_plan_change()) {
      CheckAmounts(where + "costs", offer.plan_change().cost_now(), offer.plan_change().cost_then(),
                   offer.plan_change().saving());
    } else {
      CheckSold(where, offer.product().product_id());
      CheckStep(where, slot, offer);
      CheckCurrency(where, offer.price(), offer.has_price());
    }
    if (offer.has_list_price()) CheckAmounts(where + "saving", offer.list_price(), offer.price(), offer.saving());
    const bool has_reason = request_.explanation() != v1::RecommendRequest::NONE;
    Check(offer.has_reason() == has_reason, where + "reason");
    Check(!has_reason || !offer.reason().text().empty(), where + "text");
  }

  // That it can be sold, was not to be left out, and stands nowhere else in the answer.
  void CheckSold(const std::string& where, const std::string& id) {
    const std::optional<ProductIndex> product = model_.Find(id);
    if (!product.has_value()) return Check(false, where + "not of the model");
    const artefact::ProductView view = model_.product(*product);
    Check(view.visible(), where + "not visible");
    Check(view.stock().value_or(1) > 0, where + "out of stock");
    const ProductIndex root = model_.root(*product);
    Check(excluded_.count(root) == 0, where + "asked for, in the cart, owned or shown");
    Check(offered_.insert(root).second, where + "offered twice");
  }

  void CheckStep(const std::string& where, const v1::Slot& slot, const v1::Offer& offer) {
    const std::optional<ProductIndex> page =
        model_.Find(request_.product_ids_size() > 0 ? request_.product_ids(0) : "");
    const std::optional<ProductIndex> product = model_.Find(offer.product().product_id());
    if (slot.name() != "lower" && slot.name() != "higher") return;
    if (!page.has_value() || !product.has_value()) return Check(false, where + "a step from nothing");
    Check(offer.has_price_difference(), where + "no price difference");
    for (const ProductIndex end : {*page, *product}) {
      if (!model_.product(end).subscription_interval().empty()) return;  // which may cost less each time
    }
    const std::int64_t difference = offer.price_difference().minor_units();
    Check(slot.name() == "lower" ? difference < 0 : difference > 0, where + "goes the other way");
  }

  void CheckBundle(const std::string& where, const v1::Offer& offer) {
    const v1::Bundle& bundle = offer.bundle();
    Check(bundle.lines_size() >= 2 && bundle.lines_size() <= 4, where + "lines");
    CheckAmounts(where + "saving", bundle.list_price(), bundle.set_price(), bundle.saving());
    Check(bundle.saving().minor_units() >= 0, where + "dearer than its parts");
    std::uint64_t shares = 0;
    std::uint64_t list = 0;
    for (int i = 0; i < bundle.lines_size(); ++i) {
      const v1::BundleLine& line = bundle.lines(i);
      shares += static_cast<std::uint64_t>(line.set_price().minor_units());
      list += static_cast<std::uint64_t>(line.list_price().minor_units());
      Check(line.set_price().minor_units() >= 0 && line.set_price().minor_units() <= line.list_price().minor_units(),
            where + "a share");
      CheckCurrency(where, line.list_price(), true);
      if (i > 0 && !line.in_cart()) CheckSold(where, line.product().product_id());
    }
    Check(shares == static_cast<std::uint64_t>(bundle.set_price().minor_units()), where + "shares");
    Check(list == static_cast<std::uint64_t>(bundle.list_price().minor_units()), where + "list prices");
    Check(bundle.lines_size() < 2 || !bundle.lines(1).in_cart(), where + "nothing new");
  }

  // Of one currency in the whole answer: that asked for.
  void CheckCurrency(const std::string& where, const v1::Money& money, bool is_there) {
    if (!is_there) return;
    if (currency_.empty()) {
      currency_ = absl::AsciiStrToUpper(absl::StripAsciiWhitespace(request_.currency_code()));
      if (currency_.empty()) currency_ = money.currency_code();
    }
    Check(money.currency_code() == currency_, where + "currency");
  }

  void CheckAmounts(const std::string& what, const v1::Money& from, const v1::Money& to, const v1::Money& saving) {
    Check(from.minor_units() - to.minor_units() == saving.minor_units(), what);
    Check(from.currency_code() == to.currency_code() && to.currency_code() == saving.currency_code(), what);
  }

  void CheckRestraint() {
    for (const v1::IntentDecision& decision : response_.restraint().intents()) {
      if (!decision.closed()) continue;
      for (const v1::Slot& slot : response_.slots()) {
        for (const v1::Offer& offer : slot.offers()) {
          Check(offer.intent() != decision.intent(), slot.name() + ": of a closed intent");
        }
      }
    }
  }

  void CheckCartPrice() {
    if (!response_.has_cart_price() || !response_.cart_price().problem().empty()) return;
    const v1::CartPrice& cart = response_.cart_price();
    CheckAmounts("cart_price", cart.list_price(), cart.price(), cart.saving());
    std::int64_t list = 0;
    std::int64_t price = 0;
    for (const v1::CartLinePrice& line : cart.lines()) {
      list += line.list_price().minor_units();
      price += line.price().minor_units();
      Check(line.price().minor_units() >= 0 && line.price().minor_units() <= line.list_price().minor_units(),
            "cart_price: a line");
    }
    Check(list == cart.list_price().minor_units() && price == cart.price().minor_units(), "cart_price: lines");
    std::int64_t savings = 0;
    for (const v1::CartDiscount& discount : cart.discounts()) savings += discount.saving().minor_units();
    Check(savings == cart.saving().minor_units(), "cart_price: savings");
  }

  void CheckBenefits() {
    for (const v1::Benefit& benefit : response_.benefits()) {
      const std::string where = absl::StrCat("benefit ", benefit.rule_id(), ": ");
      Check(!benefit.has_above() || benefit.reached() == (benefit.gap().minor_units() == 0), where + "gap");
      for (const v1::GapOffer& offer : benefit.gap_offers()) {
        Check(offer.products_size() == 1 || offer.products_size() == 2, where + "products");
        for (const v1::OfferedProduct& product : offer.products()) {
          const std::optional<ProductIndex> found = model_.Find(product.product_id());
          Check(found.has_value() && model_.product(*found).visible() && excluded_.count(model_.root(*found)) == 0,
                where + product.product_id());
        }
      }
    }
  }

  const artefact::Model& model_;
  const v1::RecommendRequest& request_;
  const v1::RecommendResponse& response_;
  std::set<ProductIndex> excluded_;  // roots
  std::set<ProductIndex> offered_;   // roots
  std::string currency_;
  std::string problem_;
};

}  // namespace

std::string BrokenPromises(const artefact::Model& model, const v1::RecommendRequest& request,
                           const v1::RecommendResponse& response) {
  return AnswerCheck(model, request, response).Run();
}

}  // namespace awase::testing
