#include "orders/internal/write_orders.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "awase/base/parallel.h"
#include "orders/internal/line_word.h"

// Orders come by customer, so their lines are gathered from all over the sources, and each order is a cache miss. They
// are asked for some orders ahead.

namespace awase::orders_internal {
namespace {

using orders::LargeQuantity;
using orders::OrderLog;

constexpr std::size_t kAhead = 16;
constexpr std::size_t kGrain = 1 << 12;  // orders per piece
// Up to this many lines are sorted by counting for each how many are smaller: no branch of it can be mispredicted.
constexpr std::size_t kCounted = 24;
// Bits that a returned line and one below zero have; lines that are neither may have them, too.
constexpr LineWord kReturnBits = static_cast<LineWord>(LineStatus::kReturned) | 0x80000000;

// What a piece of orders begins with, and what it finds.
struct Piece {
  std::uint64_t first_line = 0;
  std::size_t first_customer = 0;
  std::vector<LargeQuantity> large_quantities;
  std::vector<std::uint32_t> orders_with_returns;
  std::vector<std::uint32_t> orders_with_two_customers;
};

void SortCounted(const LineWord* from, std::size_t count, LineWord* to) {
  std::array<std::uint32_t, kCounted> place{};
  for (std::size_t i = 1; i < count; ++i) {
    std::uint32_t before = 0;
    for (std::size_t j = 0; j < i; ++j) {
      const std::uint32_t larger = from[j] > from[i] ? 1 : 0;
      place[j] += larger;
      before += 1 - larger;
    }
    place[i] = before;
  }
  for (std::size_t i = 0; i < count; ++i) to[place[i]] = from[i];
}

class PieceWriter {
 public:
  PieceWriter(absl::Span<const LogSource> sources, const SourceRuns& runs, absl::Span<const OrderRow> rows,
              OrderLog* log)
      : sources_(sources), runs_(runs), rows_(rows), log_(log) {}

  // How many lines and new customers the orders have.
  std::uint64_t CountLines(std::size_t first, std::size_t last) const {
    std::uint64_t lines = 0;
    for (std::size_t o = first; o < last; ++o) lines += LineCount(o);
    return lines;
  }
  std::size_t CountCustomers(std::size_t first, std::size_t last) const {
    std::size_t customers = 0;
    for (std::size_t o = first; o < last; ++o) customers += IsNewCustomer(o) ? 1 : 0;
    return customers;
  }

  void Write(std::size_t first, std::size_t last, Piece* piece) {
    std::uint64_t line = piece->first_line;
    std::size_t next_customer = piece->first_customer;
    for (std::size_t o = first; o < last; ++o) {
      const absl::Span<const LineWord> ahead = FirstLines(rows_[std::min(o + kAhead, last - 1)]);
      for (std::size_t i = 0; i < ahead.size() + 7; i += 8) __builtin_prefetch(ahead.data() + i);
      const OrderRow& row = rows_[o];
      if (IsNewCustomer(o)) log_->customer_keys[next_customer++] = row.place;
      log_->order_customers[o] =
          row.has_customer() ? static_cast<std::uint32_t>(next_customer - 1) : orders::kNoCustomer;
      log_->order_keys[o] = row.key;
      log_->order_times[o] = row.time;
      log_->line_offsets[o] = line;
      if (row.run.two_customers()) piece->orders_with_two_customers.push_back(static_cast<std::uint32_t>(o));
      const std::uint64_t count = LineCount(o);
      WriteLines(o, line, count, piece);
      line += count;
    }
  }

 private:
  bool IsNewCustomer(std::size_t o) const {
    return rows_[o].has_customer() && (o == 0 || rows_[o].place != rows_[o - 1].place);
  }

  std::uint64_t LineCount(std::size_t o) const {
    const Run run = rows_[o].run;
    if (!run.several() && !run.linked()) return run.count();
    std::uint64_t lines = 0;
    runs_.ForEach(run, [&lines](Run one) { lines += one.count(); });
    return lines;
  }

  // What the processor is to fetch for an order, from its first line on. (A function that does nothing but prefetch is
  // taken for one without effect, and its calls are left out; so this one only says where.)
  absl::Span<const LineWord> FirstLines(const OrderRow& row) const {
    if (row.run.several() || row.run.linked()) return {};
    // Beyond a few cache lines the processor sees by itself where it goes.
    return {runs_.LinesOf(row.run), std::min<std::size_t>(row.run.count(), 32)};
  }

  void WriteLines(std::size_t order, std::uint64_t first, std::uint64_t count, Piece* piece);
  void WriteLargeQuantities(std::size_t order, std::uint64_t first, Piece* piece);

