#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "net/message.h"

namespace hustings::net {

/// A blocking HTTP/1.1 client over TCP that keeps its connection: for the demo's callers, tests and
/// benchmarks, which talk to our own server on the same machine. No TLS, no redirects, no cookies
/// of its own. For one thread at a time.
class Client {
 public:
  struct Options {
    std::string address = "127.0.0.1";  ///< an IP address
    std::uint16_t port = 0;
    std::chrono::milliseconds timeout{30'000};  ///< of connecting, and of each read or write
    std::uint64_t body_bytes_max = 64 * 1024 * 1024;
  };

  explicit Client(Options options);
  ~Client();
  Client(Client&&) noexcept;

  /// `target` is the path with its query, already escaped. Any status is a Response; unavailable
  /// when the server cannot be reached or hangs up. A kept connection that the server has closed
  /// meanwhile is opened again, once.
  Result<Response> request(std::string_view method, std::string_view target,
                           const std::vector<Header>& headers = {}, std::string_view body = {});
  /// The same with a file as the body, streamed.
  Result<Response> send_file(std::string_view method, std::string_view target,
                             const std::vector<Header>& headers, const std::filesystem::path& file);
  /// Closes the kept connection.
  void disconnect();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The value of a cookie that a response sets; empty if it sets none of that name.
std::string cookie_set_by(const Response& response, std::string_view name);

}  // namespace hustings::net
