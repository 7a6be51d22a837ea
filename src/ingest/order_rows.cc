#include "ingest/internal/order_rows.h"

#include <optional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "ingest/internal/columns.h"
#include "ingest/internal/values.h"

namespace awase::ingest_internal {

const OrderRows::Fault OrderRows::kOrderIdIsEmpty{"order_id is empty", kOrderId};
const OrderRows::Fault OrderRows::kProductIdIsEmpty{"product_id is empty", kOrderProductId};
const OrderRows::Fault OrderRows::kQuantityIsNoNumber{"quantity is no number", kQuantity};
const OrderRows::Fault OrderRows::kQuantityIsOutOfRange{"quantity is out of range", kQuantity};
const OrderRows::Fault OrderRows::kPriceIsNoNumber{"unit_price is no number", kUnitPrice};
const OrderRows::Fault OrderRows::kPriceIsOutOfRange{"unit_price is out of range", kUnitPrice};
const OrderRows::Fault OrderRows::kPriceIsNegative{"unit_price is negative", kUnitPrice};
const OrderRows::Fault OrderRows::kCurrencyIsNoCode{"currency is no ISO 4217 code", kOrderCurrency};
const OrderRows::Fault OrderRows::kTimeIsNoDate{"ordered_at is no date", kOrderedAt};
const OrderRows::Fault OrderRows::kStatusIsUnknown{kUnknownStatus, kStatus};

OrderRows::OrderRows(const ingest::TableMap& map, CurrencyCode default_currency, orders::OrderLogBuilder::Shard* shard)
    // Samples leave the customer out.
    : RowSink({kCustomerId}),
      shard_(shard),
      default_currency_{default_currency, default_currency.minor_digits(), nullptr} {
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
  if (const Fault* fault = Parse(row, &line); fault != nullptr) {
    tally().Drop(fault->reason, DropKind::kBad, row, fault->column);
  } else if (line.quantity_milli == 0) {
    tally().Drop("quantity is zero", DropKind::kIntended, row, kQuantity);
  } else {
    shard_->Add(line);
    tally().Keep();
  }
}

const OrderRows::Fault* OrderRows::Parse(const Row& row, orders::LineInput* line) {
  if (IsEmptyField(row.fields[kOrderId])) return &kOrderIdIsEmpty;
  if (IsEmptyField(row.fields[kOrderProductId])) return &kProductIdIsEmpty;
  line->order_id = row.fields[kOrderId];
  line->product_id = row.fields[kOrderProductId];
  if (!IsEmptyField(row.fields[kCustomerId])) line->customer_id = row.fields[kCustomerId];
  if (const Fault* fault = ParseQuantity(row, line); fault != nullptr) return fault;
  if (const Fault* fault = ParsePrice(row, line); fault != nullptr) return fault;
  if (const Fault* fault = ParseTime(row, line); fault != nullptr) return fault;
  return ParseStatus(row, line);
}

const OrderRows::Fault* OrderRows::ParseQuantity(const Row& row, orders::LineInput* line) {
  if (row.IsTyped(kQuantity)) {
    const std::optional<std::int64_t> milli = DecimalOf(row.values[kQuantity], 3);
    if (milli.has_value() && IsQuantityMilli(*milli)) {
      line->quantity_milli = *milli;
      return nullptr;
    }
  }
  const absl::string_view text = row.TextOf(kQuantity);
  if (IsEmptyField(text)) return nullptr;
  const Number& quantity = QuantityOf(text);
  line->quantity_milli = quantity.value;
  return quantity.fault;
}

const OrderRows::Fault* OrderRows::ParseTime(const Row& row, orders::LineInput* line) {
  if (row.IsTyped(kOrderedAt)) {
    line->ordered_at_micros = row.values[kOrderedAt].whole;
    return nullptr;
  }
  const absl::string_view text = row.fields[kOrderedAt];
  if (IsEmptyField(text)) return nullptr;
  const Number& micros = TimeOf(text);
  line->ordered_at_micros = micros.value;
  return micros.fault;
}

const OrderRows::Fault* OrderRows::ParseStatus(const Row& row, orders::LineInput* line) {
  const absl::string_view text = row.fields[kStatus];
  if (IsEmptyField(text)) return nullptr;
  const Status& status = StatusOf(text);
  line->status = status.status;
  return status.fault;
}

const OrderRows::Fault* OrderRows::ParsePrice(const Row& row, orders::LineInput* line) {
  const absl::string_view code = row.fields[kOrderCurrency];
  const Currency& currency = IsEmptyField(code) ? default_currency_ : CurrencyOf(code);
  if (currency.fault != nullptr) return currency.fault;
  if (row.IsTyped(kUnitPrice)) {
    const std::optional<std::int64_t> minor_units = DecimalOf(row.values[kUnitPrice], currency.digits);
    if (minor_units.has_value() && *minor_units >= 0) {
      line->unit_price = Money{*minor_units, currency.code};
      return nullptr;
    }
  }
  const absl::string_view text = row.TextOf(kUnitPrice);
  if (IsEmptyField(text)) return nullptr;
  if (currency.code != price_currency_.code) {
    price_currency_ = currency;
    price_.Forget();
  }
  const Number& price = PriceOf(text);
  line->unit_price = Money{price.value, currency.code};
  return price.fault;
}

const OrderRows::Number& OrderRows::QuantityOf(absl::string_view text) {
  if (const Number* last = quantity_.Find(text); last != nullptr) return *last;
  const absl::StatusOr<std::int64_t> milli = ParseQuantityMilli(text);
  if (milli.ok()) return quantity_.Set(text, {*milli, nullptr});
  return quantity_.Set(text, {0, absl::IsOutOfRange(milli.status()) ? &kQuantityIsOutOfRange : &kQuantityIsNoNumber});
}

const OrderRows::Number& OrderRows::TimeOf(absl::string_view text) {
  if (const Number* last = time_.Find(text); last != nullptr) return *last;
  const std::optional<std::int64_t> micros = ParseTimeMicros(text);
  return time_.Set(text, micros.has_value() ? Number{*micros, nullptr} : Number{0, &kTimeIsNoDate});
}

const OrderRows::Number& OrderRows::PriceOf(absl::string_view text) {
  if (const Number* last = price_.Find(text); last != nullptr) return *last;
  const absl::StatusOr<std::int64_t> minor_units = ParsePriceMinor(text, price_currency_.digits);
  if (!minor_units.ok()) {
    return price_.Set(text, {0, absl::IsOutOfRange(minor_units.status()) ? &kPriceIsOutOfRange : &kPriceIsNoNumber});
  }
  return price_.Set(text, {*minor_units, *minor_units < 0 ? &kPriceIsNegative : nullptr});
}

const OrderRows::Status& OrderRows::StatusOf(absl::string_view text) {
  if (const Status* last = status_.Find(text); last != nullptr) return *last;
  auto known = statuses_.find(text);  // most often it is written as we do
  if (known == statuses_.end()) known = statuses_.find(absl::AsciiStrToLower(absl::StripAsciiWhitespace(text)));
  if (known == statuses_.end()) return status_.Set(text, {orders::LineStatus::kCompleted, &kStatusIsUnknown});
  return status_.Set(text, {known->second, nullptr});
}

const OrderRows::Currency& OrderRows::CurrencyOf(absl::string_view text) {
  if (const Currency* last = currency_.Find(text); last != nullptr) return *last;
  const absl::StatusOr<CurrencyCode> code = CurrencyCode::Parse(text);
  if (!code.ok()) return currency_.Set(text, {CurrencyCode(), 0, &kCurrencyIsNoCode});
  return currency_.Set(text, {*code, code->minor_digits(), nullptr});
}

}  // namespace awase::ingest_internal
