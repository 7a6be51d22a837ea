#ifndef AWASE_HTTP_CORS_H_
#define AWASE_HTTP_CORS_H_

#include <string>

#include "absl/types/span.h"
#include "awase/http/message.h"

namespace awase::http {

// What lets pages of other origins call (https://fetch.spec.whatwg.org/#http-cors-protocol). Credentials of
// the browser (cookies, client certificates) are never allowed; a page that has a token sends it itself.

// A browser asks before the call whether it may.
bool IsPreflight(const Request& request);

// 204; with the headers that let the browser go on only where the origin is one of `allowed` ("*": every one).
Response PreflightResponse(const Request& request, absl::Span<const std::string> allowed);

// Lets a page of `origin` (empty: no page) read the answer, where it is one of `allowed`.
void AddCorsHeaders(const std::string& origin, absl::Span<const std::string> allowed, Response* response);

}  // namespace awase::http

#endif  // AWASE_HTTP_CORS_H_
