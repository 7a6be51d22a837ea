#ifndef AWASE_INGEST_INTERNAL_ROW_SINK_H_
#define AWASE_INGEST_INTERNAL_ROW_SINK_H_

#include <cstddef>
#include <utility>
#include <vector>

#include "ingest/internal/row.h"
#include "ingest/internal/row_tally.h"

namespace awase::ingest_internal {

// What a reader makes of a column, for files that hold numbers and times as such.
enum class ColumnUse { kText, kDecimal, kTime };

// Takes the rows that one thread reads. Which rows those are depends on chance, so what several sinks hold in the end
// must be put together without regard to that. single-thread.
class RowSink {
 public:
  // `hidden_columns`: see RowTally.
  explicit RowSink(std::vector<std::size_t> hidden_columns = {}) : tally_(std::move(hidden_columns)) {}
  virtual ~RowSink() = default;

  // Columns with a use but kText may come as a TypedValue.
  virtual ColumnUse UseOf(std::size_t column) const = 0;
  virtual void Take(const Row& row) = 0;

  // The account of this thread's rows.
  RowTally& tally() { return tally_; }

 private:
  RowTally tally_;
};

}  // namespace awase::ingest_internal

#endif  // AWASE_INGEST_INTERNAL_ROW_SINK_H_
