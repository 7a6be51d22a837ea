#include "ingest/internal/view_rows.h"

#include "ingest/internal/columns.h"
#include "ingest/internal/values.h"

namespace awase::ingest_internal {

void ViewRows::Take(const Row& row) {
  if (IsEmptyField(row.fields[kSessionId])) {
    return tally().Drop("session_id is empty", DropKind::kBad, row, kSessionId);
  }
  if (IsEmptyField(row.fields[kViewProductId])) {
    return tally().Drop("product_id is empty", DropKind::kBad, row, kViewProductId);
  }
  const std::optional<std::int64_t> time = TimeOf(row);
  if (!time.has_value()) return tally().Drop("viewed_at is no date", DropKind::kBad, row, kViewedAt);
  orders::LineInput line;
  line.order_id = row.fields[kSessionId];
  line.product_id = row.fields[kViewProductId];
  if (!IsEmptyField(row.fields[kViewCustomerId])) line.customer_id = row.fields[kViewCustomerId];
  line.ordered_at_micros = *time;
  shard_->Add(line);
  tally().Keep();
}

std::optional<std::int64_t> ViewRows::TimeOf(const Row& row) {
  if (row.IsTyped(kViewedAt)) return row.values[kViewedAt].whole;
  const absl::string_view text = row.fields[kViewedAt];
  if (IsEmptyField(text)) return orders::kNoTime;
  if (const auto* last = time_.Find(text); last != nullptr) return *last;
  return time_.Set(text, ParseTimeMicros(text));
}

}  // namespace awase::ingest_internal
