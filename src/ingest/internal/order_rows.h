#ifndef AWASE_INGEST_INTERNAL_ORDER_ROWS_H_
#define AWASE_INGEST_INTERNAL_ORDER_ROWS_H_

// Rows of an order dump → lines of an order log.

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "awase/base/money.h"
#include "awase/ingest/dataset_map.h"
#include "awase/ingest/read_dump.h"
#include "awase/orders/order_log.h"
#include "ingest/internal/last_value.h"
#include "ingest/internal/row_sink.h"

namespace awase::ingest_internal {

// Borrows the shard.
class OrderRows final : public RowSink {
 public:
  OrderRows(const ingest::TableMap& map, CurrencyCode default_currency, orders::OrderLogBuilder::Shard* shard);

  ColumnUse UseOf(std::size_t column) const override;
  void Take(const Row& row) override;

 private:
  // What is wrong with a row, and in which column. All are constants; null = nothing.
  struct Fault {
    absl::string_view reason;
    std::size_t column;
  };
  // A value, or why the row cannot be used.
  struct Number {
    std::int64_t value = 0;
    const Fault* fault = nullptr;
  };
  struct Currency {
    CurrencyCode code;
    int digits = 0;
    const Fault* fault = nullptr;
  };
  struct Status {
    orders::LineStatus status = orders::LineStatus::kCompleted;
    const Fault* fault = nullptr;
  };

  const Fault* Parse(const Row& row, orders::LineInput* line);
  const Fault* ParseQuantity(const Row& row, orders::LineInput* line);
  const Fault* ParsePrice(const Row& row, orders::LineInput* line);
  const Fault* ParseTime(const Row& row, orders::LineInput* line);
  const Fault* ParseStatus(const Row& row, orders::LineInput* line);
  const Number& QuantityOf(absl::string_view text);
  const Number& TimeOf(absl::string_view text);
  const Number& PriceOf(absl::string_view text);
  const Status& StatusOf(absl::string_view text);
  const Currency& CurrencyOf(absl::string_view text);

  static const Fault kOrderIdIsEmpty;
  static const Fault kProductIdIsEmpty;
  static const Fault kQuantityIsNoNumber;
  static const Fault kQuantityIsOutOfRange;
  static const Fault kPriceIsNoNumber;
  static const Fault kPriceIsOutOfRange;
  static const Fault kPriceIsNegative;
  static const Fault kCurrencyIsNoCode;
  static const Fault kTimeIsNoDate;
  static const Fault kStatusIsUnknown;

  orders::OrderLogBuilder::Shard* shard_;
  absl::flat_hash_map<std::string, orders::LineStatus> statuses_;
  Currency default_currency_;
  LastValue<Number> quantity_;
  LastValue<Number> time_;
  LastValue<Number> price_;  // in the minor units of price_currency_
  LastValue<Status> status_;
  LastValue<Currency> currency_;
  Currency price_currency_;
};

}  // namespace awase::ingest_internal

#endif  // AWASE_INGEST_INTERNAL_ORDER_ROWS_H_
