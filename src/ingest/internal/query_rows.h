#ifndef AWASE_INGEST_INTERNAL_QUERY_ROWS_H_
#define AWASE_INGEST_INTERNAL_QUERY_ROWS_H_

// The rows of a DuckDB query, handed to sinks on DuckDB's own threads.

#include <duckdb.h>

#include <atomic>
#include <deque>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "awase/base/mutex.h"
#include "ingest/internal/columns.h"
#include "ingest/internal/duckdb_session.h"
#include "ingest/internal/first_error.h"
#include "ingest/internal/query_column.h"
#include "ingest/internal/read_meter.h"
#include "ingest/internal/row_sink.h"

namespace awase::ingest_internal {

// What a query gives and where its rows go. Borrows all of it.
struct QuerySource {
  std::string from;                  // a table, or a SELECT in brackets
  absl::string_view label;           // of its rows
  std::vector<QueryColumn> columns;  // of the table
};

// Takes the rows of one query at a time, many at once, each sink on one thread at a time. It is the SQL function
// awase_take: with its arguments it is handed every row, by whichever thread of DuckDB has read it. thread-compatible;
// must outlive the session it is registered with.
class QueryRows {
 public:
  QueryRows(absl::Span<RowSink* const> sinks, ReadMeter* meter) : sinks_(sinks.begin(), sinks.end()), meter_(meter) {}
  QueryRows(const QueryRows&) = delete;
  QueryRows& operator=(const QueryRows&) = delete;

  // Makes awase_take known. Called once per session.
  absl::Status Register(DuckDbSession* session);

  // Blocks until all rows are taken, by the calling thread and others. It reports to the meter, with what `share` makes
  // of DuckDB's progress (in [0, 1]; −1 = not known). When it returns no sink is in use. kCancelled, kResourceExhausted
  // when a sink finds no memory (it throws), and errors of DuckDbSession::Select.
  absl::Status Take(DuckDbSession* session, const QuerySource& source, const ColumnPlan& plan, const ColumnSet& columns,
                    absl::FunctionRef<double(double)> share);

 private:
  // What one thread needs to take rows.
  class Lane final : public LateTexts {
   public:
    Lane(RowSink* sink, const QuerySource& source, const ColumnPlan& plan, const ColumnSet& columns);
    void Take(duckdb_data_chunk chunk);
    void Fill() override;

    std::thread::id last_thread;
    bool is_busy = false;

   private:
    RowSink* sink_;
    const ColumnPlan& plan_;
    std::vector<QueryColumnReader> readers_;  // by position in the plan's sources
    std::vector<absl::string_view> fields_;   // by our column
    std::vector<TypedValue> values_;          // likewise
    Row row_;                                 // views them
    std::size_t row_in_chunk_ = 0;
    std::vector<std::string> late_texts_;  // by position in the plan's sources
  };

  // A lane for as long as this lives; null when the query is over.
  class LaneUse {
   public:
    explicit LaneUse(QueryRows* rows) : rows_(rows), lane_(rows->Acquire()) {}
    ~LaneUse() {
      if (lane_ != nullptr) rows_->Release(lane_);
    }
    LaneUse(const LaneUse&) = delete;
    LaneUse& operator=(const LaneUse&) = delete;
    Lane* lane() const { return lane_; }

   private:
    QueryRows* const rows_;
    Lane* const lane_;
  };

  static void TakeChunk(duckdb_function_info info, duckdb_data_chunk chunk, duckdb_vector result);
  bool TakeRows(duckdb_data_chunk chunk);
  void Open(const QuerySource& source, const ColumnPlan& plan, const ColumnSet& columns);
  Lane* Acquire();
  void Release(Lane* lane);
  void Close();

  std::vector<RowSink*> sinks_;
  ReadMeter* meter_;

  // Of the query that runs.
  std::thread::id caller_;
  std::atomic<double> share_{-1};
  absl::Status no_memory_;  // made beforehand, while there is some
  FirstError error_;

  Mutex mutex_;
  ConditionVariable lane_is_free_;
  std::deque<Lane> lanes_ ABSL_GUARDED_BY(mutex_);  // a busy one belongs to its thread
  bool is_open_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace awase::ingest_internal

#endif  // AWASE_INGEST_INTERNAL_QUERY_ROWS_H_
