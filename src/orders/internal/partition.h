#ifndef AWASE_ORDERS_INTERNAL_PARTITION_H_
#define AWASE_ORDERS_INTERNAL_PARTITION_H_

// Rows put into buckets by several threads: the first half of a sort of hash keys, which spread evenly by their upper bits.

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "awase/base/parallel.h"
#include "awase/orders/unfilled_vector.h"

namespace awase::orders_internal {

// How many of a key's upper bits give buckets that are sorted within a fast cache: about 1,000 rows each.
inline int BucketBits(std::size_t rows) { return std::min(12, static_cast<int>(std::bit_width(rows >> 10))); }

// The bucket of a key by its upper bits; 0 when `bits` is 0.
inline std::size_t BucketOf(std::uint64_t high, int bits) {
  return bits == 0 ? 0 : static_cast<std::size_t>(high >> (64 - bits));
}

template <typename Row>
struct Buckets {
  orders::UnfilledVector<Row> rows;  // by bucket; within a bucket as they came
  std::vector<std::size_t> offsets;  // bucket b is rows[offsets[b] … offsets[b + 1])

  std::size_t size() const { return offsets.size() - 1; }
  absl::Span<Row> bucket(std::size_t b) {
    return absl::MakeSpan(rows).subspan(offsets[b], offsets[b + 1] - offsets[b]);
  }
};

// Puts `count` rows into `bucket_count` buckets. `each(first, last, put)` calls put(bucket, row) for each of the rows
// first … last − 1; it is called twice for every piece, from several threads.
template <typename Row, typename Each>
Buckets<Row> Partition(std::size_t threads, std::size_t count, std::size_t bucket_count, const Each& each) {
  // Few pieces keep the table of places small; many keep all threads busy until the end.
  const std::size_t grain = std::max<std::size_t>(count / 64 + 1, 1 << 12);
  const std::size_t pieces = (count + grain - 1) / grain;
  std::vector<std::size_t> places(pieces * bucket_count, 0);
  ParallelFor(threads, count, grain, [&](std::size_t first, std::size_t last, std::size_t /*worker*/) {
    std::size_t* const counts = &places[first / grain * bucket_count];
    each(first, last, [counts](std::size_t bucket, const Row&) { ++counts[bucket]; });
  });
  Buckets<Row> buckets;
  buckets.offsets.resize(bucket_count + 1);
  std::size_t next = 0;
  for (std::size_t b = 0; b < bucket_count; ++b) {
    buckets.offsets[b] = next;
    for (std::size_t p = 0; p < pieces; ++p) {
      const std::size_t rows = places[p * bucket_count + b];
      places[p * bucket_count + b] = next;
      next += rows;
    }
  }
  buckets.offsets[bucket_count] = next;
  buckets.rows.resize(next);
  ParallelFor(threads, count, grain, [&](std::size_t first, std::size_t last, std::size_t /*worker*/) {
    std::size_t* const next_places = &places[first / grain * bucket_count];
    Row* const rows = buckets.rows.data();
    each(first, last, [next_places, rows](std::size_t bucket, const Row& row) { rows[next_places[bucket]++] = row; });
  });
  return buckets;
}

}  // namespace awase::orders_internal

#endif  // AWASE_ORDERS_INTERNAL_PARTITION_H_
