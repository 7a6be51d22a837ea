#include "awase/http/message.h"

#include <utility>

#include "absl/strings/match.h"
#include "nlohmann/json.hpp"

namespace awase::http {

const std::string* Request::FindHeader(absl::string_view name) const {
  for (const Header& header : headers) {
    if (absl::EqualsIgnoreCase(header.name, name)) return &header.value;
  }
  return nullptr;
}

Response TextResponse(int status, std::string text) {
  return {.status = status, .headers = {{"Content-Type", "text/plain; charset=utf-8"}}, .body = std::move(text)};
}

Response ErrorResponse(int status, absl::string_view code, absl::string_view message) {
  const nlohmann::json error = {{"code", std::string(code)}, {"message", std::string(message)}};
  return {.status = status,
          .headers = {{"Content-Type", "application/json"}},
          .body = error.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)};
}

}  // namespace awase::http
