#include "tests/testing/tls_loopback.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <csignal>

#include "tests/testing/loopback.h"

namespace awase::testing {
namespace {

X509* ReadCertificate(const std::string& pem) {
  BIO* bio = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
  X509* certificate = PEM_read_bio_X509(bio, nullptr, nullptr, nullptr);
  BIO_free(bio);
  return certificate;
}

void Show(const CertifiedKey& client, SSL_CTX* context) {
  if (client.certificate.empty()) return;
  X509* certificate = ReadCertificate(client.certificate);
  SSL_CTX_use_certificate(context, certificate);
  X509_free(certificate);
  BIO* bio = BIO_new_mem_buf(client.key.data(), static_cast<int>(client.key.size()));
  EVP_PKEY* key = PEM_read_bio_PrivateKey(bio, nullptr, nullptr, nullptr);
  SSL_CTX_use_PrivateKey(context, key);
  EVP_PKEY_free(key);
  BIO_free(bio);
}

}  // namespace

struct TlsLoopback::State {
  State(int port, const std::string& authority, const CertifiedKey& client)
      : socket(port), context(SSL_CTX_new(TLS_client_method())) {
    X509* trusted = ReadCertificate(authority);
    X509_STORE_add_cert(SSL_CTX_get_cert_store(context), trusted);
    X509_free(trusted);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    constexpr unsigned char kOffered[] = "\x02h2\x08http/1.1";
    SSL_CTX_set_alpn_protos(context, kOffered, sizeof(kOffered) - 1);
    Show(client, context);
    tls = SSL_new(context);
    SSL_set1_host(tls, "localhost");
    std::signal(SIGPIPE, SIG_IGN);  // of a server that has closed: OpenSSL writes as to a file
    SSL_set_fd(tls, socket.socket_number());
    is_connected = SSL_connect(tls) == 1;
  }
  ~State() {
    SSL_free(tls);
    SSL_CTX_free(context);
    ERR_clear_error();
  }

  Loopback socket;
  SSL_CTX* const context;
  SSL* tls = nullptr;
  bool is_connected = false;
};

TlsLoopback::TlsLoopback(int port, const std::string& authority, const CertifiedKey& client)
    : state_(std::make_unique<State>(port, authority, client)) {}

TlsLoopback::~TlsLoopback() = default;

bool TlsLoopback::is_connected() const { return state_->is_connected; }

std::string TlsLoopback::server_certificate() const {
  X509* certificate = SSL_get1_peer_certificate(state_->tls);
  if (certificate == nullptr) return "";
  BIO* bio = BIO_new(BIO_s_mem());
  PEM_write_bio_X509(bio, certificate);
  X509_free(certificate);
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(bio, &bytes);
  std::string pem(bytes, static_cast<std::size_t>(size));
  BIO_free(bio);
  return pem;
}

std::string TlsLoopback::protocol() const {
  const unsigned char* name = nullptr;
  unsigned int size = 0;
  SSL_get0_alpn_selected(state_->tls, &name, &size);
  return std::string(reinterpret_cast<const char*>(name), size);
}

bool TlsLoopback::Send(absl::string_view bytes) {
  return SSL_write(state_->tls, bytes.data(), static_cast<int>(bytes.size())) == static_cast<int>(bytes.size());
}

std::string TlsLoopback::ReadAll(bool* ended) {
  std::string text;
  char block[4096];
  int size = 0;
  while ((size = SSL_read(state_->tls, block, sizeof(block))) > 0) text.append(block, static_cast<std::size_t>(size));
  if (ended != nullptr) *ended = SSL_get_error(state_->tls, size) == SSL_ERROR_ZERO_RETURN;
  return text;
}

}  // namespace awase::testing
