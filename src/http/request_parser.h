#ifndef AWASE_HTTP_REQUEST_PARSER_H_
#define AWASE_HTTP_REQUEST_PARSER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "awase/http/message.h"

namespace awase::http {

// A request with what only the connection asks of it.
struct ParsedRequest {
  Request request;  // the body is as sent
  bool is_head = false;
  bool keep_alive = false;  // as the client wishes, or as its version of HTTP has it
};

// The bytes of one connection → its requests, one after the other. Knows no socket and no clock. single-thread.
//
//   parser.Append(bytes);
//   switch (parser.Parse()) …
class RequestParser {
 public:
  enum class State : std::uint8_t {
    kEmpty,     // no byte of the next request yet
    kHeader,    // in its request line or headers
    kBody,      // headers are whole
    kComplete,  // Take() it
    kFailed,    // see failure(); the connection has to end
  };

  // Bounds: http::Server::Options.
  RequestParser(std::size_t max_header_bytes, std::size_t max_body_bytes);
  ~RequestParser();
  RequestParser(const RequestParser&) = delete;
  RequestParser& operator=(const RequestParser&) = delete;

  // Further bytes. Kept until Parse() has used them: no more than are wanted should be appended.
  void Append(absl::string_view bytes);

  // Goes on as far as the bytes reach.
  State Parse();

  // True once per request that waits for "100 Continue" before it sends its body, and has sent nothing of it.
  bool TakeExpectation();

  // The whole request; the bytes behind it are the beginning of the next one. REQUIRES: Parse() was kComplete.
  ParsedRequest Take();

  // The answer to what is no request:
  //   400  malformed, or without a Host       413  body too large      417  an Expect that nobody knows
  //   431  headers too large or too many      501  a transfer encoding other than chunked
  //   505  neither HTTP/1.0 nor HTTP/1.1
  // REQUIRES: Parse() was kFailed.
  Response failure() const;

 private:
  class Machine;

  State Fail(int status, absl::string_view code, absl::string_view message);

  const std::size_t max_header_bytes_;
  const std::size_t max_body_bytes_;
  std::string input_;     // what the machine has not used yet, behind used_
  std::size_t used_ = 0;  // bytes at the beginning of input_
  std::unique_ptr<Machine> machine_;
  Response failure_;
};

}  // namespace awase::http

#endif  // AWASE_HTTP_REQUEST_PARSER_H_
