#include "apps/awase/bus_error.h"

#include <unistd.h>

#include <csignal>

#include "absl/strings/string_view.h"

namespace awase::apps {
namespace {

// Only what may be done in a handler: the lines are made beforehand, and have no time.
constexpr absl::string_view kText =
    "[awase] [error] SIGBUS: a file of the model that serves was cut short in place, or its disk has failed: this "
    "process ends. Verify the version (awase models verify), and replace version directories as a whole\n";
constexpr absl::string_view kJson =
    R"({"level":"error","message":"SIGBUS: a file of the model that serves was cut short in place, or its disk has )"
    R"(failed: this process ends. Verify the version (awase models verify), and replace version directories as a )"
    "whole\"}\n";

absl::string_view sentence;

// The handler is gone when it begins, so that the signal ends the process now, whoever has sent it.
void OnBusError(int) {
  if (write(STDERR_FILENO, sentence.data(), sentence.size()) < 0) sentence = {};  // nobody reads: nothing to do
  raise(SIGBUS);
}

}  // namespace

void SayWhyOnBusError(LogFormat format) {
  sentence = format == LogFormat::kJson ? kJson : kText;
  struct sigaction action = {};
  action.sa_handler = OnBusError;
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  sigaction(SIGBUS, &action, nullptr);
}

}  // namespace awase::apps
