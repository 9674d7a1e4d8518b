#include "net/server.h"

#include <algorithm>
#include <future>
#include <pthread.h>
#include <utility>

#include <fmt/format.h>

#include "net/detail/connection.h"
#include "net/detail/route_batch.h"
#include "net/detail/server_state.h"

namespace hustings::net {
namespace {

constexpr auto kForcedCloseMax = std::chrono::milliseconds(1000);
constexpr auto kAcceptPause = std::chrono::milliseconds(50);
constexpr WorkerPool::Size kDiskPool{.threads = 2, .queue_max = 64};
constexpr std::array<const char*, 6> kClasses = {"0xx", "1xx", "2xx", "3xx", "4xx", "5xx"};

std::string sentence_for(const ErrorOf& error, const std::string& place) {
  if (error == asio::error::address_in_use) {
    return place +
           " is in use by another program. Stop that program, or choose another port (0 takes any "
           "free one).";
  }
  if (error == asio::error::access_denied) {
    return place + " may not be used by this user. Choose a port from 1024 upwards.";
  }
  if (error == boost::system::errc::address_not_available) {
    return place +
           " cannot be listened on: this machine has no such address. Choose one that it "
           "has, such as 127.0.0.1, or 0.0.0.0 for all.";
  }
  return place + " cannot be listened on: " + error.message() + ".";
}

Result<tcp::acceptor> listen_on(asio::io_context& io, const tcp::endpoint& endpoint,
                                const std::string& place) {
  ErrorOf error;
  tcp::acceptor acceptor(io);
  static_cast<void>(acceptor.open(endpoint.protocol(), error));
  if (!error) static_cast<void>(acceptor.set_option(tcp::acceptor::reuse_address(true), error));
  if (!error) static_cast<void>(acceptor.bind(endpoint, error));
  if (!error) static_cast<void>(acceptor.listen(asio::socket_base::max_listen_connections, error));
  if (error) return refuse(ErrorCode::unavailable, sentence_for(error, place));
  return acceptor;
}

/// Owns the connection for as long as it runs.
asio::awaitable<void> run_connection(std::unique_ptr<Connection> connection) {
  co_await connection->run();
}

/// Tells one too many, without reading what it wants.
asio::awaitable<void> turn_away(Stream stream) {
  static constexpr std::string_view kAnswer =
      "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nConnection: close\r\n"
      "Content-Length: 0\r\n\r\n";
  stream.expires_after(std::chrono::seconds(1));
  ErrorOf error;
  co_await stream.async_write_some(asio::buffer(kAnswer), into(error));
  static_cast<void>(stream.socket().shutdown(tcp::socket::shutdown_send, error));
  std::array<char, 1024> dropped{};
  while (!error)
    co_await stream.async_read_some(asio::buffer(dropped), into(error));
}

asio::awaitable<void> accept(Server::State* state) {
  asio::steady_timer pause(state->loops.front()->io);
  for (;;) {
    Loop& loop = *state->loops[state->next_loop++ % state->loops.size()];
    Stream::socket_type socket(loop.io);
    ErrorOf error;
    co_await state->acceptor->async_accept(socket, into(error));
    if (state->is_stopping) co_return;
    if (error) {  // out of file descriptors, most likely: some will be given back
      state->log.warning("accept_failed", {{"what", error.message()}});
      pause.expires_after(kAcceptPause);
      co_await pause.async_wait(into(error));
      continue;
    }
    if (state->connections.load() >= state->options.connections_max) {
      state->refused_connections.add();
      asio::co_spawn(loop.io, turn_away(Stream(std::move(socket))), asio::detached);
      continue;
    }
    ++state->connections;
    asio::co_spawn(loop.io,
                   run_connection(std::make_unique<Connection>(*state, loop, std::move(socket))),
                   asio::detached);
  }
}

/// Does something with every connection, each loop on its own thread.
void for_each_connection(Server::State& state, void (Connection::*act)()) {
  for (const auto& loop : state.loops) {
    asio::post(loop->io, [loop = loop.get(), act] {
      const std::vector<Connection*> all(loop->connections.begin(), loop->connections.end());
      for (Connection* connection : all)
        (connection->*act)();
    });
  }
}

bool wait_for_all_to_end(Server::State& state, std::chrono::milliseconds wait) {
  std::unique_lock lock(state.ended_mutex);
  return state.ended.wait_for(lock, wait, [&] { return state.connections == 0; });
}

void set_up_numbers(Metrics& metrics, Served& served) {
  const std::string pattern = served.route.pattern.empty() ? "none" : served.route.pattern;
  for (std::size_t i = 1; i < kClasses.size(); ++i) {
    served.by_class[i] = &metrics.counter(
        "hustings_http_requests_total", "Answered requests by route and class of status.",
        {{"route", pattern}, {"method", served.route.method}, {"status", kClasses[i]}});
  }
  served.seconds = &metrics.histogram("hustings_http_request_seconds",
                                      "From a request's last header to its answer sent.",
                                      {{"route", pattern}, {"method", served.route.method}});
}

Counter& refused(Metrics& metrics, const std::string& why) {
  return metrics.counter("hustings_http_refused_total", "Requests refused for overload.",
                         {{"why", why}});
}

}  // namespace

Served::Served() = default;
Served::~Served() = default;

Server::State::State(Options opts, Metrics& m, Log& l)
    : options(std::move(opts)),
      metrics(m),
      log(l),
      unmatched(std::make_unique<Served>()),
      refused_full(refused(m, "queue_full")),
      refused_late(refused(m, "waited_too_long")),
      refused_connections(refused(m, "connections_max")),
      uploaded_bytes(m.counter("hustings_http_uploaded_bytes_total", "Bytes of uploads.")) {
  unmatched->route.method = "any";
  set_up_numbers(metrics, *unmatched);
}

Server::State::~State() = default;

void Server::State::count(const Served& served, int status, double seconds) const {
  served.by_class.at(static_cast<std::size_t>(status) / 100)->add();
  if (status != 101) served.seconds->add(seconds);
}

Server::Server(Options options, Metrics& metrics, Log& log)
    : state_(std::make_unique<State>(std::move(options), metrics, log)) {}

Server::~Server() { stop(); }

void Server::add(Route route) {
  CHECK(!state_->is_started);
  CHECK(!route.is_upload || !state_->options.upload_folder.empty());
  auto served = std::make_unique<Served>();
  served->route = std::move(route);
  if (served->route.handle_many) {
    served->batch = std::make_unique<RouteBatch>(served->route, state_->log);
  }
  state_->router.add(served->route.method, served->route.pattern, state_->routes.size());
  set_up_numbers(state_->metrics, *served);
  state_->routes.push_back(std::move(served));
}

void Server::add_live(const std::string& pattern, Hub& hub, Authorize authorize) {
  add({.method = "GET", .pattern = pattern, .handle = nullptr});
  state_->routes.back()->hub = &hub;
  state_->routes.back()->authorize = std::move(authorize);
}

void Server::serve_assets(std::span<const Asset> assets) { state_->assets = assets; }

void Server::know_as(std::vector<std::string> hosts) {
  CHECK(!state_->is_started);
  state_->hosts = std::move(hosts);
}

std::uint16_t Server::port() const { return state_->port; }

Metrics& Server::metrics() { return state_->metrics; }

Status Server::listen() {
  State& state = *state_;
  CHECK(!state.acceptor);
  const Options& options = state.options;
  const std::string place = fmt::format("{}:{}", options.address, options.port);
  ErrorOf error;
  const auto address =
      asio::ip::make_address(options.address == "localhost" ? "127.0.0.1" : options.address, error);
  if (error) {
    return invalid(
        "The address to listen on must be an IP address such as 127.0.0.1 or 0.0.0.0; \"" +
        options.address + "\" is none.");
  }
  for (int i = 0; i < options.io_threads; ++i)
    state.loops.push_back(std::make_unique<Loop>());
  auto acceptor = listen_on(state.loops.front()->io, tcp::endpoint(address, options.port), place);
  if (!acceptor) {
    state.loops.clear();
    return std::unexpected(std::move(acceptor).error());
  }
  state.port = acceptor->local_endpoint().port();
  state.acceptor.emplace(*std::move(acceptor));
  return {};
}

Status Server::start() {
  State& state = *state_;
  CHECK(!state.is_started);
  if (!state.acceptor) TRY(listen());
  const Options& options = state.options;
  state.workers = std::make_unique<WorkerPool>(options.workers);
  state.disk = std::make_unique<WorkerPool>(kDiskPool);
  state.metrics.gauge_of("hustings_http_queue_length", "Requests that wait for a worker.",
                         [&state] { return static_cast<double>(state.workers->queued()); });
  state.metrics.gauge_of("hustings_http_connections", "Open connections.",
                         [&state] { return static_cast<double>(state.connections.load()); });
  state.is_started = true;
  asio::co_spawn(state.loops.front()->io, accept(&state), asio::detached);
  for (const auto& loop : state.loops) {
    loop->thread = std::thread([io = &loop->io] {
      pthread_setname_np(pthread_self(), "net");
      io->run();
    });
  }
  return {};
}

void Server::stop() {
  State& state = *state_;
  if (!state.is_started || state.is_stopping.exchange(true)) return;
  asio::post(state.loops.front()->io, [&state] {
    ErrorOf ignored;
    static_cast<void>(state.acceptor->close(ignored));
  });
  for_each_connection(state, &Connection::wind_down);
  if (!wait_for_all_to_end(state, state.options.stop_max)) {
    for_each_connection(state, &Connection::close);
    wait_for_all_to_end(state, kForcedCloseMax);
  }
  for (const auto& loop : state.loops) {
    loop->io.stop();
    loop->thread.join();
  }
  state.metrics.remove("hustings_http_queue_length");
  state.metrics.remove("hustings_http_connections");
  state.workers.reset();  // ends what still runs; then nothing posts to the loops any more
  state.disk.reset();
}

}  // namespace hustings::net
