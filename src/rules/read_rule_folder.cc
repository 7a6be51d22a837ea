#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "awase/base/files.h"
#include "awase/base/status_macros.h"
#include "awase/rules/load_rules.h"
#include "awase/yaml/quoted.h"

namespace awase::rules {
namespace {

namespace fs = std::filesystem;

absl::Status TooLarge(const std::string& path) {
  return absl::InvalidArgumentError(
      absl::StrCat(yaml::Printable(path), ": is larger than 4 MiB: split it into several files"));
}

absl::StatusOr<std::vector<std::string>> ListRuleFiles(const std::string& folder) {
  std::error_code error;
  const fs::file_status status = fs::status(folder, error);
  if (status.type() == fs::file_type::not_found) {
    return absl::NotFoundError(absl::StrCat(folder, ": no such folder of rules: is its name right?"));
  }
  if (error) return absl::ErrnoToStatus(error.value(), folder);
  if (!fs::is_directory(status)) {
    return absl::InvalidArgumentError(absl::StrCat(folder, ": is no folder: want a folder of *.yaml files"));
  }
  std::vector<std::string> names;
  for (fs::directory_iterator entry(folder, error); !error && entry != fs::directory_iterator();
       entry.increment(error)) {
    std::string name = entry->path().filename().string();
    if (IsRuleFileName(name)) names.push_back(std::move(name));
  }
  if (error) return absl::ErrnoToStatus(error.value(), folder);
  std::sort(names.begin(), names.end());
  return names;
}

absl::StatusOr<std::string> ReadRuleFile(const std::string& path) {
  const auto went_away = [&path] {
    return absl::UnavailableError(absl::StrCat(yaml::Printable(path),
                                               ": went away while the folder was read (or is a symbolic link to "
                                               "nothing): try again"));
  };
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found) return went_away();
  if (error) return absl::ErrnoToStatus(error.value(), yaml::Printable(path));
  // Before it is opened: reading a pipe would wait for ever.
  if (!fs::is_regular_file(status)) {
    return absl::InvalidArgumentError(absl::StrCat(yaml::Printable(path), ": is no file: take it away or rename it"));
  }
  const std::uintmax_t size = fs::file_size(path, error);
  if (!error && size > kMaxRuleFileBytes) return TooLarge(path);
  absl::StatusOr<std::string> content = ReadFile(path);
  if (absl::IsNotFound(content.status())) return went_away();
  AWASE_RETURN_IF_ERROR(content.status());
  if (content->size() > kMaxRuleFileBytes) return TooLarge(path);
  return content;
}

}  // namespace

// Editors' files need no list of their own: "a.yaml~", "#a.yaml#", ".a.yaml.swp" and ".#a.yaml" all fail here.
// So do "..data" and "..2026_07_01" of a Kubernetes config map, to which the visible names are symbolic links.
bool IsRuleFileName(absl::string_view name) {
  return !absl::StartsWith(name, ".") && (absl::EndsWith(name, ".yaml") || absl::EndsWith(name, ".yml"));
}

absl::StatusOr<std::vector<RuleFile>> ReadRuleFolder(const std::string& folder) {
  AWASE_ASSIGN_OR_RETURN(const std::vector<std::string> names, ListRuleFiles(folder));
  std::vector<RuleFile> files;
  for (const std::string& name : names) {
    AWASE_ASSIGN_OR_RETURN(std::string content, ReadRuleFile(JoinPath(folder, name)));
    files.push_back({yaml::Printable(name), std::move(content)});
  }
  return files;
}

absl::StatusOr<std::vector<RuleFile>> ReadSomeRules(const std::string& folder) {
  AWASE_ASSIGN_OR_RETURN(std::vector<RuleFile> files, ReadRuleFolder(folder));
  if (files.empty()) return NoRuleFilesError(folder);
  return files;
}

absl::Status NoRuleFilesError(absl::string_view folder) {
  return absl::InvalidArgumentError(
      absl::StrCat(folder, ": no *.yaml or *.yml in it. For no rules at all, a file with rules: []"));
}

}  // namespace awase::rules
