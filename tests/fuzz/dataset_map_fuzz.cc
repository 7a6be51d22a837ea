// Any bytes as a dataset map: refused with a place for everything that is wrong, or read whole, and read again as the
// same from what was read.

#include <unistd.h>  // getpid

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "awase/base/files.h"
#include "awase/ingest/dataset_map.h"

namespace {

using awase::ingest::DatasetMap;
using awase::ingest::TableMap;

void Check(bool holds, const std::string& what) {
  if (holds) return;
  std::cerr << "does not hold: " << what << "\n";
  std::abort();
}

// Removed with the process.
const std::string& MapPath() {
  struct File {
    std::string path =
        (std::filesystem::temp_directory_path() / absl::StrCat("awase-dataset-map-fuzz-", getpid())).string();
    ~File() { std::filesystem::remove(path); }
  };
  static const File file;
  return file.path;
}

absl::StatusOr<DatasetMap> Load(const std::string& text) {
  Check(awase::WriteFile(MapPath(), text).ok(), "the map can be written");
  return awase::ingest::LoadDatasetMap(MapPath());
}

// A line of a refusal: "file:line:column: …", a place in the text.
void CheckMistake(absl::string_view mistake, const std::string& text) {
  const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
  const std::string shown = absl::CEscape(mistake);
  Check(absl::ConsumePrefix(&mistake, absl::StrCat(MapPath(), ":")), absl::StrCat("a file first: ", shown));
  const std::vector<absl::string_view> parts = absl::StrSplit(mistake, absl::MaxSplits(':', 2));
  std::size_t line = 0;
  std::size_t column = 0;
  Check(parts.size() == 3 && absl::SimpleAtoi(parts[0], &line) && absl::SimpleAtoi(parts[1], &column),
        absl::StrCat("a place: ", shown));
  Check(line >= 1 && line <= lines + 1 && column >= 1 && column <= text.size() + 1, absl::StrCat("in it: ", shown));
  Check(parts[2].size() > 1 && std::none_of(mistake.begin(), mistake.end(), absl::ascii_iscntrl),
        absl::StrCat("a text: ", shown));
}

std::string Quoted(absl::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted.push_back('\\');
    if (c == '\n') {
      quoted += "\\n";
    } else if (c == '\t') {
      quoted += "\\t";
    } else {
      quoted.push_back(c);
    }
  }
  return quoted + "\"";
}

std::string MapText(const std::map<std::string, std::string>& entries) {
  return absl::StrCat("{",
                      absl::StrJoin(entries, ", ",
                                    [](std::string* out, const auto& entry) {
                                      absl::StrAppend(out, Quoted(entry.first), ": ", Quoted(entry.second));
                                    }),
                      "}");
}

// The table as YAML, without what is not said.
std::string TableText(const TableMap& table) {
  std::vector<std::string> keys;
  if (!table.files.empty()) {
    const auto quote = [](std::string* out, const std::string& file) { *out += Quoted(file); };
    keys.push_back(absl::StrCat("files: [", absl::StrJoin(table.files, ", ", quote), "]"));
  }
  if (table.one_basket_per_line) keys.emplace_back("format: baskets");
  if (!table.delimiter.empty()) keys.push_back(absl::StrCat("delimiter: ", Quoted(table.delimiter)));
  if (!table.encoding.empty()) keys.push_back(absl::StrCat("encoding: ", Quoted(table.encoding)));
  if (!table.columns.empty()) keys.push_back(absl::StrCat("columns: ", MapText(table.columns)));
  if (!table.constants.empty()) keys.push_back(absl::StrCat("constants: ", MapText(table.constants)));
  if (!table.status_words.empty()) keys.push_back(absl::StrCat("status: ", MapText(table.status_words)));
  if (!table.sql.empty()) keys.push_back(absl::StrCat("sql: ", Quoted(table.sql)));
  if (!table.tables.empty()) keys.push_back(absl::StrCat("tables: ", MapText(table.tables)));
  return absl::StrCat("{", absl::StrJoin(keys, ", "), "}");
}

std::string TextOf(const DatasetMap& map) {
  return absl::StrCat("orders: ", TableText(map.orders), "\nproducts: ", TableText(map.products),
                      "\nviews: ", TableText(map.views), "\nusage: ", TableText(map.usage),
                      "\nsubscriptions: ", TableText(map.subscriptions), "\n");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const absl::StatusOr<DatasetMap> map = Load(text);
  if (!map.ok()) {
    Check(map.status().code() == absl::StatusCode::kInvalidArgument, map.status().ToString());
    for (const absl::string_view mistake : absl::StrSplit(map.status().message(), '\n')) CheckMistake(mistake, text);
    return 0;
  }
  Check(!Load(text + "\nunknown-key: 1\n").ok(), "everything is read to the end");
  const std::string written = TextOf(*map);
  const absl::StatusOr<DatasetMap> again = Load(written);
  Check(again.ok(), absl::StrCat(again.status().message(), " in\n", written));
  Check(TextOf(*again) == written, absl::StrCat(written, "is read as\n", TextOf(*again)));
  return 0;
}
