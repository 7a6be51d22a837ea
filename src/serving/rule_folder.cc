#include "serving/rule_folder.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "awase/base/sha256.h"

namespace awase::serving {
namespace {

// Names, sizes, inodes and change times of a folder's entries as one text, and the newest change time. The change time
// is the kernel's own: no tool that preserves modification times can set it back.
struct Entries {
  std::string text;
  absl::Time newest = absl::InfinitePast();
};

Entries ListEntries(const std::string& folder) {
  Entries entries;
  std::vector<std::string> lines;
  std::error_code error;
  std::filesystem::directory_iterator it(folder, error);
  for (; !error && it != std::filesystem::directory_iterator(); it.increment(error)) {
    const std::string path = it->path().string();
    struct stat info;
    if (stat(path.c_str(), &info) != 0) {
      lines.push_back(absl::StrCat(path, " gone"));
      continue;
    }
    const absl::Time changed = absl::TimeFromTimespec(info.st_ctim);
    entries.newest = std::max(entries.newest, changed);
    lines.push_back(absl::StrCat(path, " ", info.st_size, " ", info.st_ino, " ", absl::ToUnixNanos(changed)));
  }
  std::sort(lines.begin(), lines.end());
  entries.text = error ? error.message() : absl::StrJoin(lines, "\n");
  return entries;
}

// File systems stamp changes with a clock that advances in steps (4 ms on Linux, 2 s on FAT): two writes within one
// step look alike. Contents are therefore read until they have been read this long after the newest change.
constexpr absl::Duration kTrustEntriesAfter = absl::Seconds(3);

}  // namespace

FolderContent ReadFolderContent(const std::string& folder) {
  FolderContent content;
  absl::StatusOr<std::vector<rules::RuleFile>> files = rules::ReadRuleFolder(folder);
  Sha256 hash;
  if (!files.ok()) {
    content.status = files.status();
    hash.Update(absl::StrCat("unreadable:", content.status.ToString()));
  } else {
    content.files = *std::move(files);
    // Lengths keep "ab" + "c" apart from "a" + "bc".
    for (const rules::RuleFile& file : content.files) {
      hash.Update(absl::StrCat("file:", file.name.size(), ":", file.name, ":", file.content.size(), ":"));
      hash.Update(file.content);
    }
  }
  content.signature = hash.HexDigest();
  return content;
}

void RuleFolder::Forget() {
  accepted_.clear();
  pending_.clear();
  entries_.clear();
}

bool RuleFolder::EntriesAreQuiet(absl::Time now) {
  Entries entries = ListEntries(folder_);
  const bool quiet = entries.text == entries_ && last_look_ - entries.newest > kTrustEntriesAfter;
  entries_ = std::move(entries.text);
  last_look_ = now;
  return quiet;
}

std::optional<FolderContent> RuleFolder::Look(absl::Time now) {
  const bool quiet = EntriesAreQuiet(now);
  if (quiet && pending_.empty()) return std::nullopt;
  FolderContent content = ReadFolderContent(folder_);
  const bool is_moving = content.status.code() == absl::StatusCode::kUnavailable;  // a file went while it was read
  if (is_moving || content.signature == accepted_) {
    pending_.clear();
    if (is_moving) entries_.clear();
    return std::nullopt;
  }
  if (content.signature != pending_) {
    pending_ = content.signature;
    return std::nullopt;
  }
  pending_.clear();
  accepted_ = content.signature;
  return content;
}

}  // namespace awase::serving
