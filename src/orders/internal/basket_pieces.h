#ifndef AWASE_ORDERS_INTERNAL_BASKET_PIECES_H_
#define AWASE_ORDERS_INTERNAL_BASKET_PIECES_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "awase/orders/baskets.h"

namespace awase::orders_internal {

// A BasketSet under way, written in place by several threads: each writes pieces where they would be if nothing before
// them were left out, and Close moves them together.
class BasketPieces {
 public:
  // At most so many baskets with so many products come.
  BasketPieces(std::size_t most_baskets, std::size_t most_products, std::size_t pieces);

  // Writes one piece, from basket `first_basket` and product `first_product` on.
  class Writer {
   public:
    // Where the next basket's products go; room is for as many as the piece may still have.
    ProductIndex* products() { return set_->products.data() + product_; }

    // Ends a basket whose products are there: `count` ascending, distinct ones.
    void EndBasket(std::size_t count, std::uint32_t buyer, std::int64_t time_micros) {
      set_->offsets[basket_] = count;  // sizes, until Close
      set_->buyers[basket_] = buyer;
      set_->time_micros[basket_] = time_micros;
      ++basket_;
      product_ += count;
    }

   private:
    friend class BasketPieces;
    Writer(orders::BasketSet* set, std::size_t basket, std::size_t product)
        : set_(set), basket_(basket), product_(product) {}

    orders::BasketSet* set_;
    std::size_t basket_;
    std::size_t product_;
  };

  // Pieces may be written at once by different threads. REQUIRES: they do not overlap, and ascend with their number.
  Writer Begin(std::size_t piece, std::size_t first_basket, std::size_t first_product) {
    pieces_[piece] = {first_basket, first_product, 0, 0};
    return Writer(&set_, first_basket, first_product);
  }
  void End(std::size_t piece, const Writer& writer) {
    pieces_[piece].baskets = writer.basket_ - pieces_[piece].first_basket;
    pieces_[piece].products = writer.product_ - pieces_[piece].first_product;
  }

  // Baskets of one buyer at one moment are put in the order of their content. The last call.
  orders::BasketSet Close(std::size_t threads);

 private:
  struct Piece {
    std::size_t first_basket = 0;
    std::size_t first_product = 0;
    std::size_t baskets = 0;
    std::size_t products = 0;
  };

  void MoveTogether();

  orders::BasketSet set_;
  std::vector<Piece> pieces_;
};

}  // namespace awase::orders_internal

#endif  // AWASE_ORDERS_INTERNAL_BASKET_PIECES_H_
