#include "ingest/internal/table_reader.h"

#include <algorithm>
#include <deque>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "awase/base/status_macros.h"
#include "ingest/internal/csv_file.h"
#include "ingest/internal/read_records.h"
#include "ingest/internal/sql_text.h"

namespace awase::ingest_internal {
namespace {

std::vector<std::string> NamesOf(const std::vector<QueryColumn>& columns) {
  std::vector<std::string> names;
  for (const QueryColumn& column : columns) names.push_back(column.name);
  return names;
}

// Makes rows of one thread's records.
class DelimitedRows final : public RecordTaker {
 public:
  DelimitedRows(const ColumnPlan& plan, const ColumnSet& columns, absl::string_view label, RowSink* sink)
      : plan_(plan), fields_(columns.size()), row_{label, columns, fields_}, sink_(sink) {
    for (const auto& [ours, text] : plan.constants) fields_[ours] = text;
  }
  DelimitedRows(const DelimitedRows&) = delete;
  DelimitedRows& operator=(const DelimitedRows&) = delete;

  void TakeRecord(const CsvRecords& record) override {
    const absl::Span<const absl::string_view> theirs = record.fields();
    for (const ColumnPlan::Source& source : plan_.sources) fields_[source.ours] = theirs[source.theirs];
    sink_->Take(row_);
  }

  void TakeMalformed(const CsvRecords& record) override {
    sink_->tally().DropLine(record.problem(), row_.label, record.line());
  }

