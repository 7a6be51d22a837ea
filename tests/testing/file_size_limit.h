#ifndef AWASE_TESTS_TESTING_FILE_SIZE_LIMIT_H_
#define AWASE_TESTS_TESTING_FILE_SIZE_LIMIT_H_

#include <sys/resource.h>

#include <csignal>
#include <cstdint>

#include "gtest/gtest.h"

namespace awase::testing {

// As long as it lives, no file of this process grows beyond so many bytes: what writes meet on a full disk, first a
// short one and then none.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(std::uint64_t bytes) : old_handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    EXPECT_EQ(getrlimit(RLIMIT_FSIZE, &before_), 0);
    rlimit limited = before_;
    limited.rlim_cur = bytes;
    EXPECT_EQ(setrlimit(RLIMIT_FSIZE, &limited), 0);
  }
  ~FileSizeLimit() {
    EXPECT_EQ(setrlimit(RLIMIT_FSIZE, &before_), 0);
    std::signal(SIGXFSZ, old_handler_);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  void (*old_handler_)(int);
  rlimit before_ = {};
};

}  // namespace awase::testing

#endif  // AWASE_TESTS_TESTING_FILE_SIZE_LIMIT_H_
