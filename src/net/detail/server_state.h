#pragma once

#include <array>
#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <unordered_set>
#include <vector>

#include "base/log.h"
#include "base/worker_pool.h"
#include "net/detail/asio.h"
#include "net/metrics.h"
#include "net/router.h"
#include "net/server.h"

namespace hustings::net {

class Connection;
class RouteBatch;

/// One thread with its own connections; they are touched by that thread only.
struct Loop {
  std::unordered_set<Connection*> connections;  // before io: its end ends what still runs
  asio::io_context io{1};
  asio::executor_work_guard<asio::io_context::executor_type> work{io.get_executor()};
  std::thread thread;
};

/// A route and its numbers.
struct Served {
  Served();
  ~Served();

  Route route;
  std::unique_ptr<RouteBatch> batch;  // a route with handle_many
  Hub* hub = nullptr;                 // a live route
  Server::Authorize authorize;
  std::array<Counter*, 6> by_class{};  // [status / 100]
  Histogram* seconds = nullptr;
};

/// Everything that a server's connections share. The loops outlive the pools, because a job that
/// ends posts to its loop.
struct Server::State {
  State(Options opts, Metrics& m, Log& l);
  ~State();

  void count(const Served& served, int status, double seconds) const;

  const Options options;
  Metrics& metrics;
  Log& log;
  Router router;
  std::vector<std::unique_ptr<Served>> routes;
  std::unique_ptr<Served> unmatched;  // 404, assets, what cannot be read
  std::span<const Asset> assets;
  std::vector<std::string> hosts;  // empty: any

  std::atomic<bool> is_stopping = false;
  std::atomic<std::size_t> connections = 0;
  std::mutex ended_mutex;
  std::condition_variable ended;
  std::uint16_t port = 0;
  bool is_started = false;

  Counter& refused_full;         // 429
  Counter& refused_late;         // 503 after waiting
  Counter& refused_connections;  // beyond connections_max
  Counter& uploaded_bytes;

  std::vector<std::unique_ptr<Loop>> loops;
  std::size_t next_loop = 0;
  std::optional<tcp::acceptor> acceptor;
  std::unique_ptr<WorkerPool> workers;
  std::unique_ptr<WorkerPool> disk;  // writing and digesting uploads
};

}  // namespace hustings::net
