#include "ingest/internal/duckdb_session.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "awase/base/files.h"
#include "awase/base/status_macros.h"

namespace awase::ingest_internal {
namespace {

std::string OrUnknown(const char* message) { return message == nullptr ? "unknown failure of DuckDB" : message; }

absl::Status ResultError(duckdb_result* result) {
  const std::string message = OrUnknown(duckdb_result_error(result));
  switch (duckdb_result_error_type(result)) {
    case DUCKDB_ERROR_IO:
    case DUCKDB_ERROR_SERIALIZATION:
      return absl::DataLossError(message);
    case DUCKDB_ERROR_OUT_OF_MEMORY:
      return absl::ResourceExhaustedError(message);
    case DUCKDB_ERROR_INTERRUPT:
      return absl::CancelledError(message);
    default:
      return absl::InvalidArgumentError(message);
  }
}

struct Setting {
  const char* name;
  std::string value;
};

constexpr absl::string_view kSpillPrefix = "awase-duckdb-";
constexpr std::uint64_t kLeastMemory = std::uint64_t{256} << 20;  // below, it cannot read a Parquet file

std::vector<Setting> Settings(std::size_t threads, std::uint64_t memory_limit_bytes) {
  std::error_code error;
  const std::string temporary = std::filesystem::temp_directory_path(error).string();
  RemoveLeftovers(temporary, kSpillPrefix);
  std::vector<Setting> settings = {
      {"threads", absl::StrCat(threads < 1 ? 1 : threads)},
      {"preserve_insertion_order", "false"},  // nothing depends on it, and it costs memory
      {"autoinstall_known_extensions", "false"},
      {"autoload_known_extensions", "false"},
      // The default is a folder in the current one, which belongs to the user.
      {"temp_directory", JoinPath(temporary, TemporaryName(kSpillPrefix))},
  };
  // DuckDB itself, beside which the lines grow.
  if (memory_limit_bytes > 0) {
    settings.push_back({"memory_limit", absl::StrCat(std::max(memory_limit_bytes / 2, kLeastMemory), "B")});
  }
  return settings;
}

}  // namespace

TextRows::~TextRows() {
  DropPiece();
  duckdb_destroy_result(&result_);
  duckdb_destroy_prepare(&statement_);
}

void TextRows::DropPiece() {
  if (chunk_ != nullptr) duckdb_destroy_data_chunk(&chunk_);
  chunk_ = nullptr;
  size_ = 0;
  columns_.clear();
}

absl::StatusOr<bool> TextRows::NextPiece() {
  DropPiece();
  chunk_ = duckdb_fetch_chunk(result_);
  if (chunk_ == nullptr) {
    if (duckdb_result_error(&result_) != nullptr) return ResultError(&result_);
    return false;
  }
  size_ = duckdb_data_chunk_get_size(chunk_);
  if (size_ == 0) return false;
  const idx_t count = duckdb_data_chunk_get_column_count(chunk_);
  for (idx_t i = 0; i < count; ++i) {
    const duckdb_vector vector = duckdb_data_chunk_get_vector(chunk_, i);
    columns_.push_back(
        {static_cast<duckdb_string_t*>(duckdb_vector_get_data(vector)), duckdb_vector_get_validity(vector)});
  }
  return true;
}

absl::string_view TextRows::at(std::size_t column, std::size_t row) const {
  const Column& values = columns_[column];
  if (values.validity != nullptr && (values.validity[row / 64] >> (row % 64) & 1) == 0) return {};
  const duckdb_string_t& text = values.values[row];
  const std::uint32_t length = text.value.inlined.length;
  return {length <= sizeof(text.value.inlined.inlined) ? text.value.inlined.inlined : text.value.pointer.ptr, length};
}

absl::StatusOr<std::unique_ptr<DuckDbSession>> DuckDbSession::Open(std::size_t threads,
                                                                   std::uint64_t memory_limit_bytes) {
  std::unique_ptr<DuckDbSession> session(new DuckDbSession);
  duckdb_config config = nullptr;
  if (duckdb_create_config(&config) != DuckDBSuccess) return absl::InternalError("DuckDB makes no settings");
  absl::Status status;
  for (const Setting& setting : Settings(threads, memory_limit_bytes)) {
    if (duckdb_set_config(config, setting.name, setting.value.c_str()) != DuckDBSuccess) {
      status = absl::InternalError(absl::StrCat("DuckDB refuses the setting ", setting.name));
    }
  }
  char* error = nullptr;
  if (status.ok() && duckdb_open_ext(nullptr, &session->database_, config, &error) != DuckDBSuccess) {
    status = absl::InternalError(absl::StrCat("DuckDB does not start: ", OrUnknown(error)));
    duckdb_free(error);
  }
  duckdb_destroy_config(&config);
  AWASE_RETURN_IF_ERROR(status);
  if (duckdb_connect(session->database_, &session->connection_) != DuckDBSuccess) {
    return absl::InternalError("DuckDB gives no connection");
  }
  // Zones in the data are turned to UTC, and times without one are taken as UTC, wherever the run takes place.
  AWASE_RETURN_IF_ERROR(session->Execute("SET TimeZone = 'UTC'"));
  AWASE_RETURN_IF_ERROR(session->Execute("SET enable_progress_bar = true"));
  AWASE_RETURN_IF_ERROR(session->Execute("SET enable_progress_bar_print = false"));
  return session;
}

DuckDbSession::~DuckDbSession() {
  if (connection_ != nullptr) duckdb_disconnect(&connection_);
  if (database_ != nullptr) duckdb_close(&database_);
}

absl::Status DuckDbSession::Execute(const std::string& sql) {
  duckdb_result result{};
  const duckdb_state state = duckdb_query(connection_, sql.c_str(), &result);
  const absl::Status status = state == DuckDBSuccess ? absl::OkStatus() : ResultError(&result);
  duckdb_destroy_result(&result);
  return status;
}

absl::StatusOr<duckdb_prepared_statement> DuckDbSession::Prepare(const std::string& sql) {
  duckdb_prepared_statement statement = nullptr;
  if (duckdb_prepare(connection_, sql.c_str(), &statement) == DuckDBSuccess) return statement;
  const std::string message = OrUnknown(duckdb_prepare_error(statement));
  duckdb_destroy_prepare(&statement);
  return absl::InvalidArgumentError(message);
}

absl::StatusOr<std::vector<QueryColumn>> DuckDbSession::Describe(const std::string& sql) {
  AWASE_ASSIGN_OR_RETURN(duckdb_prepared_statement statement, Prepare(sql));
  std::vector<QueryColumn> columns;
  const idx_t count = duckdb_prepared_statement_column_count(statement);
  for (idx_t i = 0; i < count; ++i) {
    const char* name = duckdb_prepared_statement_column_name(statement, i);
    QueryColumn& column = columns.emplace_back();
    column.name = name == nullptr ? "" : name;
    duckdb_logical_type type = duckdb_prepared_statement_column_logical_type(statement, i);
    column.type = duckdb_get_type_id(type);
    if (column.type == DUCKDB_TYPE_DECIMAL) {
      column.width = duckdb_decimal_width(type);
      column.scale = duckdb_decimal_scale(type);
    }
    duckdb_destroy_logical_type(&type);
    duckdb_free(const_cast<char*>(name));  // the API hands it over as const
  }
  duckdb_destroy_prepare(&statement);
  return columns;
}

absl::StatusOr<std::unique_ptr<TextRows>> DuckDbSession::Select(const std::string& sql,
                                                                absl::FunctionRef<absl::Status()> keep_waiting) {
  std::unique_ptr<TextRows> rows(new TextRows);
  AWASE_ASSIGN_OR_RETURN(rows->statement_, Prepare(sql));
  duckdb_pending_result pending = nullptr;
  duckdb_state state = duckdb_pending_prepared(rows->statement_, &pending);
  absl::Status status;
  while (state == DuckDBSuccess) {
    const duckdb_pending_state progress = duckdb_pending_execute_task(pending);
    if (progress == DUCKDB_PENDING_ERROR) state = DuckDBError;
    if (progress == DUCKDB_PENDING_ERROR || duckdb_pending_execution_is_finished(progress)) break;
    if (progress == DUCKDB_PENDING_NO_TASKS_AVAILABLE) absl::SleepFor(absl::Milliseconds(1));  // others work
    status = keep_waiting();
    if (!status.ok()) break;
  }
  if (!status.ok()) duckdb_interrupt(connection_);
  if (status.ok()) {
    // Also fills in the error when the query has failed.
    const std::string message = state == DuckDBSuccess ? "" : OrUnknown(duckdb_pending_error(pending));
    if (duckdb_execute_pending(pending, &rows->result_) != DuckDBSuccess) {
      status =
          message.empty() ? ResultError(&rows->result_) : absl::Status(ResultError(&rows->result_).code(), message);
    }
  }
  duckdb_destroy_pending(&pending);
  AWASE_RETURN_IF_ERROR(status);
  return rows;
}

double DuckDbSession::Progress() const {
  const double percentage = duckdb_query_progress(connection_).percentage;
  return percentage < 0 ? -1 : percentage / 100;
}

}  // namespace awase::ingest_internal
