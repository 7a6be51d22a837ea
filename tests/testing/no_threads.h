#ifndef AWASE_TESTS_TESTING_NO_THREADS_H_
#define AWASE_TESTS_TESTING_NO_THREADS_H_

#include <pthread.h>

#include "gtest/gtest.h"

namespace awase::testing {

// As long as it lives, no thread can be started: the stack that each would get is larger than any address space.
class NoThreads {
 public:
  NoThreads() {
    pthread_attr_t huge;
    EXPECT_EQ(pthread_getattr_default_np(&before_), 0);
    EXPECT_EQ(pthread_attr_init(&huge), 0);
    EXPECT_EQ(pthread_attr_setstacksize(&huge, std::size_t{1} << 50), 0);
    EXPECT_EQ(pthread_setattr_default_np(&huge), 0);
    pthread_attr_destroy(&huge);
  }
  ~NoThreads() {
    pthread_setattr_default_np(&before_);
    pthread_attr_destroy(&before_);
  }
  NoThreads(const NoThreads&) = delete;
  NoThreads& operator=(const NoThreads&) = delete;

 private:
  pthread_attr_t before_;
};

}  // namespace awase::testing

#endif  // AWASE_TESTS_TESTING_NO_THREADS_H_
