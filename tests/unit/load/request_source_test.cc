#include "bench/service/request_source.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/camera_shop.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace awase::load {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::IsOk;
using ::testing::SizeIs;
using testing::StatusIs;

class RequestSourceTest : public ::testing::Test {
 protected:
  testing::TempDir dir_;
};

TEST_F(RequestSourceTest, AFileHasOneRequestPerLine) {
  const std::string path = dir_.Write("requests.jsonl", "{\"product_ids\": [\"a\"]}\n\n{\"placement\": \"cart\"}\n");
  AWASE_ASSERT_OK_AND_ASSIGN(const std::vector<v1::RecommendRequest> requests, RequestsOf({.file = path}));
  ASSERT_THAT(requests, SizeIs(2));
  EXPECT_EQ(requests[0].product_ids(0), "a");
  EXPECT_EQ(requests[1].placement(), "cart");
}

TEST_F(RequestSourceTest, ALineThatIsNoRequestIsNamed) {
  const std::string path = dir_.Write("requests.jsonl", "{}\n{\"product\": 1}\n");
  EXPECT_THAT(RequestsOf({.file = path}),
              StatusIs(absl::StatusCode::kInvalidArgument, AllOf(HasSubstr("line 2"), HasSubstr("product"))));
}

TEST_F(RequestSourceTest, AFileWithoutRequestsIsRefused) {
  EXPECT_THAT(RequestsOf({.file = dir_.Write("none.jsonl", "\n")}),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("no request")));
}

TEST_F(RequestSourceTest, OneSourceIsWanted) {
  EXPECT_THAT(RequestsOf({}), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("model")));
  EXPECT_THAT(RequestsOf({.file = "a", .model = "b"}), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("or")));
}

TEST_F(RequestSourceTest, RequestsCanBeOfOnePlacement) {
  AWASE_ASSERT_OK(testing::WriteCameraShop(dir_.path()).status());
  AWASE_ASSERT_OK_AND_ASSIGN(const std::vector<v1::RecommendRequest> requests,
                             RequestsOf({.model = dir_.path(), .count = 200, .placement = "product_page"}));
  EXPECT_THAT(requests, SizeIs(200));
  for (const v1::RecommendRequest& request : requests) EXPECT_EQ(request.placement(), "product_page");
  EXPECT_THAT(RequestsOf({.model = dir_.path(), .placement = "nowhere"}),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("nowhere")));
}

TEST_F(RequestSourceTest, TheSameSeedMakesTheSameRequestsOfAVersion) {
  AWASE_ASSERT_OK(testing::WriteCameraShop(dir_.path()).status());
  const auto texts = [this](std::uint64_t seed) {
    const auto requests = RequestsOf({.model = dir_.path(), .count = 200, .seed = seed});
    EXPECT_THAT(requests, IsOk());
    std::vector<std::string> all;
    for (const v1::RecommendRequest& request : *requests) all.push_back(request.SerializeAsString());
    return all;
  };
  const std::vector<std::string> first = texts(1);
  EXPECT_GE(first.size(), 200u);
  EXPECT_EQ(texts(1), first);
  EXPECT_NE(texts(2), first);
}

}  // namespace
}  // namespace awase::load
