#include "ingest/internal/read_baskets.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "awase/base/status_macros.h"
#include "ingest/internal/columns.h"
#include "ingest/internal/csv_reader.h"
#include "ingest/internal/read_meter.h"
#include "ingest/internal/row_tally.h"
#include "ingest/internal/table_reader.h"
#include "ingest/internal/values.h"

namespace awase::ingest_internal {
namespace {

void AddBasket(const CsvReader& reader, const std::string& order_id, absl::string_view label, const ColumnSet& columns,
               RowTally* tally, orders::OrderLogBuilder* builder) {
  absl::Span<const absl::string_view> products = reader.fields();
  while (!products.empty() && IsEmptyField(products.back())) products.remove_suffix(1);
  std::vector<absl::string_view> fields(columns.size());
  fields[kOrderId] = order_id;
  for (const absl::string_view product : products) {
    fields[kOrderProductId] = absl::StripAsciiWhitespace(product);
    if (fields[kOrderProductId].empty()) {
      tally->Drop("product_id is empty", DropKind::kBad, {label, columns, fields}, kOrderProductId);
      continue;
    }
    orders::LineInput line;
    line.order_id = order_id;
    line.product_id = fields[kOrderProductId];
    builder->shard(0).Add(line);
    tally->Keep();
  }
}

}  // namespace

absl::StatusOr<orders::OrderLog> ReadBaskets(absl::Span<const std::string> patterns, const ingest::TableMap& map,
                                             const ingest::ReadOptions& options, ingest::ReadReport* report) {
  AWASE_ASSIGN_OR_RETURN(const TextEncoding encoding, ParseTextEncoding(map.encoding));
  AWASE_ASSIGN_OR_RETURN(const std::optional<char> delimiter, DelimiterOf(map));
  AWASE_ASSIGN_OR_RETURN(const std::vector<SourceFile> files, FilesOf(patterns, map, OrderSchema()));
  const ColumnSet columns(OrderSchema());
  RowTally tally;
  ReadMeter meter(options);
  orders::OrderLogBuilder builder;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const SourceFile& file = files[i];
    if (file.format != FileFormat::kDelimited) {
      return absl::InvalidArgumentError(absl::StrCat(file.path, ": a file with one basket per line is plain text"));
    }
    AWASE_ASSIGN_OR_RETURN(const std::unique_ptr<CsvReader> reader,
                           CsvReader::Open(file, encoding, delimiter, /*has_header=*/false));
    for (;;) {
      AWASE_ASSIGN_OR_RETURN(const CsvReader::Outcome outcome, reader->Next());
      if (outcome == CsvReader::Outcome::kEnd) break;
      if (outcome == CsvReader::Outcome::kMalformed) {
        tally.DropLine(reader->problem(), file.label, reader->line());
      } else {
        AddBasket(*reader, absl::StrCat(i, ":", reader->line()), file.label, columns, &tally, &builder);
      }
      if (meter.Count()) AWASE_RETURN_IF_ERROR(meter.Report(-1));
    }
    report->files.push_back({file.path, file.bytes, reader->HexDigest()});
  }
  tally.Report(report);
  report->columns = {"order_id", "product_id"};
  report->notes.push_back(
      "each line is a basket: order_id is the line's number; empty fields at the end of a line are padding.");
  AWASE_RETURN_IF_ERROR(tally.CheckBadShare(options.max_bad_share));
  return builder.Build();
}

}  // namespace awase::ingest_internal
