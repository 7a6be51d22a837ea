#include "ingest/internal/table_reader.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "awase/base/status_macros.h"
#include "ingest/internal/sql_text.h"

namespace awase::ingest_internal {
namespace {

std::string SelectSources(const ColumnPlan& plan, const std::vector<QueryColumn>& columns, absl::string_view from) {
  std::vector<std::string> expressions;
  for (const ColumnPlan::Source& source : plan.sources) expressions.push_back(TextExpression(columns[source.theirs]));
  if (expressions.empty()) expressions.emplace_back("NULL::VARCHAR");
  return absl::StrCat("SELECT ", absl::StrJoin(expressions, ", "), " FROM ", from, " AS source");
}

std::vector<std::string> NamesOf(const std::vector<QueryColumn>& columns) {
  std::vector<std::string> names;
  for (const QueryColumn& column : columns) names.push_back(column.name);
  return names;
}

}  // namespace

absl::StatusOr<std::vector<SourceFile>> FilesOf(absl::Span<const std::string> patterns, const ingest::TableMap& map,
                                                const TableSchema& schema) {
  if (patterns.empty()) patterns = map.files;
  if (patterns.empty()) {
    return absl::InvalidArgumentError(absl::StrCat("no files of ", schema.name, " are given: name them with --",
                                                   schema.name, " or as ", schema.name, ".files in the dataset map"));
  }
  return FindSourceFiles(patterns);
}

absl::StatusOr<std::optional<char>> DelimiterOf(const ingest::TableMap& map) {
  if (map.delimiter.empty()) return std::optional<char>();
  if (map.delimiter.size() > 1) {
    return absl::InvalidArgumentError(absl::StrCat("the delimiter \"", map.delimiter, "\" is not one ASCII character"));
  }
  return std::optional<char>(map.delimiter[0]);
}

TableReader::TableReader(const TableSchema& schema, const ingest::TableMap& map, const ingest::ReadOptions& options,
                         RowTally* tally, ingest::ReadReport* report)
    : schema_(schema),
      map_(map),
      options_(options),
      tally_(tally),
      report_(report),
      meter_(options),
      columns_(schema) {}

absl::Status TableReader::Read(absl::Span<const std::string> patterns, const RowFunction& take) {
  AWASE_ASSIGN_OR_RETURN(encoding_, ParseTextEncoding(map_.encoding));
  AWASE_ASSIGN_OR_RETURN(delimiter_, DelimiterOf(map_));
  AWASE_ASSIGN_OR_RETURN(const std::vector<SourceFile> files, FilesOf(patterns, map_, schema_));
  for (const SourceFile& file : files) total_bytes_ += file.bytes;
  if (!map_.sql.empty()) {
    AWASE_RETURN_IF_ERROR(ReadThroughSql(files, take));
  } else {
    for (const SourceFile& file : files) {
      AWASE_RETURN_IF_ERROR(meter_.CheckCancelled());
      AWASE_RETURN_IF_ERROR(file.format == FileFormat::kDelimited ? ReadDelimited(file, take)
                                                                  : ReadThroughQuery(file, take));
      done_bytes_ += file.bytes;
    }
  }
  Finish();
  return meter_.Report(1);
}

double TableReader::Share(double bytes_of_file) const {
  if (total_bytes_ == 0) return -1;
  return std::min(1.0, (static_cast<double>(done_bytes_) + bytes_of_file) / static_cast<double>(total_bytes_));
}

void TableReader::NotePlan(const ColumnPlan& plan) {
  unused_columns_.insert(plan.unused.begin(), plan.unused.end());
  notes_.insert(plan.notes.begin(), plan.notes.end());
}

void TableReader::Finish() {
  report_->columns = columns_.FoundNames();
  report_->notes.insert(report_->notes.end(), notes_.begin(), notes_.end());
  if (!unused_columns_.empty()) {
    report_->notes.push_back(absl::StrCat("columns not used: ", absl::StrJoin(unused_columns_, ", "), "."));
  }
  if (tally_->rows() == 0) report_->notes.push_back(absl::StrCat("the ", schema_.name, " have no rows."));
}

absl::Status TableReader::ReadDelimited(const SourceFile& file, const RowFunction& take) {
  AWASE_ASSIGN_OR_RETURN(const std::unique_ptr<CsvReader> reader,
                         CsvReader::Open(file, encoding_, delimiter_, /*has_header=*/true));
  AWASE_ASSIGN_OR_RETURN(const ColumnPlan plan, PlanColumns(file.path, reader->header(), schema_, map_, &columns_));
  NotePlan(plan);
  std::vector<absl::string_view> fields(columns_.size());
  for (const auto& [ours, text] : plan.constants) fields[ours] = text;
  const Row row{file.label, columns_, fields};
  for (;;) {
    AWASE_ASSIGN_OR_RETURN(const CsvReader::Outcome outcome, reader->Next());
    if (outcome == CsvReader::Outcome::kEnd) break;
    if (outcome == CsvReader::Outcome::kMalformed) {
      tally_->DropLine(reader->problem(), file.label, reader->line());
    } else {
      for (const ColumnPlan::Source& source : plan.sources) fields[source.ours] = reader->fields()[source.theirs];
      take(row);
    }
    if (meter_.Count()) {
      AWASE_RETURN_IF_ERROR(meter_.Report(Share(static_cast<double>(reader->source().raw_bytes_read()))));
    }
  }
  report_->files.push_back({file.path, file.bytes, reader->HexDigest()});
  return absl::OkStatus();
}

absl::Status TableReader::ReadThroughQuery(const SourceFile& file, const RowFunction& take) {
  AWASE_RETURN_IF_ERROR(VerifyFile(file));
  AWASE_RETURN_IF_ERROR(OpenSession());
  AWASE_ASSIGN_OR_RETURN(const FileQuery query, QueryOf(file));
  AWASE_ASSIGN_OR_RETURN(const ColumnPlan plan,
                         PlanColumns(file.path, NamesOf(query.columns), schema_, map_, &columns_));
  NotePlan(plan);
  const std::string sql = SelectSources(plan, query.columns, absl::StrCat("(", query.sql, ")"));
  const absl::Status status = TakeRows({sql, file.label, file.bytes}, plan, take);
  // What fails after the footer was read is a page of the file, whatever DuckDB calls it.
  if (absl::IsInvalidArgument(status) && file.format == FileFormat::kParquet) {
    return absl::DataLossError(absl::StrCat(file.path, ": broken Parquet data (", status.message(), ")"));
  }
  return Annotate(status, file.path);
}

absl::Status TableReader::ReadThroughSql(const std::vector<SourceFile>& files, const RowFunction& take) {
  AWASE_RETURN_IF_ERROR(OpenSession());
  AWASE_RETURN_IF_ERROR(MakeView("input", files));
  for (const auto& [name, pattern] : map_.tables) {
    AWASE_ASSIGN_OR_RETURN(const std::vector<SourceFile> table_files, FindSourceFiles({pattern}));
    AWASE_RETURN_IF_ERROR(MakeView(name, table_files));
  }
  const std::string label = absl::StrCat(schema_.name, ".sql");
  // A view, not a subquery: the SQL may end with a semicolon or a comment.
  AWASE_RETURN_IF_ERROR(Annotate(session_->Execute(absl::StrCat("CREATE VIEW awase_rows AS\n", map_.sql)), label));
  const auto columns = session_->Describe("SELECT * FROM awase_rows");
  if (!columns.ok()) return Annotate(columns.status(), label);
  AWASE_ASSIGN_OR_RETURN(const ColumnPlan plan, PlanColumns(label, NamesOf(*columns), schema_, map_, &columns_));
  NotePlan(plan);
  const TextQuery query{SelectSources(plan, *columns, "awase_rows"), files.size() == 1 ? files[0].label : label,
                        total_bytes_};
  const absl::Status status = TakeRows(query, plan, take);
  // DuckDB only passes on the text of what a reader of ours said.
  AWASE_RETURN_IF_ERROR(registry_.status());
  AWASE_RETURN_IF_ERROR(Annotate(status, label));
  for (const MalformedLine& line : registry_.malformed()) {
    tally_->DropLine(line.problem, registry_.table(line.table).file.label, line.line);
  }
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
      AWASE_ASSIGN_OR_RETURN(FileQuery query, QueryJsonLines(session_.get(), file));
      for (std::uint64_t i = 0; i < query.malformed_lines; ++i)
        tally_->DropLine("line is no JSON object", file.label, 0);
      return query;
    }
    case FileFormat::kDelimited:
      break;
  }
  return QueryDelimited(&registry_, file, encoding_, delimiter_);
}

