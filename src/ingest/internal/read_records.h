#ifndef AWASE_INGEST_INTERNAL_READ_RECORDS_H_
#define AWASE_INGEST_INTERNAL_READ_RECORDS_H_

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/types/span.h"
#include "ingest/internal/csv_file.h"
#include "ingest/internal/read_meter.h"

namespace awase::ingest_internal {

// Takes the records that one thread reads. single-thread.
class RecordTaker {
 public:
  virtual ~RecordTaker() = default;
  virtual void TakeRecord(const CsvRecords& record) = 0;
  virtual void TakeMalformed(const CsvRecords& record) = 0;
};

// Hands every record of `file` to one of the takers, each on a thread of its own; the calling thread is one of them and
// reports to the meter, with the share that `share` then says. Blocks until all is read. Errors of CsvFile::NextBlock,
// and kCancelled.
absl::Status ReadRecords(CsvFile* file, absl::Span<RecordTaker* const> takers, ReadMeter* meter,
                         absl::FunctionRef<double()> share);

}  // namespace awase::ingest_internal

#endif  // AWASE_INGEST_INTERNAL_READ_RECORDS_H_
