#include "awase/access/tokens.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "awase/base/equal_secrets.h"
#include "awase/base/sha256.h"

namespace awase::access {
namespace {

constexpr std::size_t kMaxNameBytes = 64;
constexpr std::size_t kHexDigits = 64;
constexpr std::size_t kMostFindings = 20;
constexpr char kMadeOfNothing[] = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

bool IsName(absl::string_view word) {
  return !word.empty() && word.size() <= kMaxNameBytes && std::all_of(word.begin(), word.end(), [](char byte) {
    return absl::ascii_isalnum(static_cast<unsigned char>(byte)) ||
           absl::string_view("-_.@").find(byte) != absl::string_view::npos;
  });
}

bool IsHash(absl::string_view word) {
  return word.size() == kHexDigits && std::all_of(word.begin(), word.end(), [](char byte) {
           return absl::ascii_isxdigit(static_cast<unsigned char>(byte));
         });
}

struct Word {
  absl::string_view text;
  std::size_t column;  // 1-based
};

std::vector<Word> WordsOf(absl::string_view line) {
  std::vector<Word> words;
  std::size_t at = 0;
  line = line.substr(0, line.find('#'));
  while ((at = line.find_first_not_of(" \t\r", at)) != absl::string_view::npos) {
    const std::size_t end = std::min(line.find_first_of(" \t\r", at), line.size());
    words.push_back({line.substr(at, end - at), at + 1});
    at = end;
  }
  return words;
}

// Reads line by line; all that is wrong is kept.
class TokenReader {
 public:
  explicit TokenReader(absl::string_view file_name) : file_name_(file_name) {}

  void ReadLine(absl::string_view line) {
    ++line_;
    const std::vector<Word> words = WordsOf(line);
    if (words.empty()) return;
    if (words.size() != 3) {
      return Add(words.back().column, "want NAME ROLES SHA256, three words, the roles with commas alone between them");
    }
    Token token = {.name = std::string(words[0].text)};
    if (!IsName(words[0].text)) {
      Add(words[0].column, "want a name of 1 to 64 letters, digits, '-', '_', '.' or '@'");
    }
    ReadRoles(words[1], &token.roles);
    ReadHash(words[2], &token.sha256);
    tokens_.push_back(std::move(token));
  }

  absl::StatusOr<std::vector<Token>> Finish() {
    if (tokens_.size() > kMaxTokens) Add(1, absl::StrCat("has more than ", kMaxTokens, " tokens"));
    if (findings_.empty()) return std::move(tokens_);
    return absl::InvalidArgumentError(absl::StrJoin(findings_, "\n"));
  }

 private:
  void Add(std::size_t column, absl::string_view message) {
    if (findings_.size() < kMostFindings) {
      findings_.push_back(absl::StrCat(file_name_, ":", line_, ":", column, ": ", message));
    }
  }

  void ReadRoles(const Word& word, RoleSet* roles) {
    for (const absl::string_view name : absl::StrSplit(word.text, ',')) {
      const std::optional<Role> role = FindRole(name);
      if (!role.has_value()) {
        return Add(word.column, absl::StrCat("want roles of ", absl::StrJoin(RoleNames(), ", "),
                                             ", with commas alone between them"));
      }
      roles->Add(*role);
    }
  }

  void ReadHash(const Word& word, std::string* sha256) {
    *sha256 = absl::AsciiStrToLower(word.text);
    if (!IsHash(word.text)) {
      Add(word.column, "want the SHA-256 of the token, 64 hexadecimal digits: printf %s \"$TOKEN\" | sha256sum");
    } else if (*sha256 == kMadeOfNothing) {
      Add(word.column, "is the SHA-256 of nothing: the token was empty when it was made");
    } else if (!seen_.insert(*sha256).second) {
      Add(word.column, "is there twice: every token has one line");
    }
  }

  const absl::string_view file_name_;
  std::size_t line_ = 0;
  std::vector<Token> tokens_;
  absl::flat_hash_set<std::string> seen_;
  std::vector<std::string> findings_;
};

}  // namespace

absl::StatusOr<std::vector<Token>> ParseTokens(absl::string_view file_name, absl::string_view text) {
  if (text.size() > kMaxTokenFileBytes) {
    return absl::InvalidArgumentError(absl::StrCat(file_name, ": is larger than 1 MiB"));
  }
  TokenReader reader(file_name);
  for (const absl::string_view line : absl::StrSplit(text, '\n')) reader.ReadLine(line);
  return reader.Finish();
}

void Keyring::Set(std::vector<Token> tokens) {
  auto next = std::make_shared<const std::vector<Token>>(std::move(tokens));
  MutexLock lock(mutex_);
  tokens_.swap(next);
}

std::shared_ptr<const Token> Keyring::Find(absl::string_view token) const {
  std::shared_ptr<const std::vector<Token>> tokens;
  {
    MutexLock lock(mutex_);
    tokens = tokens_;
  }
  const std::string sha256 = Sha256Hex(token);
  const Token* found = nullptr;
  for (const Token& known : *tokens) {
    if (EqualSecrets(known.sha256, sha256)) found = &known;
  }
  return found == nullptr ? nullptr : std::shared_ptr<const Token>(std::move(tokens), found);
}

}  // namespace awase::access
