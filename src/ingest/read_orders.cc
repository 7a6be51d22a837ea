#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "awase/base/status_macros.h"
#include "awase/ingest/read_dump.h"
#include "ingest/internal/read_baskets.h"
#include "ingest/internal/table_reader.h"
#include "ingest/internal/values.h"

namespace awase::ingest {
namespace {

using ingest_internal::DropKind;
using ingest_internal::Row;
using ingest_internal::RowTally;

// What is wrong with a row, and in which column.
struct Fault {
  absl::string_view reason;
  std::size_t column;
};

// Turns rows into lines of an order log.
class OrderRows {
 public:
  OrderRows(const TableMap& map, const ReadOptions& options, RowTally* tally) : options_(options), tally_(tally) {
    statuses_ = {{"completed", orders::LineStatus::kCompleted},
                 {"cancelled", orders::LineStatus::kCancelled},
                 {"returned", orders::LineStatus::kReturned}};
    const auto own_words = statuses_;
    for (const auto& [theirs, ours] : map.status_words) {
      const auto status = own_words.find(ours);
      if (status != own_words.end()) statuses_[absl::AsciiStrToLower(theirs)] = status->second;
    }
  }

  void Take(const Row& row) {
    orders::LineInput line;
    if (const std::optional<Fault> fault = Parse(row, &line); fault.has_value()) {
      tally_->Drop(fault->reason, DropKind::kBad, row, fault->column);
    } else if (line.quantity_milli == 0) {
      tally_->Drop("quantity is zero", DropKind::kIntended, row, ingest_internal::kQuantity);
    } else {
      builder_.shard(0).Add(line);
      tally_->Keep();
    }
  }

  orders::OrderLog Build() { return builder_.Build(); }

 private:
  std::optional<Fault> Parse(const Row& row, orders::LineInput* line) const;
  std::optional<Fault> ParsePrice(const Row& row, orders::LineInput* line) const;

  const ReadOptions& options_;
  RowTally* tally_;
  orders::OrderLogBuilder builder_;
  absl::flat_hash_map<std::string, orders::LineStatus> statuses_;
};

std::optional<Fault> OrderRows::Parse(const Row& row, orders::LineInput* line) const {
  using namespace ingest_internal;  // the column numbers
  if (IsEmptyField(row.fields[kOrderId])) return Fault{"order_id is empty", kOrderId};
  if (IsEmptyField(row.fields[kOrderProductId])) return Fault{"product_id is empty", kOrderProductId};
  line->order_id = row.fields[kOrderId];
  line->product_id = row.fields[kOrderProductId];
  if (!IsEmptyField(row.fields[kCustomerId])) line->customer_id = row.fields[kCustomerId];
  if (const absl::string_view quantity = row.fields[kQuantity]; !IsEmptyField(quantity)) {
    const absl::StatusOr<std::int64_t> milli = ParseQuantityMilli(quantity);
    if (absl::IsOutOfRange(milli.status())) return Fault{"quantity is out of range", kQuantity};
    if (!milli.ok()) return Fault{"quantity is no number", kQuantity};
    line->quantity_milli = *milli;
  }
  if (std::optional<Fault> fault = ParsePrice(row, line); fault.has_value()) return fault;
  if (const absl::string_view time = row.fields[kOrderedAt]; !IsEmptyField(time)) {
    const std::optional<std::int64_t> micros = ParseTimeMicros(time);
    if (!micros.has_value()) return Fault{"ordered_at is no date", kOrderedAt};
    line->ordered_at_micros = *micros;
  }
  if (const absl::string_view status = row.fields[kStatus]; !IsEmptyField(status)) {
    auto known = statuses_.find(status);  // most often it is written as we do
    if (known == statuses_.end()) known = statuses_.find(absl::AsciiStrToLower(absl::StripAsciiWhitespace(status)));
    if (known == statuses_.end()) return Fault{"status is unknown", kStatus};
    line->status = known->second;
  }
  return std::nullopt;
}

std::optional<Fault> OrderRows::ParsePrice(const Row& row, orders::LineInput* line) const {
  using namespace ingest_internal;  // the column numbers
  CurrencyCode currency = options_.default_currency;
  if (const absl::string_view code = row.fields[kOrderCurrency]; !IsEmptyField(code)) {
    const absl::StatusOr<CurrencyCode> given = CurrencyCode::Parse(code);
    if (!given.ok()) return Fault{"currency is no ISO 4217 code", kOrderCurrency};
    currency = *given;
  }
  const absl::string_view text = row.fields[kUnitPrice];
  if (IsEmptyField(text)) return std::nullopt;
  const absl::StatusOr<Money> price = ParseMoney(text, currency);
  if (absl::IsOutOfRange(price.status())) return Fault{"unit_price is out of range", kUnitPrice};
  if (!price.ok()) return Fault{"unit_price is no number", kUnitPrice};
  if (price->minor_units < 0) return Fault{"unit_price is negative", kUnitPrice};
  line->unit_price = *price;
  return std::nullopt;
}

}  // namespace

absl::StatusOr<orders::OrderLog> ReadOrders(absl::Span<const std::string> patterns, const TableMap& map,
                                            const ReadOptions& options, ReadReport* report) {
  *report = ReadReport();
  if (map.one_basket_per_line) return ingest_internal::ReadBaskets(patterns, map, options, report);
  RowTally tally(ingest_internal::kCustomerId);
  OrderRows rows(map, options, &tally);
  ingest_internal::TableReader reader(ingest_internal::OrderSchema(), map, options, &tally, report);
  const absl::Status status = reader.Read(patterns, [&rows](const Row& row) { rows.Take(row); });
  tally.Report(report);
  AWASE_RETURN_IF_ERROR(status);
  AWASE_RETURN_IF_ERROR(tally.CheckBadShare(options.max_bad_share));
  return rows.Build();
}

}  // namespace awase::ingest
