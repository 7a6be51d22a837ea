#include "awase/tls/identity.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <algorithm>
#include <ctime>
#include <memory>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "awase/base/status_macros.h"

namespace awase::tls {
namespace {

template <auto kFree>
struct Freer {
  template <typename Object>
  void operator()(Object* object) const {
    kFree(object);
  }
};
using Bio = std::unique_ptr<BIO, Freer<BIO_free_all>>;
using Certificate = std::unique_ptr<X509, Freer<X509_free>>;
using Context = std::unique_ptr<SSL_CTX, Freer<SSL_CTX_free>>;
using Key = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;

Bio Reading(const std::string& text) { return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size()))); }

// Who runs a server is not at its terminal.
int NoPassPhrase(char*, int, int, void*) { return -1; }

absl::Status Refuse(absl::string_view what, absl::string_view why) {
  ERR_clear_error();  // of this thread: the next call of OpenSSL is somebody else's
  return absl::InvalidArgumentError(absl::StrCat(what, ": ", why));
}

absl::StatusOr<std::vector<Certificate>> ReadCertificates(absl::string_view what, const std::string& pem) {
  const Bio bio = Reading(pem);
  std::vector<Certificate> certificates;
  while (X509* certificate = PEM_read_bio_X509(bio.get(), nullptr, NoPassPhrase, nullptr)) {
    certificates.emplace_back(certificate);
  }
  const bool is_whole = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
  if (certificates.empty() || !is_whole) {
    return Refuse(what, "want certificates as PEM, each from -----BEGIN CERTIFICATE----- to its end");
  }
  ERR_clear_error();
  return certificates;
}

absl::StatusOr<Key> ReadKey(const std::string& pem) {
  const Bio bio = Reading(pem);
  Key key(PEM_read_bio_PrivateKey(bio.get(), nullptr, NoPassPhrase, nullptr));
  if (key == nullptr) return Refuse("key", "want a private key as PEM, without a pass phrase");
  return key;
}

// Keys may be too short, signatures too old: what TLS itself refuses.
absl::Status CheckStrength(const std::vector<Certificate>& chain, const Key& key) {
  const Context context(SSL_CTX_new(TLS_server_method()));
  const bool is_taken = SSL_CTX_use_certificate(context.get(), chain.front().get()) == 1 &&
                        SSL_CTX_use_PrivateKey(context.get(), key.get()) == 1;
  if (is_taken) return absl::OkStatus();
  const char* reason = ERR_reason_error_string(ERR_peek_last_error());
  return Refuse("certificate", absl::StrCat("TLS does not take it: ", reason == nullptr ? "unknown" : reason));
}

absl::Time TimeOf(const ASN1_TIME* time) {
  std::tm fields = {};
  ASN1_TIME_to_tm(time, &fields);
  return absl::FromTM(fields, absl::UTCTimeZone());
}

std::string DayOf(absl::Time time) { return absl::FormatTime("%Y-%m-%d %H:%M UTC", time, absl::UTCTimeZone()); }

// When the first of them expires.
absl::StatusOr<absl::Time> CheckDates(const std::vector<Certificate>& chain, absl::Time now) {
  absl::Time expires = absl::InfiniteFuture();
  for (const Certificate& certificate : chain) {
    const absl::Time begins = TimeOf(X509_get0_notBefore(certificate.get()));
    if (begins > now) return Refuse("certificate", absl::StrCat("is not valid before ", DayOf(begins)));
    expires = std::min(expires, TimeOf(X509_get0_notAfter(certificate.get())));
  }
  if (expires <= now) return Refuse("certificate", absl::StrCat("has expired on ", DayOf(expires)));
  return expires;
}

}  // namespace

absl::StatusOr<Identity> CheckIdentity(std::string certificate_chain, std::string private_key,
                                       std::string client_authorities, absl::Time now) {
  Identity identity = {.certificate_chain = std::move(certificate_chain),
                       .private_key = std::move(private_key),
                       .client_authorities = std::move(client_authorities)};
  AWASE_ASSIGN_OR_RETURN(const std::vector<Certificate> chain,
                         ReadCertificates("certificate", identity.certificate_chain));
  AWASE_ASSIGN_OR_RETURN(const Key key, ReadKey(identity.private_key));
  if (X509_check_private_key(chain.front().get(), key.get()) != 1) {
    return Refuse("key", "is not the one of the certificate");
  }
  AWASE_RETURN_IF_ERROR(CheckStrength(chain, key));
  AWASE_ASSIGN_OR_RETURN(identity.expires, CheckDates(chain, now));
  if (!identity.client_authorities.empty()) {
    AWASE_RETURN_IF_ERROR(ReadCertificates("client_ca", identity.client_authorities).status());
  }
  return identity;
}

}  // namespace awase::tls