  const absl::Span<const LogSource> sources_;
  const SourceRuns& runs_;
  const absl::Span<const OrderRow> rows_;
  OrderLog* log_;
};

void PieceWriter::WriteLines(std::size_t order, std::uint64_t first, std::uint64_t count, Piece* piece) {
  std::array<LineWord, kCounted> few;
  LineWord* const lines = log_->lines.data() + first;
  LineWord* const copied = count <= kCounted ? few.data() : lines;
  LineWord* next = copied;
  LineWord bits = 0;
  runs_.ForEach(rows_[order].run, [&](Run run) {
    const LineWord* const from = runs_.LinesOf(run);
    const std::uint32_t* const numbers = sources_[runs_.BlockOf(run).source].product_numbers.data();
    const std::size_t run_count = run.count();
    for (std::size_t i = 0; i < run_count; ++i) {
      const LineWord word = from[i];
      bits |= word;
      next[i] = LineWord{numbers[ProductOf(word)]} << 32 | static_cast<std::uint32_t>(word);
    }
    next += run_count;
  });
  if (IsLarge(bits)) {
    WriteLargeQuantities(order, first, piece);
  } else if (count <= kCounted) {
    SortCounted(copied, count, lines);
  } else {
    std::sort(lines, lines + count);
  }
  if ((bits & (kReturnBits | kLargeBit)) != 0) piece->orders_with_returns.push_back(static_cast<std::uint32_t>(order));
}

// The same for the rare order that has a quantity beside its words: it counts in the sorting, and moves along.
void PieceWriter::WriteLargeQuantities(std::size_t order, std::uint64_t first, Piece* piece) {
  struct WideLine {
    LineWord word;
    std::int64_t large_milli;
  };
  std::vector<WideLine> wide;
  runs_.ForEach(rows_[order].run, [&](Run run) {
    const std::vector<std::uint32_t>& numbers = sources_[runs_.BlockOf(run).source].product_numbers;
    for (std::size_t i = 0; i < run.count(); ++i) {
      const LineWord word = runs_.LinesOf(run)[i];
      wide.push_back({LineWord{numbers[ProductOf(word)]} << 32 | static_cast<std::uint32_t>(word),
                      IsLarge(word) ? runs_.LargeQuantity(run, i) : 0});
    }
  });
  std::sort(wide.begin(), wide.end(), [](const WideLine& a, const WideLine& b) {
    return std::tie(a.word, a.large_milli) < std::tie(b.word, b.large_milli);
  });
  for (std::size_t i = 0; i < wide.size(); ++i) {
    log_->lines[first + i] = wide[i].word;
    if (IsLarge(wide[i].word)) piece->large_quantities.push_back({first + i, wide[i].large_milli});
  }
}

template <typename T>
void Append(const std::vector<T>& part, std::vector<T>* all) {
  all->insert(all->end(), part.begin(), part.end());
}

}  // namespace

void WriteOrders(absl::Span<const LogSource> sources, const SourceRuns& runs, absl::Span<const OrderRow> rows,
                 std::size_t threads, OrderLog* log) {
  PieceWriter writer(sources, runs, rows, log);
  std::vector<Piece> pieces((rows.size() + kGrain - 1) / kGrain + 1);
  ParallelFor(threads, rows.size(), kGrain, [&](std::size_t first, std::size_t last, std::size_t /*worker*/) {
    pieces[first / kGrain + 1].first_line = writer.CountLines(first, last);
    pieces[first / kGrain + 1].first_customer = writer.CountCustomers(first, last);
  });
  for (std::size_t p = 1; p < pieces.size(); ++p) {
    pieces[p].first_line += pieces[p - 1].first_line;
    pieces[p].first_customer += pieces[p - 1].first_customer;
  }
  log->customer_keys.resize(pieces.back().first_customer);
  log->order_customers.resize(rows.size());
  log->order_keys.resize(rows.size());
  log->order_times.resize(rows.size());
  log->line_offsets.resize(rows.size() + 1);
  log->line_offsets[rows.size()] = pieces.back().first_line;
  log->lines.resize(pieces.back().first_line);
  ParallelFor(threads, rows.size(), kGrain, [&](std::size_t first, std::size_t last, std::size_t /*worker*/) {
    writer.Write(first, last, &pieces[first / kGrain]);
  });
  for (const Piece& piece : pieces) {
    Append(piece.large_quantities, &log->large_quantities);
    Append(piece.orders_with_returns, &log->orders_with_returns);
    Append(piece.orders_with_two_customers, &log->orders_with_two_customers);
  }
}

}  // namespace awase::orders_internal
