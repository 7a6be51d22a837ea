#ifndef AWASE_HTTP_MESSAGE_H_
#define AWASE_HTTP_MESSAGE_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace awase::http {

struct Header {
  std::string name;  // as sent; compared without regard to case
  std::string value;
};

// A whole request as a handler sees it: the body has been decompressed.
struct Request {
  std::string method;  // "GET", "POST", …; HEAD comes as GET, and the server leaves the body of the answer out
  std::string path;    // up to '?', as sent (nothing is percent-decoded); begins with '/', or is "*"
  std::string query;   // behind '?', as sent
  std::vector<Header> headers;
  std::string body;
  // Common name and alternative names of the certificate that the client has shown and that was verified; empty where
  // it has shown none.
  std::vector<std::string> certificate_names;

  // The value of the first header of this name; null when there is none.
  const std::string* FindHeader(absl::string_view name) const;
};

struct Response {
  int status = 200;
  // Not those that say how the answer travels (Connection, Content-Length, Content-Encoding, Date): the server adds
  // them.
  std::vector<Header> headers;
  std::string body;
};

// "text/plain; charset=utf-8".
Response TextResponse(int status, std::string text);

// {"code": …, "message": …} as application/json: how every error looks that this server answers. `code` is a word of
// the Connect protocol ("invalid_argument"). Bytes that are not UTF-8 are replaced.
Response ErrorResponse(int status, absl::string_view code, absl::string_view message);

// Takes the answer to one request; from any thread, also after the handler has returned. Calls after the first one do
// nothing, as do calls after the connection has gone. When the last copy goes unused, the answer is 500.
using Responder = std::function<void(Response)>;

// Answers a request, now or later. It runs on a thread that serves other connections too, so it must not block: what
// takes long belongs on threads of the handler's own, which then call the responder. Must not throw.
using Handler = std::function<void(Request, Responder)>;

}  // namespace awase::http

#endif  // AWASE_HTTP_MESSAGE_H_
