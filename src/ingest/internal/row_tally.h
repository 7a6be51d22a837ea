#ifndef AWASE_INGEST_INTERNAL_ROW_TALLY_H_
#define AWASE_INGEST_INTERNAL_ROW_TALLY_H_

// The account of a dump's rows: how many are kept, and which are not and why.

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "awase/ingest/read_dump.h"
#include "ingest/internal/row.h"

namespace awase::ingest_internal {

// Samples kept of each reason.
inline constexpr std::size_t kSamples = 3;

// The reason for rows whose status is no word of ours nor of the dataset map.
inline constexpr absl::string_view kUnknownStatus = "status is unknown";

enum class DropKind { kBad, kIntended };

// thread-compatible.
class RowTally {
 public:
  // Samples leave `hidden_columns` out: what names a customer must not get into reports.
  explicit RowTally(std::vector<std::size_t> hidden_columns = {}) : hidden_columns_(std::move(hidden_columns)) {}

  void Keep() { ++kept_; }

  // The sample starts with `column`, the one that is to blame.
  void Drop(absl::string_view reason, DropKind kind, const Row& row, std::size_t column);

  // A line that is no row. Samples say where it is (line 0: in which file), not what is in it: it has no columns to
  // leave out.
  void DropLine(absl::string_view reason, absl::string_view label, std::uint64_t line);

  // As if the rows of `other` had come here, in whatever order.
  void Merge(const RowTally& other);

  std::uint64_t rows() const { return kept_ + dropped_; }

  // Fills in rows_read, rows_kept and dropped (the most frequent reason first), and adds a note on each reason that a
  // dataset map can do something about. `table`: its key there.
  void Report(absl::string_view table, ingest::ReadReport* report) const;

  // kInvalidArgument when more than `max_bad_share` of the rows are bad: says the share, every reason and how to go on.
  absl::Status CheckBadShare(double max_bad_share, absl::string_view table) const;

 private:
  struct Sample {
    std::string order;  // the smallest are kept
    std::string text;
  };
  struct Reason {
    std::uint64_t count = 0;
    DropKind kind = DropKind::kBad;
    std::vector<Sample> samples;
    std::set<std::string> values;  // the smallest few of the column that is to blame
  };

  Reason& Count(absl::string_view reason, DropKind kind, Sample sample);
  Reason& ReasonOf(absl::string_view reason, DropKind kind);
  static void Keep(Sample sample, std::vector<Sample>* samples);
  bool IsHidden(std::size_t column) const;

  std::vector<std::size_t> hidden_columns_;
  std::uint64_t kept_ = 0;
  std::uint64_t dropped_ = 0;
  std::map<std::string, Reason, std::less<>> reasons_;
};

}  // namespace awase::ingest_internal

#endif  // AWASE_INGEST_INTERNAL_ROW_TALLY_H_
