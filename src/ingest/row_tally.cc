#include "ingest/internal/row_tally.h"

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "ingest/internal/text_encoding.h"

namespace awase::ingest_internal {
namespace {

constexpr std::size_t kSampleBytes = 200;
constexpr std::size_t kFieldBytes = 60;
constexpr std::size_t kSamples = 3;

// `name "value"`, the value cut and with control characters escaped.
std::string Describe(absl::string_view name, absl::string_view value) {
  const absl::string_view start = Utf8Prefix(value, kFieldBytes);
  return absl::StrCat(name, " \"", absl::Utf8SafeCEscape(start), start.size() < value.size() ? "…\"" : "\"");
}

std::string CutSample(const std::string& sample) {
  if (sample.size() <= kSampleBytes) return sample;
  constexpr absl::string_view kMark = "…";
  return absl::StrCat(Utf8Prefix(sample, kSampleBytes - kMark.size()), kMark);
}

}  // namespace

void RowTally::Drop(absl::string_view reason, DropKind kind, const Row& row, std::size_t column) {
  std::string sample = absl::StrCat(row.label, ": ");
  if (column != hidden_column_) absl::StrAppend(&sample, Describe(row.columns.name(column), row.fields[column]));
  for (std::size_t i = 0; i < row.fields.size() && sample.size() <= kSampleBytes; ++i) {
    if (i == column || i == hidden_column_ || row.fields[i].empty()) continue;
    absl::StrAppend(&sample, ", ", Describe(row.columns.name(i), row.fields[i]));
  }
  Count(reason, kind, CutSample(sample));
}

void RowTally::DropLine(absl::string_view reason, absl::string_view label, std::uint64_t line) {
  // Padded, so that the smallest by text are the first lines of the file.
  Count(reason, DropKind::kBad,
        CutSample(line == 0 ? std::string(label) : absl::StrFormat("%s: line %9d", label, line)));
}

void RowTally::Count(absl::string_view reason, DropKind kind, std::string sample) {
  ++dropped_;
  auto at = reasons_.find(reason);
  if (at == reasons_.end()) at = reasons_.emplace(std::string(reason), ingest::DroppedRows()).first;
  ingest::DroppedRows& dropped = at->second;
  dropped.bad = kind == DropKind::kBad;
  ++dropped.count;
  std::vector<std::string>& samples = dropped.samples;
  const auto place = std::lower_bound(samples.begin(), samples.end(), sample);
  if (place != samples.end() && *place == sample) return;
  samples.insert(place, std::move(sample));
  if (samples.size() > kSamples) samples.pop_back();
}

void RowTally::Report(ingest::ReadReport* report) const {
  report->rows_read = rows();
  report->rows_kept = kept_;
  report->dropped.clear();
  for (const auto& [reason, dropped] : reasons_) {
    report->dropped.push_back(dropped);
    report->dropped.back().reason = reason;
  }
  std::stable_sort(report->dropped.begin(), report->dropped.end(),
                   [](const ingest::DroppedRows& a, const ingest::DroppedRows& b) { return a.count > b.count; });
}

absl::Status RowTally::CheckBadShare(double max_bad_share) const {
  std::uint64_t bad = 0;
  std::string details;
  for (const auto& [reason, dropped] : reasons_) {
    if (!dropped.bad) continue;
    bad += dropped.count;
    absl::StrAppend(&details, "\n  ", dropped.count, " × ", reason, ", such as ", dropped.samples.front());
  }
  const double share = rows() == 0 ? 0 : static_cast<double>(bad) / static_cast<double>(rows());
  if (share <= max_bad_share) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrFormat("%d of %d rows (%.3g %%) cannot be used; at most %.3g %% may be:%s\nCorrect the dump or its dataset "
                      "map, or allow more with --max-bad %.3g",
                      bad, rows(), share * 100, max_bad_share * 100, details, std::min(1.0, share * 1.01)));
}

}  // namespace awase::ingest_internal
