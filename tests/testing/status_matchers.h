#ifndef AWASE_TESTS_TESTING_STATUS_MATCHERS_H_
#define AWASE_TESTS_TESTING_STATUS_MATCHERS_H_

// Matchers for absl::Status and absl::StatusOr. They mirror Abseil's newer absl/status/status_matchers.h.
//
//   EXPECT_THAT(Load(path), IsOk());
//   EXPECT_THAT(Load("nowhere"), StatusIs(absl::StatusCode::kNotFound, HasSubstr("nowhere")));
//   AWASE_ASSERT_OK_AND_ASSIGN(Model model, Load(path));

#include <ostream>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace awase::testing {

inline const absl::Status& GetStatus(const absl::Status& status) { return status; }
template <typename T>
const absl::Status& GetStatus(const absl::StatusOr<T>& status_or) {
  return status_or.status();
}

MATCHER(IsOk, negation ? "is not OK" : "is OK") {
  *result_listener << GetStatus(arg);
  return GetStatus(arg).ok();
}

MATCHER_P2(StatusIs, code, message_matcher,
           absl::StrCat("has code ", absl::StatusCodeToString(code), " and a message that ",
                        ::testing::DescribeMatcher<std::string>(message_matcher, negation))) {
  const absl::Status& status = GetStatus(arg);
  *result_listener << status;
  return status.code() == code &&
         ::testing::ExplainMatchResult(message_matcher, std::string(status.message()), result_listener);
}

inline auto StatusIs(absl::StatusCode code) { return StatusIs(code, ::testing::_); }

}  // namespace awase::testing

#define AWASE_ASSERT_OK(expression) ASSERT_THAT(expression, ::awase::testing::IsOk())
#define AWASE_EXPECT_OK(expression) EXPECT_THAT(expression, ::awase::testing::IsOk())

#define AWASE_ASSERT_OK_AND_ASSIGN(lhs, expression) \
  AWASE_ASSERT_OK_AND_ASSIGN_IMPL_(AWASE_TEST_CONCAT_(awase_test_status_or_, __LINE__), lhs, expression)
#define AWASE_TEST_CONCAT_INNER_(x, y) x##y
#define AWASE_TEST_CONCAT_(x, y) AWASE_TEST_CONCAT_INNER_(x, y)
#define AWASE_ASSERT_OK_AND_ASSIGN_IMPL_(status_or, lhs, expression) \
  auto status_or = (expression);                                     \
  ASSERT_TRUE(status_or.ok()) << status_or.status();                 \
  lhs = *std::move(status_or)

#endif  // AWASE_TESTS_TESTING_STATUS_MATCHERS_H_
