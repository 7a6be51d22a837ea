#include "bench/service/publish_under_load.h"

#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"

namespace awase::load {
namespace {

TEST(PublishUnderLoad, NoRequestIsDroppedAndNoAnswerMixesTwoStates) {
  AWASE_ASSERT_OK_AND_ASSIGN(const PublishUnderLoadReport report,
                             PublishUnderLoad({.rate = 500,
                                               .duration = absl::Seconds(1),
                                               .publish_interval = absl::Milliseconds(10),
                                               .activate_interval = absl::Milliseconds(50)}));
  EXPECT_EQ(report.load.answered, 500u);
  EXPECT_EQ(report.dropped, 0u);
  EXPECT_EQ(report.mixed, 0u) << report.first_problem;
  EXPECT_EQ(report.unknown, 0u) << report.first_problem;
  EXPECT_EQ(report.failed, 0u) << report.first_problem;
  EXPECT_GE(report.publications, 2u);
  EXPECT_GE(report.activations, 2u);
  EXPECT_TRUE(IsClean(report));
}

TEST(PublishUnderLoad, AReportIsCleanOnlyWithoutAFaultAndWithSomethingSeen) {
  PublishUnderLoadReport report;
  report.states_seen = 2;
  EXPECT_TRUE(IsClean(report));
  for (std::uint64_t PublishUnderLoadReport::* fault :
       {&PublishUnderLoadReport::dropped, &PublishUnderLoadReport::mixed, &PublishUnderLoadReport::unknown,
        &PublishUnderLoadReport::failed}) {
    PublishUnderLoadReport faulty = report;
    faulty.*fault = 1;
    EXPECT_FALSE(IsClean(faulty));
  }
  report.states_seen = 1;
  EXPECT_FALSE(IsClean(report));
}

}  // namespace
}  // namespace awase::load
