#ifndef AWASE_TESTS_TESTING_FUZZ_CHECKS_H_
#define AWASE_TESTS_TESTING_FUZZ_CHECKS_H_

// What fuzz targets assert with: a failure ends the process, and so keeps the input.

#include <cstdlib>
#include <iostream>
#include <string>
#include <utility>

#include "absl/status/statusor.h"

namespace awase::testing {

inline void Check(bool holds, const std::string& what) {
  if (holds) return;
  std::cerr << "does not hold: " << what << "\n";
  std::abort();
}

template <typename T>
T ValueOf(absl::StatusOr<T> result) {
  Check(result.ok(), result.status().ToString());
  return *std::move(result);
}

}  // namespace awase::testing

#endif  // AWASE_TESTS_TESTING_FUZZ_CHECKS_H_
