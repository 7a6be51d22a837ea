#include "ingest/internal/read_baskets.h"

#include <algorithm>
#include <cstdint>
#include <deque>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "awase/base/status_macros.h"
#include "ingest/internal/columns.h"
#include "ingest/internal/csv_file.h"
#include "ingest/internal/read_meter.h"
#include "ingest/internal/read_records.h"
#include "ingest/internal/row_tally.h"
#include "ingest/internal/table_reader.h"
#include "ingest/internal/values.h"

namespace awase::ingest_internal {
namespace {

// Where orders and views alike have their two required columns.
constexpr std::size_t kIdColumn = kOrderId;
constexpr std::size_t kProductColumn = kOrderProductId;
static_assert(kIdColumn == kSessionId && kProductColumn == kViewProductId);

// Adds the baskets that one thread reads to a shard.
class BasketLines final : public RecordTaker {
 public:
  BasketLines(const ColumnSet& columns, orders::OrderLogBuilder::Shard* shard)
      : columns_(columns), shard_(shard), fields_(columns.size()) {}

  void StartFile(std::size_t number, absl::string_view label) {
    file_ = number;
    label_ = label;
  }

  void TakeRecord(const CsvRecords& record) override {
    absl::Span<const absl::string_view> products = record.fields();
    while (!products.empty() && IsEmptyField(products.back())) products.remove_suffix(1);
    const std::string order_id = absl::StrCat(file_, ":", record.line());
    fields_[kIdColumn] = order_id;
    for (const absl::string_view product : products) {
      fields_[kProductColumn] = absl::StripAsciiWhitespace(product);
      if (fields_[kProductColumn].empty()) {
        tally_.Drop("product_id is empty", DropKind::kBad, {label_, columns_, fields_}, kProductColumn);
        continue;
      }
      orders::LineInput line;
      line.order_id = order_id;
      line.product_id = fields_[kProductColumn];
      shard_->Add(line);
      tally_.Keep();
    }
  }

  void TakeMalformed(const CsvRecords& record) override { tally_.DropLine(record.problem(), label_, record.line()); }

  const RowTally& tally() const { return tally_; }

 private:
  const ColumnSet& columns_;
  orders::OrderLogBuilder::Shard* shard_;
  std::vector<absl::string_view> fields_;
  std::size_t file_ = 0;
  absl::string_view label_;
  RowTally tally_;
};

}  // namespace

absl::StatusOr<orders::OrderLog> ReadBaskets(const TableSchema& schema, absl::Span<const std::string> patterns,
                                             const ingest::TableMap& map, const ingest::ReadOptions& options,
                                             ingest::ReadReport* report) {
  AWASE_ASSIGN_OR_RETURN(const TextEncoding encoding, ParseTextEncoding(map.encoding));
  AWASE_ASSIGN_OR_RETURN(const std::optional<char> delimiter, DelimiterOf(map));
  AWASE_ASSIGN_OR_RETURN(const std::vector<SourceFile> files, FilesOf(patterns, map, schema, &report->notes));
  const std::size_t threads = std::max<std::size_t>(options.threads, 1);
  const ColumnSet columns(schema);
  ReadMeter meter(options);
  orders::OrderLogBuilder builder(threads);
  std::deque<BasketLines> lines;
  std::vector<RecordTaker*> takers;
  for (std::size_t i = 0; i < threads; ++i) takers.push_back(&lines.emplace_back(columns, &builder.shard(i)));
  for (std::size_t i = 0; i < files.size(); ++i) {
    const SourceFile& file = files[i];
    if (file.format != FileFormat::kDelimited) {
      return absl::InvalidArgumentError(absl::StrCat(file.path, ": a file with one basket per line is plain text"));
    }
    for (BasketLines& taker : lines) taker.StartFile(options.files_before + i, file.label);
    AWASE_ASSIGN_OR_RETURN(const std::unique_ptr<CsvFile> csv,
                           CsvFile::Open(file, encoding, delimiter, CsvHeader::kNone));
    AWASE_RETURN_IF_ERROR(ReadRecords(csv.get(), takers, &meter, [] { return -1.0; }));
    report->files.push_back({file.path, file.bytes, csv->HexDigest()});
  }
  RowTally tally;
  for (const BasketLines& taker : lines) tally.Merge(taker.tally());
  tally.Report(schema.name, report);
  report->columns = {columns.name(kIdColumn), columns.name(kProductColumn)};
  report->notes.push_back(absl::StrCat("each line is a ", schema.name == "views" ? "session" : "basket", ": ",
                                       columns.name(kIdColumn),
                                       " is the line's number; empty fields at the end of a line are padding."));
  AWASE_RETURN_IF_ERROR(tally.CheckBadShare(options.max_bad_share, schema.name));
  return builder.Build(threads);
}

}  // namespace awase::ingest_internal
