#include "ingest/internal/query_rows.h"

#include <algorithm>
#include <exception>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "awase/base/status_macros.h"

// Why a function: the C API gives a result to one thread only, and that thread then waits for the others or they for
// it. A function in the SELECT is called by all of them, a few thousand rows at a time, with the strings where DuckDB
// has them. It is volatile, so that it is neither folded nor left out, and it takes NULLs as they are.

namespace awase::ingest_internal {

absl::Status QueryRows::Register(DuckDbSession* session) {
  duckdb_scalar_function function = duckdb_create_scalar_function();
  duckdb_logical_type any = duckdb_create_logical_type(DUCKDB_TYPE_ANY);
  duckdb_logical_type flag = duckdb_create_logical_type(DUCKDB_TYPE_BOOLEAN);
  duckdb_scalar_function_set_name(function, "awase_take");
  duckdb_scalar_function_set_varargs(function, any);
  duckdb_scalar_function_set_special_handling(function);
  duckdb_scalar_function_set_volatile(function);
  duckdb_scalar_function_set_return_type(function, flag);
  duckdb_scalar_function_set_extra_info(function, this, nullptr);
  duckdb_scalar_function_set_function(function, TakeChunk);
  const duckdb_state state = duckdb_register_scalar_function(session->connection(), function);
  duckdb_destroy_logical_type(&flag);
  duckdb_destroy_logical_type(&any);
  duckdb_destroy_scalar_function(&function);
  return state == DuckDBSuccess ? absl::OkStatus() : absl::InternalError("DuckDB takes no function");
}

absl::Status QueryRows::Take(DuckDbSession* session, const QuerySource& source, const ColumnPlan& plan,
                             const ColumnSet& columns, absl::FunctionRef<double(double)> share) {
  std::vector<std::string> arguments;
  for (const ColumnPlan::Source& column : plan.sources) {
    const std::vector<std::string> expressions =
        QueryColumnReader::Expressions(source.columns[column.theirs], sinks_.front()->UseOf(column.ours));
    arguments.insert(arguments.end(), expressions.begin(), expressions.end());
  }
  if (arguments.empty()) arguments.emplace_back("NULL");
  const std::string sql = absl::StrCat("SELECT CAST(count(awase_take(", absl::StrJoin(arguments, ", "),
                                       ")) AS VARCHAR) FROM ", source.from, " AS source");
  Open(source, plan, columns);
  const absl::Status status = session
                                  ->Select(sql,
                                           [&] {
                                             share_ = share(session->Progress());
                                             AWASE_RETURN_IF_ERROR(error_.status());
                                             return meter_->ReportIfDue(share_);
                                           })
                                  .status();
  Close();
  // DuckDB only passes on the text of what stopped the function.
  AWASE_RETURN_IF_ERROR(error_.status());
  return status;
}

void QueryRows::Open(const QuerySource& source, const ColumnPlan& plan, const ColumnSet& columns) {
  caller_ = std::this_thread::get_id();
  no_memory_ = absl::ResourceExhaustedError(absl::StrCat("not enough memory for reading ", source.label));
  const MutexLock lock(mutex_);
  lanes_.clear();
  for (RowSink* sink : sinks_) lanes_.emplace_back(sink, source, plan, columns);
  is_open_ = true;
}

// The lane this thread had before, so that a sink stays in the cache of one core, else any; null when the query is
// over.
QueryRows::Lane* QueryRows::Acquire() {
  const std::thread::id self = std::this_thread::get_id();
  const MutexLock lock(mutex_);
  for (;;) {
    if (!is_open_) return nullptr;
    Lane* free = nullptr;
    for (Lane& lane : lanes_) {
      if (!lane.is_busy && (free == nullptr || lane.last_thread == self)) free = &lane;
    }
    if (free != nullptr) {
      free->is_busy = true;
      free->last_thread = self;
      return free;
    }
    lane_is_free_.wait(mutex_);  // DuckDB has more threads than there are sinks
  }
}

void QueryRows::Release(Lane* lane) {
  {
    const MutexLock lock(mutex_);
    lane->is_busy = false;
  }
  lane_is_free_.notify_one();
}

// A query that was given up may have threads that still run.
void QueryRows::Close() {
  const MutexLock lock(mutex_);
  is_open_ = false;
  lane_is_free_.notify_all();
  while (std::any_of(lanes_.begin(), lanes_.end(), [](const Lane& lane) { return lane.is_busy; })) {
    lane_is_free_.wait(mutex_);
  }
}

void QueryRows::TakeChunk(duckdb_function_info info, duckdb_data_chunk chunk, duckdb_vector result) {
  auto& rows = *static_cast<QueryRows*>(duckdb_scalar_function_get_extra_info(info));
  bool is_taken = false;
  try {
    is_taken = rows.TakeRows(chunk);
  } catch (const std::exception&) {  // of ours only memory throws; DuckDB's frames are not made for it
    rows.error_.Note(rows.no_memory_);
  }
  if (!is_taken) return duckdb_scalar_function_set_error(info, "the rows are not wanted any more");
  const std::size_t size = duckdb_data_chunk_get_size(chunk);
  std::fill_n(static_cast<bool*>(duckdb_vector_get_data(result)), size, true);
  rows.meter_->Add(size);
  // The options' functions are promised to the thread that started the read; it takes rows like the others.
  if (std::this_thread::get_id() == rows.caller_) rows.error_.Note(rows.meter_->ReportIfDue(rows.share_));
}

// False when rows are not wanted any more.
bool QueryRows::TakeRows(duckdb_data_chunk chunk) {
  if (error_.is_set()) return false;
  const LaneUse use(this);
  if (use.lane() == nullptr) return false;
  use.lane()->Take(chunk);
  return true;
}

QueryRows::Lane::Lane(RowSink* sink, const QuerySource& source, const ColumnPlan& plan, const ColumnSet& columns)
    : sink_(sink),
      plan_(plan),
      fields_(columns.size()),
      values_(columns.size()),
      row_{source.label, columns, fields_, values_.data(), this},
      late_texts_(plan.sources.size()) {
  for (const ColumnPlan::Source& column : plan.sources) {
    readers_.emplace_back(source.columns[column.theirs], sink->UseOf(column.ours));
  }
  for (const auto& [ours, text] : plan.constants) fields_[ours] = text;
}

void QueryRows::Lane::Take(duckdb_data_chunk chunk) {
  const std::size_t size = duckdb_data_chunk_get_size(chunk);
  idx_t position = 0;
  for (QueryColumnReader& reader : readers_) reader.Convert(chunk, &position, size);
  for (row_in_chunk_ = 0; row_in_chunk_ < size; ++row_in_chunk_) {
    for (std::size_t i = 0; i < readers_.size(); ++i) {
      const std::size_t ours = plan_.sources[i].ours;
      fields_[ours] = readers_[i].text(row_in_chunk_);
      if (readers_[i].has_values()) values_[ours] = readers_[i].value(row_in_chunk_);
    }
    sink_->Take(row_);
  }
}

void QueryRows::Lane::Fill() {
  for (std::size_t i = 0; i < readers_.size(); ++i) {
    const std::size_t ours = plan_.sources[i].ours;
    if (!row_.IsTyped(ours)) continue;
    late_texts_[i] = readers_[i].LateText(row_in_chunk_);
    fields_[ours] = late_texts_[i];
  }
}

}  // namespace awase::ingest_internal
