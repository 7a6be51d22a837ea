#ifndef AWASE_BASE_WATCHED_FILES_H_
#define AWASE_BASE_WATCHED_FILES_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace awase {

// A few small files that belong together and are looked at again and again. Contents count, not times, and a change
// counts when two looks have seen the same of it: files that are being replaced one after another are left alone.
// single-thread.
class WatchedFiles {
 public:
  // The contents of all files in the order of their paths, or why one could not be read.
  using Seen = absl::StatusOr<std::vector<std::string>>;

  // Reads them for the first time: see first().
  explicit WatchedFiles(std::vector<std::string> paths);

  const Seen& first() const { return known_; }

  // Reads them once more. What they hold now, when that was there at the look before too and is another thing than what
  // was last given out; else nothing.
  std::optional<Seen> Look();

 private:
  Seen Read() const;

  const std::vector<std::string> paths_;
  Seen known_;  // last given out
  Seen seen_;   // at the last look
};

}  // namespace awase

#endif  // AWASE_BASE_WATCHED_FILES_H_
