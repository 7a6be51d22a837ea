#ifndef AWASE_ENGINE_CART_PRICING_H_
#define AWASE_ENGINE_CART_PRICING_H_

// Stage 10 for carts: what the cart costs with the discount rules that apply, and what one more product would cost
// beside it. awase::pricing does the sums; here is which lines each rule takes.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/types/span.h"
#include "awase/base/product_index.h"
#include "awase/engine/answer.h"
#include "awase/pricing/discount.h"
#include "awase/pricing/price_cart.h"
#include "bound_rules.h"
#include "context.h"

namespace awase::engine {

// Lines to be priced, with the discounts that take any of them. Borrows the context.
class Basket {
 public:
  explicit Basket(const Context& context) : context_(&context) {}

  // False, and nothing is added, for a product without a price in the answer's currency (or above kMostMinor).
  // O(words of the product + discounts that may take it).
  bool Add(ProductIndex product, std::int64_t quantity);

  // As PriceCart, whose errors it returns: a cart that is too large.
  absl::StatusOr<pricing::CartPrice> Price() const;

  // The rules of Price()'s discounts, by rank, and what each takes of the lines.
  const std::vector<const BoundDiscount*>& rules() const { return rules_; }
  const pricing::Discount& terms(std::size_t discount) const { return discounts_[discount]; }
  // Whether a discount takes the line that was added last.
  bool TakesLast() const { return takes_last_; }
  bool HasDiscounts() const { return !discounts_.empty(); }

 private:
  void FindDiscounts(ProductIndex product);
  void Consider(std::uint32_t place);

  const Context* context_;
  std::vector<pricing::Line> lines_;
  std::vector<const BoundDiscount*> rules_;   // that apply, by rank
  std::vector<pricing::Discount> discounts_;  // of each, with the lines that it takes so far
  bool takes_last_ = false;
};

// What an offer costs beside a basket.
struct PriceBeside {
  Money list_price;
  Money price;                        // what the basket costs more with one of it; another amount than the list price
  std::vector<std::string> rule_ids;  // of the discounts that save more with it, by rank
};

// The prices of one request. single-thread; borrows the context. O(PriceCart).
class CartPricing {
 public:
  explicit CartPricing(const Context& context);

  // Nothing where no discount takes a line of the cart, or the cart is paid for (placement post_purchase).
  std::optional<CartPrice> PriceOfCart() const;

  // What the cart costs, and what it would with one more unit of each product. Nothing where that cannot be priced.
  std::optional<std::int64_t> Total() const { return total_; }
  std::optional<std::int64_t> TotalWith(absl::Span<const ProductIndex> products) const;

  // Of one more unit beside the cart; on a product page beside the page's product too. Nothing where that is the list
  // price, or nothing can be priced.
  std::optional<PriceBeside> Beside(ProductIndex product) const;

 private:
  void AddCart();
  void AddPageProduct();

  const Context& context_;
  Basket cart_;
  std::optional<std::int64_t> total_;
  std::vector<CartLinePrice> lines_;  // of cart_
  std::vector<std::string> unpriced_ids_;
  Basket base_;                                   // what offers are put beside
  std::optional<pricing::CartPrice> base_price_;  // nothing = too large to be priced
};

}  // namespace awase::engine

#endif  // AWASE_ENGINE_CART_PRICING_H_
