// The pairs are put into rows by their first product. A customer's products are marked in a table over all products;
// then each of them asks for the few others that it has a pair with, so that the cost is that of the history, not of
// the catalogue. Tested against a count of every pair and customer by itself.

#include "awase/relations/count_moves.h"

#include <algorithm>
#include <atomic>
#include <iterator>
#include <memory>
#include <numeric>
#include <utility>

#include "awase/base/parallel.h"

namespace awase::relations {
namespace {

using orders::BasketSet;
using orders::kNoTime;

constexpr std::size_t kCustomerGrain = 256;

// The pairs of each product that is `one` of them.
class PairRows {
 public:
  struct Pair {
    ProductIndex other;
    std::uint32_t number;
  };

  PairRows(absl::Span<const ProductPair> pairs, std::size_t products)
      : offsets_(products + 1, 0), pairs_(pairs.size()) {
    for (const ProductPair& pair : pairs) ++offsets_[Slot(pair.one) + 1];
    std::partial_sum(offsets_.begin(), offsets_.end(), offsets_.begin());
    std::vector<std::uint64_t> next(offsets_.begin(), offsets_.end() - 1);
    for (std::size_t p = 0; p < pairs.size(); ++p) {
      pairs_[next[Slot(pairs[p].one)]++] = {pairs[p].other, static_cast<std::uint32_t>(p)};
    }
  }

  absl::Span<const Pair> of(ProductIndex one) const {
    return absl::MakeConstSpan(pairs_).subspan(offsets_[Slot(one)], offsets_[Slot(one) + 1] - offsets_[Slot(one)]);
  }

 private:
  std::vector<std::uint64_t> offsets_;
  std::vector<Pair> pairs_;
};

// A number per product that is forgotten for all products at once.
class ProductMarks {
 public:
  explicit ProductMarks(std::size_t products) : marks_(products) {}

  void Forget() { ++round_; }
  // 0 for a product that has not been marked since.
  std::uint32_t& operator[](ProductIndex product) {
    Mark& mark = marks_[Slot(product)];
    if (mark.round != round_) mark = {round_, 0};
    return mark.value;
  }

 private:
  struct Mark {
    std::uint32_t round = 0;
    std::uint32_t value = 0;
  };
  std::vector<Mark> marks_;
  std::uint32_t round_ = 1;
};

// The counts of all threads: whole numbers, so their order makes no difference.
class MoveCounter {
 public:
  explicit MoveCounter(std::size_t pairs) : moves_(pairs) {}

  void Add(std::uint32_t pair, bool to_other, bool to_one) {
    if (to_other == to_one) return;
    std::uint32_t& count = to_other ? moves_[pair].to_other : moves_[pair].to_one;
    std::atomic_ref<std::uint32_t>(count).fetch_add(1, std::memory_order_relaxed);
  }
  std::vector<PairMoves> Take() { return std::move(moves_); }

 private:
  std::vector<PairMoves> moves_;
};

// One thread's view of one customer after the other.
class PurchaseMoves {
 public:
  PurchaseMoves(const BasketSet& baskets, const PairRows& rows, MoveCounter* counter)
      : baskets_(baskets), rows_(rows), counter_(counter), marks_(baskets.product_count) {}

  // `first` … `last` are the customer's baskets.
  void Count(std::size_t first, std::size_t last) {
    if (last - first < 2) return;
    CollectPurchases(first, last);
    marks_.Forget();
    for (std::uint32_t p = 0; p < purchases_.size(); ++p) {
      std::uint32_t& mark = marks_[purchases_[p].first];
      if (mark == 0) mark = p + 1;
    }
    for (std::uint32_t p = 0; p < purchases_.size(); ++p) {
      if (marks_[purchases_[p].first] != p + 1) continue;  // not the first one of its product
      for (const PairRows::Pair& pair : rows_.of(purchases_[p].first)) {
        const std::uint32_t other = marks_[pair.other];
        if (other > 0) CountPair(pair.number, p, other - 1);
      }
    }
  }

 private:
  // By product, then time.
  void CollectPurchases(std::size_t first, std::size_t last) {
    purchases_.clear();
    for (std::size_t b = first; b < last; ++b) {
      if (baskets_.time_micros[b] == kNoTime) continue;
      for (const ProductIndex product : baskets_.basket(b)) purchases_.emplace_back(product, baskets_.time_micros[b]);
    }
    std::sort(purchases_.begin(), purchases_.end());
  }

  // Both are the first purchases of their products.
  void CountPair(std::uint32_t pair, std::uint32_t one, std::uint32_t other) {
    counter_->Add(pair, purchases_[one].second < LastOf(other), purchases_[other].second < LastOf(one));
  }

  std::int64_t LastOf(std::uint32_t purchase) const {
    std::uint32_t last = purchase;
    while (last + 1 < purchases_.size() && purchases_[last + 1].first == purchases_[purchase].first) ++last;
    return purchases_[last].second;
  }

