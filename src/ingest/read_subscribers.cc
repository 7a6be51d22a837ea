#include "awase/ingest/read_subscribers.h"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "awase/base/money.h"
#include "awase/base/status_macros.h"
#include "ingest/internal/columns.h"
#include "ingest/internal/row_sink.h"
#include "ingest/internal/table_reader.h"
#include "ingest/internal/values.h"

namespace awase::ingest {
namespace {

using namespace ingest_internal;  // NOLINT(google-build-using-namespace): the column numbers, used throughout

constexpr std::int64_t kMostSeats = 1'000'000;                          // as in requests
constexpr std::int64_t kMostQuantityMicro = 1'000'000'000'000'000'000;  // a trillion

// Texts as they come, under numbers.
class TextNumbers {
 public:
  std::uint32_t NumberOf(absl::string_view text) {
    const auto known = numbers_.find(text);
    if (known != numbers_.end()) return known->second;
    const auto number = static_cast<std::uint32_t>(texts_.size());
    texts_.emplace_back(text);
    numbers_.emplace(texts_.back(), number);
    return number;
  }

  // The texts in byte order; old_to_new says where each one went.
  std::vector<std::string> TakeSorted(std::vector<std::uint32_t>* old_to_new) {
    std::vector<std::uint32_t> order(texts_.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [this](std::uint32_t a, std::uint32_t b) { return texts_[a] < texts_[b]; });
    old_to_new->resize(texts_.size());
    std::vector<std::string> sorted;
    for (const std::uint32_t old : order) {
      (*old_to_new)[old] = static_cast<std::uint32_t>(sorted.size());
      sorted.push_back(std::move(texts_[old]));
    }
    return sorted;
  }

 private:
  absl::flat_hash_map<std::string, std::uint32_t> numbers_;
  std::vector<std::string> texts_;
};

class UsageRows final : public RowSink {
 public:
  UsageRows() : RowSink({kUsageCustomerId}) {}

  ColumnUse UseOf(std::size_t) const override { return ColumnUse::kText; }

  void Take(const Row& row) override {
    constexpr std::pair<UsageColumn, absl::string_view> kNeeded[] = {{kUsageCustomerId, "customer_id is empty"},
                                                                     {kMetric, "metric is empty"},
                                                                     {kUsageQuantity, "quantity is empty"},
                                                                     {kPeriod, "period is empty"}};
    for (const auto& [column, reason] : kNeeded) {
      if (IsEmptyField(row.fields[column])) return tally().Drop(reason, DropKind::kBad, row, column);
    }
    const absl::StatusOr<std::int64_t> micro = ParseMinorUnits(row.fields[kUsageQuantity], /*digits=*/6);
    if (!micro.ok() && !absl::IsOutOfRange(micro.status())) {
      return tally().Drop("quantity is no number", DropKind::kBad, row, kUsageQuantity);
    }
    if (!micro.ok() || *micro > kMostQuantityMicro) {
      return tally().Drop("quantity is out of range", DropKind::kBad, row, kUsageQuantity);
    }
    if (*micro < 0) return tally().Drop("quantity is negative", DropKind::kBad, row, kUsageQuantity);
    rows_.push_back({customers_.NumberOf(row.fields[kUsageCustomerId]), periods_.NumberOf(row.fields[kPeriod]),
                     metrics_.NumberOf(absl::StripAsciiWhitespace(row.fields[kMetric])), *micro});
    tally().Keep();
  }

  UsageLog TakeLog() {
    UsageLog log;
    std::vector<std::uint32_t> customers;
    std::vector<std::uint32_t> periods;
    std::vector<std::uint32_t> metrics;
    log.customer_ids = customers_.TakeSorted(&customers);
    log.periods = periods_.TakeSorted(&periods);
    log.metrics = metrics_.TakeSorted(&metrics);
    for (UsageRow& row : rows_) {
      row.customer = customers[row.customer];
      row.period = periods[row.period];
      row.metric = metrics[row.metric];
    }
    const auto key = [](const UsageRow& row) { return std::tuple(row.customer, row.period, row.metric); };
    std::sort(rows_.begin(), rows_.end(), [key](const UsageRow& a, const UsageRow& b) { return key(a) < key(b); });
    for (const UsageRow& row : rows_) {
      if (log.rows.empty() || key(log.rows.back()) != key(row)) {
        log.rows.push_back(row);
      } else {
        std::int64_t& sum = log.rows.back().quantity_micro;
        sum = std::min(sum + row.quantity_micro, kMostQuantityMicro);
      }
    }
    return log;
  }

