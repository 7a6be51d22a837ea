// Asks a Redis server for the pages that store_pages put there, as `load` asks an awase server: the same requests,
// flags and output. docs/benchmarks.md.

#include <sys/prctl.h>

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "awase/base/status_macros.h"
#include "bench/service/measurement.h"
#include "bench/service/redis_client.h"
#include "bench/service/request_flags.h"
#include "bench/service/stored_page.h"

namespace awase::load {
namespace {

absl::Status Load(const std::string& address, const RequestSource& source, const MeasurementFlags& flags) {
  AWASE_ASSIGN_OR_RETURN(const std::vector<v1::RecommendRequest> requests, RequestsOf(source));
  AWASE_ASSIGN_OR_RETURN(const std::vector<std::string> keys, KeysOf(requests));
  AWASE_ASSIGN_OR_RETURN(
      const std::unique_ptr<RedisClient> client,
      RedisClient::Create(
          {.address = address, .connections = flags.connections, .calls_at_a_time = flags.calls_at_a_time}));
  const Runner run = [&](const LoadPlan& plan) { return client->Run(plan, keys); };
  AWASE_ASSIGN_OR_RETURN(const nlohmann::json json, Measure(flags, run, run));
  return Print(json);
}

}  // namespace
}  // namespace awase::load

int main(int argc, char** argv) {
  prctl(PR_SET_TIMERSLACK, 1UL);  // as `load`
  std::string address;
  awase::load::RequestSource source;
  awase::load::MeasurementFlags flags;
  CLI::App app("Asks a Redis server for stored pages.");
  app.add_option("--server", address, "IP:PORT")->required();
  awase::load::AddRequestFlags(&app, &source);
  awase::load::AddMeasurementFlags(&app, &flags);
  CLI11_PARSE(app, argc, argv);
  const absl::Status status = awase::load::Load(address, source, flags);
  if (status.ok()) return 0;
  std::fprintf(stderr, "redis_load: %s\n", std::string(status.message()).c_str());
  return 1;
}
