#ifndef AWASE_INGEST_INTERNAL_YAML_CHECKER_H_
#define AWASE_INGEST_INTERNAL_YAML_CHECKER_H_

// Reading a dataset map node by node: every mistake is noted with its place, and reading goes on.

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "yaml-cpp/yaml.h"

namespace awase::ingest_internal {

// single-thread. Nothing here throws for a node that the parser made.
class YamlChecker {
 public:
  explicit YamlChecker(std::string file) : file_(std::move(file)) {}

  // "file:line:col: path: message"; the path is left out where it is empty.
  void Note(const YAML::Node& node, absl::string_view path, absl::string_view message);

  // Calls `take` for every key of a map, in order; notes a node that is no map and keys that are no text or repeat.
  using TakeEntry = std::function<void(const std::string& key, const YAML::Node& value, const std::string& path)>;
  void ForEachEntry(const YAML::Node& node, const std::string& path, const TakeEntry& take);

  // Notes a node that is no text (a number or true is: YAML's types mean nothing here) or is empty.
  bool TakeText(const YAML::Node& node, const std::string& path, std::string* text);

  // One text, or a list of texts.
  void TakeTexts(const YAML::Node& node, const std::string& path, std::vector<std::string>* texts);

  // A map of texts.
  void TakeTextMap(const YAML::Node& node, const std::string& path, std::map<std::string, std::string>* texts);

  // OK, or all notes in one kInvalidArgument, a line each.
  absl::Status status() const;

 private:
  std::string file_;
  std::vector<std::string> notes_;
};

}  // namespace awase::ingest_internal

#endif  // AWASE_INGEST_INTERNAL_YAML_CHECKER_H_
