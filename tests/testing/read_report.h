#ifndef AWASE_TESTS_TESTING_READ_REPORT_H_
#define AWASE_TESTS_TESTING_READ_REPORT_H_

#include <string>

#include "awase/ingest/read_dump.h"

namespace awase::testing {

// What might be reported of one file: five rows read, three kept.
inline ingest::ReadReport ReportOf(const std::string& path, const std::string& sha256) {
  ingest::ReadReport report;
  report.files = {{path, 10, sha256}};
  report.rows_read = 5;
  report.rows_kept = 3;
  report.dropped = {{"quantity is no number", 2, true, {"c", "a"}}};
  report.columns = {"order_id", "product_id"};
  report.notes = {"columns not used: x."};
  return report;
}

}  // namespace awase::testing

#endif  // AWASE_TESTS_TESTING_READ_REPORT_H_
