#include "apps/awase/log_line.h"

#include <cstddef>

#include "absl/algorithm/container.h"
#include "absl/status/status.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "nlohmann/json.hpp"

namespace awase::apps {
namespace {

using Json = nlohmann::ordered_json;

Json LineOf(absl::Time time, serving::LogLevel level, absl::string_view message) {
  return {{"time", absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", time, absl::UTCTimeZone())},
          {"level", LogLevels()[static_cast<std::size_t>(level)]},
          {"message", std::string(message)}};
}

std::string Text(const Json& line) { return line.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace

const std::vector<std::string>& LogLevels() {
  static const auto& levels = *new std::vector<std::string>{"debug", "info", "warning", "error"};
  return levels;
}

serving::LogLevel LevelNamed(absl::string_view word) {
  return static_cast<serving::LogLevel>(absl::c_find(LogLevels(), word) - LogLevels().begin());
}

serving::LogLevel LevelOf(const service::EndedCall& call) {
  return service::IsServersFailure(call.code) ? serving::LogLevel::kError : serving::LogLevel::kDebug;
}

std::string CallText(const service::EndedCall& call) {
  std::string text = absl::StrCat(call.method, ": ", absl::StatusCodeToString(call.code));
  if (!call.message.empty()) absl::StrAppend(&text, ": ", absl::Utf8SafeCHexEscape(call.message));
  if (!call.request_id.empty()) absl::StrAppend(&text, ", request ", absl::CHexEscape(call.request_id));
  if (!call.trace_id.empty()) absl::StrAppend(&text, ", trace ", call.trace_id, ", span ", call.span_id);
  return text;
}

std::string JsonLogLine(absl::Time time, serving::LogLevel level, absl::string_view message) {
  return Text(LineOf(time, level, message));
}

std::string JsonLogLine(absl::Time time, const service::EndedCall& call) {
  Json line = LineOf(time, LevelOf(call), call.message.empty() ? "the call has ended" : call.message);
  line["method"] = call.method;
  line["code"] = absl::StatusCodeToString(call.code);
  if (!call.request_id.empty()) line["request_id"] = call.request_id;
  if (!call.trace_id.empty()) {
    line["trace_id"] = call.trace_id;
    line["span_id"] = call.span_id;
  }
  return Text(line);
}

}  // namespace awase::apps
