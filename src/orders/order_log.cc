#include "awase/orders/order_log.h"

#include <algorithm>
#include <deque>
#include <utility>

#include "awase/base/parallel.h"
#include "orders/internal/hash_id.h"
#include "orders/internal/key_table.h"
#include "orders/internal/line_word.h"
#include "orders/internal/log_source.h"
#include "orders/internal/price_day.h"

namespace awase::orders {

using orders_internal::KeyOf;
using orders_internal::KeyTable;
using orders_internal::LogSource;
using orders_internal::OrderRecord;
using orders_internal::PriceDay;

// Orders and customers are known by their keys alone. The table of orders sees runs of lines, not lines: while an order's
// id stays the same there is nothing to look up but the product.
struct OrderLogBuilder::Shard::State {
  // A run before its lines' position is counted up.
  struct OpenRun {
    std::uint32_t order;
    std::uint32_t lines;
  };

  KeyTable orders;
  UnfilledVector<OrderRecord> records;  // per order
  UnfilledVector<OpenRun> runs;
  bool runs_ascend = true;  // by order, so that they need no sorting

  KeyTable products;
  std::deque<std::string> product_ids;
  std::vector<PriceDay> prices;

  // All but the last are full.
  std::vector<UnfilledVector<LineWord>> blocks;
  std::vector<LargeQuantity> large_quantities;

  // The run under way: what its lines say together, and the ids seen last.
  OrderRecord run;
  std::string order_id;
  std::string customer_id;
  IdKey customer_key = {};

