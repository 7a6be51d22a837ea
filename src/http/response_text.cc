#include "http/response_text.h"

#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "http/gzip.h"

namespace awase::http {
namespace {

constexpr std::size_t kLeastCompressed = 1024;  // less than that fits into one packet anyway
constexpr int kNoContent = 204;

absl::string_view PhraseOf(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 204:
      return "No Content";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 413:
      return "Content Too Large";
    case 415:
      return "Unsupported Media Type";
    case 417:
      return "Expectation Failed";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 499:
      return "Client Closed Request";
    case 500:
      return "Internal Server Error";
    case 501:
      return "Not Implemented";
    case 503:
      return "Service Unavailable";
    case 504:
      return "Gateway Timeout";
    case 505:
      return "HTTP Version Not Supported";
    default:
      return "";  // the phrase may be empty
  }
}

void AppendHeader(absl::string_view name, absl::string_view value, std::string* text) {
  absl::StrAppend(text, name, ": ");
  for (const char byte : value) text->push_back(absl::ascii_iscntrl(static_cast<unsigned char>(byte)) ? ' ' : byte);
  absl::StrAppend(text, "\r\n");
}

void Compress(const ResponseForm& form, Response* response) {
  if (response->body.size() <= kLeastCompressed) return;
  response->headers.push_back({"Vary", "Accept-Encoding"});
  if (!form.accepts_gzip) return;
  absl::StatusOr<std::string> compressed = Gzip(response->body);
  if (!compressed.ok()) return;
  response->body = *std::move(compressed);
  response->headers.push_back({"Content-Encoding", "gzip"});
}

}  // namespace

std::string ResponseText(Response response, const ResponseForm& form, absl::Time now) {
  Compress(form, &response);
  std::string text = absl::StrCat("HTTP/1.1 ", response.status, " ", PhraseOf(response.status), "\r\n");
  AppendHeader("Date", absl::FormatTime("%a, %d %b %E4Y %H:%M:%S GMT", now, absl::UTCTimeZone()), &text);
  for (const Header& header : response.headers) AppendHeader(header.name, header.value, &text);
  if (response.status != kNoContent) AppendHeader("Content-Length", absl::StrCat(response.body.size()), &text);
  AppendHeader("Connection", form.keep_alive ? "keep-alive" : "close", &text);
  absl::StrAppend(&text, "\r\n");
  if (!form.is_head && response.status != kNoContent) absl::StrAppend(&text, response.body);
  return text;
}

}  // namespace awase::http
