#include "http/gzip.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"

namespace awase::http {
namespace {

using ::testing::HasSubstr;
using testing::StatusIs;

std::string Zipped(const std::string& text) {
  const absl::StatusOr<std::string> bytes = Gzip(text);
  EXPECT_TRUE(bytes.ok()) << bytes.status();
  return bytes.value_or("");
}

TEST(Gzip, GunzipGivesBackWhatWentIn) {
  for (const std::size_t size : {0, 1, 16 * 1024, 1'000'000}) {
    std::string text;
    for (std::size_t i = 0; i < size; ++i) text.push_back(static_cast<char>(i * i % 251));
    AWASE_ASSERT_OK_AND_ASSIGN(const std::string back, Gunzip(Zipped(text), size));
    EXPECT_EQ(back, text) << size;
  }
}

TEST(Gzip, ATextOfRepetitionsShrinks) { EXPECT_LT(Zipped(std::string(100'000, 'a')).size(), 1000u); }

TEST(Gunzip, SeveralMembersAreOneText) {
  AWASE_ASSERT_OK_AND_ASSIGN(const std::string text, Gunzip(Zipped("to") + Zipped("gether"), 100));
  EXPECT_EQ(text, "together");
}

TEST(Gunzip, StopsAtTheLimit) {
  const std::string bomb = Zipped(std::string(10'000'000, '\0'));
  ASSERT_LT(bomb.size(), 100'000u);
  EXPECT_THAT(Gunzip(bomb, 1'000'000), StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("1000000 bytes")));
  EXPECT_THAT(Gunzip(Zipped("four"), 3), StatusIs(absl::StatusCode::kResourceExhausted));
  AWASE_EXPECT_OK(Gunzip(Zipped("four"), 4));
}

TEST(Gunzip, RefusesWhatIsNoWholeGzip) {
  const std::string whole = Zipped("a body of some length");
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_THAT(Gunzip(whole.substr(0, size), 100), StatusIs(absl::StatusCode::kInvalidArgument)) << size;
  }
  EXPECT_THAT(Gunzip(whole + "x", 100), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(Gunzip("{}", 100), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("Content-Encoding")));
  std::string damaged = whole;
  damaged[whole.size() - 6] ^= 1;  // in the checksum
  EXPECT_THAT(Gunzip(damaged, 100), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(AcceptsGzip, ReadsNamesAndQualities) {
  for (const char* value :
       {"gzip", "GZIP", "br, gzip", "gzip;q=0.1", "deflate;q=1 , gzip ; q=0.5", "*", "br, *;q=0.1"}) {
    EXPECT_TRUE(AcceptsGzip(value)) << value;
  }
  for (const char* value :
       {"", "br", "gzip;q=0", "gzip; q=0.0", "*;q=0", "gzip;q=0, *", "gzip;q=high", "xgzip", ";,;"}) {
    EXPECT_FALSE(AcceptsGzip(value)) << value;
  }
}

}  // namespace
}  // namespace awase::http
