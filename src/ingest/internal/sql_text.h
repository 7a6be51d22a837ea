#ifndef AWASE_INGEST_INTERNAL_SQL_TEXT_H_
#define AWASE_INGEST_INTERNAL_SQL_TEXT_H_

// The only places where text becomes SQL.

#include <string>

#include "absl/strings/string_view.h"

namespace awase::ingest_internal {

// 'it''s'
std::string QuoteLiteral(absl::string_view text);

// "a ""name"""
std::string QuoteName(absl::string_view name);

// A literal that DuckDB's file readers take as this one file even when its name has glob characters.
std::string QuotePath(absl::string_view path);

}  // namespace awase::ingest_internal

#endif  // AWASE_INGEST_INTERNAL_SQL_TEXT_H_
