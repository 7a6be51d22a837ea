#include "apps/awase/server_log.h"

#include "absl/time/clock.h"
#include "apps/awase/log_line.h"
#include "spdlog/sinks/stdout_color_sinks.h"

namespace awase::apps {
namespace {

spdlog::level::level_enum LevelOfSpdlog(serving::LogLevel level) {
  switch (level) {
    case serving::LogLevel::kDebug:
      return spdlog::level::debug;
    case serving::LogLevel::kInfo:
      return spdlog::level::info;
    case serving::LogLevel::kWarning:
      return spdlog::level::warn;
    case serving::LogLevel::kError:
      return spdlog::level::err;
  }
  return spdlog::level::off;
}

}  // namespace

ServerLog::ServerLog(LogFormat format, serving::LogLevel least)
    : format_(format),
      logger_(std::make_shared<spdlog::logger>("awase", std::make_shared<spdlog::sinks::stderr_color_sink_mt>())) {
  logger_->set_level(LevelOfSpdlog(least));
  if (format == LogFormat::kJson) logger_->set_pattern("%v");
}

bool ServerLog::Says(serving::LogLevel level) const { return logger_->should_log(LevelOfSpdlog(level)); }

void ServerLog::Say(serving::LogLevel level, const std::string& sentence) const {
  if (!Says(level)) return;
  logger_->log(LevelOfSpdlog(level),
               format_ == LogFormat::kJson ? JsonLogLine(absl::Now(), level, sentence) : sentence);
}

void ServerLog::Say(const service::EndedCall& call) const {
  const serving::LogLevel level = LevelOf(call);
  if (!Says(level)) return;
  logger_->log(LevelOfSpdlog(level), format_ == LogFormat::kJson ? JsonLogLine(absl::Now(), call) : CallText(call));
}

}  // namespace awase::apps
