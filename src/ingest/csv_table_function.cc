#include "ingest/internal/csv_table_function.h"

#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "awase/base/status_macros.h"

namespace awase::ingest_internal {
namespace {

// One scan of one file. A query may scan a file several times, at the same time too: each scan has a reader of its own.
struct CsvScan {
  CsvRegistry* registry;
  std::size_t table;
  std::unique_ptr<CsvReader> reader;
  std::vector<std::size_t> columns;  // the file's column behind each column that is asked for
};

template <typename T>
void Delete(void* pointer) {
  delete static_cast<T*>(pointer);
}

void Bind(duckdb_bind_info info) {
  auto* registry = static_cast<CsvRegistry*>(duckdb_bind_get_extra_info(info));
  duckdb_value parameter = duckdb_bind_get_parameter(info, 0);
  const auto index = static_cast<std::size_t>(duckdb_get_int64(parameter));
  duckdb_destroy_value(&parameter);
  if (index >= registry->size()) return duckdb_bind_set_error(info, "awase_csv has no such file");
  duckdb_logical_type text = duckdb_create_logical_type(DUCKDB_TYPE_VARCHAR);
  for (const std::string& name : registry->table(index).columns)
    duckdb_bind_add_result_column(info, name.c_str(), text);
  duckdb_destroy_logical_type(&text);
  duckdb_bind_set_bind_data(info, new std::size_t(index), Delete<std::size_t>);
}

void Init(duckdb_init_info info) {
  auto* registry = static_cast<CsvRegistry*>(duckdb_init_get_extra_info(info));
  const std::size_t index = *static_cast<std::size_t*>(duckdb_init_get_bind_data(info));
  const CsvTable& table = registry->table(index);
  auto reader = CsvReader::Open(table.file, table.encoding, table.delimiter, /*has_header=*/true);
  if (!reader.ok()) {
    registry->NoteFailure(reader.status());
    return duckdb_init_set_error(info, std::string(reader.status().message()).c_str());
  }
  auto scan = std::make_unique<CsvScan>(CsvScan{registry, index, *std::move(reader), {}});
  const idx_t count = duckdb_init_get_column_count(info);
  for (idx_t i = 0; i < count; ++i) scan->columns.push_back(duckdb_init_get_column_index(info, i));
  duckdb_init_set_max_threads(info, 1);
  duckdb_init_set_init_data(info, scan.release(), Delete<CsvScan>);
}

void PutRow(const CsvScan& scan, const std::vector<duckdb_vector>& vectors, idx_t row) {
  const absl::Span<const absl::string_view> fields = scan.reader->fields();
  for (std::size_t i = 0; i < vectors.size(); ++i) {
    // A query that needs no column at all (count(*)) asks for a row number beyond the table.
    const absl::string_view field = scan.columns[i] < fields.size() ? fields[scan.columns[i]] : absl::string_view();
    if (!field.empty()) {
      duckdb_vector_assign_string_element_len(vectors[i], row, field.data(), field.size());
    } else {
      duckdb_vector_ensure_validity_writable(vectors[i]);
      duckdb_validity_set_row_invalid(duckdb_vector_get_validity(vectors[i]), row);
    }
  }
}

void Read(duckdb_function_info info, duckdb_data_chunk output) {
  auto& scan = *static_cast<CsvScan*>(duckdb_function_get_init_data(info));
  std::vector<duckdb_vector> vectors;
  for (idx_t i = 0; i < scan.columns.size(); ++i) vectors.push_back(duckdb_data_chunk_get_vector(output, i));
  const idx_t capacity = duckdb_vector_size();
  idx_t row = 0;
  while (row < capacity) {
    const absl::StatusOr<CsvReader::Outcome> outcome = scan.reader->Next();
    if (!outcome.ok()) {
      scan.registry->NoteFailure(outcome.status());
      return duckdb_function_set_error(info, std::string(outcome.status().message()).c_str());
    }
    if (*outcome == CsvReader::Outcome::kEnd) break;
    if (*outcome == CsvReader::Outcome::kMalformed) {
      scan.registry->NoteMalformed(scan.table, scan.reader->line(), scan.reader->problem());
      continue;
    }
    PutRow(scan, vectors, row++);
  }
  duckdb_data_chunk_set_size(output, row);
}

}  // namespace

std::size_t CsvRegistry::Add(CsvTable table) {
  tables_.push_back(std::move(table));
  last_lines_.push_back(0);
  return tables_.size() - 1;
}

absl::Status CsvRegistry::Register(DuckDbSession* session) {
  duckdb_table_function function = duckdb_create_table_function();
  duckdb_logical_type number = duckdb_create_logical_type(DUCKDB_TYPE_BIGINT);
  duckdb_table_function_set_name(function, "awase_csv");
  duckdb_table_function_add_parameter(function, number);
  duckdb_table_function_set_extra_info(function, this, nullptr);
  duckdb_table_function_set_bind(function, Bind);
  duckdb_table_function_set_init(function, Init);
  duckdb_table_function_set_function(function, Read);
  duckdb_table_function_supports_projection_pushdown(function, true);
  const duckdb_state state = duckdb_register_table_function(session->connection(), function);
  duckdb_destroy_logical_type(&number);
  duckdb_destroy_table_function(&function);
  return state == DuckDBSuccess ? absl::OkStatus() : absl::InternalError("DuckDB takes no table function");
}

std::vector<MalformedLine> CsvRegistry::malformed() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return malformed_;
}

absl::Status CsvRegistry::status() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return status_;
}

void CsvRegistry::NoteMalformed(std::size_t table, std::uint64_t line, absl::string_view problem) {
  const std::lock_guard<std::mutex> lock(mutex_);
  // Every scan goes through the lines in order, so a line up to the last one noted has been noted already.
  if (line <= last_lines_[table]) return;
  last_lines_[table] = line;
  malformed_.push_back({table, line, std::string(problem)});
}

void CsvRegistry::NoteFailure(const absl::Status& status) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (status_.ok()) status_ = status;
}

}  // namespace awase::ingest_internal
