// The pairs are put into rows by their first product. A customer's products are marked in a table over all products;
// then each of them asks for the few others that it has a pair with, so that the cost is that of the history, not of
// the catalogue. Tested against a count of every pair and customer by itself.

#include "awase/relations/count_moves.h"

#include <algorithm>
#include <atomic>
#include <iterator>
#include <memory>
#include <numeric>
#include <optional>
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

  void AddBought(std::uint32_t pair, bool to_other) { Add(to_other, &moves_[pair].bought); }
  void AddViewed(std::uint32_t pair, bool to_other) { Add(to_other, &moves_[pair].viewed); }
  std::vector<CustomerMoves> Take() { return std::move(moves_); }

 private:
  static void Add(bool to_other, PairMoves* moves) {
    std::atomic_ref<std::uint32_t>(to_other ? moves->to_other : moves->to_one).fetch_add(1, std::memory_order_relaxed);
  }

  std::vector<CustomerMoves> moves_;
};

// What one customer did with each pair, until it is counted.
class OwnMoves {
 public:
  void AddBought(std::uint32_t pair, bool to_other, bool to_one) {
    const std::uint32_t what = (to_other ? kBoughtToOther : 0) | (to_one ? kBoughtToOne : 0);
    if (what != 0) moves_.emplace_back(pair, what);
  }
  void AddViewed(std::uint32_t pair, bool to_other) {
    moves_.emplace_back(pair, to_other ? kViewedToOther : kViewedToOne);
  }

  // … and forgets it.
  void CountInto(MoveCounter* counter) {
    std::sort(moves_.begin(), moves_.end());
    for (std::size_t m = 0; m < moves_.size();) {
      const std::uint32_t pair = moves_[m].first;
      std::uint32_t what = 0;
      for (; m < moves_.size() && moves_[m].first == pair; ++m) what |= moves_[m].second;
      const bool to_other = (what & (kBoughtToOther | kViewedToOther)) != 0;
      const bool to_one = (what & (kBoughtToOne | kViewedToOne)) != 0;
      if (to_other && to_one) continue;
      if ((what & (kBoughtToOther | kBoughtToOne)) != 0) {
        counter->AddBought(pair, to_other);
      } else {
        counter->AddViewed(pair, to_other);
      }
    }
    moves_.clear();
  }

 private:
  static constexpr std::uint32_t kBoughtToOther = 1, kBoughtToOne = 2, kViewedToOther = 4, kViewedToOne = 8;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> moves_;  // pair, what
};

// One thread's view of the purchases of one customer after the other.
class PurchaseMoves {
 public:
  PurchaseMoves(const BasketSet& baskets, const PairRows& rows)
      : baskets_(baskets), rows_(rows), marks_(baskets.product_count) {}

  // `first` … `last` are the customer's baskets.
  void Find(std::size_t first, std::size_t last, OwnMoves* moves) {
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
        if (other == 0) continue;
        moves->AddBought(pair.number, purchases_[p].second < LastOf(other - 1),
                         purchases_[other - 1].second < LastOf(p));
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

  // … of the product whose first purchase it is.
  std::int64_t LastOf(std::uint32_t purchase) const {
    std::uint32_t last = purchase;
    while (last + 1 < purchases_.size() && purchases_[last + 1].first == purchases_[purchase].first) ++last;
    return purchases_[last].second;
  }

  const BasketSet& baskets_;
  const PairRows& rows_;
  ProductMarks marks_;  // position of the first purchase of the product, from 1
  std::vector<std::pair<ProductIndex, std::int64_t>> purchases_;
};

// One thread's view of the sessions of one customer after the other.
class ViewMoves {
 public:
  ViewMoves(const BasketWindows& sessions, const PairRows& rows)
      : sessions_(sessions), rows_(rows), marks_(sessions.from->product_count) {}

  // `first` … `last` are sessions of the customer.
  void Find(std::size_t first, std::size_t last, OwnMoves* moves) {
    for (std::size_t s = first; s < last; ++s) FindInSession(s, moves);
  }

 private:
  static constexpr std::uint32_t kViewed = 1;
  static constexpr std::uint32_t kBought = 2;

  void FindInSession(std::size_t session, OwnMoves* moves) {
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
        if (of_one == kViewed && of_other == (kViewed | kBought)) moves->AddViewed(pair.number, true);
        if (of_other == kViewed && of_one == (kViewed | kBought)) moves->AddViewed(pair.number, false);
      }
    }
  }

  const BasketWindows& sessions_;
  const PairRows& rows_;
  ProductMarks marks_;
  std::vector<ProductIndex> products_;  // of the session, distinct
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

// The sessions of one visitor who is known as a customer.
struct Visits {
  std::uint32_t customer;
  Range sessions;
};

// By customer: who bought something after a session is known by the baskets.
std::vector<Visits> VisitsOf(const BasketWindows& sessions) {
  std::vector<Visits> visits;
  for (const Range& range : RangesOfBuyers(*sessions.from)) {
    for (std::size_t s = range.first; s < range.last; ++s) {
      const BasketWindows::Window window = sessions.windows[s];
      if (window.first == window.last) continue;
      visits.push_back({sessions.to->buyers[window.first], range});
      break;
    }
  }
  std::stable_sort(visits.begin(), visits.end(),
                   [](const Visits& a, const Visits& b) { return a.customer < b.customer; });
  return visits;
}

// Both kinds of moves of one thread's customers.
class Worker {
 public:
  Worker(const BasketSet& baskets, const BasketWindows* sessions, const PairRows& rows, MoveCounter* counter)
      : purchases_(baskets, rows), counter_(counter) {
    if (sessions != nullptr) views_.emplace(*sessions, rows);
  }

  void Count(Range baskets, absl::Span<const Visits> visits) {
    purchases_.Find(baskets.first, baskets.last, &moves_);
    for (const Visits& visit : visits) views_->Find(visit.sessions.first, visit.sessions.last, &moves_);
    moves_.CountInto(counter_);
  }

 private:
  PurchaseMoves purchases_;
  std::optional<ViewMoves> views_;
  OwnMoves moves_;
  MoveCounter* counter_;
};

}  // namespace

std::vector<CustomerMoves> CountMoves(const BasketSet& baskets, absl::Span<const std::uint32_t> buyers,
                                      const BasketWindows* sessions, absl::Span<const ProductPair> pairs,
                                      std::size_t threads) {
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
  const std::vector<Visits> visits = sessions == nullptr ? std::vector<Visits>() : VisitsOf(*sessions);
  const auto visits_of = [&](std::uint32_t customer) {
    const auto first = std::partition_point(visits.begin(), visits.end(),
                                            [&](const Visits& of_one) { return of_one.customer < customer; });
    const auto last =
        std::partition_point(first, visits.end(), [&](const Visits& of_one) { return of_one.customer == customer; });
    return absl::MakeConstSpan(visits).subspan(static_cast<std::size_t>(first - visits.begin()),
                                               static_cast<std::size_t>(last - first));
  };
  std::vector<std::unique_ptr<Worker>> workers(std::max<std::size_t>(threads, 1));
  ParallelFor(threads, own.size(), kCustomerGrain, [&](std::size_t first, std::size_t last, std::size_t worker) {
    if (workers[worker] == nullptr) workers[worker] = std::make_unique<Worker>(baskets, sessions, rows, &counter);
    for (std::size_t r = first; r < last; ++r) workers[worker]->Count(own[r], visits_of(baskets.buyers[own[r].first]));
  });
  return counter.Take();
}

}  // namespace awase::relations
