#include "ingest/internal/row_tally.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "ingest/internal/text_encoding.h"

namespace awase::ingest_internal {
namespace {

constexpr std::size_t kSampleBytes = 200;
constexpr std::size_t kFieldBytes = 60;

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

// What a dataset map can do about rows that are dropped for this reason; nothing where it can do nothing.
std::string AdviceOn(absl::string_view reason, const std::set<std::string>& values, absl::string_view table) {
  if (reason == kLineIsNoUtf8) return EncodingAdvice(table);
  if (reason != kUnknownStatus) return "";
  return absl::StrCat("say what the words mean in a dataset map (--dataset map.yaml): ", table, ": {status: {",
                      absl::StrJoin(values, ", ",
                                    [](std::string* out, const std::string& word) {
                                      absl::StrAppend(out, "\"", absl::Utf8SafeCEscape(word), "\": completed");
                                    }),
                      "}}; what a word can mean is completed, cancelled or returned");
}

}  // namespace

void RowTally::Drop(absl::string_view reason, DropKind kind, const Row& row, std::size_t column) {
  if (row.late_texts != nullptr) row.late_texts->Fill();
  std::string sample = absl::StrCat(row.label, ": ");
  if (!IsHidden(column)) absl::StrAppend(&sample, Describe(row.columns.name(column), row.fields[column]));
  for (std::size_t i = 0; i < row.fields.size() && sample.size() <= kSampleBytes; ++i) {
    if (i == column || IsHidden(i) || row.fields[i].empty()) continue;
    absl::StrAppend(&sample, ", ", Describe(row.columns.name(i), row.fields[i]));
  }
  sample = CutSample(sample);
  Reason& known = Count(reason, kind, {sample, sample});
  if (IsHidden(column)) return;
  known.values.emplace(Utf8Prefix(row.fields[column], kFieldBytes));
  if (known.values.size() > kSamples) known.values.erase(std::prev(known.values.end()));
}

bool RowTally::IsHidden(std::size_t column) const {
  return std::find(hidden_columns_.begin(), hidden_columns_.end(), column) != hidden_columns_.end();
}

void RowTally::DropLine(absl::string_view reason, absl::string_view label, std::uint64_t line) {
  Sample sample{std::string(label), CutSample(std::string(label))};
  // By number, so that the first lines of a file are kept.
  if (line > 0) sample = {absl::StrFormat("%s: %020d", label, line), CutSample(absl::StrCat(label, ": line ", line))};
  Count(reason, DropKind::kBad, std::move(sample));
}

RowTally::Reason& RowTally::ReasonOf(absl::string_view reason, DropKind kind) {
  auto at = reasons_.find(reason);
  if (at == reasons_.end()) at = reasons_.emplace(std::string(reason), Reason()).first;
  at->second.kind = kind;
  return at->second;
}

RowTally::Reason& RowTally::Count(absl::string_view reason, DropKind kind, Sample sample) {
  ++dropped_;
  Reason& known = ReasonOf(reason, kind);
  ++known.count;
  Keep(std::move(sample), &known.samples);
  return known;
}

// The smallest few, each once.
void RowTally::Keep(Sample sample, std::vector<Sample>* samples) {
  const auto place = std::lower_bound(samples->begin(), samples->end(), sample,
                                      [](const Sample& a, const Sample& b) { return a.order < b.order; });
  if (place != samples->end() && place->order == sample.order) return;
  if (place == samples->end() && samples->size() == kSamples) return;
  samples->insert(place, std::move(sample));
  if (samples->size() > kSamples) samples->pop_back();
}

void RowTally::Merge(const RowTally& other) {
  kept_ += other.kept_;
  dropped_ += other.dropped_;
  for (const auto& [name, reason] : other.reasons_) {
    Reason& known = ReasonOf(name, reason.kind);
    known.count += reason.count;
    for (const Sample& sample : reason.samples) Keep(sample, &known.samples);
    known.values.insert(reason.values.begin(), reason.values.end());
    while (known.values.size() > kSamples) known.values.erase(std::prev(known.values.end()));
  }
}

void RowTally::Report(absl::string_view table, ingest::ReadReport* report) const {
  report->rows_read = rows();
  report->rows_kept = kept_;
  report->dropped.clear();
  for (const auto& [name, reason] : reasons_) {
    ingest::DroppedRows dropped{name, reason.count, reason.kind == DropKind::kBad, {}};
    for (const Sample& sample : reason.samples) dropped.samples.push_back(sample.text);
    report->dropped.push_back(std::move(dropped));
    const std::string advice = AdviceOn(name, reason.values, table);
    if (!advice.empty()) report->notes.push_back(absl::StrCat(name, ": ", advice, "."));
  }
  std::stable_sort(report->dropped.begin(), report->dropped.end(),
                   [](const ingest::DroppedRows& a, const ingest::DroppedRows& b) { return a.count > b.count; });
}

absl::Status RowTally::CheckBadShare(double max_bad_share, absl::string_view table) const {
  std::uint64_t bad = 0;
  std::string details;
  for (const auto& [name, reason] : reasons_) {
    if (reason.kind != DropKind::kBad) continue;
    bad += reason.count;
    absl::StrAppend(&details, "\n  ", reason.count, " × ", name, ", such as ", reason.samples.front().text);
    const std::string advice = AdviceOn(name, reason.values, table);
    if (!advice.empty()) absl::StrAppend(&details, "\n    ", advice);
  }
  const double share = rows() == 0 ? 0 : static_cast<double>(bad) / static_cast<double>(rows());
  if (share <= max_bad_share) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrFormat(
      "%d of %d rows (%.3g %%) cannot be used; at most %.3g %% may be:%s\nCorrect the dump or its dataset "
      "map, or allow more with --max-bad %.3g",
      bad, rows(), share * 100, max_bad_share * 100, details, std::min(1.0, share * 1.01)));
}

}  // namespace awase::ingest_internal
