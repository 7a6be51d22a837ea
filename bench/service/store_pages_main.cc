// store_pages --from HOST:PORT --redis IP:PORT: asks an awase server for pages and stores the answers in a Redis
// server, as the JSON that awase gives over HTTP: what a shop does that computes its pages before they are asked for.
// Prints how many pages, their bytes, and the bytes of memory that Redis took for them, as JSON.

#include <cstdio>
#include <memory>
#include <string>
#include <unordered_set>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/synchronization/mutex.h"
#include "awase/base/status_macros.h"
#include "awase/service/json_text.h"
#include "bench/service/recorded_answers.h"
#include "bench/service/redis_client.h"
#include "bench/service/request_flags.h"
#include "bench/service/stored_page.h"
#include "nlohmann/json.hpp"

namespace awase::load {
namespace {

absl::Status Store(const std::string& from, const std::string& to, const RequestSource& source) {
  AWASE_ASSIGN_OR_RETURN(const std::vector<v1::RecommendRequest> requests, RequestsOf(source));
  AWASE_ASSIGN_OR_RETURN(const std::vector<std::string> keys, KeysOf(requests));
  AWASE_ASSIGN_OR_RETURN(const std::vector<v1::RecommendResponse> answers, AnswersOf(from, requests));
  AWASE_ASSIGN_OR_RETURN(const std::unique_ptr<RedisClient> redis, RedisClient::Create({.address = to}));
  AWASE_ASSIGN_OR_RETURN(const std::uint64_t memory_before, redis->UsedMemory());
  std::unordered_set<std::string> stored;
  std::uint64_t bytes = 0;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    if (!stored.insert(keys[i]).second) continue;
    AWASE_ASSIGN_OR_RETURN(const std::string page, service::ToJsonText(answers[i], service::JsonLayout::kCompact));
    AWASE_RETURN_IF_ERROR(redis->Set(keys[i], page));
    bytes += page.size();
  }
  AWASE_ASSIGN_OR_RETURN(const std::uint64_t memory_after, redis->UsedMemory());
  const nlohmann::json json = {
      {"pages", stored.size()}, {"bytes", bytes}, {"memory_bytes", memory_after - memory_before}};
  std::printf("%s\n", json.dump().c_str());
  return absl::OkStatus();
}

}  // namespace
}  // namespace awase::load

int main(int argc, char** argv) {
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);  // as `awase serve`
  std::string from;
  std::string to;
  awase::load::RequestSource source;
  CLI::App app("Stores the pages of an awase server in Redis.");
  app.add_option("--from", from, "HOST:PORT of the awase server")->required();
  app.add_option("--redis", to, "IP:PORT of the Redis server")->required();
  awase::load::AddRequestFlags(&app, &source);
  CLI11_PARSE(app, argc, argv);
  const absl::Status status = awase::load::Store(from, to, source);
  if (status.ok()) return 0;
  std::fprintf(stderr, "store_pages: %s\n", std::string(status.message()).c_str());
  return 1;
}
