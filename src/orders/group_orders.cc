#include "orders/internal/group_orders.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "awase/base/parallel.h"
#include "orders/internal/partition.h"

namespace awase::orders_internal {
namespace {

using orders::OrderLog;
using orders::UnfilledVector;

// A member on its way into its group.
struct KeyedMember {
  IdKey key;
  Member member;
};

// A group on its way to its place in the log.
struct GroupRow {
  IdKey place;  // that of the customer; of an order without a customer its own
  std::int64_t time;
  std::uint32_t group;
  std::uint32_t has_customer;
};

// The groups of each bucket, counted; groups are numbered by key.
struct GroupColumns {
  UnfilledVector<IdKey> keys;
  UnfilledVector<std::uint64_t> line_counts;
  UnfilledVector<GroupRow> rows;
  UnfilledVector<std::uint8_t> two_customers;
};

Buckets<KeyedMember> PartitionMembers(const std::vector<LogSource>& sources, std::size_t threads) {
  std::vector<std::size_t> starts{0};
  for (const LogSource& source : sources) starts.push_back(starts.back() + source.keys.size());
  const int bits = BucketBits(starts.back());
  return Partition<KeyedMember>(
      threads, starts.back(), std::size_t{1} << bits, [&](std::size_t first, std::size_t last, const auto& put) {
        for (std::size_t s = 0; s < sources.size(); ++s) {
          const UnfilledVector<IdKey>& keys = sources[s].keys;
          for (std::size_t i = std::max(first, starts[s]); i < std::min(last, starts[s + 1]); ++i) {
            const IdKey& key = keys[i - starts[s]];
            const Member member{static_cast<std::uint32_t>(s), static_cast<std::uint32_t>(i - starts[s])};
            put(BucketOf(key.high, bits), KeyedMember{key, member});
          }
        }
      });
}

// Sorts each bucket by key and counts its groups; returns where each bucket's groups begin.
std::vector<std::size_t> SortMembers(std::size_t threads, Buckets<KeyedMember>* buckets) {
  std::vector<std::size_t> starts(buckets->size() + 1, 0);
  ParallelFor(threads, buckets->size(), 1, [&](std::size_t b, std::size_t /*last*/, std::size_t /*worker*/) {
    const absl::Span<KeyedMember> rows = buckets->bucket(b);
    std::sort(rows.begin(), rows.end(), [](const KeyedMember& x, const KeyedMember& y) {
      return std::tie(x.key, x.member.source, x.member.order) < std::tie(y.key, y.member.source, y.member.order);
    });
    std::size_t groups = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) groups += i == 0 || rows[i].key != rows[i - 1].key ? 1 : 0;
    starts[b + 1] = groups;
  });
  for (std::size_t b = 0; b < buckets->size(); ++b) starts[b + 1] += starts[b];
  return starts;
}

// Unites what the sources say about the orders of one bucket.
void FillGroups(const std::vector<LogSource>& sources, absl::Span<const KeyedMember> rows, std::size_t first_member,
                std::size_t group, OrderGroups* groups, GroupColumns* columns) {
  for (std::size_t i = 0; i < rows.size(); ++group) {
    const IdKey key = rows[i].key;
    groups->offsets[group] = first_member + i;
    OrderRecord record;
    for (; i < rows.size() && rows[i].key == key; ++i) {
      const Member member = rows[i].member;
      groups->members[first_member + i] = member;
      record.Absorb(sources[member.source].records[member.order]);
    }
    const bool has_customer = record.customer != IdKey();
    columns->keys[group] = key;
    columns->line_counts[group] = record.line_count();
    columns->two_customers[group] = record.two_customers() ? 1 : 0;
    columns->rows[group] = {has_customer ? record.customer : key, record.time, static_cast<std::uint32_t>(group),
                            has_customer ? 1u : 0u};
  }
}

GroupColumns UniteMembers(std::vector<LogSource>* sources, std::size_t threads, OrderGroups* groups) {
  Buckets<KeyedMember> buckets = PartitionMembers(*sources, threads);
  const std::vector<std::size_t> starts = SortMembers(threads, &buckets);
  for (LogSource& source : *sources) orders::ReleaseMemory(&source.keys);
  GroupColumns columns;
  columns.keys.resize(starts.back());
  columns.line_counts.resize(starts.back());
  columns.rows.resize(starts.back());
  columns.two_customers.resize(starts.back());
  groups->offsets.resize(starts.back() + 1);
  groups->offsets[starts.back()] = buckets.rows.size();
  groups->members.resize(buckets.rows.size());
  ParallelFor(threads, buckets.size(), 1, [&](std::size_t b, std::size_t /*last*/, std::size_t /*worker*/) {
    FillGroups(*sources, buckets.bucket(b), buckets.offsets[b], starts[b], groups, &columns);
  });
  for (LogSource& source : *sources) orders::ReleaseMemory(&source.records);
  return columns;
}

// Those of customers first, by customer, time and key (groups are numbered by key); then the others by key.
Buckets<GroupRow> SortGroups(UnfilledVector<GroupRow> rows, std::size_t threads) {
  const int bits = BucketBits(rows.size());
  const std::size_t half = std::size_t{1} << bits;
  Buckets<GroupRow> buckets =
      Partition<GroupRow>(threads, rows.size(), half * 2, [&](std::size_t first, std::size_t last, const auto& put) {
        for (std::size_t i = first; i < last; ++i) {
          put(BucketOf(rows[i].place.high, bits) + (rows[i].has_customer != 0 ? 0 : half), rows[i]);
        }
      });
  orders::ReleaseMemory(&rows);
  ParallelFor(threads, buckets.size(), 1, [&](std::size_t b, std::size_t /*last*/, std::size_t /*worker*/) {
    const absl::Span<GroupRow> bucket = buckets.bucket(b);
    std::sort(bucket.begin(), bucket.end(), [](const GroupRow& x, const GroupRow& y) {
      return std::tie(x.place, x.time, x.group) < std::tie(y.place, y.time, y.group);
    });
  });
  return buckets;
}

// Numbers the customers of sorted orders.
void NumberCustomers(Buckets<GroupRow>* buckets, std::size_t threads, OrderLog* log) {
  std::vector<std::size_t> starts(buckets->size() + 1, 0);
  const auto is_new = [](absl::Span<const GroupRow> rows, std::size_t i) {
    return rows[i].has_customer != 0 && (i == 0 || rows[i].place != rows[i - 1].place);
  };
  ParallelFor(threads, buckets->size(), 1, [&](std::size_t b, std::size_t /*last*/, std::size_t /*worker*/) {
    const absl::Span<const GroupRow> rows = buckets->bucket(b);
    for (std::size_t i = 0; i < rows.size(); ++i) starts[b + 1] += is_new(rows, i) ? 1 : 0;
  });
  for (std::size_t b = 0; b < buckets->size(); ++b) starts[b + 1] += starts[b];
  log->customer_keys.resize(starts.back());
  log->order_customers.resize(buckets->rows.size());
  ParallelFor(threads, buckets->size(), 1, [&](std::size_t b, std::size_t /*last*/, std::size_t /*worker*/) {
    const absl::Span<const GroupRow> rows = buckets->bucket(b);
    std::size_t next = starts[b];
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (is_new(rows, i)) log->customer_keys[next++] = rows[i].place;
      log->order_customers[buckets->offsets[b] + i] =
          rows[i].has_customer != 0 ? static_cast<std::uint32_t>(next - 1) : orders::kNoCustomer;
    }
  });
}

}  // namespace

