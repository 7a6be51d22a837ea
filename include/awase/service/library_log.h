#ifndef AWASE_SERVICE_LIBRARY_LOG_H_
#define AWASE_SERVICE_LIBRARY_LOG_H_

#include <functional>
#include <string>

namespace awase::service {

// While it lives, what gRPC and protobuf would write to stderr (failed handshakes, above all) goes to `tell`, from any
// thread; afterwards nobody hears of it. There is one in a process.
class LibraryLog {
 public:
  using Tell = std::function<void(bool is_error, const std::string& sentence)>;

  explicit LibraryLog(Tell tell);
  ~LibraryLog();
  LibraryLog(const LibraryLog&) = delete;
  LibraryLog& operator=(const LibraryLog&) = delete;
};

}  // namespace awase::service

#endif  // AWASE_SERVICE_LIBRARY_LOG_H_
