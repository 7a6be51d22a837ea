#ifndef AWASE_ACCESS_TOKENS_H_
#define AWASE_ACCESS_TOKENS_H_

// Bearer tokens: long random words that their holders show. The server knows their SHA-256 only, so that who reads its
// files cannot call it.

#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "awase/access/roles.h"
#include "awase/base/mutex.h"

namespace awase::access {

struct Token {
  std::string name;  // of its holder; several tokens may have one, while one replaces the other
  RoleSet roles;
  std::string sha256;  // of the token's bytes, 64 lower-case hex digits
};

inline constexpr std::size_t kMaxTokens = 1'000;
inline constexpr std::size_t kMaxTokenFileBytes = std::size_t{1} << 20;

// The text of a token file: lines of NAME ROLE[,ROLE…] SHA256, words apart by spaces or tabs; "#" begins a comment,
// empty lines are passed over. Names are 1 to 64 letters, digits, '-', '_', '.' and '@'.
//   kInvalidArgument  with every finding, one per line, as "tokens:3:9: …"; never with what stands in the place of a
//                     hash, since that may be a token
// thread-safe. Linear in the text.
absl::StatusOr<std::vector<Token>> ParseTokens(absl::string_view file_name, absl::string_view text);

// The tokens that are known now. thread-safe.
class Keyring {
 public:
  Keyring() : tokens_(std::make_shared<const std::vector<Token>>()) {}

  // From now on these.
  void Set(std::vector<Token> tokens);

  // The known token of these bytes; null when there is none. Takes as long for one as for any other. O(tokens).
  std::shared_ptr<const Token> Find(absl::string_view token) const;

 private:
  mutable Mutex mutex_;                                                       // guards tokens_
  std::shared_ptr<const std::vector<Token>> tokens_ ABSL_GUARDED_BY(mutex_);  // never null
};

}  // namespace awase::access

#endif  // AWASE_ACCESS_TOKENS_H_
