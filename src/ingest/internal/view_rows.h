#ifndef AWASE_INGEST_INTERNAL_VIEW_ROWS_H_
#define AWASE_INGEST_INTERNAL_VIEW_ROWS_H_

// Rows of a session log → lines of an order log whose orders are the sessions.

#include <cstddef>
#include <cstdint>
#include <optional>

#include "awase/orders/order_log.h"
#include "ingest/internal/last_value.h"
#include "ingest/internal/row_sink.h"

namespace awase::ingest_internal {

// Borrows the shard. Samples leave out who looked: the customer and the session.
class ViewRows final : public RowSink {
 public:
  explicit ViewRows(orders::OrderLogBuilder::Shard* shard) : RowSink({kSessionId, kViewCustomerId}), shard_(shard) {}

  ColumnUse UseOf(std::size_t column) const override {
    return column == kViewedAt ? ColumnUse::kTime : ColumnUse::kText;
  }
  void Take(const Row& row) override;

 private:
  // Nothing when viewed_at is no date.
  std::optional<std::int64_t> TimeOf(const Row& row);

  orders::OrderLogBuilder::Shard* shard_;
  LastValue<std::optional<std::int64_t>> time_;
};

}  // namespace awase::ingest_internal

#endif  // AWASE_INGEST_INTERNAL_VIEW_ROWS_H_