  std::size_t line_count() const {
    return blocks.empty() ? 0 : (blocks.size() - 1) * orders_internal::kBlockLines + blocks.back().size();
  }
  void NoteCustomer(absl::string_view id);
  void AddBlock();
  void EndRun();
  std::uint32_t ProductNumber(absl::string_view id);
  LogSource TakeSource();
  void TakeRuns(LogSource* source);
};

void OrderLogBuilder::Shard::State::NoteCustomer(absl::string_view id) {
  if (id != customer_id) {
    customer_id.assign(id.data(), id.size());
    customer_key = KeyOf(id);
  }
  run.NoteCustomer(customer_key);
}

// A run ends with its block, too.
void OrderLogBuilder::Shard::State::AddBlock() {
  EndRun();
  blocks.emplace_back();
  // The first grows with its lines: most logs of tests and small shops need little of it.
  if (blocks.size() > 1) blocks.back().reserve(orders_internal::kBlockLines);
}

void OrderLogBuilder::Shard::State::EndRun() {
  if (run.line_count() == 0) return;
  const std::uint32_t order = orders.FindOrAdd(KeyOf(order_id));
  if (order == records.size()) {
    records.push_back(run);
  } else {
    records[order].Absorb(run);
  }
  runs_ascend = runs_ascend && (runs.empty() || runs.back().order <= order);
  runs.push_back({order, static_cast<std::uint32_t>(run.line_count())});
  run = OrderRecord();
}

std::uint32_t OrderLogBuilder::Shard::State::ProductNumber(absl::string_view id) {
  const std::uint32_t number = products.FindOrAdd(KeyOf(id));
  if (number == product_ids.size()) {
    product_ids.emplace_back(id);
    prices.emplace_back();
  }
  return number;
}

// From here on a run says where its lines are, and the runs of an order are beside one another.
void OrderLogBuilder::Shard::State::TakeRuns(LogSource* source) {
  source->run_offsets.assign(records.size() + 1, 0);
  for (const OpenRun& open : runs) ++source->run_offsets[open.order + 1];
  for (std::size_t o = 0; o < records.size(); ++o) source->run_offsets[o + 1] += source->run_offsets[o];
  source->runs.resize(runs.size());
  UnfilledVector<std::uint64_t> next;
  if (!runs_ascend) next = source->run_offsets;
  std::uint64_t position = 0;
  for (std::size_t r = 0; r < runs.size(); ++r) {
    source->runs[runs_ascend ? r : next[runs[r].order]++] = orders_internal::RunOf(position, runs[r].lines);
    position += runs[r].lines;
  }
  ReleaseMemory(&runs);
}

LogSource OrderLogBuilder::Shard::State::TakeSource() {
  EndRun();
  LogSource source;
  TakeRuns(&source);
  source.keys = orders.TakeKeys();
  source.records = std::move(records);
  for (UnfilledVector<LineWord>& block : blocks) source.blocks.push_back(block.data());
  source.large_quantities = large_quantities;
  source.product_ids.assign(std::make_move_iterator(product_ids.begin()), std::make_move_iterator(product_ids.end()));
  source.prices.reserve(prices.size());
  for (PriceDay& day : prices) source.prices.push_back(std::move(day).Take());
  ReleaseMemory(&product_ids);
  ReleaseMemory(&prices);
  return source;
}

OrderLogBuilder::Shard::Shard() : state_(std::make_unique<State>()) {}
OrderLogBuilder::Shard::~Shard() = default;
OrderLogBuilder::Shard::Shard(Shard&&) noexcept = default;
OrderLogBuilder::Shard& OrderLogBuilder::Shard::operator=(Shard&&) noexcept = default;

std::size_t OrderLogBuilder::Shard::line_count() const { return state_->line_count(); }

void OrderLogBuilder::Shard::Add(const LineInput& line) {
  State& state = *state_;
  if (line.order_id != state.order_id) {
    state.EndRun();
    state.order_id.assign(line.order_id.data(), line.order_id.size());
  }
  if (state.blocks.empty() || state.blocks.back().size() == orders_internal::kBlockLines) state.AddBlock();
  state.run.lines_twice += 2;
  state.run.NoteTime(line.ordered_at_micros);
  if (!line.customer_id.empty()) state.NoteCustomer(line.customer_id);

  const std::uint32_t product = state.ProductNumber(line.product_id);
  if (line.unit_price.has_value() && line.status == LineStatus::kCompleted && line.quantity_milli > 0) {
    state.prices[product].Observe(*line.unit_price, line.ordered_at_micros);
  }
  LineWord word = orders_internal::WordOf(product, line.status);
  if (orders_internal::FitsWord(line.quantity_milli)) {
    word = orders_internal::WordOf(product, line.status, line.quantity_milli);
  } else {
    word |= orders_internal::kLargeBit;
    state.large_quantities.push_back({state.line_count(), line.quantity_milli});
  }
  state.blocks.back().push_back(word);
}

OrderLogBuilder::OrderLogBuilder(std::size_t shards) : shards_(shards) {}
OrderLogBuilder::~OrderLogBuilder() = default;
OrderLogBuilder::OrderLogBuilder(OrderLogBuilder&&) noexcept = default;
OrderLogBuilder& OrderLogBuilder::operator=(OrderLogBuilder&&) noexcept = default;

std::size_t OrderLogBuilder::line_count() const {
  std::size_t count = 0;
  for (const Shard& shard : shards_) count += shard.line_count();
  return count;
}

OrderLog OrderLogBuilder::Build(std::size_t threads) {
  std::vector<LogSource> sources(shards_.size());
  ParallelFor(threads, shards_.size(), 1, [&](std::size_t first, std::size_t /*last*/, std::size_t /*worker*/) {
    sources[first] = shards_[first].state_->TakeSource();
  });
  OrderLog log = orders_internal::MergeSources(std::move(sources), threads);
  shards_.clear();
  return log;
}

OrderLine OrderLog::line(std::size_t i) const {
  const LineWord word = lines[i];
  OrderLine line{orders_internal::ProductOf(word), 0, orders_internal::StatusOf(word)};
  line.quantity_milli = orders_internal::IsLarge(word) ? orders_internal::LargeQuantityAt(large_quantities, i)
                                                       : orders_internal::QuantityOf(word);
  return line;
}

}  // namespace awase::orders
