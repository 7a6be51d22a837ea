#ifndef AWASE_SERVICE_ADMISSION_H_
#define AWASE_SERVICE_ADMISSION_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "awase/access/access_control.h"
#include "awase/access/settings.h"
#include "awase/access/token_file.h"
#include "awase/base/listen_address.h"

namespace awase::service {

// Who may call a server on which of its addresses, and the token file behind that. thread-safe.
class Admission {
 public:
  // Reads the tokens. Errors of access::TokenFile::Open.
  static absl::StatusOr<std::unique_ptr<Admission>> Create(access::Settings settings);

  // That of one address. It needs the admission.
  access::AccessControl ControlOf(const ListenAddress& address) const;

  // What its operator should know of who may call `wire` ("gRPC on 0.0.0.0:50051") at this address: what others can do,
  // or cannot and how that is changed; empty where there is nothing to say.
  std::string NoticeOf(absl::string_view wire, const ListenAddress& address, bool has_tls) const;

  // Looks at the token file once more; tells what became of a change.
  void Look(const std::function<void(const std::string&)>& warn, const std::function<void(const std::string&)>& inform);

  // Why the newest tokens do not hold; empty when they do.
  std::string problem() const { return tokens_ == nullptr ? std::string() : tokens_->problem(); }

 private:
  Admission(access::Settings settings, std::unique_ptr<access::TokenFile> tokens)
      : settings_(std::move(settings)), tokens_(std::move(tokens)) {}

  const access::Settings settings_;
  const std::unique_ptr<access::TokenFile> tokens_;  // null: there are none
};

}  // namespace awase::service

#endif  // AWASE_SERVICE_ADMISSION_H_
