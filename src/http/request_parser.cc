// All of Boost.Beast is here: its parser takes the bytes apart and knows HTTP's grammar; what is refused beyond that is
// written below. Tested by tests/unit/http/request_parser_test.cc and tests/fuzz/http_fuzz.cc.

#include "http/request_parser.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace awase::http {
namespace {

namespace beast = boost::beast;

constexpr std::size_t kMaxHeaders = 100;  // short ones would take thirty times their bytes
constexpr int kHttp10 = 10;               // as Beast counts versions
constexpr std::size_t kLastChunk = 5;     // "0\r\n\r\n"

absl::string_view View(beast::string_view text) { return {text.data(), text.size()}; }

// What Beast would let pass. Zero: nothing.
struct Refusal {
  int status = 0;
  absl::string_view code;
  std::string message;
};

}  // namespace

// Beast calls it back with the parts of one request.
class RequestParser::Machine final : public beast::http::basic_parser<true> {
 public:
  Machine(std::size_t max_header_bytes, std::size_t max_body_bytes) {
    header_limit(static_cast<std::uint32_t>(max_header_bytes));
    body_limit(max_body_bytes);
    eager(true);
  }

  const Refusal& refusal() const { return refusal_; }

  bool TakeExpectation() { return std::exchange(waits_to_continue_, false); }

  ParsedRequest TakeRequest() {
    parsed_.keep_alive = keep_alive();
    return std::move(parsed_);
  }

 private:
  using Error = beast::error_code;

  void Refuse(int status, absl::string_view code, std::string message, Error& error) {
    refusal_ = {status, code, std::move(message)};
    error = beast::http::error::bad_field;  // any error ends the parsing
  }

  void on_request_impl(beast::http::verb, beast::string_view method, beast::string_view target, int version,
                       Error& error) override {
    is_http10_ = version == kHttp10;
    parsed_.is_head = View(method) == "HEAD";
    parsed_.request.method = parsed_.is_head ? "GET" : std::string(View(method));
    absl::string_view rest = View(target);
    if (absl::ConsumePrefix(&rest, "http://")) {  // as to a proxy: servers take it, too
      const std::size_t path = rest.find_first_of("/?");
      rest.remove_prefix(path == absl::string_view::npos ? rest.size() : path);
      if (!absl::StartsWith(rest, "/")) parsed_.request.path = "/";
    }
    const std::size_t question = std::min(rest.find('?'), rest.size());
    absl::StrAppend(&parsed_.request.path, rest.substr(0, question));
    if (question < rest.size()) parsed_.request.query = std::string(rest.substr(question + 1));
    if (!absl::StartsWith(parsed_.request.path, "/") && parsed_.request.path != "*") {
      Refuse(400, "invalid_argument", "the request's target is no path", error);
    }
  }

  void on_field_impl(beast::http::field field, beast::string_view name, beast::string_view value,
                     Error& error) override {
    if (has_header_) return;  // trailers say nothing here
    if (parsed_.request.headers.size() == kMaxHeaders) {
      return Refuse(431, "resource_exhausted", absl::StrCat("there are more than ", kMaxHeaders, " headers"), error);
    }
    parsed_.request.headers.push_back({std::string(View(name)), std::string(View(value))});
    switch (field) {
      case beast::http::field::host:
        if (std::exchange(has_host_, true)) Refuse(400, "invalid_argument", "there is more than one Host", error);
        break;
      case beast::http::field::transfer_encoding:
        // What a proxy before us may read in another way is how requests are smuggled past it.
        if (is_http10_ || !absl::EqualsIgnoreCase(View(value), "chunked")) {
          Refuse(501, "unimplemented", "of transfer encodings only chunked is known, in HTTP/1.1", error);
        }
        break;
      case beast::http::field::expect:
        if (!absl::EqualsIgnoreCase(View(value), "100-continue")) {
          Refuse(417, "unimplemented", "of expectations only 100-continue is known", error);
        }
        waits_to_continue_ = !is_http10_;
        break;
      default:
        break;
    }
  }

