#include "awase/http/router.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace awase::http {
namespace {

using ::testing::HasSubstr;

Response Ask(const std::string& method, const std::string& path) {
  Router router;
  const auto answer = [](const std::string& text) {
    return [text](const Request&, const Responder& respond) { respond(TextResponse(200, text)); };
  };
  router.Add("GET", "/healthz", answer("healthy"));
  router.Add("POST", "/awase.v1.X/Do", answer("done"));
  Response got;
  router({.method = method, .path = path}, [&got](Response response) { got = std::move(response); });
  return got;
}

TEST(Router, FindsTheHandlerByPathAndMethod) {
  EXPECT_EQ(Ask("GET", "/healthz").body, "healthy");
  EXPECT_EQ(Ask("POST", "/awase.v1.X/Do").body, "done");
}

TEST(Router, AnUnknownPathIsNotFound) {
  for (const char* path : {"/", "/healthz/", "/awase.v1.X", "*", "//healthz", "/HEALTHZ"}) {
    const Response response = Ask("GET", path);
    EXPECT_EQ(response.status, 404) << path;
    EXPECT_THAT(response.body, HasSubstr(path));
  }
}

TEST(Router, AnotherMethodIsToldWhichOnesThereAre) {
  const Response post = Ask("POST", "/healthz");
  EXPECT_EQ(post.status, 405);
  ASSERT_EQ(post.headers.size(), 2u);
  EXPECT_EQ(post.headers[1].name, "Allow");
  EXPECT_EQ(post.headers[1].value, "GET, HEAD");
  EXPECT_EQ(Ask("GET", "/awase.v1.X/Do").headers[1].value, "POST");
}

}  // namespace
}  // namespace awase::http
