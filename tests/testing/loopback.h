#ifndef AWASE_TESTS_TESTING_LOOPBACK_H_
#define AWASE_TESTS_TESTING_LOOPBACK_H_

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <string>

#include "absl/strings/string_view.h"
#include "gtest/gtest.h"

namespace awase::testing {

// A connection to a server of this machine that sends any bytes and reads what comes back. Waits at most 20 s, which
// only ends a test that has failed already.
class Loopback {
 public:
  explicit Loopback(int port) : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const timeval wait = {.tv_sec = 20};
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait));
    setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof(wait));
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    is_connected_ = connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
  }
  ~Loopback() { close(socket_); }
  Loopback(const Loopback&) = delete;
  Loopback& operator=(const Loopback&) = delete;

  bool is_connected() const { return is_connected_; }
  int socket_number() const { return socket_; }

  // False when the server does not take it all.
  bool Send(absl::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  void EndSending() { shutdown(socket_, SHUT_WR); }

  // Until the bytes end with `end` or the server has closed.
  std::string ReadUntil(absl::string_view end) {
    std::string text;
    char byte = 0;
    while (text.size() < end.size() ||
           text.compare(text.size() - end.size(), end.size(), end.data(), end.size()) != 0) {
      if (recv(socket_, &byte, 1, 0) <= 0) break;
      text.push_back(byte);
    }
    return text;
  }

  // All until the server closes; fails the test when it does not.
  std::string ReadAll() {
    std::string text;
    char block[4096];
    while (true) {
      const ssize_t size = recv(socket_, block, sizeof(block), 0);
      if (size < 0) ADD_FAILURE() << "the server has not closed the connection";
      if (size <= 0) return text;
      text.append(block, static_cast<std::size_t>(size));
    }
  }

 private:
  const int socket_;
  bool is_connected_ = false;
};

}  // namespace awase::testing

#endif  // AWASE_TESTS_TESTING_LOOPBACK_H_
