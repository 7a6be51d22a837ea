#include "awase/orders/order_log.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <deque>
#include <tuple>
#include <utility>

#include "awase/base/equal_texts.h"
#include "awase/base/parallel.h"
#include "orders/internal/hash_id.h"
#include "orders/internal/key_table.h"
#include "orders/internal/line_word.h"
#include "orders/internal/log_source.h"
#include "orders/internal/price_day.h"

namespace awase::orders {

using orders_internal::IdKind;
using orders_internal::KeyOf;
using orders_internal::KeyTable;
using orders_internal::LogSource;
using orders_internal::OrderRecord;
using orders_internal::PriceDay;
using orders_internal::Run;

// Orders and customers are known by their keys alone. The table of orders sees runs of lines, not lines: while an order's
// id stays the same there is nothing to look up but the product.
struct OrderLogBuilder::Shard::State {
  struct OpenRun {
    std::uint32_t order;
    std::uint32_t lines;
  };

  KeyTable orders;
  UnfilledVector<OrderRecord> records;  // per order; with its first run
  // In the order of the lines, so that their positions need not be here. Empty as long as each order is one run.
  UnfilledVector<OpenRun> runs;

  KeyTable products;
  std::deque<std::string> product_ids;
  std::vector<PriceDay> prices;

  // Lines whose product has not been looked up yet: while the memory for one of them comes, others are read.
  struct PendingLine {
    IdKey product;
    std::size_t place;  // in the last block
    std::int64_t time;
    Money price;
    std::uint8_t has_price;
    std::uint8_t id_size;
    std::array<char, 38> id;  // longer ones do not wait
  };
  std::array<PendingLine, 32> pending;
  std::size_t pending_count = 0;

  // All but the last are full.
  std::vector<UnfilledVector<LineWord>> blocks;
  std::vector<LargeQuantity> large_quantities;

  // The run under way: what its lines say together, and the ids seen last.
  OrderRecord run;
  std::uint32_t run_lines = 0;
  std::string order_id;
  IdKey order_key = {};
  std::string customer_id;
  IdKey customer_key = {};

