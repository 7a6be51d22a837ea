#include "http/cors.h"

#include <algorithm>

namespace awase::http {
namespace {

bool IsAllowed(const std::string& origin, absl::Span<const std::string> allowed) {
  return std::any_of(allowed.begin(), allowed.end(),
                     [&origin](const std::string& one) { return one == "*" || one == origin; });
}

}  // namespace

bool IsPreflight(const Request& request) {
  return request.method == "OPTIONS" && request.FindHeader("Origin") != nullptr &&
         request.FindHeader("Access-Control-Request-Method") != nullptr;
}

Response PreflightResponse(const Request& request, absl::Span<const std::string> allowed) {
  Response response = {.status = 204};
  if (!IsAllowed(*request.FindHeader("Origin"), allowed)) return response;
  response.headers = {
      {"Access-Control-Allow-Methods", "GET, POST"},
      {"Access-Control-Allow-Headers",
       "Authorization, Content-Type, Content-Encoding, Connect-Protocol-Version, Connect-Timeout-Ms, X-Request-Id, "
       "Traceparent"},
      {"Access-Control-Max-Age", "7200"},  // browsers keep it for no longer
  };
  return response;
}

void AddCorsHeaders(const std::string& origin, absl::Span<const std::string> allowed, Response* response) {
  if (allowed.empty()) return;
  response->headers.push_back({"Vary", "Origin"});
  if (origin.empty() || !IsAllowed(origin, allowed)) return;
  response->headers.push_back({"Access-Control-Allow-Origin", origin});
  response->headers.push_back({"Access-Control-Expose-Headers", "X-Request-Id"});
}

}  // namespace awase::http
