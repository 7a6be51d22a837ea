#ifndef AWASE_TESTS_TESTING_CAMERA_SHOP_H_
#define AWASE_TESTS_TESTING_CAMERA_SHOP_H_

// A shop of six products for the tests of serving and service:
//
//   camera (USD 500.00)  bundle with film (10.00), also bought: tripod (50.00), case (20.00)
//   compact (300.00) is its lower rung, reflex (700.00) its higher one

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace awase::testing {

// Writes a version of the shop into `model_dir` and returns its id; the price of film makes versions differ. With
// `activate`, ACTIVE names it afterwards.
absl::StatusOr<std::string> WriteCameraShop(const std::string& model_dir, std::int64_t film_minor = 1000,
                                            bool activate = true);

// YAML of one rule that sells camera and film as a set.
std::string SetRule(absl::string_view id, absl::string_view price, absl::string_view text);

// YAML of one rule that puts `product` first in also_bought.
std::string PinRule(absl::string_view id, absl::string_view product);

// Flips the last byte of the largest section of a version, so that it no longer verifies.
absl::Status BreakVersion(const std::string& model_dir, const std::string& version);

}  // namespace awase::testing

#endif  // AWASE_TESTS_TESTING_CAMERA_SHOP_H_
