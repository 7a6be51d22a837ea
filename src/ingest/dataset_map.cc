#include "awase/ingest/dataset_map.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>
#include <set>
#include <sstream>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "awase/base/files.h"
#include "awase/base/money.h"
#include "awase/base/status_macros.h"
#include "awase/yaml/bad_byte.h"
#include "awase/yaml/decode_message.h"
#include "awase/yaml/quoted.h"
#include "ingest/internal/columns.h"
#include "ingest/internal/text_encoding.h"
#include "ingest/internal/yaml_checker.h"
#include "yaml-cpp/emitterstyle.h"
#include "yaml-cpp/eventhandler.h"
#include "yaml-cpp/yaml.h"

namespace awase::ingest {
namespace {

using ingest_internal::TableSchema;
using ingest_internal::YamlChecker;

constexpr std::array<absl::string_view, 9> kTableKeys = {"files",     "format", "delimiter", "encoding", "columns",
                                                         "constants", "status", "sql",       "tables"};

std::string UnknownName(absl::string_view what, absl::string_view name, absl::Span<const absl::string_view> known) {
  const std::optional<std::string> closest = ingest_internal::ClosestName(name, known);
  return absl::StrCat("unknown ", what, closest.has_value() ? absl::StrCat("; did you mean ", *closest, "?") : "");
}

// Decodes one table of the map. Borrows everything.
class TableDecoder {
 public:
  TableDecoder(const TableSchema& schema, std::string folder, YamlChecker* checker)
      : schema_(schema), folder_(std::move(folder)), checker_(checker) {}

  TableMap Decode(const YAML::Node& node, const std::string& path) {
    checker_->ForEachEntry(node, path, [this](const std::string& key, const YAML::Node& value, const std::string& at) {
      keys_.insert(key);
      TakeKey(key, value, at);
    });
    CheckTogether(node, path);
    return std::move(table_);
  }

 private:
  void TakeKey(const std::string& key, const YAML::Node& value, const std::string& path);
  void TakeFormat(const YAML::Node& value, const std::string& path);
  void TakeDelimiter(const YAML::Node& value, const std::string& path);
  void TakeEncoding(const YAML::Node& value, const std::string& path);
  void TakeColumns(const YAML::Node& value, const std::string& path, std::map<std::string, std::string>* columns);
  void TakeStatus(const YAML::Node& value, const std::string& path);
  void TakeTables(const YAML::Node& value, const std::string& path);
  void CheckTogether(const YAML::Node& node, const std::string& path);
  std::string FromFolder(const std::string& pattern) const {
    return (std::filesystem::path(folder_) / pattern).string();  // an absolute pattern stays as it is
  }

  const TableSchema& schema_;
  const std::string folder_;
  YamlChecker* checker_;
  TableMap table_;
  std::set<std::string> keys_;
};

void TableDecoder::TakeKey(const std::string& key, const YAML::Node& value, const std::string& path) {
  if (key == "files") {
    checker_->TakeTexts(value, path, &table_.files);
    for (std::string& pattern : table_.files) pattern = FromFolder(pattern);
  } else if (key == "format") {
    TakeFormat(value, path);
  } else if (key == "delimiter") {
    TakeDelimiter(value, path);
  } else if (key == "encoding") {
    TakeEncoding(value, path);
  } else if (key == "columns") {
    TakeColumns(value, path, &table_.columns);
  } else if (key == "constants") {
    TakeColumns(value, path, &table_.constants);
  } else if (key == "status") {
    TakeStatus(value, path);
  } else if (key == "sql") {
    checker_->TakeText(value, path, &table_.sql);
  } else if (key == "tables") {
    TakeTables(value, path);
  } else {
    checker_->Note(value, path, UnknownName("key", key, kTableKeys));
  }
}

void TableDecoder::TakeFormat(const YAML::Node& value, const std::string& path) {
  std::string format;
  if (!checker_->TakeText(value, path, &format)) return;
  table_.one_basket_per_line = format == "baskets";
  if (format != "rows" && format != "baskets") checker_->Note(value, path, "want rows or baskets");
  if (table_.one_basket_per_line && schema_.name != "orders" && schema_.name != "views") {
    checker_->Note(value, path, "only orders and views can be baskets");
  }
}

void TableDecoder::TakeDelimiter(const YAML::Node& value, const std::string& path) {
  if (!checker_->TakeText(value, path, &table_.delimiter)) return;
  if (table_.delimiter == "tab") table_.delimiter = "\t";
  const bool one_ascii =
      table_.delimiter.size() == 1 && absl::ascii_isascii(static_cast<unsigned char>(table_.delimiter[0]));
  if (!one_ascii || table_.delimiter == "\"" || table_.delimiter == "\n" || table_.delimiter == "\r") {
    checker_->Note(value, path, "want one ASCII character that is no quote, or tab");
  }
}

void TableDecoder::TakeEncoding(const YAML::Node& value, const std::string& path) {
  if (!checker_->TakeText(value, path, &table_.encoding)) return;
  if (!ingest_internal::ParseTextEncoding(table_.encoding).ok()) {
    checker_->Note(value, path, "want utf-8, latin-1 or utf-16");
  }
}

void TableDecoder::TakeColumns(const YAML::Node& value, const std::string& path,
                               std::map<std::string, std::string>* columns) {
  checker_->TakeTextMap(value, path, columns);
  if (!value.IsMap()) return;
  for (const auto& entry : value) {
    if (!entry.first.IsScalar()) continue;
    const std::string& name = entry.first.Scalar();
    const std::string entry_path = absl::StrCat(path, ".", yaml::PathKey(name));
    if (!ingest_internal::IsColumnOf(schema_, name)) {
      checker_->Note(entry.first, entry_path,
                     UnknownName(absl::StrCat("column of ", schema_.name), name, schema_.columns));
    } else if (columns == &table_.constants && name == "currency" && entry.second.IsScalar() &&
               !CurrencyCode::Parse(entry.second.Scalar()).ok()) {
      checker_->Note(entry.second, entry_path, "want three letters of ISO 4217, such as EUR");
    }
  }
}

void TableDecoder::TakeStatus(const YAML::Node& value, const std::string& path) {
  if (schema_.name != "orders") return checker_->Note(value, path, "only orders have a status");
  checker_->ForEachEntry(value, path, [this](const std::string& theirs, const YAML::Node& ours, const std::string& at) {
    std::string word;
    if (!checker_->TakeText(ours, at, &word)) return;
    if (word != "completed" && word != "cancelled" && word != "returned") {
      checker_->Note(ours, at, "want completed, cancelled or returned");
    } else if (!table_.status_words.emplace(absl::AsciiStrToLower(absl::StripAsciiWhitespace(theirs)), word).second) {
      checker_->Note(ours, at, "the word is there twice: upper and lower case are the same");
    }
  });
}

void TableDecoder::TakeTables(const YAML::Node& value, const std::string& path) {
  checker_->TakeTextMap(value, path, &table_.tables);
  for (auto& [name, pattern] : table_.tables) {
    pattern = FromFolder(pattern);
    if (absl::AsciiStrToLower(name) == "input")
      checker_->Note(value, path, "input is the name of the files themselves");
  }
}

// What excludes or needs each other.
void TableDecoder::CheckTogether(const YAML::Node& node, const std::string& path) {
  const auto has = [this](const char* key) { return keys_.count(key) > 0; };
  if (has("sql") && has("columns"))
    checker_->Note(node, path, "columns and sql exclude each other: let the sql name the columns");
  if (has("tables") && !has("sql")) checker_->Note(node, path, "tables are for sql, and there is none");
  for (const auto& [ours, text] : table_.constants) {
    if (table_.columns.count(ours) > 0)
      checker_->Note(node, path, absl::StrCat(ours, " is both a column and a constant"));
  }
  if (!table_.one_basket_per_line) return;
  for (const char* key : {"columns", "constants", "status", "sql", "tables"}) {
    if (has(key))
      checker_->Note(node, path, absl::StrCat(key, " says nothing for format: baskets, which has no columns"));
  }
}

// Remembers where the last document begins, and nothing of what is in it.
class DocumentStart : public YAML::EventHandler {
 public:
  void OnDocumentStart(const YAML::Mark& mark) override { mark_ = mark; }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t, const std::string&) override {}
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {}
  void OnMapEnd() override {}

