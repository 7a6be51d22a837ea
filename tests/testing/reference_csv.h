#ifndef AWASE_TESTS_TESTING_REFERENCE_CSV_H_
#define AWASE_TESTS_TESTING_REFERENCE_CSV_H_

// Delimited text read byte by byte, all of it at once: what docs/dataset_map.md says, as plainly as it can be written.

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace awase::testing {

struct ReferenceCsvOptions {
  char delimiter = ',';
  bool has_header = true;
  std::size_t max_record_bytes = 2 << 20;
};

// The header first (as line 0), then every record and every malformed line in their order, as the functions below write
// them. Empty when there is no header that can be read. `text` is UTF-8 without a byte order mark.
std::vector<std::string> ReferenceRecords(absl::string_view text, const ReferenceCsvOptions& options);

std::string DescribeRecord(std::size_t line, absl::Span<const absl::string_view> fields);
std::string DescribeMalformed(std::size_t line, absl::string_view problem);

}  // namespace awase::testing

#endif  // AWASE_TESTS_TESTING_REFERENCE_CSV_H_
