#include "awase/base/watched_files.h"

#include <utility>

#include "awase/base/files.h"
#include "awase/base/status_macros.h"

namespace awase {
namespace {

bool AreSame(const WatchedFiles::Seen& a, const WatchedFiles::Seen& b) {
  return a.ok() && b.ok() ? *a == *b : a.status() == b.status();
}

}  // namespace

WatchedFiles::WatchedFiles(std::vector<std::string> paths) : paths_(std::move(paths)), known_(Read()), seen_(known_) {}

WatchedFiles::Seen WatchedFiles::Read() const {
  std::vector<std::string> contents;
  for (const std::string& path : paths_) {
    AWASE_ASSIGN_OR_RETURN(contents.emplace_back(), ReadFile(path));
  }
  return contents;
}

std::optional<WatchedFiles::Seen> WatchedFiles::Look() {
  Seen now = Read();
  const bool is_at_rest = AreSame(now, seen_);
  seen_ = std::move(now);
  if (!is_at_rest || AreSame(seen_, known_)) return std::nullopt;
  known_ = seen_;
  return known_;
}

}  // namespace awase
