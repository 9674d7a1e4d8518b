#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <string>

#include <boost/beast/websocket/stream.hpp>

#include "base/worker_pool.h"
#include "net/detail/asio.h"
#include "net/hub.h"

namespace hustings::net {

/// A live connection: one coroutine reads requests, one writes answers and what the hub publishes,
/// one asks now and then whether the listener still may. Touched by its loop's thread only.
class Live {
 public:
  /// Answers one message of the peer's.
  using Answer = std::function<asio::awaitable<std::string>(std::string message)>;

  Live(asio::io_context& io, Hub& hub)
      : io_(io), hub_(hub), ready_(io), ask_again_(io), room_(io) {}

  Hub& hub() { return hub_; }
  /// What the hub calls from any thread.
  static std::function<void()> waker(const std::shared_ptr<Live>& live);
  void listen(std::unique_ptr<Hub::Subscription> subscription) {
    subscription_ = std::move(subscription);
  }
  void open(Stream stream);
  beast::websocket::stream<Stream>& socket() { return *socket_; }
  /// Closes with "going away" as soon as what is being sent has been sent.
  void end();

  static asio::awaitable<void> write_all(std::shared_ptr<Live> live);
  static asio::awaitable<void> read_all(std::shared_ptr<Live> live, Answer answer);
  /// Ends the connection once `is_refused`, called on a worker, says so.
  static asio::awaitable<void> watch(std::shared_ptr<Live> live, WorkerPool* workers,
                                     std::function<bool()> is_refused);

 private:
  static asio::awaitable<void> answer_one(std::shared_ptr<Live> live, Answer answer,
                                          std::string message);

  asio::io_context& io_;
  Hub& hub_;
  asio::steady_timer ready_;  // cancelled when there is something to write
  asio::steady_timer ask_again_;
  asio::steady_timer room_;  // cancelled when another request may be read
  bool is_ending_ = false;
  int asked_ = 0;                    // requests whose answers have not been sent yet
  std::deque<std::string> answers_;  // not sent yet
  std::optional<beast::websocket::stream<Stream>> socket_;
  std::unique_ptr<Hub::Subscription> subscription_;
};

}  // namespace hustings::net