  const YAML::Mark& mark() const { return mark_; }

 private:
  YAML::Mark mark_;
};

absl::Status ErrorAt(const std::string& path, const YAML::Mark& mark, absl::string_view message) {
  const YAML::Mark place = mark.is_null() ? YAML::Mark() : mark;
  return absl::InvalidArgumentError(absl::StrCat(path, ":", place.line + 1, ":", place.column + 1, ": ", message));
}

// The one document of `text`. At most two are asked for: in front of a comma the parser finds empty ones without end.
absl::StatusOr<YAML::Node> ParseDocument(const std::string& path, const std::string& text) {
  std::istringstream stream(text);
  YAML::Parser parser(stream);
  DocumentStart start;
  if (!parser.HandleNextDocument(start)) return ErrorAt(path, start.mark(), "want one YAML document, found none");
  if (!parser.HandleNextDocument(start)) return YAML::Load(text);
  return ErrorAt(path, start.mark(), "a second document begins here (\"---\"): write one document per file");
}

absl::StatusOr<YAML::Node> ParseYaml(const std::string& path, const std::string& text) {
  if (const std::optional<yaml::Problem> bad = yaml::FindBadByte(text)) {
    return absl::InvalidArgumentError(
        absl::StrCat(path, ":", bad->place.line, ":", bad->place.column, ": ", bad->message));
  }
  try {
    return ParseDocument(path, text);
  } catch (const YAML::Exception& error) {
    return ErrorAt(path, error.mark, yaml::Printable(error.msg));  // which may have words of the text
  }
}

}  // namespace

absl::StatusOr<DatasetMap> LoadDatasetMap(const std::string& path) {
  AWASE_ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  AWASE_ASSIGN_OR_RETURN(const YAML::Node root, ParseYaml(path, text));
  const std::string folder = std::filesystem::path(path).parent_path().string();
  YamlChecker checker(path);
  DatasetMap map;
  constexpr std::array<absl::string_view, 5> kKeys = {"orders", "products", "views", "usage", "subscriptions"};
  checker.ForEachEntry(root, "", [&](const std::string& key, const YAML::Node& value, const std::string& at) {
    if (key == "orders") {
      map.orders = TableDecoder(ingest_internal::OrderSchema(), folder, &checker).Decode(value, at);
    } else if (key == "products") {
      map.products = TableDecoder(ingest_internal::ProductSchema(), folder, &checker).Decode(value, at);
    } else if (key == "views") {
      map.views = TableDecoder(ingest_internal::ViewSchema(), folder, &checker).Decode(value, at);
    } else if (key == "usage") {
      map.usage = TableDecoder(ingest_internal::UsageSchema(), folder, &checker).Decode(value, at);
    } else if (key == "subscriptions") {
      map.subscriptions = TableDecoder(ingest_internal::SubscriptionSchema(), folder, &checker).Decode(value, at);
    } else {
      checker.Note(value, at, UnknownName("key", key, kKeys));
    }
  });
  AWASE_RETURN_IF_ERROR(checker.status());
  return map;
}

}  // namespace awase::ingest
