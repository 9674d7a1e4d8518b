#pragma once

#include <arpa/inet.h>
#include <cstdint>
#include <poll.h>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <unistd.h>

#include "base/error.h"

namespace hustings::net::testing {

/// Bytes as they are, to 127.0.0.1: for what a well-behaved client never sends.
class RawSocket {
 public:
  explicit RawSocket(std::uint16_t port) : file_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_port = htons(port);
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    CHECK(::connect(file_, reinterpret_cast<const sockaddr*>(&place), sizeof place) == 0);
  }
  ~RawSocket() { close(); }
  RawSocket(const RawSocket&) = delete;
  RawSocket& operator=(const RawSocket&) = delete;

  void send(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(file_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return;  // the server has hung up; what it answered can still be read
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
  }
  /// What arrives until the server closes, `until` was seen, or 5 s are over.
  std::string receive(std::string_view until = "") const {
    std::string got;
    char piece[4096];
    pollfd one{.fd = file_, .events = POLLIN, .revents = 0};
    while (until.empty() || !got.contains(until)) {
      if (::poll(&one, 1, 5000) <= 0) break;
      const ssize_t size = ::recv(file_, piece, sizeof piece, 0);
      if (size <= 0) break;
      got.append(piece, static_cast<std::size_t>(size));
    }
    return got;
  }
  void close() {
    if (file_ >= 0) ::close(file_);
    file_ = -1;
  }

 private:
  int file_;
};

}  // namespace hustings::net::testing
