#ifndef AWASE_TESTS_INTEGRATION_SERVICE_HTTP_SERVER_H_
#define AWASE_TESTS_INTEGRATION_SERVICE_HTTP_SERVER_H_

#include <ostream>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "nlohmann/json.hpp"
#include "tests/integration/service/running_server.h"
#include "tests/testing/loopback.h"

namespace awase::testing {

struct HttpAnswer {
  int status = 0;
  std::vector<std::string> headers;  // "Name: value"
  std::string body;

  nlohmann::json Json() const { return nlohmann::json::parse(body, nullptr, /*allow_exceptions=*/false); }
};

inline void PrintTo(const HttpAnswer& answer, std::ostream* stream) { *stream << answer.status << " " << answer.body; }

inline HttpAnswer ParseAnswer(const std::string& text) {
  HttpAnswer answer;
  const std::size_t end = text.find("\r\n\r\n");
  if (end == std::string::npos) return answer;
  answer.headers = absl::StrSplit(text.substr(0, end), "\r\n");
  const std::vector<std::string> words = absl::StrSplit(answer.headers[0], ' ');
  EXPECT_TRUE(absl::SimpleAtoi(words[1], &answer.status)) << text;
  answer.body = text.substr(end + 4);
  return answer;
}

// A server of the camera shop that is asked over HTTP as well.
class HttpServerTest : public RunningServerTest {
 protected:
  void SetUp() override {
    RunningServerTest::SetUp();
    StartServer({.http_address = "127.0.0.1:0"});
  }

  int HttpPort() const {
    const std::vector<std::string> parts = absl::StrSplit(server_->http_address(), ':');
    int port = 0;
    EXPECT_TRUE(absl::SimpleAtoi(parts.back(), &port)) << server_->http_address();
    return port;
  }

  HttpAnswer Exchange(const std::string& bytes) const {
    Loopback connection(HttpPort());
    EXPECT_TRUE(connection.Send(bytes));
    return ParseAnswer(connection.ReadAll());
  }

  // `headers` are lines with their ends.
  HttpAnswer Get(const std::string& path, const std::string& headers = "") const {
    return Exchange(absl::StrCat("GET ", path, " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n", headers, "\r\n"));
  }

  // `headers` are lines with their ends.
  HttpAnswer Post(const std::string& method, const std::string& body,
                  const std::string& headers = "Content-Type: application/json\r\n") const {
    return Exchange(absl::StrCat("POST /", method, " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n", headers,
                                 "Content-Length: ", body.size(), "\r\n\r\n", body));
  }

  HttpAnswer Recommend(const std::string& body) const { return Post("awase.v1.RecommendationService/Recommend", body); }
};

}  // namespace awase::testing

#endif  // AWASE_TESTS_INTEGRATION_SERVICE_HTTP_SERVER_H_
