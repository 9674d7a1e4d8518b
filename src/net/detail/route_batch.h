#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>

#include "base/log.h"
#include "base/worker_pool.h"
#include "net/detail/on_pool.h"
#include "net/message.h"
#include "net/server.h"

namespace hustings::net {

/// A request on its way through a worker, with its answer.
struct Handled {
  Request request;
  Response response;
};

/// Requests of one route that are handled together. The first starts a job on the pool; those that
/// come while it works wait for its next round. So nobody waits for company, and the busier the
/// route is, the more requests share one call of the handler.
class RouteBatch {
 public:
  RouteBatch(const Route& route, Log& log) : route_(route), log_(log) {}

  /// False if too many wait already, or the pool is full.
  bool push(std::shared_ptr<PoolCall> call, std::shared_ptr<Handled> handled, WorkerPool& workers,
            std::size_t waiting_max);

 private:
  struct Waiting {
    std::shared_ptr<PoolCall> call;    // shared: coroutine and job end in either order
    std::shared_ptr<Handled> handled;  // the same
  };
  void drain();
  std::vector<Waiting> take();
  void handle(std::vector<Waiting>& batch);
  static void finish(const std::vector<Waiting>& batch);

  const Route& route_;
  Log& log_;
  std::mutex mutex_;
  std::deque<Waiting> waiting_;
  int running_ = 0;  // jobs on the pool
};

}  // namespace hustings::net
