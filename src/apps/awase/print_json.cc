#include "apps/awase/print_json.h"

#include <cstdio>
#include <string>

#include "awase/base/status_macros.h"
#include "awase/service/json_text.h"

namespace awase::apps {

absl::Status PrintJson(const google::protobuf::Message& message) {
  AWASE_ASSIGN_OR_RETURN(const std::string json, service::ToJsonText(message, service::JsonLayout::kIndented));
  std::fputs(json.c_str(), stdout);
  return absl::OkStatus();
}

}  // namespace awase::apps
