#include "bench/service/redis_client.h"

#include <hiredis/hiredis.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <deque>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "bench/service/schedule.h"

namespace awase::load {
namespace {

constexpr timeval kTimeout = {.tv_sec = 10, .tv_usec = 0};  // of connecting, and of Set and UsedMemory

struct ContextCloser {
  void operator()(redisContext* context) const { redisFree(context); }
};
struct ReplyCloser {
  void operator()(void* reply) const { freeReplyObject(reply); }
};
using Context = std::unique_ptr<redisContext, ContextCloser>;
using Reply = std::unique_ptr<redisReply, ReplyCloser>;

// A connection, on which answers come in the order of the calls.
struct Lane {
  Context context;
  std::deque<Clock::time_point> due;  // of the calls that are outstanding
};

absl::StatusOr<Context> Connect(const std::string& address) {
  const std::vector<std::string> parts = absl::StrSplit(address, absl::MaxSplits(':', 1));
  int port = 0;
  if (parts.size() != 2 || !absl::SimpleAtoi(parts[1], &port)) {
    return absl::InvalidArgumentError(absl::StrCat("\"", address, "\" is no IP:PORT"));
  }
  Context context(redisConnectWithTimeout(parts[0].c_str(), port, kTimeout));
  if (context == nullptr || context->err != 0 || redisSetTimeout(context.get(), kTimeout) != REDIS_OK) {
    return absl::UnavailableError(absl::StrCat("no connection to ", address, ": does a Redis server run there?"));
  }
  return context;
}

std::string GetCommand(const std::string& key) {
  return absl::StrCat("*2\r\n$3\r\nGET\r\n$", key.size(), "\r\n", key, "\r\n");
}

absl::StatusCode CodeOf(const redisReply& reply) {
  if (reply.type == REDIS_REPLY_STRING) return absl::StatusCode::kOk;
  return reply.type == REDIS_REPLY_NIL ? absl::StatusCode::kNotFound : absl::StatusCode::kUnknown;
}

class Run {
 public:
  Run(const LoadPlan& plan, const std::vector<std::string>& keys, std::size_t calls_at_a_time, std::vector<Lane>* lanes)
      : plan_(plan), calls_at_a_time_(calls_at_a_time), lanes_(*lanes), schedule_(plan, Clock::now()) {
    for (const std::string& key : keys) commands_.push_back(GetCommand(key));
    for (const Lane& lane : lanes_) polled_.push_back({.fd = lane.context->fd, .events = POLLIN, .revents = 0});
  }

  LoadReport Go() {
    while (!ended_) {
      BeginWhatIsDue();
      if (outstanding_ == 0 && schedule_.IsOver(next_, Clock::now())) break;
      if (Flush()) Await();
    }
    report_.seconds = std::chrono::duration<double>(Clock::now() - schedule_.start()).count();
    report_.due = schedule_.is_open_loop() ? schedule_.total() : next_;
    report_.unsent = report_.due - next_;
    return std::move(report_);
  }

 private:
  void BeginWhatIsDue() {
    while (true) {
      const Clock::time_point now = Clock::now();
      if (schedule_.IsOver(next_, now)) return;
      const Clock::time_point due = schedule_.is_open_loop() ? schedule_.DueAt(next_) : now;
      Lane& lane = *std::min_element(lanes_.begin(), lanes_.end(), [](const Lane& left, const Lane& right) {
        return left.due.size() < right.due.size();
      });
      if (due > now || lane.due.size() == calls_at_a_time_) return;
      const std::string& command = commands_[next_++ % commands_.size()];
      redisAppendFormattedCommand(lane.context.get(), command.data(), command.size());
      lane.due.push_back(due);
      if (outstanding_++ == 0) waiting_since_ = now;
    }
  }

  // False when a connection broke.
  bool Flush() {
    for (Lane& lane : lanes_) {
      int done = 0;
      while (done == 0) {
        if (redisBufferWrite(lane.context.get(), &done) != REDIS_OK) return EndWith(absl::StatusCode::kUnavailable);
      }
    }
    return true;
  }