  const BasketSet& baskets_;
  const PairRows& rows_;
  MoveCounter* counter_;
  ProductMarks marks_;  // position of the first purchase of the product, from 1
  std::vector<std::pair<ProductIndex, std::int64_t>> purchases_;
};

// One thread's view of the sessions of one customer after the other.
class ViewMoves {
 public:
  ViewMoves(const BasketWindows& sessions, const PairRows& rows, MoveCounter* counter)
      : sessions_(sessions), rows_(rows), counter_(counter), marks_(sessions.from->product_count) {}

  // `first` … `last` are the customer's sessions.
  void Count(std::size_t first, std::size_t last) {
    moves_.clear();
    for (std::size_t s = first; s < last; ++s) CountSession(s);
    std::sort(moves_.begin(), moves_.end());
    for (std::size_t m = 0; m < moves_.size();) {
      const std::uint32_t pair = moves_[m].first;
      bool to[2] = {false, false};
      for (; m < moves_.size() && moves_[m].first == pair; ++m) to[moves_[m].second ? 1 : 0] = true;
      counter_->Add(pair, to[1], to[0]);
    }
  }

 private:
  static constexpr std::uint32_t kViewed = 1;
  static constexpr std::uint32_t kBought = 2;

  void CountSession(std::size_t session) {
    const BasketWindows::Window window = sessions_.windows[session];
    if (window.first == window.last) return;
    marks_.Forget();
    products_.clear();
    const auto mark = [&](ProductIndex product, std::uint32_t what) {
      std::uint32_t& marks = marks_[product];
      if (marks == 0) products_.push_back(product);
      marks |= what;
    };
    for (const ProductIndex product : sessions_.from->basket(session)) mark(product, kViewed);
    for (std::size_t b = window.first; b < window.last; ++b) {
      for (const ProductIndex product : sessions_.to->basket(b)) mark(product, kBought);
    }
    for (const ProductIndex one : products_) {
      for (const PairRows::Pair& pair : rows_.of(one)) {
        const std::uint32_t of_one = marks_[one];
        const std::uint32_t of_other = marks_[pair.other];
        if (of_one == kViewed && (of_other & kBought) != 0) moves_.emplace_back(pair.number, true);
        if (of_other == kViewed && (of_one & kBought) != 0) moves_.emplace_back(pair.number, false);
      }
    }
  }

  const BasketWindows& sessions_;
  const PairRows& rows_;
  MoveCounter* counter_;
  ProductMarks marks_;
  std::vector<ProductIndex> products_;                 // of the session, distinct
  std::vector<std::pair<std::uint32_t, bool>> moves_;  // of the customer: pair, towards the other one
};

struct Range {
  std::size_t first;
  std::size_t last;
};

// Where the baskets of each buyer are.
std::vector<Range> RangesOfBuyers(const BasketSet& set) {
  std::vector<Range> ranges;
  for (std::size_t b = 0; b < set.size();) {
    Range range{b, b};
    while (range.last < set.size() && set.buyers[range.last] == set.buyers[b]) ++range.last;
    ranges.push_back(range);
    b = range.last;
  }
  return ranges;
}

template <typename MakeWorker>
void ForEachRange(std::size_t threads, const std::vector<Range>& ranges, const MakeWorker& make_worker) {
  std::vector<decltype(make_worker())> workers(std::max<std::size_t>(threads, 1));
  ParallelFor(threads, ranges.size(), kCustomerGrain, [&](std::size_t first, std::size_t last, std::size_t worker) {
    if (workers[worker] == nullptr) workers[worker] = make_worker();
    for (std::size_t r = first; r < last; ++r) workers[worker]->Count(ranges[r].first, ranges[r].last);
  });
}

}  // namespace

std::vector<PairMoves> CountPurchaseMoves(const BasketSet& baskets, absl::Span<const std::uint32_t> buyers,
                                          absl::Span<const ProductPair> pairs, std::size_t threads) {
  const PairRows rows(pairs, baskets.product_count);
  MoveCounter counter(pairs.size());
  std::vector<Range> ranges = RangesOfBuyers(baskets);
  auto buyer = buyers.begin();
  const auto takes_no_part = [&](const Range& range) {  // both ascend
    while (buyer != buyers.end() && *buyer < baskets.buyers[range.first]) ++buyer;
    return buyer == buyers.end() || *buyer != baskets.buyers[range.first];
  };
  std::vector<Range> own;
  std::remove_copy_if(ranges.begin(), ranges.end(), std::back_inserter(own), takes_no_part);
  ForEachRange(threads, own, [&] { return std::make_unique<PurchaseMoves>(baskets, rows, &counter); });
  return counter.Take();
}

std::vector<PairMoves> CountViewMoves(const BasketWindows& sessions, absl::Span<const ProductPair> pairs,
                                      std::size_t threads) {
  const PairRows rows(pairs, sessions.from->product_count);
  MoveCounter counter(pairs.size());
  ForEachRange(threads, RangesOfBuyers(*sessions.from),
               [&] { return std::make_unique<ViewMoves>(sessions, rows, &counter); });
  return counter.Take();
}

}  // namespace awase::relations
