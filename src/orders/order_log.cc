#include "awase/orders/order_log.h"

#include <algorithm>
#include <deque>
#include <iterator>
#include <mutex>
#include <numeric>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"

namespace awase::orders {
namespace {

constexpr std::int64_t kMicrosPerDay = std::int64_t{24} * 60 * 60 * 1000 * 1000;

// String → dense number in order of first appearance. The keys live in a deque, whose elements never move.
class Interner {
 public:
  std::uint32_t Intern(absl::string_view text) {
    // Dumps tend to have the lines of an order, and so of a customer, one after the other.
    if (text == last_text_ && !strings_.empty()) return last_number_;
    const auto found = numbers_.find(text);
    if (found != numbers_.end()) {
      last_text_ = found->first;
      return last_number_ = found->second;
    }
    last_text_ = strings_.emplace_back(text);
    last_number_ = static_cast<std::uint32_t>(numbers_.size());
    numbers_.emplace(last_text_, last_number_);
    return last_number_;
  }

  std::size_t size() const { return strings_.size(); }
  absl::string_view text(std::uint32_t number) const { return strings_[number]; }

  std::vector<std::string> TakeStrings() {
    numbers_.clear();
    return {std::make_move_iterator(strings_.begin()), std::make_move_iterator(strings_.end())};
  }

 private:
  std::deque<std::string> strings_;
  absl::flat_hash_map<absl::string_view, std::uint32_t> numbers_;
  absl::string_view last_text_;
  std::uint32_t last_number_ = 0;
};

// The prices seen on the latest day so far. Keeping one day only bounds the memory; a multiset of one day does not depend
// on the order of the rows.
struct PriceDay {
  std::int64_t day = INT64_MIN;
  std::vector<Money> prices;
};

std::int64_t DayOf(std::int64_t micros) {
  if (micros == kNoTime) return INT64_MIN + 1;
  return micros >= 0 ? micros / kMicrosPerDay : -((-micros + kMicrosPerDay - 1) / kMicrosPerDay);
}

void Observe(const Money& price, std::int64_t ordered_at_micros, PriceDay* day) {
  const std::int64_t observed = DayOf(ordered_at_micros);
  if (observed < day->day) return;
  if (observed > day->day) {
    day->day = observed;
    day->prices.clear();
  }
  day->prices.push_back(price);
}

// The lower median within the day's most frequent currency (ties: first by code).
ObservedPrice Summarise(PriceDay day) {
  if (day.prices.empty()) return {};
  std::sort(day.prices.begin(), day.prices.end(), [](const Money& a, const Money& b) {
    return std::tie(a.currency, a.minor_units) < std::tie(b.currency, b.minor_units);
  });
  std::size_t best_first = 0;
  std::size_t best_count = 0;
  for (std::size_t first = 0; first < day.prices.size();) {
    std::size_t last = first;
    while (last < day.prices.size() && day.prices[last].currency == day.prices[first].currency) ++last;
    if (last - first > best_count) {
      best_first = first;
      best_count = last - first;
    }
    first = last;
  }
  return {day.prices[best_first + (best_count - 1) / 2]};
}

}  // namespace

struct OrderLogBuilder::Shard::State {
  std::mutex mutex;  // the shards share one state
  OrderLog log;
  Interner orders;
  Interner products;
  Interner customers;
  std::vector<PriceDay> prices;
};

OrderLogBuilder::Shard::Shard(std::shared_ptr<State> state) : state_(std::move(state)) {}
OrderLogBuilder::Shard::~Shard() = default;
OrderLogBuilder::Shard::Shard(Shard&&) noexcept = default;
OrderLogBuilder::Shard& OrderLogBuilder::Shard::operator=(Shard&&) noexcept = default;

OrderLogBuilder::OrderLogBuilder(std::size_t shards) {
  const auto state = std::make_shared<Shard::State>();
  for (std::size_t i = 0; i < shards; ++i) shards_.push_back(Shard(state));
}
OrderLogBuilder::~OrderLogBuilder() = default;
OrderLogBuilder::OrderLogBuilder(OrderLogBuilder&&) noexcept = default;
OrderLogBuilder& OrderLogBuilder::operator=(OrderLogBuilder&&) noexcept = default;

std::size_t OrderLogBuilder::Shard::line_count() const { return line_count_; }

std::size_t OrderLogBuilder::line_count() const {
  std::size_t count = 0;
  for (const Shard& shard : shards_) count += shard.line_count();
  return count;
}

void OrderLogBuilder::Shard::Add(const LineInput& line) {
  const std::lock_guard lock(state_->mutex);
  ++line_count_;
  OrderLog& log = state_->log;
  const std::uint32_t order_number = state_->orders.Intern(line.order_id);
  const std::uint32_t product = state_->products.Intern(line.product_id);
  if (order_number == log.orders.size()) log.orders.emplace_back();
  if (product == state_->prices.size()) state_->prices.emplace_back();

  Order& order = log.orders[order_number];
  if (line.ordered_at_micros != kNoTime &&
      (order.ordered_at_micros == kNoTime || line.ordered_at_micros < order.ordered_at_micros)) {
    order.ordered_at_micros = line.ordered_at_micros;
  }
  if (!line.customer_id.empty()) {
    const std::uint32_t customer = state_->customers.Intern(line.customer_id);
    if (order.customer == kNoCustomer) {
      order.customer = customer;
    } else if (order.customer != customer) {
      ++log.customer_conflicts;
      if (line.customer_id < state_->customers.text(order.customer)) order.customer = customer;
    }
  }
  if (line.unit_price.has_value() && line.status == LineStatus::kCompleted && line.quantity_milli > 0) {
    Observe(*line.unit_price, line.ordered_at_micros, &state_->prices[product]);
  }
  log.lines.push_back({order_number, product, line.quantity_milli, line.status});
}

OrderLog OrderLogBuilder::Build(std::size_t /*threads*/) {
  Shard::State& state = *shards_[0].state_;
  OrderLog log = std::move(state.log);
  log.customer_count = state.customers.size();
  log.product_ids = state.products.TakeStrings();
  std::vector<std::uint32_t> by_id(log.product_ids.size());
  std::iota(by_id.begin(), by_id.end(), 0u);
  std::sort(by_id.begin(), by_id.end(),
            [&](std::uint32_t a, std::uint32_t b) { return log.product_ids[a] < log.product_ids[b]; });
  std::vector<std::uint32_t> number_of(by_id.size());
  for (std::size_t i = 0; i < by_id.size(); ++i) {
    number_of[by_id[i]] = static_cast<std::uint32_t>(i);
    log.observed_prices.push_back(Summarise(std::move(state.prices[by_id[i]])));
  }
  std::sort(log.product_ids.begin(), log.product_ids.end());
  for (OrderLine& line : log.lines) line.product = number_of[line.product];
  shards_.clear();
  return log;
}

}  // namespace awase::orders
