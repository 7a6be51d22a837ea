// Any bytes are requests or refused, within the limits; pieces of any size make the same requests as the whole.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "http/cors.h"
#include "http/gzip.h"
#include "http/request_parser.h"
#include "http/response_text.h"

namespace {

using namespace awase::http;  // NOLINT(google-build-using-namespace)

constexpr std::size_t kMaxHeader = 512;
constexpr std::size_t kMaxBody = 4096;

void Require(bool condition) {
  if (!condition) std::abort();
}

// All that the server makes of one request before and after the handler.
void Handle(const ParsedRequest& parsed) {
  Require(parsed.request.body.size() <= kMaxBody);
  const std::string* encoding = parsed.request.FindHeader("Accept-Encoding");
  const ResponseForm form = {.keep_alive = parsed.keep_alive,
                             .is_head = parsed.is_head,
                             .accepts_gzip = encoding != nullptr && AcceptsGzip(*encoding)};
  const absl::StatusOr<std::string> text = Gunzip(parsed.request.body, kMaxBody);
  Require(!text.ok() || text->size() <= kMaxBody);
  Response response = IsPreflight(parsed.request) ? PreflightResponse(parsed.request, {"https://shop.example"})
                                                  : TextResponse(200, text.ok() ? *text : parsed.request.body);
  const std::string* origin = parsed.request.FindHeader("Origin");
  AddCorsHeaders(origin == nullptr ? "" : *origin, {"*"}, &response);
  ResponseText(std::move(response), form, absl::UnixEpoch());
}

struct Parsed {
  std::vector<std::string> requests;
  bool has_failed = false;
};

Parsed Parse(absl::string_view bytes, std::size_t piece) {
  RequestParser parser(kMaxHeader, kMaxBody);
  Parsed result;
  RequestParser::State state = parser.Parse();
  while (state != RequestParser::State::kFailed) {
    if (state == RequestParser::State::kComplete) {
      const ParsedRequest parsed = parser.Take();
      Handle(parsed);
      result.requests.push_back(parsed.request.method + parsed.request.path + parsed.request.body);
    } else {
      if (bytes.empty()) return result;
      parser.TakeExpectation();
      parser.Append(bytes.substr(0, piece));
      bytes.remove_prefix(std::min(piece, bytes.size()));
    }
    state = parser.Parse();
  }
  Require(parser.failure().status >= 400);
  result.has_failed = true;
  return result;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const absl::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const Parsed whole = Parse(bytes, bytes.size() + 1);
  const Parsed pieces = Parse(bytes, std::size_t{1} + data[0]);
  // What is refused may be so sooner or later: the beginning of a line too long, or all of it.
  const std::size_t both = std::min(whole.requests.size(), pieces.requests.size());
  Require(std::equal(whole.requests.begin(), whole.requests.begin() + static_cast<std::ptrdiff_t>(both),
                     pieces.requests.begin()));
  Require(whole.requests.size() == pieces.requests.size() || whole.has_failed || pieces.has_failed);
  return 0;
}
