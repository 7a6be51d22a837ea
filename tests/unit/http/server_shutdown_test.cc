#include <future>
#include <optional>
#include <thread>

#include "absl/synchronization/notification.h"
#include "awase/http/server.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/loopback.h"
#include "tests/testing/status_matchers.h"

namespace awase::http {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using testing::Loopback;

constexpr absl::string_view kGet = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

// A server whose answers the test gives, and one request that waits for its answer.
class HttpShutdownTest : public ::testing::Test {
 protected:
  void SetUp() override {
    AWASE_ASSERT_OK_AND_ASSIGN(
        server_, Server::Create({.address = "127.0.0.1:0"}, [this](const Request&, const Responder& respond) {
          respond_ = respond;
          has_come_.Notify();
        }));
    busy_.emplace(server_->port());
    ASSERT_TRUE(busy_->Send(kGet));
    has_come_.WaitForNotification();
  }

  absl::Notification has_come_;
  Responder respond_;
  std::unique_ptr<Server> server_;
  std::optional<Loopback> busy_;
};

TEST_F(HttpShutdownTest, WhatHasBegunIsAnsweredAndIdleConnectionsAreClosed) {
  Loopback idle(server_->port());
  while (server_->connections() < 2) std::this_thread::yield();
  std::future<void> shutdown = std::async(std::launch::async, [this] { server_->Shutdown(absl::InfiniteDuration()); });
  EXPECT_EQ(idle.ReadAll(), "");
  EXPECT_EQ(shutdown.wait_for(std::chrono::milliseconds(1)), std::future_status::timeout);
  respond_(TextResponse(200, "done"));
  const std::string answer = busy_->ReadAll();
  EXPECT_THAT(answer, EndsWith("\r\n\r\ndone"));
  EXPECT_THAT(answer, HasSubstr("Connection: close\r\n"));
  busy_.reset();
  shutdown.get();
  EXPECT_FALSE(Loopback(server_->port()).is_connected());
}

TEST_F(HttpShutdownTest, AfterTheGraceConnectionsAreClosed) {
  server_->Shutdown(absl::Milliseconds(1));
  EXPECT_EQ(busy_->ReadAll(), "");
  EXPECT_EQ(server_->connections(), 0u);
  respond_(TextResponse(200, "too late"));
}

TEST_F(HttpShutdownTest, ASecondShutdownDoesNothing) {
  server_->Shutdown(absl::ZeroDuration());
  server_->Shutdown(absl::InfiniteDuration());
  EXPECT_EQ(server_->connections(), 0u);
}

}  // namespace
}  // namespace awase::http
