#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "awase/ingest/read_dump.h"
#include "ingest/internal/columns.h"
#include "ingest/internal/row_tally.h"

namespace awase::ingest {
namespace {

// Appends what is new, in its order.
void Unite(const std::vector<std::string>& more, std::vector<std::string>* all) {
  for (const std::string& text : more) {
    if (std::find(all->begin(), all->end(), text) == all->end()) all->push_back(text);
  }
}

std::vector<DroppedRows> JoinDropped(const std::vector<DroppedRows>& earlier, const std::vector<DroppedRows>& later) {
  std::map<std::string, DroppedRows> by_reason;
  for (const std::vector<DroppedRows>* rows : {&earlier, &later}) {
    for (const DroppedRows& dropped : *rows) {
      DroppedRows& joined =
          by_reason.try_emplace(dropped.reason, DroppedRows{dropped.reason, 0, dropped.bad, {}}).first->second;
      joined.count += dropped.count;
      Unite(dropped.samples, &joined.samples);
    }
  }
  std::vector<DroppedRows> result;
  for (auto& [reason, rows] : by_reason) {
    std::sort(rows.samples.begin(), rows.samples.end());
    rows.samples.resize(std::min(rows.samples.size(), ingest_internal::kSamples));
    result.push_back(std::move(rows));
  }
  std::stable_sort(result.begin(), result.end(), [](const auto& a, const auto& b) { return a.count > b.count; });
  return result;
}

}  // namespace

absl::StatusOr<ReadReport> JoinReports(const ReadReport& earlier, const ReadReport& later) {
  for (const InputFile& file : later.files) {
    for (const InputFile& known : earlier.files) {
      if (file.sha256 != known.sha256) continue;
      return absl::InvalidArgumentError(absl::StrCat(file.path, " is already in the store, as ", known.path,
                                                     ": appended once more, its quantities would count twice"));
    }
  }
  ReadReport joined = earlier;
  joined.files.insert(joined.files.end(), later.files.begin(), later.files.end());
  std::sort(joined.files.begin(), joined.files.end(), [](const auto& a, const auto& b) {
    return std::tie(a.path, a.sha256) < std::tie(b.path, b.sha256);  // every day's file may be called yesterday.csv
  });
  joined.rows_read += later.rows_read;
  joined.rows_kept += later.rows_kept;
  joined.dropped = JoinDropped(earlier.dropped, later.dropped);
  Unite(later.columns, &joined.columns);
  const auto place = [](absl::string_view column) {
    const absl::Span<const absl::string_view> columns = ingest_internal::OrderSchema().columns;
    return std::find(columns.begin(), columns.end(), column);
  };
  std::sort(joined.columns.begin(), joined.columns.end(),
            [&place](const auto& a, const auto& b) { return place(a) < place(b); });
  // What is noted of no rows is not true of some.
  if (earlier.rows_read == 0) joined.notes.clear();
  if (earlier.rows_read == 0 || later.rows_read > 0) Unite(later.notes, &joined.notes);
  std::sort(joined.notes.begin(), joined.notes.end());
  return joined;
}

}  // namespace awase::ingest
