#ifndef AWASE_APPS_AWASE_REQUEST_FLAGS_H_
#define AWASE_APPS_AWASE_REQUEST_FLAGS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "awase/v1/recommendation.pb.h"

namespace awase::apps {

// What a command asks for on a page.
struct RequestFlags {
  std::vector<std::string> products;
  std::vector<std::string> cart;
  std::vector<std::string> owned;
  std::vector<std::string> shown;
  std::string placement = "product_page";
  std::string customer_file;
  std::string currency;
  std::string at;
  std::optional<std::uint32_t> max_offers_per_slot;
  std::optional<std::uint32_t> max_offers_in_all;
  std::string language;
  std::string channel;
  bool evidence_only = false;
};

void AddRequestFlags(CLI::App* command, RequestFlags* flags);

// Errors of ReadCustomerFile.
absl::StatusOr<v1::RecommendRequest> RequestOf(const RequestFlags& flags);

// A refusal of the request in the words of its flags: ByCustomerFile where there is such a file.
absl::Status InWordsOf(const RequestFlags& flags, const absl::Status& refusal);

}  // namespace awase::apps

#endif  // AWASE_APPS_AWASE_REQUEST_FLAGS_H_
