#ifndef AWASE_INGEST_INTERNAL_ROW_SINK_H_
#define AWASE_INGEST_INTERNAL_ROW_SINK_H_

#include "ingest/internal/row_tally.h"

namespace awase::ingest_internal {

// Takes the rows that one thread reads. Which rows those are depends on chance, so what several sinks hold in the end
// must be put together without regard to that. single-thread.
class RowSink {
 public:
  explicit RowSink(std::size_t hidden_column = RowTally::kNothingHidden) : tally_(hidden_column) {}
  virtual ~RowSink() = default;

  virtual void Take(const Row& row) = 0;

  // The account of this thread's rows.
  RowTally& tally() { return tally_; }

 private:
  RowTally tally_;
};

}  // namespace awase::ingest_internal

#endif  // AWASE_INGEST_INTERNAL_ROW_SINK_H_