  std::size_t line_count() const {
    return blocks.empty() ? 0 : (blocks.size() - 1) * orders_internal::kBlockLines + blocks.back().size();
  }
  void NoteCustomer(absl::string_view id);
  void AddBlock();
  void EndRun();
  void AddWord(const LineInput& line);
  void AddProduct(const LineInput& line);
  void LookUpPending();
  std::uint32_t LookUp(const PendingLine& line, absl::string_view id);
  void ObservePrice(const PendingLine& line, std::uint32_t product);
  LogSource TakeSource();
  void StartRunList();
  void TakeRuns(LogSource* source);
};

void OrderLogBuilder::Shard::State::NoteCustomer(absl::string_view id) {
  if (!EqualTexts(id, customer_id)) {
    customer_id.assign(id.data(), id.size());
    customer_key = KeyOf(IdKind::kCustomer, id);
  }
  run.NoteCustomer(customer_key);
}

// A run ends with its block, too.
void OrderLogBuilder::Shard::State::AddBlock() {
  EndRun();
  LookUpPending();
  blocks.emplace_back();
  // The first grows with its lines: most logs of tests and small shops need little of it.
  if (blocks.size() > 1) blocks.back().reserve(orders_internal::kBlockLines);
}

void OrderLogBuilder::Shard::State::EndRun() {
  if (run_lines == 0) return;
  const std::uint32_t order = orders.FindOrAdd(order_key);
  if (order < records.size()) {
    if (runs.empty()) StartRunList();
    records[order].Absorb(run);
  } else {
    const bool two_customers = run.run.two_customers();
    run.run = Run(line_count() - run_lines, run_lines);
    run.run.NoteTwoCustomers(two_customers);
    records.push_back(run);
  }
  if (!runs.empty()) runs.push_back({order, run_lines});
  run = OrderRecord();
  run_lines = 0;
}

// An order came back: from here on runs have to be listed.
void OrderLogBuilder::Shard::State::StartRunList() {
  for (std::size_t o = 0; o < records.size(); ++o) {
    runs.push_back({static_cast<std::uint32_t>(o), static_cast<std::uint32_t>(records[o].run.count())});
  }
}

// The line, but for its product.
void OrderLogBuilder::Shard::State::AddWord(const LineInput& line) {
  LineWord word = orders_internal::WordOf(0, line.status);
  if (orders_internal::FitsWord(line.quantity_milli)) {
    word = orders_internal::WordOf(0, line.status, line.quantity_milli);
  } else {
    word |= orders_internal::kLargeBit;
    large_quantities.push_back({line_count(), line.quantity_milli});
  }
  blocks.back().push_back(word);
}

// The product of the line that was added last.
void OrderLogBuilder::Shard::State::AddProduct(const LineInput& line) {
  PendingLine& added = pending[pending_count];
  added.product = KeyOf(IdKind::kProduct, line.product_id);
  added.place = blocks.back().size() - 1;
  added.has_price = line.unit_price.has_value() && line.status == LineStatus::kCompleted && line.quantity_milli > 0;
  if (added.has_price != 0) {
    added.price = *line.unit_price;
    added.time = line.ordered_at_micros;
  }
  if (line.product_id.size() > added.id.size()) return ObservePrice(added, LookUp(added, line.product_id));
  __builtin_prefetch(products.SlotPlace(added.product));
  added.id_size = static_cast<std::uint8_t>(line.product_id.size());
  std::memcpy(added.id.data(), line.product_id.data(), line.product_id.size());
  if (++pending_count == pending.size()) LookUpPending();
}

// Slot, key and prices of a product are three cache misses, each of which tells where the next one is: all lines take
// one step before any takes the next.
void OrderLogBuilder::Shard::State::LookUpPending() {
  std::array<std::uint32_t, std::tuple_size_v<decltype(pending)>> numbers;
  for (std::size_t i = 0; i < pending_count; ++i) __builtin_prefetch(products.KeyPlace(pending[i].product));
  for (std::size_t i = 0; i < pending_count; ++i) {
    numbers[i] = LookUp(pending[i], {pending[i].id.data(), pending[i].id_size});
    const auto* const day = reinterpret_cast<const char*>(&prices[numbers[i]]);
    __builtin_prefetch(day, 1);
    __builtin_prefetch(day + sizeof(PriceDay) - 1, 1);  // it may lie across two cache lines
  }
  for (std::size_t i = 0; i < pending_count; ++i) ObservePrice(pending[i], numbers[i]);
  pending_count = 0;
}

// The line's product, which its word gets.
std::uint32_t OrderLogBuilder::Shard::State::LookUp(const PendingLine& line, absl::string_view id) {
  const std::uint32_t number = products.FindOrAdd(line.product);
  if (number == product_ids.size()) {
    product_ids.emplace_back(id);
    prices.emplace_back();
  }
  blocks.back()[line.place] |= LineWord{number} << 32;
  return number;
}

void OrderLogBuilder::Shard::State::ObservePrice(const PendingLine& line, std::uint32_t product) {
  if (line.has_price != 0) prices[product].Observe(line.price, line.time);
}

// Brings the runs of each order that has several beside one another.
void OrderLogBuilder::Shard::State::TakeRuns(LogSource* source) {
  std::vector<std::uint32_t> counts(runs.empty() ? 0 : records.size(), 0);
  for (const OpenRun& open : runs) ++counts[open.order];
  std::uint64_t next_list = 0;
  for (std::size_t o = 0; o < counts.size(); ++o) {
    if (counts[o] < 2) continue;
    const bool two_customers = records[o].run.two_customers();
    records[o].run = Run::Several(next_list);
    records[o].run.NoteTwoCustomers(two_customers);
    next_list += counts[o] + std::uint64_t{1};
  }
  source->lists.resize(next_list);
  for (std::size_t o = 0; o < counts.size(); ++o) {
    if (counts[o] >= 2) source->lists[records[o].run.list()] = 0;
  }
  std::uint64_t position = 0;
  for (const OpenRun& open : runs) {
    if (counts[open.order] >= 2) {
      std::uint64_t* const list = &source->lists[records[open.order].run.list()];
      list[++list[0]] = Run(position, open.lines).bits();
    }
    position += open.lines;
  }
  ReleaseMemory(&runs);
}

LogSource OrderLogBuilder::Shard::State::TakeSource() {
  EndRun();
  LookUpPending();
  LogSource source;
  TakeRuns(&source);
  source.keys = orders.keys();
  source.table = &orders;
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
  if (!EqualTexts(line.order_id, state.order_id)) {
    state.EndRun();
    state.order_id.assign(line.order_id.data(), line.order_id.size());
    state.order_key = KeyOf(IdKind::kOrder, line.order_id);
    __builtin_prefetch(state.orders.SlotPlace(state.order_key));
  }
  if (state.blocks.empty() || state.blocks.back().size() == orders_internal::kBlockLines) state.AddBlock();
  ++state.run_lines;
  state.run.NoteTime(line.ordered_at_micros);
  if (!line.customer_id.empty()) state.NoteCustomer(line.customer_id);
  state.AddWord(line);
  state.AddProduct(line);
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
