#include "config/internal/read_limits.h"

#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"

namespace awase::config_internal {
namespace {

class LimitReader {
 public:
  explicit LimitReader(ConfigReport* report) : report_(report) {}

  void Read(absl::string_view key, std::uint32_t value, std::size_t least, std::size_t most, std::size_t* limit) {
    const std::string at = absl::StrCat("limits.", key);
    if (!CanJudge(at)) return;
    *limit = value;
    if (value < least || value > most) {
      report_->Add(at, absl::StrCat("want ", least, " to ", most, ", got ", value));
    }
  }

  void Read(absl::string_view key, const google::protobuf::Duration& value, absl::Duration* limit,
            absl::Duration least = absl::Milliseconds(10), absl::Duration most = absl::Hours(1)) {
    const std::string at = absl::StrCat("limits.", key);
    if (!CanJudge(at)) return;
    *limit = absl::Seconds(value.seconds()) + absl::Nanoseconds(value.nanos());
    if (*limit < least || *limit > most) {
      report_->Add(at, absl::StrCat("want ", absl::FormatDuration(least), " to ", absl::FormatDuration(most), ", got ",
                                    absl::FormatDuration(*limit)));
    }
  }

 private:
  bool CanJudge(const std::string& at) const { return report_->Has(at) && report_->IsSound(at); }

  ConfigReport* const report_;
};

}  // namespace

config::Limits ReadLimits(const v1::ServerConfig& config, ConfigReport* report) {
  const v1::LimitsConfig& said = config.limits();
  config::Limits limits;
  LimitReader reader(report);
  reader.Read("request_bytes", said.request_bytes(), 1'024, std::size_t{1} << 30, &limits.request_bytes);
  reader.Read("header_bytes", said.header_bytes(), 4'096, std::size_t{1} << 20, &limits.header_bytes);
  reader.Read("batch_requests", said.batch_requests(), 1, 100'000, &limits.batch_requests);
  reader.Read("slow_calls", said.slow_calls(), 1, 10'000, &limits.slow_calls);
  reader.Read("slow_call_threads", said.slow_call_threads(), 1, 256, &limits.slow_call_threads);
  reader.Read("streams_per_connection", said.streams_per_connection(), 1, 1'000'000, &limits.streams_per_connection);
  reader.Read("grpc_connections", said.grpc_connections(), 1, 1'000'000, &limits.grpc_connections);
  reader.Read("http_connections", said.http_connections(), 1, 100'000, &limits.http_connections);
  reader.Read("header_time", said.header_time(), &limits.header_time);
  reader.Read("grpc_idle_time", said.grpc_idle_time(), &limits.grpc_idle_time);
  reader.Read("grpc_ping_time", said.grpc_ping_time(), &limits.grpc_ping_time, absl::Seconds(1));
  reader.Read("http_body_time", said.http_body_time(), &limits.http_body_time);
  reader.Read("http_idle_time", said.http_idle_time(), &limits.http_idle_time);
  reader.Read("http_write_time", said.http_write_time(), &limits.http_write_time);
  reader.Read("recommend_wait", said.recommend_wait(), &limits.recommend_wait, absl::Milliseconds(1),
              absl::Seconds(10));
  return limits;
}

}  // namespace awase::config_internal
