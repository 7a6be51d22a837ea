#ifndef AWASE_SERVING_RULE_FOLDER_H_
#define AWASE_SERVING_RULE_FOLDER_H_

// Notices when the content of a rule folder has changed and come to rest.

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "awase/rules/load_rules.h"

namespace awase::serving {

// What a folder held at one look: its files, or why they could not be read.
struct FolderContent {
  absl::Status status;
  std::vector<rules::RuleFile> files;
  std::string signature;  // hash of names and contents, or of the failure; equal content, equal signature
};

FolderContent ReadFolderContent(const std::string& folder);

// single-thread.
class RuleFolder {
 public:
  explicit RuleFolder(std::string folder) : folder_(std::move(folder)) {}

  const std::string& path() const { return folder_; }

  // The content at rest so far; Look reports only what differs from it.
  void Accept(const FolderContent& content) { accepted_ = content.signature; }
  const std::string& accepted() const { return accepted_; }  // its signature

  // Makes the next two looks report the content again, whatever it is.
  void Forget();

  // One look. Returns the folder's content when it differs from the accepted one and was the same at the look before: a
  // folder that is being copied is left alone until it rests. What is returned becomes the accepted one, readable or
  // not, so that a broken folder is reported once. Reads the files only when the directory's entries changed lately.
  // `now` is the system's time: it is compared with the files' change times.
  std::optional<FolderContent> Look(absl::Time now);

 private:
  bool EntriesAreQuiet(absl::Time now);

  const std::string folder_;
  std::string accepted_;
  std::string pending_;  // signature at the last look, when it was not accepted_
  std::string entries_;  // names, sizes and times at the last look
  absl::Time last_look_ = absl::InfinitePast();
};

}  // namespace awase::serving

#endif  // AWASE_SERVING_RULE_FOLDER_H_
