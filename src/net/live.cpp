#include "net/detail/live.h"

#include <string>

#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/stream_traits.hpp>
#include <boost/beast/websocket/rfc6455.hpp>

#include "net/detail/connection.h"
#include "net/detail/live_request.h"
#include "net/detail/on_pool.h"

namespace hustings::net {
namespace {

namespace websocket = beast::websocket;
constexpr std::size_t kMessageFromPeerMax = 64 * 1024;
/// Requests of one connection that may be under way; the next waits in the socket.
constexpr int kAskedMax = 16;

/// Whether the one who opened the connection would be turned away now. What is merely away or too
/// busy to say is asked again later.
bool is_turned_away(const Server::Authorize& authorize, const Request& request) {
  try {
    const auto topics = authorize(request);
    return !topics && topics.error().status < 500 && topics.error().status != 429;
  } catch (const std::exception&) {
    return false;
  }
}

}  // namespace

std::function<void()> Live::waker(const std::shared_ptr<Live>& live) {
  return [weak = std::weak_ptr(live), io = &live->io_] {
    asio::post(*io, [weak] {
      if (const auto still = weak.lock()) still->ready_.cancel();
    });
  };
}

void Live::open(Stream stream) {
  stream.expires_never();  // the WebSocket has its own timeouts
  socket_.emplace(std::move(stream));
  socket_->set_option(websocket::stream_base::timeout{
      .handshake_timeout = std::chrono::seconds(10),
      .idle_timeout = hub_.options().idle_max,
      .keep_alive_pings = true,
  });
  socket_->read_message_max(kMessageFromPeerMax);
  socket_->text(true);
}

void Live::end() {
  is_ending_ = true;
  ready_.cancel();
  ask_again_.cancel();
  room_.cancel();
}

asio::awaitable<void> Live::watch(std::shared_ptr<Live> live, WorkerPool* workers,
                                  std::function<bool()> is_refused) {
  asio::io_context& io = live->io_;
  const auto every = live->hub_.options().authorize_every;
  while (!live->is_ending_) {
    ErrorOf woken;
    live->ask_again_.expires_after(every);
    co_await live->ask_again_.async_wait(into(woken));
    if (live->is_ending_) co_return;
    const std::weak_ptr<Live> weak = live;
    live.reset();                                        // whoever leaves meanwhile is not held up
    const auto refused = std::make_shared<bool>(false);  // shared: see PoolCall
    co_await run_on(workers, &io, Deadline::after(every),
                    [refused, is_refused] { *refused = is_refused(); });
    live = weak.lock();
    if (!live) co_return;
    if (*refused) live->end();
  }
}

asio::awaitable<void> Live::write_all(std::shared_ptr<Live> live) {
  ErrorOf error;
  while (!live->is_ending_ && !error) {
    if (!live->answers_.empty()) {
      const std::string text = std::move(live->answers_.front());
      live->answers_.pop_front();
      co_await live->socket_->async_write(asio::buffer(text), into(error));
      if (live->asked_-- == kAskedMax) live->room_.cancel();
    } else if (const auto text = live->subscription_->pop()) {
      co_await live->socket_->async_write(asio::buffer(*text), into(error));
    } else {
      ErrorOf woken;
      live->ready_.expires_at(asio::steady_timer::time_point::max());
      co_await live->ready_.async_wait(into(woken));
    }
  }
  co_await live->socket_->async_close(websocket::close_code::going_away, into(error));
}

asio::awaitable<void> Live::answer_one(std::shared_ptr<Live> live, Answer answer,
                                       std::string message) {
  std::string text = co_await answer(std::move(message));
  live->answers_.push_back(std::move(text));
  live->ready_.cancel();
}

asio::awaitable<void> Live::read_all(std::shared_ptr<Live> live, Answer answer) {
  beast::flat_buffer buffer;
  ErrorOf error;
  while (true) {
    while (live->asked_ == kAskedMax && !live->is_ending_) {
      ErrorOf woken;
      live->room_.expires_at(asio::steady_timer::time_point::max());
      co_await live->room_.async_wait(into(woken));
    }
    co_await live->socket_->async_read(buffer, into(error));
    if (error) break;
    ++live->asked_;
    asio::co_spawn(live->io_, answer_one(live, answer, beast::buffers_to_string(buffer.data())),
                   asio::detached);
    buffer.clear();
  }
  live->end();
}

void Connection::wind_down_live() { live_->end(); }

void Connection::close_live() { beast::get_lowest_layer(live_->socket()).close(); }

asio::awaitable<bool> Connection::serve_live(HeaderParser* header) {
  const auto upgrade = header->release();
  if (!websocket::is_upgrade(upgrade)) {
    Response response = refusal(426, "upgrade_required", "This address speaks WebSocket only.");
    response.headers.emplace_back("Upgrade", "websocket");
    co_return co_await send(std::move(response), false);
  }
  auto live = std::make_shared<Live>(loop_.io, *served_->hub);
  if (auto refused = co_await subscribe(live)) {
    co_return co_await send(*std::move(refused), true);
  }
  live->open(std::move(stream_));
  live_ = live;
  is_live_ = true;
  ErrorOf error;
  co_await live->socket().async_accept(upgrade, into(error));
  if (error) co_return false;
  state_.count(*served_, 101, 0);
  if (state_.is_stopping) live->end();
  asio::co_spawn(loop_.io, Live::write_all(live), asio::detached);
  const auto is_refused = [&authorize = served_->authorize, request = request_] {
    return is_turned_away(authorize, request);
  };
  asio::co_spawn(loop_.io, Live::watch(live, state_.workers.get(), is_refused), asio::detached);
  // An answer may come when this connection has ended: it holds what it needs.
  const auto upgrade_request = std::make_shared<const Request>(request_);
  co_await Live::read_all(
      live, [state = &state_, loop = &loop_, upgrade_request](std::string text) {
        return answer_live_request(state, loop, upgrade_request, std::move(text));
      });
  co_return false;
}

asio::awaitable<std::optional<Response>> Connection::subscribe(std::shared_ptr<Live> live) {
  request_.deadline = Deadline::after(state_.options.request_max);
  std::optional<Response> refused;
  const auto job = [this, &live, &refused] {
    try {
      auto topics = served_->authorize(request_);
      if (!topics) {
        refused = std::move(topics).error();
      } else if (topics->empty() || topics->size() > live->hub().options().topics_max) {
        refused = refusal(400, "invalid",
                          "Name between 1 and " + std::to_string(live->hub().options().topics_max) +
                              " topics in ?topics=a,b.");
      } else if (auto made = live->hub().subscribe(*std::move(topics), Live::waker(live))) {
        live->listen(std::move(made));
      } else {
        refused = refusal_full();
      }
    } catch (const std::exception&) {
      refused = refusal(503, "unavailable", "Something this server needs is away just now.");
    }
  };
  const Ran ran = co_await run_on(state_.workers.get(), &loop_.io, request_.deadline, job);
  if (ran == Ran::refused) co_return refusal_full();
  if (ran == Ran::late) co_return refusal_late();
  co_return refused;
}

}  // namespace hustings::net
