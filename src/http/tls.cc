#include "http/tls.h"

#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <boost/asio/buffer.hpp>
#include <exception>
#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace awase::http {
namespace {

namespace ssl = boost::asio::ssl;

constexpr unsigned char kSessionContext[] = "awase";
constexpr unsigned char kProtocol[] = "\x08http/1.1";

// Clients that offer protocols get the one that there is, or none where they do not offer it.
int ChooseProtocol(SSL*, const unsigned char** chosen, unsigned char* size, const unsigned char* offered,
                   unsigned int offered_size, void*) {
  unsigned char* found = nullptr;
  const int outcome = SSL_select_next_proto(&found, size, kProtocol, sizeof(kProtocol) - 1, offered, offered_size);
  *chosen = found;
  return outcome == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

ssl::verify_mode VerifyModeOf(tls::ClientCertificates clients) {
  switch (clients) {
    case tls::ClientCertificates::kNone:
      break;
    case tls::ClientCertificates::kOptional:
      return ssl::verify_peer;
    case tls::ClientCertificates::kRequired:
      return ssl::verify_peer | ssl::verify_fail_if_no_peer_cert;
  }
  return ssl::verify_none;
}

boost::asio::const_buffer BufferOf(const std::string& text) { return boost::asio::buffer(text.data(), text.size()); }

// A name with a zero byte in it would be another one to whoever compares C strings.
void AddName(const ASN1_STRING* text, std::vector<std::string>* names) {
  unsigned char* bytes = nullptr;
  const int size = ASN1_STRING_to_UTF8(&bytes, text);
  if (size < 0) return;
  std::string name(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  OPENSSL_free(bytes);
  if (!name.empty() && name.find('\0') == std::string::npos) names->push_back(std::move(name));
}

void AddCommonName(X509* certificate, std::vector<std::string>* names) {
  X509_NAME* subject = X509_get_subject_name(certificate);
  const int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
  if (at >= 0) AddName(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at)), names);
}

void AddAlternativeNames(X509* certificate, std::vector<std::string>* names) {
  const std::unique_ptr<GENERAL_NAMES, decltype(&GENERAL_NAMES_free)> found(
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)),
      &GENERAL_NAMES_free);
  for (int i = 0; i < sk_GENERAL_NAME_num(found.get()); ++i) {
    int kind = 0;
    const void* value = GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(found.get(), i), &kind);
    if (kind == GEN_DNS || kind == GEN_EMAIL || kind == GEN_URI) AddName(static_cast<const ASN1_STRING*>(value), names);
  }
}

}  // namespace

absl::StatusOr<std::shared_ptr<ssl::context>> MakeTlsContext(const tls::Identity& identity,
                                                             tls::ClientCertificates clients) {
  try {
    auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
    SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_2_VERSION);
    context->use_certificate_chain(BufferOf(identity.certificate_chain));
    context->use_private_key(BufferOf(identity.private_key), ssl::context::pem);
    context->set_verify_mode(VerifyModeOf(clients));
    if (clients != tls::ClientCertificates::kNone) {
      context->add_certificate_authority(BufferOf(identity.client_authorities));
    }
    // Without one OpenSSL refuses to resume sessions of clients with certificates, and with that the connection.
    SSL_CTX_set_session_id_context(context->native_handle(), kSessionContext, sizeof(kSessionContext) - 1);
    SSL_CTX_set_alpn_select_cb(context->native_handle(), ChooseProtocol, nullptr);
    return context;
  } catch (const std::exception& error) {
    return absl::InvalidArgumentError(absl::StrCat("tls: ", error.what()));
  }
}

std::vector<std::string> PeerNames(SSL* connection) {
  std::vector<std::string> names;
  const std::unique_ptr<X509, decltype(&X509_free)> certificate(SSL_get1_peer_certificate(connection), &X509_free);
  if (certificate == nullptr || SSL_get_verify_result(connection) != X509_V_OK) return names;
  AddCommonName(certificate.get(), &names);
  AddAlternativeNames(certificate.get(), &names);
  return names;
}

absl::StatusOr<std::shared_ptr<ssl::context>> TlsContexts::Current() {
  std::shared_ptr<const tls::Identity> now = tls_.identity();
  if (now == identity_ && context_ != nullptr) return context_;
  absl::StatusOr<std::shared_ptr<ssl::context>> made = MakeTlsContext(*now, tls_.client_certificates);
  identity_ = std::move(now);
  if (made.ok()) context_ = *made;
  return context_ == nullptr ? made : context_;
}

}  // namespace awase::http