 private:
  TextNumbers customers_;
  TextNumbers periods_;
  TextNumbers metrics_;
  std::vector<UsageRow> rows_;
};

auto AllColumns(const SubscriptionRow& row) {
  return std::tie(row.customer_id, row.started_at_micros, row.product_id, row.seats, row.option_ids);
}

class SubscriptionRows final : public RowSink {
 public:
  SubscriptionRows() : RowSink({kSubscriberId}) {}

  ColumnUse UseOf(std::size_t) const override { return ColumnUse::kText; }

  void Take(const Row& row) override {
    SubscriptionRow subscription;
    if (IsEmptyField(row.fields[kSubscriberId])) {
      return tally().Drop("customer_id is empty", DropKind::kBad, row, kSubscriberId);
    }
    if (IsEmptyField(row.fields[kSubscribedProductId])) {
      return tally().Drop("product_id is empty", DropKind::kBad, row, kSubscribedProductId);
    }
    subscription.customer_id = std::string(row.fields[kSubscriberId]);
    subscription.product_id = std::string(row.fields[kSubscribedProductId]);
    if (const absl::string_view text = row.fields[kSeats]; !IsEmptyField(text)) {
      subscription.seats = ParseWhole(text);
      if (subscription.seats.value_or(0) < 1) {
        return tally().Drop("seats is no whole number of 1 or more", DropKind::kBad, row, kSeats);
      }
      if (*subscription.seats > kMostSeats) {
        return tally().Drop("seats is out of range", DropKind::kBad, row, kSeats);
      }
    }
    if (const absl::string_view text = row.fields[kStartedAt]; !IsEmptyField(text)) {
      const std::optional<std::int64_t> micros = ParseTimeMicros(text);
      if (!micros.has_value()) return tally().Drop("started_at is no date", DropKind::kBad, row, kStartedAt);
      subscription.started_at_micros = *micros;
    }
    for (absl::string_view id : absl::StrSplit(row.fields[kOptions], absl::ByAnyChar(",;|"))) {
      id = absl::StripAsciiWhitespace(id);
      if (!id.empty()) subscription.option_ids.emplace_back(id);
    }
    std::sort(subscription.option_ids.begin(), subscription.option_ids.end());
    rows_.push_back(std::move(subscription));
    tally().Keep();
  }

  std::vector<SubscriptionRow> TakeRows() {
    std::sort(rows_.begin(), rows_.end(),
              [](const SubscriptionRow& a, const SubscriptionRow& b) { return AllColumns(a) < AllColumns(b); });
    rows_.erase(std::unique(rows_.begin(), rows_.end()), rows_.end());
    return std::move(rows_);
  }

 private:
  std::vector<SubscriptionRow> rows_;
};

// Reads all rows into the sink, on one thread.
absl::Status ReadInto(const TableSchema& schema, absl::Span<const std::string> patterns, const TableMap& map,
                      const ReadOptions& options, RowSink* sink, ReadReport* report) {
  *report = ReadReport();
  if (map.one_basket_per_line) {
    return absl::InvalidArgumentError(absl::StrCat(schema.name, " cannot be given as one basket per line"));
  }
  TableReader reader(schema, map, options, absl::MakeConstSpan(&sink, 1), report);
  const absl::Status status = reader.Read(patterns);
  sink->tally().Report(schema.name, report);
  AWASE_RETURN_IF_ERROR(status);
  return sink->tally().CheckBadShare(options.max_bad_share, schema.name);
}

}  // namespace

absl::StatusOr<UsageLog> ReadUsage(absl::Span<const std::string> patterns, const TableMap& map,
                                   const ReadOptions& options, ReadReport* report) {
  UsageRows rows;
  AWASE_RETURN_IF_ERROR(ReadInto(UsageSchema(), patterns, map, options, &rows, report));
  return rows.TakeLog();
}

absl::StatusOr<std::vector<SubscriptionRow>> ReadSubscriptions(absl::Span<const std::string> patterns,
                                                               const TableMap& map, const ReadOptions& options,
                                                               ReadReport* report) {
  SubscriptionRows rows;
  AWASE_RETURN_IF_ERROR(ReadInto(SubscriptionSchema(), patterns, map, options, &rows, report));
  return rows.TakeRows();
}

}  // namespace awase::ingest
