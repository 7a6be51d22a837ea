#ifndef AWASE_APPS_AWASE_LOG_LINE_H_
#define AWASE_APPS_AWASE_LOG_LINE_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "awase/service/ended_call.h"
#include "awase/serving/reloader.h"

namespace awase::apps {

// The words of the levels, in their order: "debug", "info", …
const std::vector<std::string>& LogLevels();

// REQUIRES: one of LogLevels().
serving::LogLevel LevelNamed(absl::string_view word);

// Calls that failed by the server's doing are errors, others are for debugging.
serving::LogLevel LevelOf(const service::EndedCall& call);

// For people, on one line whatever the caller has sent.
std::string CallText(const service::EndedCall& call);

// One JSON object without a newline: time (RFC 3339, UTC, milliseconds), level, message. Bytes that are not UTF-8 are
// replaced.
std::string JsonLogLine(absl::Time time, serving::LogLevel level, absl::string_view message);

// The same of a call: with method, code, and what it has of request_id, trace_id and span_id.
std::string JsonLogLine(absl::Time time, const service::EndedCall& call);

}  // namespace awase::apps

#endif  // AWASE_APPS_AWASE_LOG_LINE_H_
