#ifndef AWASE_TESTS_TESTING_CERTIFICATES_H_
#define AWASE_TESTS_TESTING_CERTIFICATES_H_

#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace awase::testing {

// Both as PEM.
struct CertifiedKey {
  std::string certificate;
  std::string key;
};

// What a certificate says of who has it.
struct Holder {
  std::string common_name;
  std::vector<std::string> alternative_names;  // as OpenSSL writes them: "DNS:shop.example", "IP:127.0.0.1", "URI:…"
  absl::Time from = absl::Now() - absl::Hours(1);
  absl::Time until = absl::Now() + absl::Hours(24);
};

// A certificate authority of a test's own, with new keys each time.
class CertificateAuthority {
 public:
  explicit CertificateAuthority(const std::string& name = "test authority");

  const std::string& certificate() const { return itself_.certificate; }
  CertifiedKey Issue(const Holder& holder) const;

 private:
  CertifiedKey itself_;
};

// Of a server that is reached as localhost and 127.0.0.1.
Holder LocalServer();

}  // namespace awase::testing

#endif  // AWASE_TESTS_TESTING_CERTIFICATES_H_