  void on_header_impl(Error& error) override {
    has_header_ = true;
    if (!is_http10_ && !has_host_) Refuse(400, "invalid_argument", "there is no Host", error);
  }

  std::size_t on_body_impl(beast::string_view body, Error&) override { return AddToBody(body); }
  std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view body, Error&) override { return AddToBody(body); }

  std::size_t AddToBody(beast::string_view body) {
    waits_to_continue_ = false;
    parsed_.request.body.append(body.data(), body.size());
    return body.size();
  }

  void on_finish_impl(Error&) override { waits_to_continue_ = false; }
  void on_response_impl(int, beast::string_view, int, Error&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, Error&) override {}
  void on_chunk_header_impl(std::uint64_t, beast::string_view, Error&) override {}

  ParsedRequest parsed_;
  Refusal refusal_;
  bool is_http10_ = false;
  bool has_host_ = false;
  bool has_header_ = false;
  bool waits_to_continue_ = false;
};

RequestParser::RequestParser(std::size_t max_header_bytes, std::size_t max_body_bytes)
    : max_header_bytes_(max_header_bytes),
      max_body_bytes_(max_body_bytes),
      machine_(std::make_unique<Machine>(max_header_bytes, max_body_bytes)) {}

RequestParser::~RequestParser() = default;

void RequestParser::Append(absl::string_view bytes) {
  input_.erase(0, std::exchange(used_, 0));
  input_.append(bytes.data(), bytes.size());
}

RequestParser::State RequestParser::Parse() {
  if (!machine_->got_some()) {  // an empty line before a request is forgiven (RFC 9112, 2.2)
    while (absl::StartsWith(absl::string_view(input_).substr(used_), "\r\n")) used_ += 2;
    if (absl::string_view(input_).substr(used_) == "\r") return State::kEmpty;
  }
  beast::error_code error;
  while (used_ < input_.size() && !machine_->is_done() && !error) {
    // Beast takes it for granted that the beginning of a last chunk is not all it gets; the rest is still to come.
    const bool is_chunked = machine_->is_header_done() && machine_->chunked();
    if (is_chunked && input_.size() - used_ < kLastChunk) break;
    used_ += machine_->put(boost::asio::buffer(input_.data() + used_, input_.size() - used_), error);
  }
  using Error = beast::http::error;
  if (error && error != Error::need_more) {
    if (const Refusal& refusal = machine_->refusal(); refusal.status != 0) {
      return Fail(refusal.status, refusal.code, refusal.message);
    }
    if (error == Error::header_limit) {
      return Fail(431, "resource_exhausted", absl::StrCat("the headers have more than ", max_header_bytes_, " bytes"));
    }
    if (error == Error::body_limit) {
      return Fail(413, "resource_exhausted", absl::StrCat("the body has more than ", max_body_bytes_, " bytes"));
    }
    if (error == Error::bad_version) return Fail(505, "unimplemented", "want HTTP/1.1 or HTTP/1.0");
    return Fail(400, "invalid_argument", absl::StrCat("this is no HTTP request: ", error.message()));
  }
  if (machine_->is_done()) return State::kComplete;
  // Beast bounds neither the line of a chunk nor trailers.
  if (input_.size() - used_ > max_header_bytes_) {
    return Fail(431, "resource_exhausted",
                absl::StrCat("a line or trailer has more than ", max_header_bytes_, " bytes"));
  }
  if (machine_->is_header_done()) return State::kBody;
  return machine_->got_some() || used_ < input_.size() ? State::kHeader : State::kEmpty;
}

bool RequestParser::TakeExpectation() { return machine_->TakeExpectation(); }

ParsedRequest RequestParser::Take() {
  ParsedRequest parsed = machine_->TakeRequest();
  machine_ = std::make_unique<Machine>(max_header_bytes_, max_body_bytes_);
  return parsed;
}

Response RequestParser::failure() const { return failure_; }

RequestParser::State RequestParser::Fail(int status, absl::string_view code, absl::string_view message) {
  failure_ = ErrorResponse(status, code, message);
  return State::kFailed;
}

}  // namespace awase::http
