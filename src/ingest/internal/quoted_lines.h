#ifndef AWASE_INGEST_INTERNAL_QUOTED_LINES_H_
#define AWASE_INGEST_INTERNAL_QUOTED_LINES_H_

#include <cstddef>

#include "absl/strings/string_view.h"
#include "ingest/internal/record_scanner.h"

namespace awase::ingest_internal {

// The end of the lines from `begin` on, where a record starts, that are for certain records, or malformed, by
// themselves, although they may have quotes; `begin` when the first is not for certain. Far faster than to scan them.
std::size_t EndOfQuotedLines(absl::string_view text, std::size_t begin, const CsvDialect& dialect);

}  // namespace awase::ingest_internal

#endif  // AWASE_INGEST_INTERNAL_QUOTED_LINES_H_