OrderGroups GroupOrders(std::vector<LogSource>* sources, std::size_t threads, OrderLog* log) {
  OrderGroups groups;
  GroupColumns columns = UniteMembers(sources, threads, &groups);
  Buckets<GroupRow> sorted = SortGroups(std::move(columns.rows), threads);
  NumberCustomers(&sorted, threads, log);
  const std::size_t count = sorted.rows.size();
  groups.groups.resize(count);
  log->order_times.resize(count);
  log->order_keys.resize(count);
  log->line_offsets.resize(count + 1);
  constexpr std::size_t kGrain = 1 << 14;
  ParallelFor(threads, count, kGrain, [&](std::size_t first, std::size_t last, std::size_t /*worker*/) {
    for (std::size_t o = first; o < last; ++o) {
      const GroupRow& row = sorted.rows[o];
      groups.groups[o] = row.group;
      log->order_times[o] = row.time;
      log->order_keys[o] = columns.keys[row.group];
      log->line_offsets[o + 1] = columns.line_counts[row.group];
    }
  });
  log->line_offsets[0] = 0;
  for (std::size_t o = 0; o < count; ++o) {
    log->line_offsets[o + 1] += log->line_offsets[o];
    if (columns.two_customers[groups.groups[o]] != 0) {
      log->orders_with_two_customers.push_back(static_cast<std::uint32_t>(o));
    }
  }
  return groups;
}

}  // namespace awase::orders_internal
