#ifndef AWASE_EXPORTER_EXPORT_LISTS_H_
#define AWASE_EXPORTER_EXPORT_LISTS_H_

// The lists and ladders of a version as tables for other programs.

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "awase/artefact/model.h"
#include "awase/relations/relation.h"

namespace awase::exporter {

// One row per list entry, by product id, then rank:
//   product_id,rank,other_id,score,orders_together,orders_product,orders_other,orders_total,buyers_together,
//   lift,lift_low,lift_high,claim,class,source
// The orders_* columns count the relation's units of evidence (relations::RelationUnits): orders, customers, sessions.
// `claim` is true or false; `class` is complement, substitute, multi_pack, variant or undecided; `source` is counted or
// what the entry is backed off to (docs/relevance.md). At most `top` entries per product. Variants are listed under
// their root.
// kNotFound when the version has no such relation.
absl::StatusOr<std::string> RelationToCsv(const artefact::Model& model, relations::RelationKind kind, std::size_t top);

// One row per rung, by product id, direction, rung:
//   product_id,direction,rung,other_id,price_delta_minor,currency,grade,evidence
// `evidence` is the text of rung_text.h.
std::string LaddersToCsv(const artefact::Model& model);

// Writes a table made by the functions above to `path`, whole or not at all: as Parquet when the name ends in .parquet,
// else as CSV. kInvalidArgument for an ending that is neither .csv nor .parquet; else as the system says.
absl::Status WriteTable(absl::string_view csv, const std::string& path);

// An id as a CSV field (RFC 4180): quoted when it holds a comma, a quote, a line break or blanks at an end.
std::string CsvField(absl::string_view text);

}  // namespace awase::exporter

#endif  // AWASE_EXPORTER_EXPORT_LISTS_H_
