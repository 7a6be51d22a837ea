// Any bytes are tokens or refused; what is read can be found again, and findings never repeat the words of a line.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "awase/access/tokens.h"

namespace {

void Require(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  absl::StatusOr<std::vector<awase::access::Token>> tokens = awase::access::ParseTokens("tokens", text);
  if (!tokens.ok()) {
    for (const char byte : tokens.status().message()) Require(byte == '\n' || (byte >= ' ' && byte <= '~'));
    return 0;
  }
  for (const awase::access::Token& token : *tokens) {
    Require(!token.name.empty() && !token.roles.empty() && token.sha256.size() == 64);
  }
  awase::access::Keyring keyring;
  keyring.Set(*std::move(tokens));
  keyring.Find(text);
  return 0;
}
