#ifndef AWASE_BENCH_SERVICE_REDIS_CLIENT_H_
#define AWASE_BENCH_SERVICE_REDIS_CLIENT_H_

// Asks a Redis server for stored pages, in the same two ways as LoadClient asks an awase server, with hiredis. One
// thread does all of it, as Redis' own benchmark does; calls at a time on a connection are pipelined.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "bench/service/load_report.h"

namespace awase::load {

// thread-compatible: one run at a time.
class RedisClient {
 public:
  struct Options {
    std::string address;               // IP:PORT
    std::size_t connections = 4;       // at least 1
    std::size_t calls_at_a_time = 16;  // per connection, at least 1
  };

  // Connects. kInvalidArgument for an address that is none, kUnavailable when nobody answers there.
  static absl::StatusOr<std::unique_ptr<RedisClient>> Create(const Options& options);
  ~RedisClient();
  RedisClient(const RedisClient&) = delete;
  RedisClient& operator=(const RedisClient&) = delete;

  // GETs one key after another, from the first again after the last; returns when all calls have ended. A key that is
  // not there is kNotFound. When a connection breaks, or nothing came for plan.deadline, the run ends, and what is
  // outstanding is kUnavailable or kDeadlineExceeded. REQUIRES: there is a key; the client is new, or its last run did
  // not end so.
  LoadReport Run(const LoadPlan& plan, const std::vector<std::string>& keys);

  // Stores a value. kUnavailable when that did not work.
  absl::Status Set(const std::string& key, const std::string& value);

  // Bytes that the server has allocated ("used_memory" of INFO). kUnavailable when it does not say.
  absl::StatusOr<std::uint64_t> UsedMemory();

 private:
  struct State;
  explicit RedisClient(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace awase::load

#endif  // AWASE_BENCH_SERVICE_REDIS_CLIENT_H_
