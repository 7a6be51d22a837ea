#include "orders/internal/sort_orders.h"

#include <algorithm>
#include <utility>

#include "awase/base/parallel.h"
#include "orders/internal/partition.h"

namespace awase::orders_internal {
namespace {

using orders::UnfilledVector;

// What is read at random is asked for this many rows ahead: enough for a cache miss to be over.
constexpr std::size_t kAhead = 16;
constexpr std::size_t kGrain = 1 << 13;
// Stands in a record for "an earlier source has taken this order over".
constexpr std::uint64_t kTakenOver = ~std::uint64_t{0};

// Lets orders of `sources[s]` that an earlier source has go over to it. The earliest one that has it is found first, and
// no two orders of one source meet in it: pieces may be worked on at once.
void JoinPiece(std::vector<LogSource>* sources, std::size_t s, std::size_t first, std::size_t last, SourceRuns* runs) {
  LogSource& source = (*sources)[s];
  for (std::size_t o = first; o < last; ++o) {
    for (std::size_t before = 0; before < s; ++before) {
      __builtin_prefetch((*sources)[before].table->SlotPlace(source.keys[std::min(o + kAhead, last - 1)]));
    }
    for (std::size_t before = 0; before < s; ++before) {
      const std::uint32_t found = (*sources)[before].table->Find(source.keys[o]);
      if (found == KeyTable::kNotFound) continue;
      OrderRecord& record = (*sources)[before].records[found];
      record.run = runs->Link(s, o, runs->Common(s, source.records[o].run), runs->Common(before, record.run));
      record.Absorb(source.records[o]);
      source.records[o].run = Run::FromBits(kTakenOver);
      break;
    }
  }
}

void JoinOrders(std::vector<LogSource>* sources, std::size_t threads, SourceRuns* runs) {
  for (std::size_t s = 1; s < sources->size(); ++s) {
    LogSource& source = (*sources)[s];
    ParallelFor(threads, source.keys.size(), kGrain, [&](std::size_t first, std::size_t last, std::size_t /*worker*/) {
      JoinPiece(sources, s, first, last, runs);
    });
  }
  for (LogSource& source : *sources) {
    if (source.table != nullptr) source.table->EndSearching();
  }
}

// By the upper bits of the customer's key, which spread evenly; those without a customer behind.
Buckets<OrderRow> PartitionOrders(const std::vector<LogSource>& sources, const SourceRuns& runs, std::size_t threads) {
  std::vector<std::size_t> starts{0};
  for (const LogSource& source : sources) starts.push_back(starts.back() + source.keys.size());
  const int bits = BucketBits(starts.back());
  const std::size_t half = std::size_t{1} << bits;
  return Partition<OrderRow>(
      threads, starts.back(), half * 2, [&](std::size_t first, std::size_t last, const auto& put) {
        for (std::size_t s = 0; s < sources.size(); ++s) {
          for (std::size_t i = std::max(first, starts[s]); i < std::min(last, starts[s + 1]); ++i) {
            const OrderRecord& record = sources[s].records[i - starts[s]];
            if (record.run.bits() == kTakenOver) continue;
            const IdKey& key = sources[s].keys[i - starts[s]];
            const bool has_customer = record.customer != IdKey();
            const IdKey& place = has_customer ? record.customer : key;
            put(BucketOf(place.high, bits) + (has_customer ? 0 : half),
                OrderRow{place, key, record.time, runs.Common(s, record.run)});
          }
        }
      });
}

}  // namespace

UnfilledVector<OrderRow> SortOrders(std::vector<LogSource>* sources, std::size_t threads, SourceRuns* runs) {
  JoinOrders(sources, threads, runs);
  Buckets<OrderRow> buckets = PartitionOrders(*sources, *runs, threads);
  for (LogSource& source : *sources) orders::ReleaseMemory(&source.records);
  ParallelFor(threads, buckets.size(), 1, [&](std::size_t b, std::size_t /*last*/, std::size_t /*worker*/) {
    const absl::Span<OrderRow> bucket = buckets.bucket(b);
    std::sort(bucket.begin(), bucket.end(), [](const OrderRow& x, const OrderRow& y) {
      if (x.place.high != y.place.high) return x.place.high < y.place.high;
      if (x.place.low != y.place.low) return x.place.low < y.place.low;
      if (x.time != y.time) return x.time < y.time;
      return x.key < y.key;
    });
  });
  return std::move(buckets.rows);
}

}  // namespace awase::orders_internal
