#include "ingest/internal/order_rows.h"

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "ingest/internal/columns.h"
#include "ingest/internal/values.h"

namespace awase::ingest_internal {

OrderRows::OrderRows(const ingest::TableMap& map, CurrencyCode default_currency, orders::OrderLogBuilder::Shard* shard)
    // Samples leave the customer out.
    : RowSink(kCustomerId), shard_(shard), default_currency_{default_currency, default_currency.minor_digits(), true} {
  price_currency_ = default_currency_;
  statuses_ = {{"completed", orders::LineStatus::kCompleted},
               {"cancelled", orders::LineStatus::kCancelled},
               {"returned", orders::LineStatus::kReturned}};
  const auto own_words = statuses_;
  for (const auto& [theirs, ours] : map.status_words) {
    const auto status = own_words.find(ours);
    if (status != own_words.end()) statuses_[absl::AsciiStrToLower(theirs)] = status->second;
  }
}

ColumnUse OrderRows::UseOf(std::size_t column) const {
  if (column == kQuantity || column == kUnitPrice) return ColumnUse::kDecimal;
  return column == kOrderedAt ? ColumnUse::kTime : ColumnUse::kText;
}

void OrderRows::Take(const Row& row) {
  orders::LineInput line;
  if (const std::optional<Fault> fault = Parse(row, &line); fault.has_value()) {
    tally().Drop(fault->reason, DropKind::kBad, row, fault->column);
  } else if (line.quantity_milli == 0) {
    tally().Drop("quantity is zero", DropKind::kIntended, row, kQuantity);
  } else {
    shard_->Add(line);
    tally().Keep();
  }
}

std::optional<OrderRows::Fault> OrderRows::Parse(const Row& row, orders::LineInput* line) {
  if (IsEmptyField(row.fields[kOrderId])) return Fault{"order_id is empty", kOrderId};
  if (IsEmptyField(row.fields[kOrderProductId])) return Fault{"product_id is empty", kOrderProductId};
  line->order_id = row.fields[kOrderId];
  line->product_id = row.fields[kOrderProductId];
  if (!IsEmptyField(row.fields[kCustomerId])) line->customer_id = row.fields[kCustomerId];
  if (std::optional<Fault> fault = ParseQuantity(row, line); fault.has_value()) return fault;
  if (std::optional<Fault> fault = ParsePrice(row, line); fault.has_value()) return fault;
  if (std::optional<Fault> fault = ParseTime(row, line); fault.has_value()) return fault;
  if (const absl::string_view text = row.fields[kStatus]; !IsEmptyField(text)) {
    const Status& status = StatusOf(text);
    if (!status.is_known) return Fault{"status is unknown", kStatus};
    line->status = status.status;
  }
  return std::nullopt;
}

std::optional<OrderRows::Fault> OrderRows::ParseQuantity(const Row& row, orders::LineInput* line) {
  if (row.IsTyped(kQuantity)) {
    const std::optional<std::int64_t> milli = DecimalOf(row.values[kQuantity], 3);
    if (milli.has_value() && IsQuantityMilli(*milli)) {
      line->quantity_milli = *milli;
      return std::nullopt;
    }
  }
  const absl::string_view text = row.TextOf(kQuantity);
  if (IsEmptyField(text)) return std::nullopt;
  const Number& quantity = QuantityOf(text);
  if (!quantity.fault.empty()) return Fault{quantity.fault, kQuantity};
  line->quantity_milli = quantity.value;
  return std::nullopt;
}

std::optional<OrderRows::Fault> OrderRows::ParseTime(const Row& row, orders::LineInput* line) {
  if (row.IsTyped(kOrderedAt)) {
    line->ordered_at_micros = row.values[kOrderedAt].whole;
    return std::nullopt;
  }
  const absl::string_view text = row.fields[kOrderedAt];
  if (IsEmptyField(text)) return std::nullopt;
  const Number& micros = TimeOf(text);
  if (!micros.fault.empty()) return Fault{micros.fault, kOrderedAt};
  line->ordered_at_micros = micros.value;
  return std::nullopt;
}

std::optional<OrderRows::Fault> OrderRows::ParsePrice(const Row& row, orders::LineInput* line) {
  const absl::string_view code = row.fields[kOrderCurrency];
  const Currency& currency = IsEmptyField(code) ? default_currency_ : CurrencyOf(code);
  if (!currency.is_known) return Fault{"currency is no ISO 4217 code", kOrderCurrency};
  if (row.IsTyped(kUnitPrice)) {
    const std::optional<std::int64_t> minor_units = DecimalOf(row.values[kUnitPrice], currency.digits);
    if (minor_units.has_value() && *minor_units >= 0) {
      line->unit_price = Money{*minor_units, currency.code};
      return std::nullopt;
    }
  }
  const absl::string_view text = row.TextOf(kUnitPrice);
  if (IsEmptyField(text)) return std::nullopt;
  if (currency.code != price_currency_.code) {
    price_currency_ = currency;
    price_.Forget();
  }
  const Number& price = PriceOf(text);
  if (!price.fault.empty()) return Fault{price.fault, kUnitPrice};
  line->unit_price = Money{price.value, currency.code};
  return std::nullopt;
}

const OrderRows::Number& OrderRows::QuantityOf(absl::string_view text) {
  if (const Number* last = quantity_.Find(text); last != nullptr) return *last;
  const absl::StatusOr<std::int64_t> milli = ParseQuantityMilli(text);
  if (milli.ok()) return quantity_.Set(text, {*milli, {}});
  return quantity_.Set(text,
                       {0, absl::IsOutOfRange(milli.status()) ? "quantity is out of range" : "quantity is no number"});
}

const OrderRows::Number& OrderRows::TimeOf(absl::string_view text) {
  if (const Number* last = time_.Find(text); last != nullptr) return *last;
  const std::optional<std::int64_t> micros = ParseTimeMicros(text);
  if (!micros.has_value()) return time_.Set(text, {0, "ordered_at is no date"});
  return time_.Set(text, {*micros, {}});
}

const OrderRows::Number& OrderRows::PriceOf(absl::string_view text) {
  if (const Number* last = price_.Find(text); last != nullptr) return *last;
  const absl::StatusOr<std::int64_t> minor_units = ParsePriceMinor(text, price_currency_.digits);
  if (!minor_units.ok()) {
    return price_.Set(
        text, {0, absl::IsOutOfRange(minor_units.status()) ? "unit_price is out of range" : "unit_price is no number"});
  }
  if (*minor_units < 0) return price_.Set(text, {0, "unit_price is negative"});
  return price_.Set(text, {*minor_units, {}});
}

const OrderRows::Status& OrderRows::StatusOf(absl::string_view text) {
  if (const Status* last = status_.Find(text); last != nullptr) return *last;
  auto known = statuses_.find(text);  // most often it is written as we do
  if (known == statuses_.end()) known = statuses_.find(absl::AsciiStrToLower(absl::StripAsciiWhitespace(text)));
  if (known == statuses_.end()) return status_.Set(text, {orders::LineStatus::kCompleted, false});
  return status_.Set(text, {known->second, true});
}

const OrderRows::Currency& OrderRows::CurrencyOf(absl::string_view text) {
  if (const Currency* last = currency_.Find(text); last != nullptr) return *last;
  const absl::StatusOr<CurrencyCode> code = CurrencyCode::Parse(text);
  if (!code.ok()) return currency_.Set(text, {CurrencyCode(), 0, false});
  return currency_.Set(text, {*code, code->minor_digits(), true});
}

}  // namespace awase::ingest_internal
