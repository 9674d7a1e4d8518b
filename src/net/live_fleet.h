#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "net/message.h"

namespace hustings::net {

/// Thousands of WebSocket clients on one thread, for simulations and benchmarks: what a callback
/// does is done on the thread that is in run(), and nothing here may be called from another.
class LiveFleet {
 public:
  struct Options {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;
    std::string target = "/v1/live";  ///< path and query, escaped
    std::size_t connecting_max = 50;  ///< handshakes at one time; the others wait
  };
  using OnClient = std::function<void(std::size_t client)>;
  using OnMessage = std::function<void(std::size_t client, std::string_view message)>;

  explicit LiveFleet(Options options);
  ~LiveFleet();
  LiveFleet(const LiveFleet&) = delete;
  LiveFleet& operator=(const LiveFleet&) = delete;

  void on_open(OnClient callback);
  void on_message(OnMessage callback);
  /// A connection has ended, or could not be made.
  void on_closed(OnClient callback);

  /// A further client, not connected yet; `headers` go with each of its handshakes.
  std::size_t add(std::vector<Header> headers);
  std::size_t size() const;
  /// Connects a client that is not connected; on_open or on_closed is called later.
  void connect(std::size_t client);
  bool is_open(std::size_t client) const;
  /// Sends when what the client sent before is out; dropped if it is not connected.
  void send(std::size_t client, std::string message);
  /// Cuts a client's connection, as a lost network does. on_closed is called later.
  void cut(std::size_t client);
  /// Calls back at a moment, or at once if it is over; not at all after stop().
  void at(std::chrono::steady_clock::time_point moment, std::function<void()> callback);

  /// Works until stop() is called.
  void run();
  void stop();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace hustings::net