  // Until something came, or a call is due that can begin.
  void Await() {
    const bool is_full = outstanding_ == calls_at_a_time_ * lanes_.size();
    Clock::time_point until = waiting_since_ + absl::ToChronoNanoseconds(plan_.deadline);
    if (outstanding_ == 0) until = Clock::time_point::max();
    if (schedule_.is_open_loop() && !is_full && next_ < schedule_.total()) {
      until = std::min(until, schedule_.DueAt(next_));
    }
    const auto left = std::max(std::chrono::nanoseconds(0),
                               std::chrono::duration_cast<std::chrono::nanoseconds>(until - Clock::now()));
    const timespec timeout = absl::ToTimespec(absl::FromChrono(left));
    if (ppoll(polled_.data(), polled_.size(), &timeout, nullptr) < 0 && errno != EINTR) {
      EndWith(absl::StatusCode::kUnavailable);
      return;
    }
    for (std::size_t i = 0; i < lanes_.size() && !ended_; ++i) {
      if (polled_[i].revents != 0) Read(&lanes_[i]);
    }
    if (outstanding_ > 0 && Clock::now() - waiting_since_ > absl::ToChronoNanoseconds(plan_.deadline)) {
      EndWith(absl::StatusCode::kDeadlineExceeded);
    }
  }

  void Read(Lane* lane) {
    if (redisBufferRead(lane->context.get()) != REDIS_OK) {
      EndWith(absl::StatusCode::kUnavailable);
      return;
    }
    void* next = nullptr;
    while (redisGetReplyFromReader(lane->context.get(), &next) == REDIS_OK && next != nullptr) {
      const Reply reply(static_cast<redisReply*>(next));
      waiting_since_ = Clock::now();
      const absl::StatusCode code = CodeOf(*reply);
      if (code == absl::StatusCode::kOk) {
        ++report_.answered;
        report_.latency.Record(absl::FromChrono(waiting_since_ - lane->due.front()));
      } else {
        ++report_.errors[code];
      }
      lane->due.pop_front();
      --outstanding_;
    }
  }

  bool EndWith(absl::StatusCode code) {
    ended_ = true;
    report_.errors[code] += outstanding_;
    return false;
  }

  const LoadPlan plan_;
  const std::size_t calls_at_a_time_;
  std::vector<Lane>& lanes_;
  std::vector<std::string> commands_;
  std::vector<pollfd> polled_;
  std::size_t outstanding_ = 0;
  std::uint64_t next_ = 0;
  bool ended_ = false;
  Clock::time_point waiting_since_;  // when something came last, or the first of the outstanding calls began
  LoadReport report_;
  const Schedule schedule_;
};

absl::Status NotDone(const redisContext& context, const redisReply* reply) {
  return absl::UnavailableError(absl::StrCat("Redis: ", reply == nullptr ? context.errstr : reply->str));
}

}  // namespace

struct RedisClient::State {
  std::size_t calls_at_a_time = 0;
  std::vector<Lane> lanes;
};

RedisClient::RedisClient(std::unique_ptr<State> state) : state_(std::move(state)) {}
RedisClient::~RedisClient() = default;

absl::StatusOr<std::unique_ptr<RedisClient>> RedisClient::Create(const Options& options) {
  auto state = std::make_unique<State>();
  state->calls_at_a_time = options.calls_at_a_time;
  for (std::size_t i = 0; i < options.connections; ++i) {
    absl::StatusOr<Context> context = Connect(options.address);
    if (!context.ok()) return context.status();
    state->lanes.push_back({.context = *std::move(context), .due = {}});
  }
  return std::unique_ptr<RedisClient>(new RedisClient(std::move(state)));
}

LoadReport RedisClient::Run(const LoadPlan& plan, const std::vector<std::string>& keys) {
  return load::Run(plan, keys, state_->calls_at_a_time, &state_->lanes).Go();
}

absl::Status RedisClient::Set(const std::string& key, const std::string& value) {
  redisContext* context = state_->lanes.front().context.get();
  std::array<const char*, 3> words = {"SET", key.data(), value.data()};
  const std::array<std::size_t, 3> sizes = {3, key.size(), value.size()};
  const Reply reply(static_cast<redisReply*>(redisCommandArgv(context, 3, words.data(), sizes.data())));
  if (reply == nullptr || reply->type == REDIS_REPLY_ERROR) return NotDone(*context, reply.get());
  return absl::OkStatus();
}

absl::StatusOr<std::uint64_t> RedisClient::UsedMemory() {
  redisContext* context = state_->lanes.front().context.get();
  std::array<const char*, 2> words = {"INFO", "memory"};
  const Reply reply(static_cast<redisReply*>(redisCommandArgv(context, 2, words.data(), nullptr)));
  if (reply == nullptr || reply->type != REDIS_REPLY_STRING) return NotDone(*context, reply.get());
  for (absl::string_view line : absl::StrSplit(absl::string_view(reply->str, reply->len), "\r\n")) {
    std::uint64_t bytes = 0;
    if (absl::ConsumePrefix(&line, "used_memory:") && absl::SimpleAtoi(line, &bytes)) return bytes;
  }
  return absl::UnavailableError("Redis: INFO has no used_memory");
}

}  // namespace awase::load
