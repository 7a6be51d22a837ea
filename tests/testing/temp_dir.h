#ifndef AWASE_TESTS_TESTING_TEMP_DIR_H_
#define AWASE_TESTS_TESTING_TEMP_DIR_H_

#include <string>

#include "absl/strings/string_view.h"

namespace awase::testing {

// A fresh directory of its own for one test; removed with everything in it on destruction.
class TempDir {
 public:
  TempDir();
  ~TempDir();
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;

  const std::string& path() const { return path_; }
  std::string Join(absl::string_view name) const;

  // Writes path()/name (parents are made) and returns its whole path. Fails the test when it cannot.
  std::string Write(absl::string_view name, absl::string_view content) const;

 private:
  std::string path_;
};

}  // namespace awase::testing

#endif  // AWASE_TESTS_TESTING_TEMP_DIR_H_
