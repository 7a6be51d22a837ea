// The client for Redis against a server of the test's own, which speaks as much of Redis' protocol as that needs.

#include "bench/service/redis_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "awase/base/mutex.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"

namespace awase::load {
namespace {

using ::awase::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

std::string Bulk(const std::string& text) { return absl::StrCat("$", text.size(), "\r\n", text, "\r\n"); }

// GET, SET and INFO. The value of "close" is the end of the connection, and that of "never"
// is never said.
class FakeRedis {
 public:
  FakeRedis() : listener_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    EXPECT_EQ(bind(listener_, reinterpret_cast<sockaddr*>(&address), size), 0);
    EXPECT_EQ(getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size), 0);
    EXPECT_EQ(listen(listener_, 16), 0);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { Accept(); });
  }

  ~FakeRedis() {
    shutdown(listener_, SHUT_RDWR);
    thread_.join();
    for (std::thread& connection : connections_) connection.join();
    close(listener_);
  }

  std::string address() const { return absl::StrCat("127.0.0.1:", port_); }

 private:
  void Accept() {
    while (true) {
      const int connection = accept(listener_, nullptr, nullptr);
      if (connection < 0) return;
      connections_.emplace_back([this, connection] {
        Serve(connection);
        close(connection);
      });
    }
  }

  void Serve(int connection) {
    std::string input;
    std::vector<std::string> words;
    while (ReadCommand(connection, &input, &words)) {
      if (words.back() == "close") return;
      if (words.back() == "never") continue;
      const std::string answer = Answer(words);
      if (send(connection, answer.data(), answer.size(), MSG_NOSIGNAL) < 0) return;
    }
  }

  std::string Answer(const std::vector<std::string>& words) {
    MutexLock lock(mutex_);
    if (words[0] == "INFO") return Bulk("# Memory\r\nused_memory:4711\r\nused_memory_human:4K\r\n");
    if (words[0] == "SET") {
      values_[words[1]] = words[2];
      return "+OK\r\n";
    }
    if (words[1] == "wrong") return "-ERR wrong\r\n";
    const auto value = values_.find(words[1]);
    return value == values_.end() ? "$-1\r\n" : Bulk(value->second);
  }

  // "*2", then for each word its size and itself, all with "\r\n" behind.
  static bool ReadCommand(int connection, std::string* input, std::vector<std::string>* words) {
    words->clear();
    std::size_t count = 0;
    if (!ReadNumber(connection, input, &count)) return false;
    for (; count > 0; --count) {
      std::size_t size = 0;
      if (!ReadNumber(connection, input, &size)) return false;
      while (input->size() < size + 2) {
        if (!ReadMore(connection, input)) return false;
      }
      words->push_back(input->substr(0, size));
      input->erase(0, size + 2);
    }
    return true;
  }

  static bool ReadNumber(int connection, std::string* input, std::size_t* number) {
    std::size_t end = 0;
    while ((end = input->find("\r\n")) == std::string::npos) {
      if (!ReadMore(connection, input)) return false;
    }
    EXPECT_TRUE(absl::SimpleAtoi(input->substr(1, end - 1), number)) << *input;
    input->erase(0, end + 2);
    return true;
  }

  static bool ReadMore(int connection, std::string* input) {
    char bytes[4096];
    const ssize_t size = recv(connection, bytes, sizeof(bytes), 0);
    if (size > 0) input->append(bytes, static_cast<std::size_t>(size));
    return size > 0;
  }

  const int listener_;
  int port_ = 0;
  Mutex mutex_;
  std::map<std::string, std::string> values_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::thread> connections_;
  std::thread thread_;
};

class RedisClientTest : public ::testing::Test {
 protected:
  std::unique_ptr<RedisClient> Client(std::size_t connections, std::size_t calls_at_a_time) {
    auto client = RedisClient::Create(
        {.address = server_.address(), .connections = connections, .calls_at_a_time = calls_at_a_time});
    EXPECT_THAT(client, testing::IsOk());
    return *std::move(client);
  }

  FakeRedis server_;
};

TEST_F(RedisClientTest, AnOpenLoopMakesEveryCallThatIsDue) {
  const std::unique_ptr<RedisClient> client = Client(2, 16);
  AWASE_ASSERT_OK(client->Set("page:a", std::string(100'000, 'x')));
  AWASE_ASSERT_OK(client->Set("page:b", "{}"));
  const LoadReport report = client->Run({.rate = 500, .duration = absl::Milliseconds(400)}, {"page:a", "page:b"});
  EXPECT_EQ(report.due, 200u);
  EXPECT_EQ(report.answered, 200u);
  EXPECT_EQ(report.unsent, 0u);
  EXPECT_EQ(report.latency.count(), 200u);
  EXPECT_GE(report.seconds, 0.39);
}

TEST_F(RedisClientTest, AClosedLoopEndsWithAllCallsAnswered) {
  const std::unique_ptr<RedisClient> client = Client(3, 4);
  AWASE_ASSERT_OK(client->Set("page:a", "{}"));
  for (int run = 0; run < 2; ++run) {
    const LoadReport report = client->Run({.duration = absl::Milliseconds(100)}, {"page:a"});
    EXPECT_GT(report.answered, 12u);
    EXPECT_EQ(report.due, report.answered);
  }
}

TEST_F(RedisClientTest, PagesThatAreNotThereAndErrorsAreCountedApart) {
  const std::unique_ptr<RedisClient> client = Client(1, 4);
  AWASE_ASSERT_OK(client->Set("page:a", "{}"));
  const LoadReport report =
      client->Run({.rate = 300, .duration = absl::Milliseconds(100)}, {"page:a", "page:none", "wrong"});
  EXPECT_EQ(report.answered, 10u);
  EXPECT_THAT(report.errors,
              ElementsAre(Pair(absl::StatusCode::kUnknown, 10u), Pair(absl::StatusCode::kNotFound, 10u)));
}

TEST_F(RedisClientTest, ARunEndsWithItsConnection) {
  const LoadReport report = Client(1, 2)->Run({.rate = 1000, .duration = absl::Milliseconds(100)}, {"close"});
  EXPECT_EQ(report.answered, 0u);
  EXPECT_EQ(report.errors.at(absl::StatusCode::kUnavailable) + report.unsent, 100u);
}

TEST_F(RedisClientTest, ARunEndsWhenNothingComesAnyMore) {
  const LoadReport report = Client(1, 2)->Run(
      {.rate = 1000, .duration = absl::Milliseconds(50), .deadline = absl::Milliseconds(50)}, {"never"});
  EXPECT_THAT(report.errors, ElementsAre(Pair(absl::StatusCode::kDeadlineExceeded, 2u)));
  EXPECT_EQ(report.unsent, 48u);
}

TEST_F(RedisClientTest, TheServersMemoryIsWhatItSays) {
  const absl::StatusOr<std::uint64_t> memory = Client(1, 1)->UsedMemory();
  AWASE_ASSERT_OK(memory.status());
  EXPECT_EQ(*memory, 4711u);
}

TEST_F(RedisClientTest, ServersThatAreNotThereAreSaid) {
  EXPECT_THAT(RedisClient::Create({.address = "127.0.0.1:1"}),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr("127.0.0.1:1")));
  EXPECT_THAT(RedisClient::Create({.address = "127.0.0.1"}),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("IP:PORT")));
}

}  // namespace
}  // namespace awase::load
