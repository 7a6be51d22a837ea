#include "ingest/internal/yaml_checker.h"

#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "awase/yaml/decode_message.h"

namespace awase::ingest_internal {

void YamlChecker::Note(const YAML::Node& node, absl::string_view path, absl::string_view message) {
  const YAML::Mark mark = node.Mark();
  // A null value has no place of its own.
  const int line = mark.is_null() ? 1 : mark.line + 1;
  const int column = mark.is_null() ? 1 : mark.column + 1;
  notes_.push_back(absl::StrCat(file_, ":", line, ":", column, ": ", path, path.empty() ? "" : ": ", message));
}

void YamlChecker::ForEachEntry(const YAML::Node& node, const std::string& path, const TakeEntry& take) {
  if (!node.IsMap()) return Note(node, path, "want a map of key: value");
  std::set<std::string> keys;
  // yaml-cpp keeps repeated keys, all of them, in its iteration only.
  for (const auto& entry : node) {
    if (!entry.first.IsScalar()) {
      Note(entry.first, path, "want text as a key");
      continue;
    }
    const std::string key = entry.first.Scalar();
    const std::string shown = yaml::PathKey(key);
    const std::string entry_path = path.empty() ? shown : absl::StrCat(path, ".", shown);
    if (!keys.insert(key).second) {
      Note(entry.first, entry_path, "the key is there twice");
    } else {
      take(key, entry.second, entry_path);
    }
  }
}

bool YamlChecker::TakeText(const YAML::Node& node, const std::string& path, std::string* text) {
  if (!node.IsScalar() || node.Scalar().empty()) {
    Note(node, path, "want a text");
    return false;
  }
  *text = node.Scalar();
  return true;
}

void YamlChecker::TakeTexts(const YAML::Node& node, const std::string& path, std::vector<std::string>* texts) {
  std::string text;
  if (!node.IsSequence()) {
    if (TakeText(node, path, &text)) texts->push_back(text);
    return;
  }
  for (std::size_t i = 0; i < node.size(); ++i) {
    if (TakeText(node[i], absl::StrCat(path, "[", i, "]"), &text)) texts->push_back(text);
  }
}

void YamlChecker::TakeTextMap(const YAML::Node& node, const std::string& path,
                              std::map<std::string, std::string>* texts) {
  ForEachEntry(node, path, [&](const std::string& key, const YAML::Node& value, const std::string& entry_path) {
    std::string text;
    if (TakeText(value, entry_path, &text)) (*texts)[key] = text;
  });
}

absl::Status YamlChecker::status() const {
  if (notes_.empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrJoin(notes_, "\n"));
}

}  // namespace awase::ingest_internal
