#ifndef AWASE_INGEST_INTERNAL_READ_BASKETS_H_
#define AWASE_INGEST_INTERNAL_READ_BASKETS_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "awase/ingest/read_dump.h"
#include "ingest/internal/columns.h"

namespace awase::ingest_internal {

// The form without a header in which each line is one basket: products separated by the map's delimiter (default ","),
// quotes legal within a line. A row of the report is one product of one line. The order id is made of the file's and
// the line's numbers. Blanks around a product do not count; empty fields at the end of a line are padding, others are
// bad. `schema`: of orders, or of views, whose sessions are the lines. Contract and errors of ingest::ReadOrders.
absl::StatusOr<orders::OrderLog> ReadBaskets(const TableSchema& schema, absl::Span<const std::string> patterns,
                                             const ingest::TableMap& map, const ingest::ReadOptions& options,
                                             ingest::ReadReport* report);

}  // namespace awase::ingest_internal

#endif  // AWASE_INGEST_INTERNAL_READ_BASKETS_H_