 private:
  const ColumnPlan& plan_;
  std::vector<absl::string_view> fields_;
  const Row row_;  // views fields_
  RowSink* sink_;
};

absl::StatusOr<std::vector<SourceFile>> FilesOfTable(absl::Span<const std::string> patterns, const TableSchema& schema,
                                                     std::vector<std::string>* notes) {
  AWASE_ASSIGN_OR_RETURN(std::vector<SourceFile> files, FindSourceFiles(patterns, notes));
  for (SourceFile& file : files) file.table = std::string(schema.name);
  return files;
}

}  // namespace

absl::StatusOr<std::vector<SourceFile>> FilesOf(absl::Span<const std::string> patterns, const ingest::TableMap& map,
                                                const TableSchema& schema, std::vector<std::string>* notes) {
  if (patterns.empty()) patterns = map.files;
  if (patterns.empty()) {
    return absl::InvalidArgumentError(absl::StrCat("no files of ", schema.name, " are given: name them with --",
                                                   schema.name, " or as ", schema.name, ".files in the dataset map"));
  }
  return FilesOfTable(patterns, schema, notes);
}

absl::StatusOr<std::optional<char>> DelimiterOf(const ingest::TableMap& map) {
  if (map.delimiter.empty()) return std::optional<char>();
  if (map.delimiter.size() > 1) {
    return absl::InvalidArgumentError(absl::StrCat("the delimiter \"", map.delimiter, "\" is not one ASCII character"));
  }
  return std::optional<char>(map.delimiter[0]);
}

TableReader::TableReader(const TableSchema& schema, const ingest::TableMap& map, const ingest::ReadOptions& options,
                         absl::Span<RowSink* const> sinks, ingest::ReadReport* report)
    : schema_(schema),
      map_(map),
      options_(options),
      sinks_(sinks.begin(), sinks.end()),
      report_(report),
      meter_(options),
      columns_(schema),
      rows_(sinks, &meter_) {}

absl::Status TableReader::Read(absl::Span<const std::string> patterns) {
  AWASE_ASSIGN_OR_RETURN(encoding_, ParseTextEncoding(map_.encoding));
  AWASE_ASSIGN_OR_RETURN(delimiter_, DelimiterOf(map_));
  AWASE_ASSIGN_OR_RETURN(const std::vector<SourceFile> files, FilesOf(patterns, map_, schema_, &report_->notes));
  for (const SourceFile& file : files) total_bytes_ += file.bytes;
  if (!map_.sql.empty()) {
    AWASE_RETURN_IF_ERROR(ReadThroughSql(files));
    return Finish();
  }
  for (const SourceFile& file : files) {
    AWASE_RETURN_IF_ERROR(meter_.CheckCancelled());
    AWASE_RETURN_IF_ERROR(file.format == FileFormat::kDelimited ? ReadDelimited(file) : ReadThroughQuery(file));
    done_bytes_ += file.bytes;
  }
  return Finish();
}

double TableReader::Share(double bytes_of_file) const {
  if (total_bytes_ == 0) return -1;
  return std::min(1.0, (static_cast<double>(done_bytes_) + bytes_of_file) / static_cast<double>(total_bytes_));
}

void TableReader::NotePlan(const ColumnPlan& plan) {
  unused_columns_.insert(plan.unused.begin(), plan.unused.end());
  notes_.insert(plan.notes.begin(), plan.notes.end());
}

absl::Status TableReader::Finish() {
  report_->columns = columns_.FoundNames();
  report_->notes.insert(report_->notes.end(), notes_.begin(), notes_.end());
  if (!unused_columns_.empty()) {
    report_->notes.push_back(absl::StrCat("columns not used: ", absl::StrJoin(unused_columns_, ", "), "."));
  }
  const bool any_row =
      std::any_of(sinks_.begin(), sinks_.end(), [](RowSink* sink) { return sink->tally().rows() > 0; });
  if (!any_row) report_->notes.push_back(absl::StrCat("the ", schema_.name, " have no rows."));
  return meter_.Report(1);
}

absl::Status TableReader::ReadDelimited(const SourceFile& file) {
  AWASE_ASSIGN_OR_RETURN(const std::unique_ptr<CsvFile> csv,
                         CsvFile::Open(file, encoding_, delimiter_, CsvHeader::kFirstLine));
  AWASE_ASSIGN_OR_RETURN(const ColumnPlan plan, PlanColumns(file.path, csv->header(), schema_, map_, &columns_));
  NotePlan(plan);
  std::deque<DelimitedRows> rows;
  std::vector<RecordTaker*> takers;
  for (RowSink* sink : sinks_) takers.push_back(&rows.emplace_back(plan, columns_, file.label, sink));
  AWASE_RETURN_IF_ERROR(
      ReadRecords(csv.get(), takers, &meter_, [&] { return Share(static_cast<double>(csv->raw_bytes_read())); }));
  report_->files.push_back({file.path, file.bytes, csv->HexDigest()});
  return absl::OkStatus();
}

absl::Status TableReader::ReadThroughQuery(const SourceFile& file) {
  AWASE_RETURN_IF_ERROR(VerifyFile(file));
  AWASE_RETURN_IF_ERROR(OpenSession());
  AWASE_ASSIGN_OR_RETURN(const FileQuery query, QueryOf(file));
  AWASE_ASSIGN_OR_RETURN(const ColumnPlan plan,
                         PlanColumns(file.path, NamesOf(query.columns), schema_, map_, &columns_));
  NotePlan(plan);
  const absl::Status status =
      TakeRows({absl::StrCat("(", query.sql, ")"), file.label, query.columns}, file.bytes, plan);
  // What fails after the footer was read is a page of the file, whatever DuckDB calls it.
  if (absl::IsInvalidArgument(status) && file.format == FileFormat::kParquet) {
    return UnreadableParquet(file, status.message());
  }
  return Annotate(status, file.path);
}

absl::Status TableReader::ReadThroughSql(const std::vector<SourceFile>& files) {
  AWASE_RETURN_IF_ERROR(OpenSession());
  AWASE_RETURN_IF_ERROR(MakeView("input", files));
  for (const auto& [name, pattern] : map_.tables) {
    AWASE_ASSIGN_OR_RETURN(const std::vector<SourceFile> table_files,
                           FilesOfTable({pattern}, schema_, &report_->notes));
    AWASE_RETURN_IF_ERROR(MakeView(name, table_files));
  }
  const std::string label = absl::StrCat(schema_.name, ".sql");
  // A view, not a subquery: the SQL may end with a semicolon or a comment.
  AWASE_RETURN_IF_ERROR(Annotate(session_->Execute(absl::StrCat("CREATE VIEW awase_rows AS\n", map_.sql)), label));
  const auto columns = session_->Describe("SELECT * FROM awase_rows");
  if (!columns.ok()) return Annotate(columns.status(), label);
  AWASE_ASSIGN_OR_RETURN(const ColumnPlan plan, PlanColumns(label, NamesOf(*columns), schema_, map_, &columns_));
  NotePlan(plan);
  const QuerySource source{"awase_rows", files.size() == 1 ? files[0].label : label, *columns};
  const absl::Status status = TakeRows(source, total_bytes_, plan);
  // DuckDB only passes on the text of what a reader of ours said.
  AWASE_RETURN_IF_ERROR(registry_.status());
  AWASE_RETURN_IF_ERROR(Annotate(status, label));
  registry_.ReportMalformed(&sinks_.front()->tally());
  notes_.insert(absl::StrCat("rows of ", schema_.name, " are counted behind the dataset map's SQL."));
  return absl::OkStatus();
}

absl::Status TableReader::MakeView(const std::string& name, const std::vector<SourceFile>& files) {
  std::vector<std::string> parts;
  for (const SourceFile& file : files) {
    AWASE_RETURN_IF_ERROR(VerifyFile(file));
    AWASE_ASSIGN_OR_RETURN(const FileQuery query, QueryOf(file));
    parts.push_back(query.sql);
  }
  const std::string sql =
      absl::StrCat("CREATE VIEW ", QuoteName(name), " AS ", absl::StrJoin(parts, " UNION ALL BY NAME "));
  return Annotate(session_->Execute(sql), absl::StrCat("table ", name, " of the dataset map"));
}

absl::StatusOr<FileQuery> TableReader::QueryOf(const SourceFile& file) {
  switch (file.format) {
    case FileFormat::kParquet:
      return QueryParquet(session_.get(), file);
    case FileFormat::kJsonLines: {
      AWASE_ASSIGN_OR_RETURN(FileQuery query,
                             QueryJsonLines(session_.get(), file, [this] { return meter_.CheckCancelled(); }));
      for (std::uint64_t i = 0; i < query.malformed_lines; ++i)
        sinks_.front()->tally().DropLine("line is no JSON object", file.label, 0);
      return query;
    }
    case FileFormat::kDelimited:
      break;
  }
  return QueryDelimited(&registry_, file, encoding_, delimiter_);
}

absl::Status TableReader::TakeRows(const QuerySource& source, std::uint64_t bytes, const ColumnPlan& plan) {
  return rows_.Take(session_.get(), source, plan, columns_, [this, bytes](double progress) {
    return progress < 0 ? -1 : Share(progress * static_cast<double>(bytes));
  });
}

absl::Status TableReader::OpenSession() {
  if (session_ != nullptr) return absl::OkStatus();
  AWASE_ASSIGN_OR_RETURN(session_, DuckDbSession::Open(sinks_.size(), options_.memory_limit_bytes));
  AWASE_RETURN_IF_ERROR(rows_.Register(session_.get()));
  return registry_.Register(session_.get(), sinks_.size());
}

// DuckDB takes a .gz or .zst file that is cut short for a shorter file, so its bytes are checked first.
absl::Status TableReader::VerifyFile(const SourceFile& file) {
  AWASE_ASSIGN_OR_RETURN(const std::string sha256, VerifyAndHash(file, options_.cancelled));
  report_->files.push_back({file.path, file.bytes, sha256});
  return absl::OkStatus();
}

}  // namespace awase::ingest_internal
