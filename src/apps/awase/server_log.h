#ifndef AWASE_APPS_AWASE_SERVER_LOG_H_
#define AWASE_APPS_AWASE_SERVER_LOG_H_

#include <cstdint>
#include <memory>
#include <string>

#include "awase/service/ended_call.h"
#include "awase/serving/reloader.h"
#include "spdlog/logger.h"

namespace awase::apps {

enum class LogFormat : std::uint8_t {
  kText,  // for people
  kJson,  // an object per line
};

// The log of a server on stderr. Nothing is formatted that is below its level. thread-safe.
class ServerLog {
 public:
  ServerLog(LogFormat format, serving::LogLevel least);

  void Say(serving::LogLevel level, const std::string& sentence) const;
  void Say(const service::EndedCall& call) const;

  bool Says(serving::LogLevel level) const;

 private:
  const LogFormat format_;
  const std::shared_ptr<spdlog::logger> logger_;
};

}  // namespace awase::apps

#endif  // AWASE_APPS_AWASE_SERVER_LOG_H_
