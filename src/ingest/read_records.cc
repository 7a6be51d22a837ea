#include "ingest/internal/read_records.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "awase/base/parallel.h"
#include "awase/base/status_macros.h"
#include "ingest/internal/first_error.h"

namespace awase::ingest_internal {
namespace {

// One reading thread.
class RecordReader {
 public:
  RecordReader(CsvFile* file, RecordTaker* taker, ReadMeter* meter, const FirstError* others,
               const absl::FunctionRef<double()>* share)
      : file_(file), taker_(taker), meter_(meter), others_(others), share_(share), records_(file->dialect()) {}

  // Until the file ends or another thread has failed.
  absl::Status Run() {
    CsvBlock block;
    while (!others_->is_set()) {
      AWASE_ASSIGN_OR_RETURN(const bool more, file_->NextBlock(&block));
      if (!more) break;
      records_.Start(block);
      AWASE_RETURN_IF_ERROR(TakeBlock());
    }
    meter_->Add(uncounted_);
    return absl::OkStatus();
  }

 private:
  absl::Status TakeBlock() {
    for (;;) {
      const CsvRecords::Outcome outcome = records_.Next();
      if (outcome == CsvRecords::Outcome::kRow) {
        taker_->TakeRecord(records_);
      } else if (outcome == CsvRecords::Outcome::kMalformed) {
        taker_->TakeMalformed(records_);
      } else {
        return absl::OkStatus();
      }
      if (++uncounted_ < ReadMeter::kStep) continue;
      meter_->Add(uncounted_);
      uncounted_ = 0;
      if (share_ != nullptr) AWASE_RETURN_IF_ERROR(meter_->Report((*share_)()));
    }
  }

  CsvFile* file_;
  RecordTaker* taker_;
  ReadMeter* meter_;
  const FirstError* others_;
  const absl::FunctionRef<double()>* share_;  // null = another thread reports
  CsvRecords records_;
  std::uint64_t uncounted_ = 0;
};

}  // namespace

absl::Status ReadRecords(CsvFile* file, absl::Span<RecordTaker* const> takers, ReadMeter* meter,
                         absl::FunctionRef<double()> share) {
  FirstError error;
  const std::size_t threads = file->is_small() ? 1 : takers.size();
  ParallelFor(threads, threads, 1, [&](std::size_t, std::size_t, std::size_t worker) {
    error.Note(RecordReader(file, takers[worker], meter, &error, worker == 0 ? &share : nullptr).Run());
  });
  return error.status();
}

}  // namespace awase::ingest_internal
