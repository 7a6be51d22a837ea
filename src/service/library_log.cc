#include "awase/service/library_log.h"

#include <utility>

#include "absl/base/thread_annotations.h"
#include "awase/base/mutex.h"
#include "google/protobuf/stubs/logging.h"
#include "grpc/support/log.h"

namespace awase::service {
namespace {

// The libraries take functions without state, and their threads may call them whenever they like.
struct Listener {
  Mutex mutex;
  LibraryLog::Tell tell ABSL_GUARDED_BY(mutex);  // null: nobody listens any more
};

Listener& TheListener() {
  static auto& listener = *new Listener;
  return listener;
}

void Tell(bool is_error, const std::string& sentence) {
  MutexLock lock(TheListener().mutex);
  if (TheListener().tell) TheListener().tell(is_error, sentence);
}

void TakeFromGrpc(gpr_log_func_args* args) { Tell(args->severity == GPR_LOG_SEVERITY_ERROR, args->message); }

void TakeFromProtobuf(google::protobuf::LogLevel level, const char* /*file*/, int /*line*/,
                      const std::string& message) {
  Tell(level >= google::protobuf::LOGLEVEL_ERROR, message);
}

void Listen(LibraryLog::Tell tell) {
  MutexLock lock(TheListener().mutex);
  TheListener().tell = std::move(tell);
}

}  // namespace

LibraryLog::LibraryLog(Tell tell) {
  Listen(std::move(tell));
  gpr_set_log_function(TakeFromGrpc);
  google::protobuf::SetLogHandler(TakeFromProtobuf);
}

LibraryLog::~LibraryLog() { Listen(nullptr); }

}  // namespace awase::service
