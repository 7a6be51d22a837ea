#include "ingest/internal/sql_text.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace awase::ingest_internal {

std::string QuoteLiteral(absl::string_view text) {
  return absl::StrCat("'", absl::StrReplaceAll(text, {{"'", "''"}}), "'");
}

std::string QuoteName(absl::string_view name) {
  return absl::StrCat("\"", absl::StrReplaceAll(name, {{"\"", "\"\""}}), "\"");
}

std::string QuotePath(absl::string_view path) {
  return QuoteLiteral(absl::StrReplaceAll(path, {{"[", "[[]"}, {"*", "[*]"}, {"?", "[?]"}}));
}

}  // namespace awase::ingest_internal