absl::Status TableReader::TakeRows(const TextQuery& query, const ColumnPlan& plan, const RowFunction& take) {
  AWASE_ASSIGN_OR_RETURN(const std::unique_ptr<TextRows> rows,
                         session_->Select(query.sql, [this] { return meter_.CheckCancelled(); }));
  std::vector<absl::string_view> fields(columns_.size());
  for (const auto& [ours, text] : plan.constants) fields[ours] = text;
  const Row row{query.label, columns_, fields};
  for (;;) {
    AWASE_ASSIGN_OR_RETURN(const bool more, rows->NextPiece());
    if (!more) return absl::OkStatus();
    bool report_is_due = false;
    for (std::size_t r = 0; r < rows->size(); ++r) {
      for (std::size_t i = 0; i < plan.sources.size(); ++i) fields[plan.sources[i].ours] = rows->at(i, r);
      take(row);
      report_is_due = meter_.Count() || report_is_due;
    }
    if (!report_is_due) continue;
    const double progress = session_->Progress();
    AWASE_RETURN_IF_ERROR(meter_.Report(progress < 0 ? -1 : Share(progress * static_cast<double>(query.bytes))));
  }
}

absl::Status TableReader::OpenSession() {
  if (session_ != nullptr) return absl::OkStatus();
  AWASE_ASSIGN_OR_RETURN(session_, DuckDbSession::Open(options_.threads));
  return registry_.Register(session_.get());
}

// DuckDB takes a .gz or .zst file that is cut short for a shorter file, so its bytes are checked first.
absl::Status TableReader::VerifyFile(const SourceFile& file) {
  AWASE_ASSIGN_OR_RETURN(const std::string sha256, VerifyAndHash(file, options_.cancelled));
  report_->files.push_back({file.path, file.bytes, sha256});
  return absl::OkStatus();
}

}  // namespace awase::ingest_internal
