#ifndef AWASE_SERVING_REVISION_STORE_H_
#define AWASE_SERVING_REVISION_STORE_H_

// Every rule set that has served: who published it, when and why. Records are written once and never changed; the
// newest one is what serves, so that rolling back is publishing an old set once more.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "awase/base/directory_lock.h"
#include "awase/rules/load_rules.h"

namespace awase::serving {

struct RevisionInfo {
  // How the set came to serve. kStart: no rules, as a server without a rule folder begins.
  enum class Source : std::uint8_t { kFolder, kPublished, kRolledBack, kStart };

  std::uint64_t number = 0;  // 1, 2, … in the order in which they served
  std::string revision;      // RuleSet::revision: equal content, equal revision
  Source source = Source::kPublished;
  std::uint64_t restored = 0;  // of kRolledBack: the number that serves once more
  std::string author;          // empty = not said
  std::string published_by;    // the name by which the server knew who sent it; empty: nobody showed anything
  std::string comment;
  absl::Time published_at;
  std::uint32_t rule_count = 0;
  // Of the rule folder when the set began to serve: its bytes, and the revision of the rules that were last taken from
  // it. It has been changed since when both differ. Empty where there was no folder.
  std::string folder_signature;
  std::string folder_revision;
};

// "folder", "published", "rolled back", "start".
absl::string_view SourceName(RevisionInfo::Source source);

struct Revision {
  RevisionInfo info;
  std::vector<rules::RuleFile> files;
};

// In a directory, or in memory where none is given: then history begins with the process. thread-safe: who reads does
// not wait for a record that is being written. Movable while nobody uses it.
class RevisionStore {
 public:
  static constexpr std::size_t kMaxAuthorBytes = 200;
  static constexpr std::size_t kMaxCommentBytes = 2000;
  // Of those in memory; the oldest go first.
  static constexpr std::size_t kMostInMemory = 100;

  // Makes the directory where there is none. Records that cannot be read are passed over: see problems().
  //   kUnavailable  another process has the directory
  //   else          as the system says
  static absl::StatusOr<RevisionStore> Open(const std::string& directory);
  // What Open would find, without the lock or a change: a directory that is not there has no records, and what is
  // appended stays in memory.
  static absl::StatusOr<RevisionStore> OpenCopy(const std::string& directory);
  static RevisionStore InMemory() { return RevisionStore(); }
  ~RevisionStore();
  RevisionStore(RevisionStore&& other) noexcept;
  RevisionStore& operator=(RevisionStore&& other) noexcept;

  // Ascending by number.
  std::vector<RevisionInfo> revisions() const;
  // The newest `most` whose number is below `below`, the newest first. O(most + log revisions).
  std::vector<RevisionInfo> NewestBelow(std::uint64_t below, std::size_t most) const;
  // The newest; nothing when there is none.
  std::optional<RevisionInfo> newest() const;
  // Of Open: "…/000007.json: …", each a sentence.
  const std::vector<std::string>& problems() const { return problems_; }

  // kNotFound for a number that there is not, else as the system says.
  absl::StatusOr<Revision> Read(std::uint64_t number) const;

  // The newest record of a revision or, for "#7" and "7", the one of that number. kNotFound with what there is.
  absl::StatusOr<Revision> Find(absl::string_view revision) const;

  // Gives the record its number, and writes it to disk before it returns. On failure nothing is changed.
  //   kInvalidArgument    author or comment is too long or has control characters; a file is no UTF-8
  //   kResourceExhausted  the disk is full
  absl::StatusOr<RevisionInfo> Append(Revision revision);

  // What Append says of author and comment, beforehand.
  static absl::Status CheckSaid(absl::string_view author, absl::string_view comment);

 private:
  struct State;

  RevisionStore();
  std::string PathOf(std::uint64_t number) const;
  absl::Status ReadRecords();

  std::string directory_;              // where records are read; empty = in memory alone
  std::optional<DirectoryLock> lock_;  // where they are written, too
  std::vector<std::string> problems_;
  std::unique_ptr<State> state_;
};

}  // namespace awase::serving

#endif  // AWASE_SERVING_REVISION_STORE_H_
