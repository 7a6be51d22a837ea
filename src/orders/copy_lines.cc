#include "orders/internal/copy_lines.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "awase/base/parallel.h"
#include "orders/internal/line_word.h"

// Orders come by customer, so their lines are gathered from all over the sources: each of them is a cache miss, and so is
// each step on the way to it. A few orders at a time go through these steps together, so that the misses overlap.

namespace awase::orders_internal {
namespace {

using orders::LargeQuantity;
using orders::OrderLog;

constexpr std::size_t kTogether = 32;
constexpr std::size_t kGrain = 1 << 12;  // orders per piece
// Up to this many lines are sorted by counting for each how many are smaller: no branch of it can be mispredicted.
constexpr std::size_t kCounted = 24;
// Bits that a returned line and one below zero have; lines that are neither may have them, too.
constexpr LineWord kReturnBits = static_cast<LineWord>(LineStatus::kReturned) | 0x80000000;

struct PieceResult {
  std::vector<LargeQuantity> large_quantities;
  std::vector<std::uint32_t> orders_with_returns;
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

class LineCopier {
 public:
  LineCopier(const std::vector<LogSource>& sources, const OrderGroups& groups, OrderLog* log)
      : sources_(sources), groups_(groups), log_(log) {}

  void CopyPiece(std::size_t first, std::size_t last, PieceResult* result) {
    for (; first < last; first += kTogether) {
      const std::size_t end = std::min(first + kTogether, last);
      Prefetch(first, end);
      for (std::size_t o = first; o < end; ++o) CopyOrder(o, result);
    }
  }

 private:
  void Prefetch(std::size_t first, std::size_t last) const;
  void CopyOrder(std::size_t order, PieceResult* result);
  void CopyLargeQuantities(std::size_t order, PieceResult* result);

  template <typename Take>
  void ForEachRun(std::size_t order, const Take& take) const {
    const std::uint32_t group = groups_.groups[order];
    for (std::uint64_t m = groups_.offsets[group]; m < groups_.offsets[group + 1]; ++m) {
      const Member member = groups_.members[m];
      const LogSource& source = sources_[member.source];
      for (std::uint64_t r = source.run_offsets[member.order]; r < source.run_offsets[member.order + 1]; ++r) {
        take(source, source.runs[r]);
      }
    }
  }

  const std::vector<LogSource>& sources_;
  const OrderGroups& groups_;
  OrderLog* log_;
};

// One step of every order before the next step of any. An order of many runs is waited for from its second one on.
void LineCopier::Prefetch(std::size_t first, std::size_t last) const {
  std::array<Member, kTogether> members;
  std::array<std::uint64_t, kTogether> runs;
  for (std::size_t o = first; o < last; ++o) __builtin_prefetch(&groups_.offsets[groups_.groups[o]]);
  for (std::size_t o = first; o < last; ++o) __builtin_prefetch(&groups_.members[groups_.offsets[groups_.groups[o]]]);
  for (std::size_t o = first; o < last; ++o) {
    members[o - first] = groups_.members[groups_.offsets[groups_.groups[o]]];
    const Member member = members[o - first];
    __builtin_prefetch(&sources_[member.source].run_offsets[member.order]);
  }
  for (std::size_t o = first; o < last; ++o) {
    const Member member = members[o - first];
    runs[o - first] = sources_[member.source].run_offsets[member.order];
    __builtin_prefetch(&sources_[member.source].runs[runs[o - first]]);
  }
  for (std::size_t o = first; o < last; ++o) {
    const LogSource& source = sources_[members[o - first].source];
    const Run run = source.runs[runs[o - first]];
    const LineWord* const lines = source.LinesOf(run);
    // Beyond a few cache lines the processor sees by itself where it goes.
    for (std::size_t i = 0; i < std::min<std::size_t>(CountOf(run), 32) + 7; i += 8) __builtin_prefetch(lines + i);
  }
}

void LineCopier::CopyOrder(std::size_t order, PieceResult* result) {
  const std::uint64_t offset = log_->line_offsets[order];
  const std::size_t count = log_->line_offsets[order + 1] - offset;
  std::array<LineWord, kCounted> few;
  LineWord* const lines = log_->lines.data() + offset;
  LineWord* const copied = count <= kCounted ? few.data() : lines;
  LineWord* next = copied;
  LineWord bits = 0;
  ForEachRun(order, [&](const LogSource& source, Run run) {
    const LineWord* const from = source.LinesOf(run);
    const std::uint32_t* const numbers = source.product_numbers.data();
    const std::size_t run_count = CountOf(run);
    for (std::size_t i = 0; i < run_count; ++i) {
      const LineWord word = from[i];
      bits |= word;
      next[i] = LineWord{numbers[ProductOf(word)]} << 32 | static_cast<std::uint32_t>(word);
    }
    next += run_count;
  });
  if (IsLarge(bits)) {
    CopyLargeQuantities(order, result);
  } else if (count <= kCounted) {
    SortCounted(copied, count, lines);
  } else {
    std::sort(lines, lines + count);
  }
  if ((bits & (kReturnBits | kLargeBit)) != 0) {
    result->orders_with_returns.push_back(static_cast<std::uint32_t>(order));
  }
}

// The same for the rare order that has a quantity beside its words: it counts in the sorting, and moves along.
void LineCopier::CopyLargeQuantities(std::size_t order, PieceResult* result) {
  struct WideLine {
    LineWord word;
    std::int64_t large_milli;
  };
  std::vector<WideLine> wide;
  ForEachRun(order, [&](const LogSource& source, Run run) {
    for (std::size_t i = 0; i < CountOf(run); ++i) {
      const LineWord word = source.LinesOf(run)[i];
      wide.push_back({LineWord{source.product_numbers[ProductOf(word)]} << 32 | static_cast<std::uint32_t>(word),
                      IsLarge(word) ? LargeQuantityAt(source.large_quantities, FirstOf(run) + i) : 0});
    }
  });
  std::sort(wide.begin(), wide.end(), [](const WideLine& a, const WideLine& b) {
    return std::tie(a.word, a.large_milli) < std::tie(b.word, b.large_milli);
  });
  const std::uint64_t offset = log_->line_offsets[order];
  for (std::size_t i = 0; i < wide.size(); ++i) {
    log_->lines[offset + i] = wide[i].word;
    if (IsLarge(wide[i].word)) result->large_quantities.push_back({offset + i, wide[i].large_milli});
  }
}

}  // namespace

void CopyLines(const std::vector<LogSource>& sources, const OrderGroups& groups, std::size_t threads, OrderLog* log) {
  const std::size_t orders = groups.groups.size();
  log->lines.resize(log->line_offsets[orders]);
  std::vector<PieceResult> results((orders + kGrain - 1) / kGrain);
  ParallelFor(threads, orders, kGrain, [&](std::size_t first, std::size_t last, std::size_t /*worker*/) {
    LineCopier(sources, groups, log).CopyPiece(first, last, &results[first / kGrain]);
  });
  for (const PieceResult& result : results) {
    log->large_quantities.insert(log->large_quantities.end(), result.large_quantities.begin(),
                                 result.large_quantities.end());
    log->orders_with_returns.insert(log->orders_with_returns.end(), result.orders_with_returns.begin(),
                                    result.orders_with_returns.end());
  }
}

}  // namespace awase::orders_internal
