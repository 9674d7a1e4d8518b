#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "net/message.h"

namespace hustings::net {

/// A blocking WebSocket client over TCP: for tests and the demo. For one thread at a time.
class LiveClient {
 public:
  struct Options {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;
    std::string target = "/v1/live";  ///< path and query, escaped
    std::vector<Header> headers;
    std::chrono::milliseconds timeout{5'000};
  };
  /// Refused (forbidden, unauthenticated, …) with the status in the sentence when the server says
  /// no.
  static Result<LiveClient> connect(const Options& options);
  ~LiveClient();
  LiveClient(LiveClient&&) noexcept;

  /// Sends a message: detail/live_request.h says what the server makes of it.
  Status send(const std::string& message);
  /// The next message; nothing when none came in time, expired when the server has closed.
  Result<std::optional<std::string>> next(std::chrono::milliseconds wait);

 private:
  struct State;
  explicit LiveClient(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace hustings::net
