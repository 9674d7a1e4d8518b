#include "net/live_client.h"

#include <boost/asio/connect.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/websocket/stream.hpp>

#include "net/detail/asio.h"

namespace hustings::net {

namespace websocket = beast::websocket;

struct LiveClient::State {
  asio::io_context io;
  websocket::stream<tcp::socket> socket{io};
  beast::flat_buffer buffer;
  bool is_reading = false;
  bool is_ready = false;
  ErrorOf error;
};

LiveClient::LiveClient(std::unique_ptr<State> state) : state_(std::move(state)) {}
LiveClient::LiveClient(LiveClient&&) noexcept = default;
LiveClient::~LiveClient() = default;

Result<LiveClient> LiveClient::connect(const Options& options) {
  auto state = std::make_unique<State>();
  const auto unavailable = [&](const ErrorOf& error) {
    return refuse(ErrorCode::unavailable, options.address + ':' + std::to_string(options.port) +
                                              " does not answer: " + error.message() + ".");
  };
  ErrorOf error;
  const tcp::endpoint place(asio::ip::make_address(options.address, error), options.port);
  if (!error) static_cast<void>(state->socket.next_layer().connect(place, error));
  if (error) return unavailable(error);
  state->socket.set_option(websocket::stream_base::decorator([&](websocket::request_type& request) {
    for (const auto& [name, value] : options.headers)
      request.set(name, value);
  }));
  websocket::response_type answer;
  bool is_done = false;
  state->socket.async_handshake(answer, options.address + ':' + std::to_string(options.port),
                                options.target, [&](ErrorOf outcome) {
                                  error = outcome;
                                  is_done = true;
                                });
  state->io.run_for(options.timeout);
  if (!is_done) {
    ErrorOf ignored;
    static_cast<void>(state->socket.next_layer().close(ignored));
    state->io.run();  // the handler's references end with this function
    return unavailable(beast::error::timeout);
  }
  state->io.restart();
  if (error == websocket::error::upgrade_declined) {
    return refuse(ErrorCode::forbidden,
                  "The server answers " + std::to_string(answer.result_int()) + ".",
                  std::to_string(answer.result_int()));
  }
  if (error) return unavailable(error);
  return LiveClient(std::move(state));
}

Status LiveClient::send(const std::string& message) {
  ErrorOf error;
  state_->socket.write(asio::buffer(message), error);
  if (error) {
    return refuse(ErrorCode::expired, "The server has closed: " + error.message() + ".");
  }
  return {};
}

Result<std::optional<std::string>> LiveClient::next(std::chrono::milliseconds wait) {
  State& state = *state_;
  if (!state.is_reading && !state.is_ready) {
    state.is_reading = true;
    state.socket.async_read(state.buffer, [&state](ErrorOf outcome, std::size_t) {
      state.error = outcome;
      state.is_reading = false;
      state.is_ready = true;
    });
  }
  const auto until = std::chrono::steady_clock::now() + wait;
  state.io.restart();
  while (!state.is_ready && state.io.run_one_until(until) > 0) {
  }
  if (!state.is_ready) return std::optional<std::string>();
  if (state.error) {
    return refuse(ErrorCode::expired, "The server has closed: " + state.error.message() + ".");
  }
  state.is_ready = false;
  std::string text = beast::buffers_to_string(state.buffer.data());
  state.buffer.clear();
  return std::optional(std::move(text));
}

}  // namespace hustings::net
