#include "ingest/internal/csv_table_function.h"

#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "awase/base/status_macros.h"

namespace awase::ingest_internal {
namespace {

// One scan of one file. A query may scan a file several times, at the same time too.
struct CsvScan {
  CsvRegistry* registry;
  std::size_t number;
  std::unique_ptr<CsvFile> file;
  std::vector<std::size_t> columns;  // the file's column behind each column that is asked for
};

// What one thread has of it.
struct ScanPart {
  explicit ScanPart(const CsvDialect& dialect) : records(dialect) {}

  CsvBlock block;
  CsvRecords records;
  bool has_block = false;
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
  auto file = CsvFile::Open(table.file, table.encoding, table.delimiter, CsvHeader::kFirstLine);
  if (!file.ok()) {
    registry->NoteFailure(file.status());
    return duckdb_init_set_error(info, std::string(file.status().message()).c_str());
  }
  auto scan = std::make_unique<CsvScan>(CsvScan{registry, registry->StartScan(index), *std::move(file), {}});
  const idx_t count = duckdb_init_get_column_count(info);
  for (idx_t i = 0; i < count; ++i) scan->columns.push_back(duckdb_init_get_column_index(info, i));
  duckdb_init_set_max_threads(info, registry->threads());
  duckdb_init_set_init_data(info, scan.release(), Delete<CsvScan>);
}

// The global state is not in reach here; Read makes the thread's part when it first has both.
void InitPart(duckdb_init_info info) {
  duckdb_init_set_init_data(info, new std::unique_ptr<ScanPart>, Delete<std::unique_ptr<ScanPart>>);
}

void PutRow(const CsvScan& scan, const CsvRecords& record, const std::vector<duckdb_vector>& vectors, idx_t row) {
  const absl::Span<const absl::string_view> fields = record.fields();
  for (std::size_t i = 0; i < vectors.size(); ++i) {
    // A query that needs no column at all (count(*)) asks for a row number beyond the table.
    const absl::string_view field = scan.columns[i] < fields.size() ? fields[scan.columns[i]] : absl::string_view();
    if (!field.empty()) {
      // The record's text is known to be valid UTF-8.
      duckdb_vector_assign_string_element_len(vectors[i], row, field.data(), field.size());
    } else {
      duckdb_vector_ensure_validity_writable(vectors[i]);
      duckdb_validity_set_row_invalid(duckdb_vector_get_validity(vectors[i]), row);
    }
  }
}

// Puts up to `capacity` rows into the vectors; fewer than one only at the end of the file.
absl::StatusOr<idx_t> PutRows(const CsvScan& scan, ScanPart* part, const std::vector<duckdb_vector>& vectors,
                              idx_t capacity) {
  idx_t row = 0;
  while (row < capacity) {
    if (!part->has_block) {
      AWASE_ASSIGN_OR_RETURN(part->has_block, scan.file->NextBlock(&part->block));
      if (!part->has_block) break;
      part->records.Start(part->block);
    }
    const CsvRecords::Outcome outcome = part->records.Next();
    if (outcome == CsvRecords::Outcome::kRow) {
      PutRow(scan, part->records, vectors, row++);
    } else if (outcome == CsvRecords::Outcome::kMalformed) {
      scan.registry->NoteMalformed(scan.number, part->records);
    } else {
      part->has_block = false;
    }
  }
  return row;
}

void Read(duckdb_function_info info, duckdb_data_chunk output) {
  auto& scan = *static_cast<CsvScan*>(duckdb_function_get_init_data(info));
  auto& part = *static_cast<std::unique_ptr<ScanPart>*>(duckdb_function_get_local_init_data(info));
  if (part == nullptr) part = std::make_unique<ScanPart>(scan.file->dialect());
  std::vector<duckdb_vector> vectors;
  for (idx_t i = 0; i < scan.columns.size(); ++i) vectors.push_back(duckdb_data_chunk_get_vector(output, i));
  const absl::StatusOr<idx_t> rows = PutRows(scan, part.get(), vectors, duckdb_vector_size());
  if (!rows.ok()) {
    scan.registry->NoteFailure(rows.status());
    return duckdb_function_set_error(info, std::string(rows.status().message()).c_str());
  }
  duckdb_data_chunk_set_size(output, *rows);
}

}  // namespace

std::size_t CsvRegistry::Add(CsvTable table) {
  tables_.push_back(std::move(table));
  return tables_.size() - 1;
}

absl::Status CsvRegistry::Register(DuckDbSession* session, std::size_t threads) {
  threads_ = threads;
  duckdb_table_function function = duckdb_create_table_function();
  duckdb_logical_type number = duckdb_create_logical_type(DUCKDB_TYPE_BIGINT);
  duckdb_table_function_set_name(function, "awase_csv");
  duckdb_table_function_add_parameter(function, number);
  duckdb_table_function_set_extra_info(function, this, nullptr);
  duckdb_table_function_set_bind(function, Bind);
  duckdb_table_function_set_init(function, Init);
  duckdb_table_function_set_local_init(function, InitPart);
  duckdb_table_function_set_function(function, Read);
  duckdb_table_function_supports_projection_pushdown(function, true);
  const duckdb_state state = duckdb_register_table_function(session->connection(), function);
  duckdb_destroy_logical_type(&number);
  duckdb_destroy_table_function(&function);
  return state == DuckDBSuccess ? absl::OkStatus() : absl::InternalError("DuckDB takes no table function");
}

std::size_t CsvRegistry::StartScan(std::size_t table) {
  const MutexLock lock(mutex_);
  scans_.push_back({table, RowTally()});
  return scans_.size() - 1;
}

void CsvRegistry::NoteMalformed(std::size_t scan, const CsvRecords& line) {
  const MutexLock lock(mutex_);
  scans_[scan].malformed.DropLine(line.problem(), tables_[scans_[scan].table].file.label, line.line());
}

void CsvRegistry::ReportMalformed(RowTally* tally) const {
  const MutexLock lock(mutex_);
  for (std::size_t table = 0; table < tables_.size(); ++table) {
    const Scan* most = nullptr;
    for (const Scan& scan : scans_) {
      if (scan.table == table && (most == nullptr || scan.malformed.rows() > most->malformed.rows())) most = &scan;
    }
    if (most != nullptr) tally->Merge(most->malformed);
  }
}

}  // namespace awase::ingest_internal
