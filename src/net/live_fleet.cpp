#include "net/live_fleet.h"

#include <deque>
#include <memory>
#include <utility>

#include <boost/beast/websocket/stream.hpp>

#include "net/detail/asio.h"

namespace hustings::net {

namespace websocket = beast::websocket;

struct LiveFleet::State {
  /// One connection of a client. What was begun on it may end after the client has another.
  struct Line {
    explicit Line(asio::io_context& io) : socket(io) {}
    websocket::stream<tcp::socket> socket;
    beast::flat_buffer buffer;
    std::deque<std::string> outgoing;
    bool is_writing = false;
    bool is_open = false;
    bool has_ended = false;
  };
  struct Client {
    std::vector<Header> headers;
    std::shared_ptr<Line> line;  // shared with what is under way on it
  };

  explicit State(Options with)
      : options(std::move(with)),
        place(asio::ip::make_address(options.address), options.port),
        host(options.address + ':' + std::to_string(options.port)) {}

  void connect_next() {
    while (connecting < options.connecting_max && !waiting.empty()) {
      const std::size_t index = waiting.front();
      waiting.pop_front();
      ++connecting;
      asio::co_spawn(io, open_line(index), asio::detached);
    }
  }

  asio::awaitable<void> open_line(std::size_t index) {
    auto line = std::make_shared<Line>(io);
    clients[index].line = line;
    ErrorOf failed;
    co_await line->socket.next_layer().async_connect(place, into(failed));
    if (!failed) {
      ErrorOf ignored;
      static_cast<void>(line->socket.next_layer().set_option(tcp::no_delay(true), ignored));
      line->socket.set_option(
          websocket::stream_base::decorator([this, index](websocket::request_type& request) {
            for (const auto& [name, value] : clients[index].headers)
              request.set(name, value);
          }));
      line->socket.text(true);
      co_await line->socket.async_handshake(host, options.target, into(failed));
    }
    --connecting;
    connect_next();
    if (failed || line->has_ended) {
      end(index, line);
      co_return;
    }
    line->is_open = true;
    read_next(index, line);
    if (on_open) on_open(index);
  }

  void end(std::size_t index, const std::shared_ptr<Line>& line) {
    if (clients[index].line != line) return;
    line->is_open = false;
    line->has_ended = true;
    clients[index].line = nullptr;
    if (on_closed) on_closed(index);
  }

  void read_next(std::size_t index, const std::shared_ptr<Line>& line) {
    line->socket.async_read(line->buffer, [this, index, line](ErrorOf failed, std::size_t) {
      if (failed) return end(index, line);
      const auto data = line->buffer.cdata();
      if (on_message) on_message(index, {static_cast<const char*>(data.data()), data.size()});
      line->buffer.clear();
      if (line->is_open) read_next(index, line);
    });
  }

  void write_next(const std::shared_ptr<Line>& line) {
    if (line->is_writing || line->outgoing.empty() || !line->is_open) return;
    line->is_writing = true;
    line->socket.async_write(asio::buffer(line->outgoing.front()),
                             [this, line](ErrorOf failed, std::size_t) {
                               line->is_writing = false;
                               if (failed) return;  // the reader sees it too
                               line->outgoing.pop_front();
                               write_next(line);
                             });
  }

  Options options;
  tcp::endpoint place;
  std::string host;
  asio::io_context io{1};
  std::vector<Client> clients;
  std::deque<std::size_t> waiting;  // for a handshake
  std::size_t connecting = 0;
  OnClient on_open;
  OnMessage on_message;
  OnClient on_closed;
};

LiveFleet::LiveFleet(Options options) : state_(std::make_unique<State>(std::move(options))) {}
LiveFleet::~LiveFleet() = default;

void LiveFleet::on_open(OnClient callback) { state_->on_open = std::move(callback); }
void LiveFleet::on_message(OnMessage callback) { state_->on_message = std::move(callback); }
void LiveFleet::on_closed(OnClient callback) { state_->on_closed = std::move(callback); }

std::size_t LiveFleet::add(std::vector<Header> headers) {
  state_->clients.push_back({std::move(headers), nullptr});
  return state_->clients.size() - 1;
}

std::size_t LiveFleet::size() const { return state_->clients.size(); }

void LiveFleet::connect(std::size_t client) {
  state_->waiting.push_back(client);
  asio::post(state_->io, [state = state_.get()] { state->connect_next(); });
}

bool LiveFleet::is_open(std::size_t client) const {
  const auto& line = state_->clients[client].line;
  return line && line->is_open;
}

void LiveFleet::send(std::size_t client, std::string message) {
  const auto& line = state_->clients[client].line;
  if (!line || !line->is_open) return;
  line->outgoing.push_back(std::move(message));
  state_->write_next(line);
}

void LiveFleet::cut(std::size_t client) {
  const auto& line = state_->clients[client].line;
  if (!line) return;
  line->has_ended = true;
  ErrorOf ignored;
  static_cast<void>(line->socket.next_layer().close(ignored));
}

void LiveFleet::at(std::chrono::steady_clock::time_point moment, std::function<void()> callback) {
  auto timer = std::make_shared<asio::steady_timer>(state_->io, moment);  // until it has called
  timer->async_wait([timer, callback = std::move(callback)](ErrorOf error) {
    if (!error) callback();
  });
}

void LiveFleet::run() {
  const auto work = asio::make_work_guard(state_->io);
  state_->io.restart();
  state_->io.run();
}

void LiveFleet::stop() { state_->io.stop(); }

}  // namespace hustings::net
